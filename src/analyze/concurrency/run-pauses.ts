/** Several runs in one report: the time between them is no part of any, so no mean may hold it. */
import { groupBy } from "../../model/collections/group-by.js";
import type { Diagnostic } from "../../model/source.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import { countOpen, type Interval, peakAndMean, type StepFunction } from "../../model/statistics/step-function.js";
import type { Bounds, DurationMs } from "../../model/time.js";
import type { Job, Timeline } from "../../model/timeline.js";
import { investigationOf } from "../jobs/job-durations.js";

/** A window with the stretches inside it that are no part of any run. */
export interface RunsWindow extends Bounds {
  readonly pauses: readonly Bounds[];
}

/** From the end of the last Job of a run to the first creation of the next; none where Jobs of the one are still open then. */
export function withPauses(timeline: Timeline, jobs: readonly Job[], window: Bounds): RunsWindow {
  const isSeveral = timeline.investigations.some(({ run }) => run !== undefined);
  // Of several runs nothing tells which of them a Job without an investigation is of: it is open, and no more.
  const runOf = (job: Job) => investigationOf(timeline, job)?.run ?? (isSeveral ? job.uid : undefined);
  const runs = [...groupBy(jobs, runOf).values()].map((own) => ({
    lo: smallest(own.map(({ created }) => created.at)),
    hi: largest(own.map(({ gone }) => gone?.at ?? window.hi)),
  }));
  runs.sort((a, b) => a.lo - b.lo);
  const pauses: Bounds[] = [];
  let until = window.lo;
  for (const { lo, hi } of runs) {
    if (lo > until) pauses.push({ lo: until, hi: lo });
    until = Math.max(until, hi);
  }
  return { ...window, pauses };
}

/** A window of which further stretches are left out too. */
export function without({ lo, hi, pauses }: RunsWindow, further: readonly Bounds[]): RunsWindow {
  const inside = [...pauses, ...further].map((stretch) => ({ lo: Math.max(lo, stretch.lo), hi: Math.min(hi, stretch.hi) }));
  const merged: Bounds[] = [];
  for (const stretch of inside.filter((one) => one.hi > one.lo).sort((a, b) => a.lo - b.lo)) {
    const last = merged.at(-1);
    if (last === undefined || stretch.lo > last.hi) merged.push(stretch);
    else merged.splice(-1, 1, { lo: last.lo, hi: Math.max(last.hi, stretch.hi) });
  }
  return { lo, hi, pauses: merged };
}

/** The stretches of a window that are part of a run. */
function stretches({ lo, hi, pauses }: RunsWindow): Bounds[] {
  const edges = [lo, ...pauses.flatMap((pause) => [pause.lo, pause.hi]), hi];
  return Array.from({ length: edges.length / 2 }, (_, index) => ({ lo: edges[2 * index] ?? lo, hi: edges[2 * index + 1] ?? hi }));
}

function lengthMs({ lo, hi, pauses }: RunsWindow): DurationMs {
  return pauses.reduce((left, pause) => left - (pause.hi - pause.lo), hi - lo);
}

/** Counts open intervals over a window; the mean and the time at each level are of the runs alone. */
export function countOpenInRuns(intervals: readonly Interval[], window: RunsWindow): StepFunction {
  const whole = countOpen(intervals, window.lo, window.hi);
  if (window.pauses.length === 0) return whole;
  const parts = stretches(window).map(({ lo, hi }) => countOpen(intervals, lo, hi));
  const integralMs = parts.reduce((sum, part) => sum + part.integralMs, 0);
  const timeAtLevelMs = new Map<number, DurationMs>();
  for (const part of parts) {
    for (const [level, ms] of part.timeAtLevelMs) timeAtLevelMs.set(level, (timeAtLevelMs.get(level) ?? 0) + ms);
  }
  return { ...whole, integralMs, mean: integralMs / lengthMs(window), timeAtLevelMs };
}

/** Peak and mean of the same function, without its points. */
export function peakAndMeanInRuns(intervals: readonly Interval[], window: RunsWindow): Pick<StepFunction, "peak" | "mean"> {
  const whole = peakAndMean(intervals, window.lo, window.hi);
  if (window.pauses.length === 0) return whole;
  const openMs = stretches(window).reduce((sum, { lo, hi }) => sum + peakAndMean(intervals, lo, hi).mean * (hi - lo), 0);
  return { peak: whole.peak, mean: openMs / lengthMs(window) };
}

/** Says how much time lies between the runs, in tenths of minutes. */
export function pauseDiagnostics(window: RunsWindow | null): Diagnostic[] {
  const { pauses } = window ?? { pauses: [] };
  if (pauses.length === 0) return [];
  const minutes = Math.round(pauses.reduce((sum, { lo, hi }) => sum + hi - lo, 0) / 6_000) / 10;
  return [{ id: "runs-apart", severity: "info", count: pauses.length, values: { minutes }, examples: [] }];
}
