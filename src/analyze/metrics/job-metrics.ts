import { toClusterTime } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { Measured, Measurement, MetricSpec, Spread } from "../../model/measurement.js";
import type { StageDefinition } from "../../model/profile.js";
import { largest, sorted } from "../../model/statistics/statistics.js";
import { type DurationMs, type EpochMs, roundMicroseconds } from "../../model/time.js";
import { clockOf, type Job, type Timeline } from "../../model/timeline.js";
import { cleanupsOf, howWellKnown, type JobDuration, seesWhoIsOpen, servingJobs, whyNoJobs } from "../jobs/job-durations.js";
import { durationsFor } from "../jobs/job-populations.js";
import { estimateLifetimes, type LifetimeEstimate, lifetimeQuantile } from "../jobs/lifetime-estimate.js";
import { possibleJobs } from "../jobs/unseen-jobs.js";
import { jobStageDurations } from "./job-stages.js";
import { firstLines, MAX_EVIDENCE, none, ofRun, spreadOf } from "./measured.js";
import type { MetricContext } from "./metric-context.js";
import { partOfJobs } from "./part-of-run.js";
import { unknownField } from "./unknown-ends.js";

export function jobDuration(spec: Extract<MetricSpec, { metric: "job-duration" }>, context: MetricContext): Measured {
  const found = durationsFor(spec, context);
  if ("missing" in found) return none(found.missing, found.values);
  return withUnknown(fromDurations(found.durations), found.unknown);
}

/** How many more should be among the samples. */
function withUnknown(measured: Measured, unknown: number): Measured {
  return "measurement" in measured ? { measurement: { ...measured.measurement, ...unknownField(unknown) } } : measured;
}

/** A stage between points of a Job. Failed Jobs are counted apart from those that finished well. */
export function jobStageDuration(stage: StageDefinition, context: MetricContext): Measured {
  const found = jobStageDurations(stage, context);
  if ("missing" in found) return none(found.missing, found.values);
  const measured = withUnknown(fromDurations(found.durations), found.unknown);
  return "measurement" in measured ? { measurement: { ...measured.measurement, failed: found.failed } } : measured;
}

/** The typical duration, with what open ends and ends known only as ranges leave of it. */
function fromDurations(durations: readonly JobDuration[]): Measured {
  const ended = durations.filter((duration) => duration.ended);
  const estimate = estimateLifetimes(durations);
  const { n, censored, medianMs, medianRangeMs, medianIntervalMs, resolutionMs, clockMs } = estimate;
  const late = durations.filter(({ enteredMs }) => enteredMs > 0).length;
  if (medianMs === null) {
    return late > censored
      ? none("too-few-from-start", { late, count: durations.length })
      : none("too-many-censored", { ended: n, censored });
  }
  const samples = ended.map((duration) => duration.durationMs / 1000);
  const spread = censored + late === 0 && medianRangeMs === undefined ? knownSpread(ended) : estimatedSpread(estimate);
  const inSeconds = ([low, high]: readonly [number, number]) => [low / 1000, high / 1000] as const;
  return {
    measurement: {
      unit: "s",
      statistic: "median",
      value: medianMs / 1000,
      n,
      ...(medianIntervalMs === undefined ? {} : { interval: inSeconds(medianIntervalMs) }),
      intervalKind: medianIntervalMs === undefined ? "none" : "confidence",
      ...(medianRangeMs === undefined ? {} : { range: inSeconds(medianRangeMs) }),
      resolution: resolutionMs / 1000,
      step: largest(ended.map(({ stepMs }) => stepMs)) / 1000,
      ...(clockMs === 0 ? {} : { shared: clockMs / 1000 }),
      samples,
      ...(spread === undefined ? {} : { spread }),
      censored,
      failed: 0,
      evidence: firstLines(ended.map((duration) => duration.job.evidence)),
    },
  };
}

/** How durations lie whose ends are all known, each with what its stamps and clocks leave open on both sides. */
function knownSpread(ended: readonly JobDuration[]): Spread {
  return spreadOf(
    sorted(ended.map(({ durationMs, resolutionMs }) => Math.max(0, durationMs - resolutionMs / 2) / 1000)),
    sorted(ended.map(({ durationMs, resolutionMs }) => (durationMs + resolutionMs / 2) / 1000)),
  );
}

/** Where some are open or were seen late, those that ended are no fair sample: the curve tells their quantiles too, as far as it goes. */
function estimatedSpread(estimate: LifetimeEstimate): Spread | undefined {
  const [low, high] = [lifetimeQuantile(estimate, 0.05), lifetimeQuantile(estimate, 0.95)];
  if (low === undefined || high === undefined) return undefined;
  const openMs = estimate.resolutionMs / 2;
  return { middle: [Math.max(0, low.atMs - openMs) / 1000, (high.atMs + openMs) / 1000] };
}

