import { isTied } from "../clock.js";
import { firstIndex } from "../collections/first-index.js";
import type { Report } from "../report.js";
import { type EpochMs, isRunnerClock } from "../time.js";

/** Whether times of investigations can be held against those of Jobs. */
export function areRunnersTied({ clocks }: Pick<Report, "clocks">): boolean {
  return clocks.every((clock) => !isRunnerClock(clock.id) || isTied(clock));
}

/**
 * How many of the run's Jobs were open at a moment of its log; undefined where that is not known as one number: outside of the window of the curve, while no watch of
 * the Jobs was up, and everywhere where Jobs that may have been open are in no capture, or nothing ties the clock of a log to the cluster's.
 */
export function openJobsAt(report: Pick<Report, "concurrency" | "clocks">): (at: EpochMs) => number | undefined {
  const { openJobs, window, unwatched = [], unseenJobs } = report.concurrency;
  if (openJobs === undefined || window === null || unseenJobs !== undefined || !areRunnersTied(report)) return () => undefined;
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
  const gaps = unwatched.map((gap) => ({ lo: Date.parse(gap.from), hi: Date.parse(gap.to) }));
  return (at) => (at < from || at > to || gaps.some(({ lo, hi }) => at > lo && at < hi) ? undefined : levelAt(openJobs.points, at));
}

/** Level of a right-continuous step function; 0 before its first step. */
function levelAt(points: readonly (readonly [EpochMs, number])[], at: EpochMs): number {
  const after = firstIndex(points, ([time]) => time > at);
  return points[after - 1]?.[1] ?? 0;
}
