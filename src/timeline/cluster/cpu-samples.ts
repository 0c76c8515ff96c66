import { groupBy } from "../../model/collections/group-by.js";
import type { MetricSample, TimelineEvent } from "../../model/event.js";
import { lastCreatedBy } from "../../model/names-used-again.js";
import { median, smallest, sorted } from "../../model/statistics/statistics.js";
import type { CpuSpan, CpuUsage, Job, Pod } from "../../model/timeline.js";
import { namespacedName } from "./namespaced-name.js";

/** Samples farther apart than this many usual steps have a gap between them, of which nothing is known. */
const GAP_STEPS = 2.5;
const MILLICORES_PER_CORE = 1000;
/** What a Job controller appends to the name of a Job for its Pod. */
const POD_SUFFIX = /-[a-z0-9]{5}$/;
/** The pause container of a Pod, which does nothing. */
const PAUSE = "POD";

/**
 * Counters without those of a source that a range query has set onto its own grid: whole seconds, a step apart, alike for all Pods. Each value was scraped at some time before, up to a
 * scrape interval, so nothing tells which usage lies between two of them. Scrapes have milliseconds, and those of several nodes phases of their own.
 */
export function scrapedSamples(samples: readonly MetricSample[]): readonly MetricSample[] {
  const onGrid = [...groupBy(samples.filter(isCounter), ({ evidence }) => evidence.source)].flatMap(([source, own]) =>
    isOnGrid(own) ? [source] : [],
  );
  return onGrid.length === 0 ? samples : samples.filter((sample) => !isCounter(sample) || !onGrid.includes(sample.evidence.source));
}

function isCounter({ rate }: MetricSample): boolean {
  return rate !== true;
}

function isOnGrid(samples: readonly MetricSample[]): boolean {
  const byPod = groupBy(samples, ({ labels }) => `${labels.namespace}/${labels.pod}`);
  if (byPod.size < 2) return false;
  const times = [...byPod.values()].map((own) => [...new Set(own.map(({ at }) => at.at))].sort((a, b) => a - b));
  const stepMs = smallest(times.flatMap((own) => own.slice(1).map((at, index) => at - (own[index] ?? at))));
  const [first = 0] = times[0] ?? [];
  return (
    Number.isFinite(stepMs) && first % 1000 === 0 && times.every((own) => own.every((at) => at % 1000 === 0 && (at - first) % stepMs === 0))
  );
}

/**
 * CPU usage of the Pods of Jobs, in order of the Jobs. A counter gives the mean usage between two samples; where it falls, its container was started
 * anew, and nothing is said of that step. The containers of a Pod are added up; a series of the whole Pod is used only where there are none.
 */
export function cpuUsage(
  events: readonly TimelineEvent[],
  jobs: readonly Pick<Job, "uid" | "name" | "namespace" | "created">[],
  pods: readonly Pod[],
): CpuUsage[] {
  const samples = events.filter((event): event is MetricSample => event.type === "metric-sample" && event.labels.pod !== "");
  if (samples.length === 0) return [];
  const byUid = new Map(jobs.map((job) => [job.uid, job]));
  const jobOfName = lastCreatedBy(jobs, namespacedName);
  const byPod = new Map(pods.map((pod) => [`${byUid.get(pod.jobUid)?.namespace}/${pod.name}`, byUid.get(pod.jobUid)]));
  return [...groupBy(samples, ({ labels }) => `${labels.namespace}/${labels.pod}`)].flatMap(([pod, ofPod]): CpuUsage[] => {
    const job = byPod.get(pod) ?? jobOfName(pod.replace(POD_SUFFIX, ""), smallest(ofPod.map(({ at }) => at.at)));
    const spans = job === undefined ? [] : podSpans(ofPod);
    return job === undefined || spans.length === 0 ? [] : [{ jobUid: job.uid, spans }];
  });
}

function podSpans(samples: readonly MetricSample[]): CpuSpan[] {
  const containers = samples.filter(({ labels }) => labels.container !== "" && labels.container !== PAUSE);
  const whole = samples.filter(({ labels }) => labels.container === "");
  const kinds = groupBy(containers.length > 0 ? containers : whole, ({ rate }) => (rate === true ? "rate" : "counter"));
  // Where both are there, the counter is the finer one.
  const used = kinds.get("counter") ?? kinds.get("rate") ?? [];
  const series = [...groupBy(used, ({ metric, labels }) => `${metric} ${labels.container}`).values()].map(seriesSpans);
  const [first = [], ...others] = series;
  // One scrape brings all containers of a Pod: their spans have the same ends.
  return first.flatMap((span) => {
    const same = others.map((spans) => spans.find(({ from, to }) => from === span.from && to === span.to));
    const known = same.flatMap((other) => other ?? []);
    if (known.length < others.length) return [];
    return [{ ...span, millicores: known.reduce((sum, { millicores }) => sum + millicores, span.millicores) }];
  });
}

/** Spans between neighbouring samples of one series; a moment sampled twice counts once. */
function seriesSpans(samples: readonly MetricSample[]): CpuSpan[] {
  const ordered = [...new Map(samples.map((sample) => [sample.at.at, sample])).values()].sort((a, b) => a.at.at - b.at.at);
  const steps = ordered.slice(1).map((sample, index) => sample.at.at - (ordered[index]?.at.at ?? 0));
  if (steps.length === 0) return [];
  const longest = GAP_STEPS * median(sorted(steps));
  return ordered.slice(1).flatMap((sample, index): CpuSpan[] => {
    const before = ordered[index];
    const step = steps[index] ?? 0;
    if (before === undefined || step > longest) return [];
    const cores = sample.rate === true ? sample.value : ((sample.value - before.value) * 1000) / step;
    return cores < 0 ? [] : [{ from: before.at.at, to: sample.at.at, millicores: cores * MILLICORES_PER_CORE }];
  });
}
