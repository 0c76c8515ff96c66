import { isOneNumber } from "../../model/reports/open-jobs-mean.js";
import type { Interval, StepFunction } from "../../model/statistics/step-function.js";
import { countOpenInRuns, peakAndMeanInRuns, type RunsWindow } from "./run-pauses.js";

/** A step function with what its mean may be, given uncertain ends. */
export interface Curve {
  readonly steps: StepFunction;
  readonly meanRange: readonly [number, number];
  /** What the peak may be. */
  readonly peakRange: readonly [number, number];
}

/** An interval whose ends are only known within ranges: as valued, as short and as long as it may be. */
export interface Band {
  readonly value: Interval;
  readonly shortest: Interval;
  readonly longest: Interval;
}

/** `unseen`: what may have been open besides. */
function bandedCurve(bands: readonly Band[], window: RunsWindow, unseen: readonly Interval[]): Curve {
  const extreme = (pick: (band: Band) => Interval, others: readonly Interval[] = []) =>
    peakAndMeanInRuns([...bands.map(pick), ...others], window);
  const [shortest, longest] = [extreme((b) => b.shortest), extreme((b) => b.longest, unseen)];
  const steps = countOpenInRuns(
    bands.map((b) => b.value),
    window,
  );
  return { steps, meanRange: [shortest.mean, longest.mean], peakRange: [shortest.peak, longest.peak] };
}

/**
 * Of Jobs, or their Pods, which a gap between two watches leaves open. Where the mean is not known as one number, neither is the time at each level: it is that of the
 * watched time alone then, and none where uncertain ends leave it open there too.
 */
export function watchedCurve(bands: readonly Band[], window: RunsWindow, watched: RunsWindow, unseen: readonly Interval[]): Curve {
  const whole = bandedCurve(bands, window, unseen);
  if (isTold(whole)) return whole;
  const inWatched = bandedCurve(bands, watched, unseen);
  return { ...whole, steps: { ...whole.steps, timeAtLevelMs: isTold(inWatched) ? inWatched.steps.timeAtLevelMs : new Map() } };
}

/** Whether the mean is known as one number. */
export function isTold({ steps, meanRange }: Curve): boolean {
  return isOneNumber({ mean: steps.mean, meanRange });
}

/** Of intervals whose ends are known; the time at each level is that of `levels`. */
export function exactCurve(intervals: readonly Interval[], window: RunsWindow, levels: RunsWindow = window): Curve {
  const counted = countOpenInRuns(intervals, window);
  const steps = levels === window ? counted : { ...counted, timeAtLevelMs: countOpenInRuns(intervals, levels).timeAtLevelMs };
  return { steps, meanRange: [steps.mean, steps.mean], peakRange: [steps.peak, steps.peak] };
}