export function openJobs(statistic: "mean" | "peak", context: MetricContext): Measured {
  const { timeline, concurrency } = context;
  const curve = concurrency.openJobs;
  if (curve === undefined)
    return none(timeline.jobs.length === 0 ? whyNoJobs(timeline) : seesWhoIsOpen(timeline) ? "no-such-jobs" : "no-deletions");
  const jobs = servingJobs(timeline);
  const censored = jobs.filter((job) => job.gone === undefined).length;
  const fields = { statistic, n: jobs.length, censored, ...ofPart(context) } as const;
  const [lowest, highest] = curve.peakRange;
  if (statistic === "peak")
    return ofRun(curve.steps.peak, "jobs", { ...fields, ...(lowest < highest ? { interval: curve.peakRange } : {}) });
  return ofRun(curve.steps.mean, "jobs", { ...fields, interval: curve.meanRange });
}

/** What a number of the run says of which part it is. */
function ofPart(context: MetricContext): Pick<Measurement, "part"> {
  const part = partOfJobs(context);
  return part === undefined ? {} : { part };
}

/**
 * Counts from the printed (truncated) finish: that is what the TTL controller itself counts from. A TTL is a whole number of seconds, and nothing goes before it is
 * over, so what goes within the first second had none: its due second lay before the finish itself, and what has passed since is the rest of that second and the controller's own delay.
 */
export function ttl(role: "serving" | "cleanup", { timeline }: MetricContext): Measured {
  if (timeline.jobs.length === 0) return none(whyNoJobs(timeline));
  const ended = timeline.jobs.filter(
    (job) => job.ofThisRun && job.role === role && job.finished !== undefined && job.gone !== undefined && job.mechanism === "ttl",
  );
  if (ended.length === 0) return none("no-ttl-removals", { role });
  const durations = ended.map((job) => kept(job, timeline));
  // Nothing goes by its TTL before that is over: the clock that stamped the finish is ahead, and nothing tells by how much.
  const early = durations.filter(({ job, durationMs, resolutionMs }) => durationMs + resolutionMs < (job.ttlMsAfterFinished ?? 0)).length;
  if (2 * early > ended.length) return none("ttl-before-due", { count: early, of: ended.length });
  const measured = fromDurations(durations);
  if (!("measurement" in measured)) return measured;
  // Those that are still there are left out, so how the single ones lie is not known.
  const { spread: _, ...measurement } = measured.measurement;
  return { measurement: { ...measurement, step: 1 } };
}

/** From the printed finish of a Job to its removal by the TTL. */
function kept(job: Job, timeline: Timeline): JobDuration {
  const start = { at: job.finished?.at ?? 0, uncertaintyMs: 0 };
  const { gone, deleteRequested = gone } = job;
  // The controller asks at the whole second of its clock at which the TTL runs out: a stamp that is cut to the second is that second.
  const stampedBy = job.finished?.stampedBy;
  const isStamp = deleteRequested?.how === "deletion-timestamp" && deleteRequested !== gone && stampedBy === undefined;
  const end = isStamp ? { ...deleteRequested, at: deleteRequested.lo } : deleteRequested;
  const known = howWellKnown(start, end, timeline);
  const passedMs = roundMicroseconds((end?.at ?? start.at) - start.at);
  // A request leaves no more open than the end that it led to.
  const isFiner = end !== gone && gone !== undefined && stampedBy === undefined;
  const openMs = isFiner ? Math.min(known.resolutionMs, gone.hi - gone.lo) : known.resolutionMs;
  // What the clock that stamped the finish is off, or another than the cluster's that stamped the end, is in the TTL.
  const clockMs = (end?.stampedBy?.uncertaintyMs ?? 0) + (stampedBy?.uncertaintyMs ?? 0);
  return {
    job,
    durationMs: passedMs < 1000 ? 0 : passedMs,
    ended: true,
    enteredMs: 0,
    ...known,
    resolutionMs: roundMicroseconds(openMs + 2 * clockMs),
  };
}

/**
 * A Job that may have ended without any source showing that may have been ended by others, as may one that was there when its sources ended while the run went on; and one
 * that they ended may be of the run.
 */
