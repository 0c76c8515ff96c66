import type { ReportConcurrency } from "./report-measures.js";
import type { EpochMs } from "./time.js";

/**
 * How many of the run's Jobs were open at a moment; undefined where that is not known as one number: outside of the window of the curve, while no watch of the
 * Jobs was up, and everywhere where Jobs that may have been open are in no capture.
 */
export function openJobsAt({ openJobs, window, unwatched = [], unseenJobs }: ReportConcurrency): (at: EpochMs) => number | undefined {
  if (openJobs === undefined || window === null || unseenJobs !== undefined) return () => undefined;
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
  const gaps = unwatched.map((gap) => ({ lo: Date.parse(gap.from), hi: Date.parse(gap.to) }));
  return (at) => (at < from || at > to || gaps.some(({ lo, hi }) => at > lo && at < hi) ? undefined : levelAt(openJobs.points, at));
}

/** Level of a right-continuous step function; 0 before its first step. */
function levelAt(points: readonly (readonly [EpochMs, number])[], at: EpochMs): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const half = (low + high) >> 1;
    if ((points[half]?.[0] ?? 0) <= at) low = half + 1;
    else high = half;
  }
  return points[low - 1]?.[1] ?? 0;
}
