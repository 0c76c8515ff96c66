import type { DurationMs } from "../time.js";
import { type InnermostInterval, type IntervalLifetime, innermostIntervals, wasAtRisk } from "./interval-censored.js";
import { kaplanMeier, type SurvivalEstimate, type SurvivalStep } from "./survival.js";
import { type SurvivalEnvelope, survivalEnvelope } from "./survival-envelope.js";

/** An estimate from ends that are known as ranges. */
export interface IntervalSurvivalEstimate extends SurvivalEstimate {
  /** Every median that the ranges allow; an open upper end is Infinity. Null where there is no median. */
  readonly medianRangeMs: readonly [DurationMs, DurationMs] | null;
}

/** The iteration ends this near to the maximum: a share this near to a half is a half. */
const HALF = 0.5 + 1e-6;

/**
 * Turnbull's estimate of the share still alive. It falls somewhere inside each innermost interval; the steps stand at the upper ends, and so does the
 * median. Its range and its interval come from all ends that the ranges allow (`survivalEnvelope`), not from where the likelihood is largest:
 * they hold whatever made the ranges. An end that has a likely age enters the estimate there, and the limits with its whole range. Lifetimes that came under observation late enter the estimate, not the limits.
 */
export function intervalSurvival(lifetimes: readonly IntervalLifetime[]): IntervalSurvivalEstimate {
  const atRisk = lifetimes.filter(wasAtRisk);
  const envelope = survivalEnvelope(atRisk.filter(({ enteredMs = 0 }) => enteredMs <= 0));
  const intervals = massesOf(atRisk.map(asLikely)).filter(({ hiMs }) => Number.isFinite(hiMs));
  const shares = sharesAfter(intervals.map(({ mass }) => mass));
  const censored = atRisk.filter(({ hiMs }) => hiMs === Number.POSITIVE_INFINITY);
  const median = intervals[shares.findIndex((share) => share <= HALF)];
  const range = median === undefined ? null : hull([median.loMs, median.hiMs], envelope.medianMs);
  return {
    n: atRisk.length - censored.length,
    censored: censored.length,
    steps: intervals.map(({ hiMs }, index) => step(hiMs, shares[index] ?? 0, intervals[index + 1]?.hiMs, envelope)),
    censoredAtMs: censored.map(({ loMs }) => loMs).sort((a, b) => a - b),
    medianMs: median?.hiMs ?? null,
    medianRangeMs: range,
    medianIntervalMs: range === null || envelope.medianIntervalMs === undefined ? null : hull(range, envelope.medianIntervalMs),
  };
}

/** Where every end has an age of its own the estimate is Kaplan and Meier's, which needs no iteration. */
function massesOf(lifetimes: readonly IntervalLifetime[]): InnermostInterval[] {
  if (lifetimes.some(({ loMs, hiMs }) => loMs < hiMs && Number.isFinite(hiMs))) return innermostIntervals(lifetimes);
  const { steps } = kaplanMeier(
    lifetimes.map(({ loMs, hiMs, enteredMs = 0 }) => ({ durationMs: loMs, ended: Number.isFinite(hiMs), enteredMs })),
  );
  return steps.map(([age, share], index) => ({ loMs: age, hiMs: age, mass: (steps[index - 1]?.[1] ?? 1) - share }));
}

function asLikely(lifetime: IntervalLifetime): IntervalLifetime {
  const { likelyMs } = lifetime;
  return likelyMs === undefined ? lifetime : { ...lifetime, loMs: likelyMs, hiMs: likelyMs };
}

function sharesAfter(masses: readonly number[]): number[] {
  let share = 1;
  return masses.map((mass) => {
    share = Math.max(0, share - mass);
    return share;
  });
}

/** From one step to the next the lower limit falls on: the step carries it as it is just before the next. */
function step(age: DurationMs, share: number, next: DurationMs | undefined, envelope: SurvivalEnvelope): SurvivalStep {
  const lower = envelope.lowerAt(next === undefined ? age : justBefore(next));
  return [age, share, Math.min(lower, share), Math.max(envelope.upperAt(age), share)];
}

function justBefore(age: DurationMs): DurationMs {
  return age - Math.max(Math.abs(age), 1) * 2 * Number.EPSILON;
}

function hull(range: readonly [number, number], other: readonly [number, number] | undefined): readonly [number, number] {
  return other === undefined ? range : [Math.min(range[0], other[0]), Math.max(range[1], other[1])];
}
