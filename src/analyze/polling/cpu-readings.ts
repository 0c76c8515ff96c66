import type { ReportCpu } from "../../model/reports/polling.js";
import { largest, median, medianInterval, quantile, smallest, sorted } from "../../model/statistics/statistics.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import type { CpuSpan, Timeline } from "../../model/timeline.js";
import type { PollingFound } from "./polling.js";
import { isOnGrid } from "./polling-grid.js";
import type { PollingSample, PollingSamples } from "./polling-samples.js";

/** A usage that changes within a sample can make it say more or less than a reading read; so many of them are not counted at either end. */
const STRAY = 0.05;

/** The samples of one Job against the readings of its cleanup. */
interface Watched {
  readonly sample: PollingSample;
  readonly podStart: EpochMs;
  readonly spans: readonly CpuSpan[];
}

/**
 * Puts the samples of CPU usage beside the polling. A reading that a deletion rests on counted as idle, the last one before them as busy; what
 * they read is taken from the sample that spans the moment that the reading shows. The deletion tells that moment without knowing the lag: it
 * comes the shortest wait after the moment that its first low reading shows. undefined: no samples of the run's Jobs.
 */
export function cpuReadings(timeline: Pick<Timeline, "cpu">, seen: PollingSamples, found: PollingFound | null): ReportCpu | undefined {
  const byJob = new Map((timeline.cpu ?? []).map(({ jobUid, spans }) => [jobUid, spans]));
  const watched = seen.samples.flatMap((sample): Watched[] => {
    const [podStart, spans] = [seen.podStarts.get(sample.job.uid), byJob.get(sample.job.uid)];
    return podStart === undefined || spans === undefined ? [] : [{ sample, podStart, spans }];
  });
  const steps = watched.flatMap(({ spans }) => spans.map(({ from, to }) => to - from));
  if (steps.length === 0) return undefined;
  const readings = found === null ? [] : watched.flatMap((one) => readingsOf(one, found));
  const idle = readings.flatMap((reading) => reading.idle);
  const busy = readings.flatMap(({ busy: highest }) => highest ?? []);
  const known = readings.flatMap(({ followed }) => (followed === null ? [] : [followed]));
  const idleAtMost = idle.length === 0 ? undefined : quantile(sorted(idle), 1 - STRAY);
  const busyAtLeast = busy.length === 0 ? undefined : quantile(sorted(busy), STRAY);
  const lag = idleAtMost === undefined ? undefined : sampleLag(watched, idleAtMost);
  return {
    n: watched.length,
    samplingMs: median(steps),
    ...(idleAtMost === undefined ? {} : { idleAtMost: milli(idleAtMost) }),
    ...(busyAtLeast === undefined ? {} : { busyAtLeast: milli(busyAtLeast) }),
    ...(lag === undefined ? {} : { lag }),
    ...(known.length === 0 || busyAtLeast === undefined
      ? {}
      : { followed: { n: known.length, idle: known.filter((usages) => usages.every((usage) => usage < busyAtLeast)).length } }),
  };
}

const milli = (value: number) => Math.round(value * 1000) / 1000;

interface Readings {
  /** Least that each reading can have read. */
  readonly idle: readonly number[];
  readonly busy: number | null;
  /** Most that each of them can have read; null where none lies in samples, or the number of checks is not known. */
  readonly followed: readonly number[] | null;
}

/** A shorter stretch of a use within a sample says too little about it. */
const SHORTEST_USE_MS: DurationMs = 1000;

/** What the readings of one Job read. Of samples that begin before the use has ended nothing is said: they are in part the use. */
function readingsOf({ sample, podStart, spans }: Watched, { reading, fits, settled, intervalMs }: PollingFound): Readings[] {
  const { used } = sample;
  if (used === null || !isOnGrid(sample.endMs, reading.grid)) return [];
  const lows = reading.views.map(({ shortestWaitMs }) => shortestWaitMs[0]);
  const highs = reading.views.map(({ shortestWaitMs }) => shortestWaitMs[1]);
  const end = podStart + reading.grid.originMs + reading.grid.levelOf(sample.endMs) * reading.grid.stepMs;
  const [from, to] = [podStart + used.fromMs, podStart + used.toMs];
  // The first low reading follows from the waits whatever the number of checks is; no usage is told by a number that is assumed.
  const number = settled === null || settled.by === "prompt" ? null : settled.fit.checks;
  const checks = number ?? smallest(fits.map((fit) => fit.checks));
  // No reading comes after the deletion.
  const first = [end - largest(highs), end - Math.max(smallest(lows), (checks - 1) * intervalMs)] as const;
  // A deletion that came less than the shortest wait after its use did not rest on readings after it.
  if (first[1] < to) return [];
  const read = Array.from({ length: checks }, (_, index) =>
    spansOver(spans, to, first[0] + index * intervalMs, first[1] + index * intervalMs),
  );
  const idle = read.flatMap((usages) => (usages === null ? [] : [smallest(usages)]));
  const most = read.flatMap((usages) => (usages === null ? [] : [largest(usages)]));
  const followed = number === null || most.length === 0 ? null : most;
  return [{ idle, busy: idle.length === 0 ? null : usageDuring(spans, from, to, smallest(idle)), followed }];
}

/** Usage in the samples over a stretch that lies after a use; null where it is not covered. */
function spansOver(spans: readonly CpuSpan[], after: EpochMs, from: EpochMs, to: EpochMs): readonly number[] | null {
  const over = spans.filter((span) => span.to >= from && span.from <= to);
  const covered = over.every((span, index) => index === 0 || span.from === over[index - 1]?.to);
  const [first, last] = [over[0], over.at(-1)];
  if (first === undefined || last === undefined || !covered || first.from > from || last.to < to || first.from < after) return null;
  return over.map(({ millicores }) => millicores);
}

/** Usage while the Job was used, from the sample that has most of it: what is left when the idle rest of the sample is taken off. */
function usageDuring(spans: readonly CpuSpan[], from: EpochMs, to: EpochMs, idle: number): number | null {
  let longest = SHORTEST_USE_MS;
  let usage: number | null = null;
  for (const span of spans) {
    const usedMs = Math.min(span.to, to) - Math.max(span.from, from);
    if (usedMs < longest) continue;
    const share = usedMs / (span.to - span.from);
    longest = usedMs;
    usage = (span.millicores - idle * (1 - share)) / share;
  }
  return usage;
}

/** From the end of the use until the first sample that is idle as a whole has come. */
function sampleLag(watched: readonly Watched[], idleAtMost: number): NonNullable<ReportCpu["lag"]> | undefined {
  const lags = watched.flatMap(({ sample: { used }, podStart, spans }): DurationMs[] => {
    const to = podStart + (used?.toMs ?? 0);
    const first = spans.find((span) => span.to > to && span.millicores <= idleAtMost);
    return used === null || first === undefined ? [] : [first.to - to];
  });
  if (lags.length === 0) return undefined;
  const interval = medianInterval(sorted(lags));
  return {
    n: lags.length,
    medianMs: milli(median(lags)),
    ...(interval === undefined ? {} : { ci95Ms: [milli(interval[0]), milli(interval[1])] as const }),
  };
}
