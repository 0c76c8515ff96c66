/** When the run was, and how long. */

import { toUtc } from "../model/clock.js";
import type { Measured } from "../model/measurement.js";
import type { Report } from "../model/report.js";
import { type Bounds, isoFromEpoch, localIso } from "../model/time.js";
import { clockOf, type Timeline } from "../model/timeline.js";
import { runWindow } from "./concurrency/concurrency.js";

/** In UTC. */
export function isoBounds({ lo, hi }: Bounds): { from: string; to: string } {
  return { from: isoFromEpoch(lo), to: isoFromEpoch(hi) };
}

/** From the first line of the first investigation to the last of the last; without a log, or for an end of it that no clock places, the window of the Jobs. */
export function windowOfRun(timeline: Timeline): Bounds | null {
  const { logSpan } = timeline;
  if (logSpan === null) return runWindow(timeline);
  const runner = clockOf(timeline, "runner");
  const [first, last] = [
    Math.max(logSpan.lo, runner?.holdsFor?.lo ?? logSpan.lo),
    Math.min(logSpan.hi, runner?.holdsFor?.hi ?? logSpan.hi),
  ];
  const [lo, hi] = [toUtc(runner, first), toUtc(runner, last)];
  if (lo === null || hi === null) return null;
  const ofJobs = runWindow(timeline) ?? { lo, hi };
  return { lo: first > logSpan.lo ? Math.min(lo, ofJobs.lo) : lo, hi: last < logSpan.hi ? Math.max(hi, ofJobs.hi) : hi };
}

/** Where no clock places the run: from its first line to its last, in the runner's own time. */
export function localWindow(timeline: Timeline, window: Bounds | null): Pick<Report, "windowLocal"> {
  if (window !== null || timeline.logSpan === null) return {};
  return { windowLocal: { from: localIso(timeline.logSpan.lo), to: localIso(timeline.logSpan.hi) } };
}

/** How long the run was, where that is measured. */
export function durationOfRun(measured: Measured): Pick<Report, "runDuration"> {
  if (!("measurement" in measured)) return {};
  const { value, interval } = measured.measurement;
  return { runDuration: { value, ...(interval === undefined ? {} : { band: interval }) } };
}
