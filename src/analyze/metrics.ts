import type { Measured, Measurement, MetricSpec, Unit } from "../model/measurement.js";
import type { Profile } from "../model/profile.js";
import type { Evidence, Reason } from "../model/source.js";
import { MIN_SAMPLES_FOR_INTERVAL, median, medianInterval, sorted } from "../model/statistics.js";
import { kaplanMeier } from "../model/survival.js";
import { clockOf, type Investigation, type Job, type Timeline } from "../model/timeline.js";
import type { Concurrency } from "./concurrency.js";
import { type JobDuration, jobDurations, servingJobs, startPoints } from "./job-durations.js";
import type { MeasureReasonKey } from "./measure-reasons.js";
import { fitPolling, type PollingResult } from "./polling.js";
import type { StageInterval } from "./stage-intervals.js";

/** What the metrics are taken from. */
export interface MetricContext {
  readonly timeline: Timeline;
  readonly profile: Profile;
  readonly stages: ReadonlyMap<Investigation, readonly StageInterval[]>;
  readonly concurrency: Concurrency;
}

const MAX_EVIDENCE = 5;

/** Measures what a claim asks for; each question once. */
export function metricReader(context: MetricContext): (spec: MetricSpec) => Measured {
  const known = new Map<string, Measured>();
  return (spec) => {
    const key = JSON.stringify(spec);
    const found = known.get(key) ?? measure(spec, context);
    known.set(key, found);
    return found;
  };
}

function measure(spec: MetricSpec, context: MetricContext): Measured {
  switch (spec.metric) {
    case "stage-duration":
      return stageDuration(spec, context);
    case "mark-value":
      return markValue(spec, context);
    case "job-duration":
      return jobDuration(spec, context);
    case "peak-connected":
      return peakConnected(context);
    case "open-jobs":
      return openJobs(spec.statistic, context);
    case "run-duration":
      return runDuration(context);
    case "investigation-count":
      return investigationCount(context);
    case "polling":
      return polling(spec.quantity, context);
    case "job-setting":
      return jobSetting(spec, context);
    case "ttl":
      return ttl(spec.role, context);
    case "ended-by-others":
      return endedByOthers(context);
    case "unpaired-jobs":
      return unpairedJobs(context);
    case "cleanup-retries":
      return cleanupRetries(context);
    case "iteration-size":
      return iterationSize(context);
    case "stop-limit":
      return stopLimit(context);
    case "idle-stream":
      return none("no-idle-streams");
    case "cpu-threshold":
      return none("no-cpu-samples");
  }
}

function none(key: MeasureReasonKey, values: Reason["values"] = {}): Measured {
  return { notMeasured: { key, values } };
}

interface SampleOptions {
  readonly unit: Unit;
  readonly resolution: number;
  readonly failed?: number;
  readonly evidence: readonly Evidence[];
}

/** Median of complete samples, with its distribution-free interval. */
function ofSamples(samples: readonly number[], { unit, resolution, failed = 0, evidence }: SampleOptions): Measured {
  const interval = medianInterval(sorted(samples));
  return {
    measurement: {
      unit,
      statistic: "median",
      value: median(samples),
      n: samples.length,
      ...(interval === undefined ? {} : { interval }),
      intervalKind: interval === undefined ? "none" : "confidence",
      resolution,
      samples,
      censored: 0,
      failed,
      evidence: evidence.slice(0, MAX_EVIDENCE),
    },
  };
}

/** A single number of the whole run. */
function ofRun(value: number, unit: Unit, fields: Pick<Measurement, "statistic" | "n"> & Partial<Measurement>): Measured {
  return {
    measurement: {
      unit,
      value,
      intervalKind: fields.interval === undefined ? "none" : "band",
      resolution: 0,
      samples: [],
      censored: 0,
      failed: 0,
      evidence: [],
      ...fields,
    },
  };
}

function stageDuration(spec: Extract<MetricSpec, { metric: "stage-duration" }>, { timeline, profile, stages }: MetricContext): Measured {
  const definition = profile.stages.find((stage) => stage.id === spec.stage);
  if (timeline.investigations.length === 0) return none("no-log");
  if (definition?.sequentialOnly === true && !timeline.sequential) return none("not-sequential");
  const found = [...stages].flatMap(([investigation, intervals]) => {
    const interval = intervals.find((candidate) => candidate.stage === spec.stage);
    return interval !== undefined && passes(investigation, spec.onlyWhere) ? [{ investigation, interval }] : [];
  });
  const complete = found.filter(
    ({ investigation, interval }) => interval.outcome === "ok" && (investigation.outcome === "ok" || definition?.includeFailed === true),
  );
  if (complete.length === 0) return none("no-samples", { stage: spec.stage });
  return ofSamples(
    complete.map(({ interval }) => (interval.durationMs ?? 0) / 1000),
    {
      unit: "s",
      resolution: Math.max(...complete.map(({ interval }) => interval.resolutionMs)) / 1000,
      failed: found.length - complete.length,
      evidence: complete.flatMap(({ interval }) => interval.evidence),
    },
  );
}