export function endedByOthers(context: MetricContext): Measured {
  const { timeline } = context;
  if (timeline.jobs.length === 0) return none(whyNoJobs(timeline));
  const serving = servingJobs(timeline);
  const ended = serving.filter((job) => job.mechanism !== "open");
  if (ended.every((job) => job.gone === undefined)) return none("no-deletions");
  const unknown = ended.filter((job) => job.mechanism === "unknown").length;
  const others = ended.filter((job) => job.mechanism !== "idle-cleanup" && job.mechanism !== "unknown");
  if (unknown === ended.length) return none("mechanism-unknown");
  const maybe = possibleJobs(timeline).filter(({ mechanism }) => mechanism !== "open" && mechanism !== "idle-cleanup").length;
  const until = runSeenUntil(timeline);
  const unwatched = serving.filter(({ mechanism, censoredAt = until }) => mechanism === "open" && censoredAt < until).length;
  return ofRun(others.length, "count", {
    statistic: "count",
    n: ended.length,
    interval: [others.length, others.length + unknown + maybe + unwatched],
    ...ofPart(context),
    evidence: others.flatMap((job) => job.evidence).slice(0, MAX_EVIDENCE),
  });
}

/** When the run went on for certain: its log ended no earlier. */
function runSeenUntil(timeline: Timeline): EpochMs {
  const clock = clockOf(timeline, "runner");
  const end = timeline.logSpan === null ? null : toClusterTime(clock, timeline.logSpan.hi);
  return end === null ? Number.NEGATIVE_INFINITY : end - (clock?.uncertaintyMs ?? 0);
}

/** Of a Job without a cleanup Job only where that would have been seen; the others may have had one. */
export function unpairedJobs(context: MetricContext): Measured {
  const { timeline } = context;
  const serving = servingJobs(timeline);
  if (serving.length === 0) return none(timeline.jobs.length === 0 ? whyNoJobs(timeline) : "no-such-jobs");
  const byJob = cleanupsOf(timeline);
  if (byJob.size === 0) return none("no-cleanup-jobs");
  const ofJob = (job: Job) => byJob.get(job) ?? [];
  const latestMs = latestCleanup(serving, ofJob);
  const unpaired = serving.filter((job) => ofJob(job).length !== 1);
  const certain = unpaired.filter((job) => ofJob(job).length > 1 || seesCleanups(timeline, job, latestMs));
  const most = unpaired.length + possibleJobs(timeline).filter((job) => ofJob(job).length !== 1).length;
  return ofRun(certain.length, "count", {
    statistic: "count",
    n: serving.length,
    ...(certain.length < most ? { interval: [certain.length, most] } : {}),
    ...ofPart(context),
    evidence: certain.flatMap((job) => job.evidence).slice(0, MAX_EVIDENCE),
  });
}

/** The longest that any cleanup Job was created after its Job. */
function latestCleanup(serving: readonly Job[], ofJob: (job: Job) => readonly Job[]): DurationMs {
  const after = serving.flatMap((job) => ofJob(job).map((cleanup) => cleanup.created.hi - job.created.lo));
  return Math.max(0, largest(after.filter(Number.isFinite)));
}

/**
 * Whether a cleanup Job of this Job would have been seen: the sources show its creation and go on for as long as a cleanup Job may take to be created, and
 * all the time that it was open some watch was up. One that was there before the sources may have had a cleanup Job that had gone.
 */
function seesCleanups({ jobCoverage, unwatched = [] }: Timeline, job: Job, latestMs: DurationMs): boolean {
  const { created, gone, censoredAt, truncated } = job;
  if (truncated || jobCoverage === null || created.lo < jobCoverage.lo || created.hi + latestMs > jobCoverage.hi) return false;
  const until = gone?.hi ?? censoredAt ?? jobCoverage.hi;
  return unwatched.every(({ lo, hi }) => hi <= created.lo || lo >= until);
}

export function cleanupRetries(context: MetricContext): Measured {
  const { timeline } = context;
  const cleanups = timeline.jobs.filter((job) => job.role === "cleanup" && job.ofThisRun);
  if (cleanups.length === 0) return none("no-cleanup-jobs");
  const podsOf = groupBy(timeline.pods, (pod) => pod.jobUid);
  // Another Pod is made only where the first has failed, and the Job may end well with that.
  const retried = cleanups.filter((job) => (podsOf.get(job.uid)?.length ?? 0) > 1);
  const failed = cleanups.filter((job) => job.finished?.failed === true || retried.includes(job));
  if (failed.length === 0) return none("no-failed-cleanup");
  // Of whose Pods no source tells, it may have been.
  const untold = failed.filter((job) => !podsOf.has(job.uid)).length;
  return ofRun(retried.length, "count", {
    statistic: "count",
    n: failed.length,
    ...(untold === 0 ? {} : { interval: [retried.length, retried.length + untold] }),
    ...ofPart(context),
    evidence: retried.flatMap((job) => job.evidence).slice(0, MAX_EVIDENCE),
  });
}
