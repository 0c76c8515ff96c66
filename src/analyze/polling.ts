import { mean, sorted } from "../model/statistics.js";
import type { DurationMs } from "../model/time.js";
import type { Job, Timeline } from "../model/timeline.js";
import { servingJobs } from "./job-durations.js";

/** Grid of one cleanup: request for deletion, counted from the start of the cleanup's Pod and from the client's disconnect. */
export interface PollingSample {
  readonly job: Job;
  readonly sincePodStartMs: DurationMs;
  readonly sinceDisconnectMs: DurationMs | null;
  readonly resolutionMs: DurationMs;
}

/** One way in which interval, number of checks and deletion time explain the data. */
export interface PollingFit {
  readonly checks: number;
  /** First low reading to last: (checks - 1) intervals. */
  readonly triggerMs: DurationMs;
  /** Last check to the request (or to the Job gone, where no request was seen). */
  readonly processMs: DurationMs;
}

export type PollingResult =
  | {
      readonly intervalMs: DurationMs;
      readonly intervalRangeMs: readonly [DurationMs, DurationMs];
      readonly n: number;
      readonly fits: readonly PollingFit[];
      readonly resolutionMs: DurationMs;
    }
  | { readonly notIdentified: "polling-no-pods" | "polling-coarse" | "polling-one-level" | "polling-no-grid" };

/** Coarser stamps than this cannot show a grid of seconds. */
const FINEST_NEEDED_MS: DurationMs = 500;
const Z95 = 1.96;

/** What can be seen of each cleanup's polling: needs the start of its Pod and a fine moment of the deletion. */
export function pollingSamples(
  timeline: Timeline,
  disconnectOf: (job: Job) => { readonly at: number } | null,
): { samples: PollingSample[]; coarse: number } {
  const cleanupById = new Map(timeline.jobs.filter((job) => job.role === "cleanup").map((job) => [`${job.namespace}/${job.jobId}`, job]));
  const podStart = new Map(timeline.pods.flatMap((pod) => (pod.started === undefined ? [] : [[pod.jobUid, pod.started] as const])));
  const samples: PollingSample[] = [];
  let coarse = 0;
  for (const job of servingJobs(timeline)) {
    const cleanup = cleanupById.get(`${job.namespace}/${job.jobId}`);
    const start = cleanup === undefined ? undefined : podStart.get(cleanup.uid);
    const end = job.deleteRequested ?? job.gone;
    if (start === undefined || end === undefined || job.mechanism === "ttl" || job.mechanism === "other") continue;
    const endWidth = end.bracket ? Math.min(end.hi - end.lo, FINEST_NEEDED_MS) : end.hi - end.lo;
    const resolutionMs = Math.max(start.hi - start.lo, endWidth);
    if (resolutionMs > FINEST_NEEDED_MS) {
      coarse += 1;
      continue;
    }
    const disconnect = disconnectOf(job);
    samples.push({
      job,
      sincePodStartMs: end.at - start.at,
      sinceDisconnectMs: disconnect === null ? null : end.at - disconnect.at,
      resolutionMs,
    });
  }
  return { samples, coarse };
}

/**
 * The polling interval from the levels on which deletion requests fall when counted from the start of the cleanup's Pod. Levels lie whole
 * intervals apart; that no divisor of their distance is the interval follows from the disconnects, which fall anywhere between two polls:
 * the waits after them spread over one whole interval. Checks and deletion time cannot be told apart by the stamps alone: all pairs that
 * fit are returned.
 */
export function fitPolling(timeline: Timeline, disconnectOf: (job: Job) => { readonly at: number } | null): PollingResult {
  const { samples, coarse } = pollingSamples(timeline, disconnectOf);
  if (samples.length === 0) return { notIdentified: coarse > 0 ? "polling-coarse" : "polling-no-pods" };
  // A Job that was gone before its client left was not found idle by anyone.
  const waits = samples.flatMap(({ sinceDisconnectMs: wait }) => (wait === null || wait < 0 ? [] : [wait]));
  const ascending = sorted(waits);
  const [shortest, longest] = [ascending[0], ascending.at(-1)];
  if (shortest === undefined || longest === undefined || waits.length < 2) return { notIdentified: "polling-one-level" };
  const spread = longest - shortest;
  const levels = levelsOf(sorted(samples.map((sample) => sample.sincePodStartMs)), spread / 2);
  if (levels.length < 2) return { notIdentified: "polling-one-level" };
  const gaps = levels.slice(1).map((level, index) => mean(level) - mean(levels[index] as number[]));
  const unit = Math.min(...gaps);
  const steps = gaps.map((gap) => Math.round(gap / unit));
  const onGrid = gaps.every((gap, index) => Math.abs(gap / (steps[index] as number) - unit) < unit * 0.1);
  const noise = Math.max(...levels.map((level) => (level.at(-1) as number) - (level[0] as number)));
  if (!onGrid || noise > unit / 2 || spread > unit * 1.25 || spread < unit / 2) return { notIdentified: "polling-no-grid" };
  const { slope, halfWidth } = slopeOver(levels, steps);
  return {
    intervalMs: slope,
    intervalRangeMs: [slope - halfWidth, slope + halfWidth],
    n: samples.length,
    fits: fitsFor(slope, shortest, noise),
    resolutionMs: Math.max(...samples.map((sample) => sample.resolutionMs)),
  };
}

/** Values that lie closer together than the gap belong to one level. */
function levelsOf(ascending: readonly number[], gap: number): number[][] {
  const levels: number[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const value of ascending) {
    if (value - last > gap) levels.push([]);
    levels.at(-1)?.push(value);
    last = value;
  }
  return levels;
}

/** Least squares of the values over their level numbers. */
function slopeOver(levels: readonly (readonly number[])[], steps: readonly number[]): { slope: number; halfWidth: number } {
  let number = 0;
  const points = levels.flatMap((level, index) => {
    number += index === 0 ? 0 : (steps[index - 1] as number);
    return level.map((value) => ({ x: number, y: value }));
  });
  const meanX = mean(points.map((point) => point.x));
  const meanY = mean(points.map((point) => point.y));
  let sxx = 0;
  let sxy = 0;
  for (const { x, y } of points) {
    sxx += (x - meanX) ** 2;
    sxy += (x - meanX) * (y - meanY);
  }
  const slope = sxy / sxx;
  let residual = 0;
  for (const { x, y } of points) residual += (y - meanY - slope * (x - meanX)) ** 2;
  const variance = points.length > 2 ? residual / (points.length - 2) : 0;
  return { slope, halfWidth: Z95 * Math.sqrt(variance / sxx) };
}

/** The shortest wait is the last check plus the deletion time: (checks - 1) intervals + process. */
function fitsFor(intervalMs: DurationMs, shortestWaitMs: DurationMs, noiseMs: DurationMs): PollingFit[] {
  const fits: PollingFit[] = [];
  for (let checks = 1; (checks - 1) * intervalMs <= shortestWaitMs + noiseMs; checks += 1) {
    const triggerMs = (checks - 1) * intervalMs;
    fits.push({ checks, triggerMs, processMs: Math.max(0, shortestWaitMs - triggerMs) });
  }
  return fits;
}