function passes(investigation: Investigation, only: { readonly group: string; readonly equals: number } | undefined): boolean {
  return only === undefined || investigation.points.some((point) => Number(point.groups[only.group] ?? Number.NaN) === only.equals);
}

function markValue(spec: Extract<MetricSpec, { metric: "mark-value" }>, { timeline }: MetricContext): Measured {
  if (timeline.investigations.length === 0) return none("no-log");
  const points = timeline.investigations
    .filter((investigation) => investigation.outcome === "ok")
    .flatMap(
      (investigation) => investigation.points.findLast((point) => point.mark === spec.mark && point.groups[spec.group] !== undefined) ?? [],
    );
  const values = points.map((point) => Number(point.groups[spec.group])).filter(Number.isFinite);
  if (values.length === 0) return none("no-samples", { stage: spec.mark });
  return ofSamples(values, { unit: "count", resolution: 0, evidence: points.map((point) => point.evidence) });
}

function closingMarks(profile: Profile): ReadonlySet<string> {
  return new Set(profile.patterns.filter((pattern) => pattern.closes).map((pattern) => pattern.id));
}

/** Serving Jobs whose client connected, or that no client ever connected to. */
export function populationOf(timeline: Timeline, profile: Profile, population: "connected" | "unopened" | "all"): readonly Job[] {
  const jobs = servingJobs(timeline);
  if (population === "all") return jobs;
  const connectEnd = profile.stages.find((stage) => stage.id === "connect")?.to;
  const byNumber = new Map(timeline.investigations.map((investigation) => [investigation.number, investigation]));
  return jobs.filter((job) => {
    const investigation = job.investigation === undefined ? undefined : byNumber.get(job.investigation);
    if (investigation === undefined || investigation.outcome === "running") return false;
    const connected = investigation.points.some((point) => point.mark === connectEnd);
    return population === "connected" ? connected : !connected;
  });
}

/** Lifetimes behind a job-duration metric, or why there are none. */
export function durationsFor(
  spec: Omit<Extract<MetricSpec, { metric: "job-duration" }>, "metric">,
  { timeline, profile }: Pick<MetricContext, "timeline" | "profile">,
): { durations: readonly JobDuration[] } | { missing: MeasureReasonKey } {
  if (timeline.jobs.length === 0) return { missing: "no-cluster-data" };
  if (!timeline.seesDeletions) return { missing: "no-deletions" };
  const needsLog = spec.from === "disconnected" || spec.population !== "all";
  if (needsLog && timeline.investigations.length === 0) return { missing: "no-log" };
  if (spec.from === "disconnected" && clockOf(timeline, "runner")?.offsetMs === null) return { missing: "clock-unanchored" };
  const jobs = populationOf(timeline, profile, spec.population);
  if (jobs.length === 0) return { missing: "no-such-jobs" };
  const durations = jobDurations(timeline, jobs, startPoints(timeline, closingMarks(profile))[spec.from], spec.to);
  if (durations.some((duration) => duration.ended)) return { durations };
  return { missing: durations.length > 0 ? "all-censored" : spec.to === "gone" ? "no-such-jobs" : "end-not-seen" };
}

function jobDuration(spec: Extract<MetricSpec, { metric: "job-duration" }>, context: MetricContext): Measured {
  const found = durationsFor(spec, context);
  if ("missing" in found) return none(found.missing);
  return fromDurations(found.durations);
}

/** Median of lifetimes: by order statistics when all ended, else by Kaplan-Meier. */
function fromDurations(durations: readonly JobDuration[]): Measured {
  const ended = durations.filter((duration) => duration.ended);
  const samples = ended.map((duration) => duration.durationMs / 1000);
  const resolution = median(ended.map((duration) => duration.resolutionMs)) / 1000;
  const evidence = ended.flatMap((duration) => duration.job.evidence);
  const complete = ended.length === durations.length && durations.every((duration) => duration.enteredMs === 0);
  if (complete) return ofSamples(samples, { unit: "s", resolution, evidence });
  const estimate = kaplanMeier(durations);
  if (estimate.medianMs === null) return none("all-censored");
  const interval = ended.length < MIN_SAMPLES_FOR_INTERVAL ? null : estimate.medianIntervalMs;
  return {
    measurement: {
      unit: "s",
      statistic: "median",
      value: estimate.medianMs / 1000,
      n: ended.length,
      ...(interval === null ? {} : { interval: [interval[0] / 1000, interval[1] / 1000] as const }),
      intervalKind: interval === null ? "none" : "confidence",
      resolution,
      samples,
      censored: durations.length - ended.length,
      failed: 0,
      evidence: evidence.slice(0, MAX_EVIDENCE),
    },
  };
}

function peakConnected({ timeline, concurrency }: MetricContext): Measured {
  if (timeline.investigations.length === 0) return none("no-log");
  if (concurrency.connected === undefined) return none("no-samples", { stage: "connect" });
  return ofRun(concurrency.connected.steps.peak, "count", { statistic: "peak", n: timeline.investigations.length });
}

function openJobs(statistic: "mean" | "peak", { timeline, concurrency }: MetricContext): Measured {
  const curve = concurrency.openJobs;
  if (curve === undefined)
    return none(timeline.jobs.length === 0 ? "no-cluster-data" : timeline.seesDeletions ? "no-such-jobs" : "no-deletions");
  const jobs = servingJobs(timeline);
  const fields = { statistic, n: jobs.length, censored: jobs.filter((job) => job.gone === undefined).length } as const;
  if (statistic === "peak") return ofRun(curve.steps.peak, "jobs", fields);
  return ofRun(curve.steps.mean, "jobs", { ...fields, interval: curve.meanRange });
}

function runDuration({ timeline }: MetricContext): Measured {
  const [first, last] = [timeline.investigations[0]?.points[0], timeline.investigations.at(-1)?.points.at(-1)];
  if (first === undefined || last === undefined) return none("no-log");
  const resolution = Math.max(first.resolutionMs, last.resolutionMs) / 1000;
  const value = (last.at - first.at) / 1000;
  return ofRun(value, "s", {
    statistic: "total",
    n: timeline.investigations.length,
    resolution,
    interval: [value - resolution, value + resolution],
    evidence: [first.evidence, last.evidence],
  });
}

function investigationCount({ timeline }: MetricContext): Measured {
  const n = timeline.investigations.length;
  return n === 0 ? none("no-log") : ofRun(n, "count", { statistic: "count", n });
}

function polling(quantity: "interval" | "checks" | "trigger" | "process", { timeline, profile }: MetricContext): Measured {
  if (timeline.jobs.length === 0) return none("no-cluster-data");
  if (!timeline.seesDeletions) return none("no-deletions");
  const fit: PollingResult = fitPolling(timeline, startPoints(timeline, closingMarks(profile)).disconnected);
  if ("notIdentified" in fit) return none(fit.notIdentified);
  const seconds = (ms: number) => Math.round(ms) / 1000;
  const [lo, hi] = fit.intervalRangeMs;
  if (quantity === "interval") {
    return {
      measurement: {
        unit: "s",
        statistic: "fit",
        value: seconds(fit.intervalMs),
        n: fit.n,
        interval: [seconds(lo), seconds(hi)],
        intervalKind: "confidence",
        resolution: fit.resolutionMs / 1000,
        samples: [],
        censored: 0,
        failed: 0,
        evidence: [],
      },
    };
  }
  const ambiguous = fit.fits.map(({ checks, triggerMs, processMs }) => ({
    interval: seconds(fit.intervalMs),
    checks,
    trigger: seconds(triggerMs),
    process: seconds(processMs),
  }));
  const pick = ambiguous.at(-1)?.[quantity] ?? 0;
  return ofRun(pick, quantity === "checks" ? "count" : "s", {
    statistic: "fit",
    n: fit.n,
    resolution: fit.resolutionMs / 1000,
    ...(ambiguous.length > 1 ? { ambiguous } : {}),
  });
}

function jobSetting({ role, setting }: Extract<MetricSpec, { metric: "job-setting" }>, { timeline }: MetricContext): Measured {
  const jobs = timeline.jobs.filter((job) => job.ofThisRun && job.role === role && job.specSeen);
  if (jobs.length === 0) return none("no-job-specs", { role });
  const read = (job: Job): string | undefined => {
    if (typeof setting === "object") return job.env[setting.env];
    const value =
      setting === "backoffLimit" ? job.backoffLimit : job.ttlMsAfterFinished === undefined ? undefined : job.ttlMsAfterFinished / 1000;
    return value?.toString();
  };
  const set = jobs.flatMap((job) => {
    const text = read(job);
    return text === undefined ? [] : [{ job, text }];
  });
  const name = typeof setting === "object" ? setting.env : setting;
  const [first] = set;
  if (first === undefined) return none("setting-absent", { role, setting: name });
  const settings = [...new Set(set.map(({ text }) => text))].sort();
  const value = Number.parseFloat(first.text);
  if (!Number.isFinite(value)) return none("setting-not-a-number", { role, setting: name, text: first.text });
  const unit = setting === "ttlSecondsAfterFinished" ? "s" : "count";
  return ofRun(value, unit, {
    statistic: "setting",
    n: set.length,
    settings,
    evidence: set.slice(0, 1).flatMap(({ job }) => job.evidence.slice(0, 1)),
  });
}

/** Counts from the printed (truncated) finish: that is what the TTL controller itself counts from. */
function ttl(role: "serving" | "cleanup", { timeline }: MetricContext): Measured {
  if (timeline.jobs.length === 0) return none("no-cluster-data");
  const ended = timeline.jobs.filter(
    (job) => job.ofThisRun && job.role === role && job.finished !== undefined && job.gone !== undefined && job.mechanism === "ttl",
  );
  if (ended.length === 0) return none("no-ttl-removals", { role });
  const samples = ended.map((job) => ((job.deleteRequested ?? job.gone)?.at ?? 0) - (job.finished?.at ?? 0)).map((ms) => ms / 1000);
  const resolution = median(ended.map((job) => ((job.gone?.hi ?? 0) - (job.gone?.lo ?? 0)) / 1000));
  return ofSamples(samples, { unit: "s", resolution, evidence: ended.flatMap((job) => job.evidence) });
}

function endedByOthers({ timeline }: MetricContext): Measured {
  if (timeline.jobs.length === 0) return none("no-cluster-data");
  const gone = servingJobs(timeline).filter((job) => job.gone !== undefined);
  if (gone.length === 0) return none("no-deletions");
  const unknown = gone.filter((job) => job.mechanism === "unknown").length;
  const others = gone.filter((job) => job.mechanism !== "idle-cleanup" && job.mechanism !== "unknown");
  if (unknown === gone.length) return none("mechanism-unknown");
  return ofRun(others.length, "count", {
    statistic: "count",
    n: gone.length,
    interval: [others.length, others.length + unknown],
    evidence: others.flatMap((job) => job.evidence).slice(0, MAX_EVIDENCE),
  });
}

function unpairedJobs({ timeline }: MetricContext): Measured {
  const serving = servingJobs(timeline);
  if (serving.length === 0) return none("no-cluster-data");
  const cleanups = timeline.jobs.filter((job) => job.role === "cleanup");
  if (cleanups.length === 0) return none("no-cleanup-jobs");
  const unpaired = serving.filter(
    (job) => cleanups.filter((cleanup) => cleanup.jobId === job.jobId && cleanup.namespace === job.namespace).length !== 1,
  );
  return ofRun(unpaired.length, "count", {
    statistic: "count",
    n: serving.length,
    evidence: unpaired.flatMap((job) => job.evidence).slice(0, MAX_EVIDENCE),
  });
}

function cleanupRetries({ timeline }: MetricContext): Measured {
  const cleanups = timeline.jobs.filter((job) => job.role === "cleanup" && job.ofThisRun);
  if (cleanups.length === 0) return none("no-cleanup-jobs");
  const failed = cleanups.filter((job) => job.finished?.failed === true);
  if (failed.length === 0) return none("no-failed-cleanup");
  const retried = failed.filter((job) => timeline.pods.filter((pod) => pod.jobUid === job.uid).length > 1);
  return ofRun(retried.length, "count", {
    statistic: "count",
    n: failed.length,
    evidence: retried.flatMap((job) => job.evidence).slice(0, MAX_EVIDENCE),
  });
}

function iterationSize({ timeline }: MetricContext): Measured {
  const iterations = timeline.runMarks.filter((point) => point.groups.iteration !== undefined);
  if (iterations.length === 0) return none("no-iterations");
  const starts = timeline.investigations.map((investigation) => investigation.points[0]?.at ?? Number.NaN);
  const sizes = iterations.map((iteration, index) => {
    const next = iterations[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    return starts.filter((start) => start >= iteration.at && start < next).length;
  });
  return ofSamples(sizes, { unit: "count", resolution: 0, evidence: iterations.map((point) => point.evidence) });
}

/** A loop that was never stopped shows no limit. */
function stopLimit({ timeline }: MetricContext): Measured {
  const counts = timeline.runMarks.map((point) => Number(point.groups.active ?? Number.NaN)).filter(Number.isFinite);
  return counts.length === 0 ? none("no-iterations") : none("limit-not-reached", { highest: Math.max(...counts) });
}
