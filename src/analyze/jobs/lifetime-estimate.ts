import { oncePer } from "../../model/collections/once-per.js";
import type { IntervalLifetime } from "../../model/statistics/interval-censored.js";
import { intervalSurvival } from "../../model/statistics/interval-survival.js";
import {
  largest,
  MIN_SAMPLES_FOR_INTERVAL,
  median,
  medianInterval,
  quantile,
  samplesForQuantile,
  sorted,
} from "../../model/statistics/statistics.js";
import { kaplanMeier, type SurvivalEstimate, type SurvivalQuantile, survivalQuantile } from "../../model/statistics/survival.js";
import { type DurationMs, roundMicroseconds } from "../../model/time.js";
import type { JobDuration } from "./job-durations.js";

/** What durations of Jobs tell of the typical one, with those that are still open and those whose end is only a range. */
export interface LifetimeEstimate extends Omit<SurvivalEstimate, "medianIntervalMs"> {
  /** Null where it, its range or its interval is not known or has no upper end: too many are open, or came under observation too late. */
  readonly medianMs: DurationMs | null;
  /** Every median that ends known only as ranges allow; undefined where all ends are known, or the range has no upper end. */
  readonly medianRangeMs?: readonly [DurationMs, DurationMs];
  /** 95%, and on both sides what the offset between clocks leaves open; undefined for fewer than 6 ends, or where it has no upper end. */
  readonly medianIntervalMs?: readonly [DurationMs, DurationMs];
  /** Half width of what the offset between clocks leaves open of all durations alike; in the interval. */
  readonly clockMs: DurationMs;
  /** Typical width of what stamps and clocks leave of a duration, ranges apart. */
  readonly resolutionMs: DurationMs;
  /** Ends are known well enough, on average, for numbers of the single durations: means, extremes, quantiles. */
  readonly sharp: boolean;
}

/** A cut stamp leaves this much too. */
const SHARP_WITHIN_MS: DurationMs = 1000;

/**
 * The median where all ended and each has a value: by order statistics. With open ones: Kaplan-Meier. With ends that lie anywhere in a range: Turnbull's
 * estimate. Range and interval hold for every end that the ranges allow.
 */
export const estimateLifetimes: (durations: readonly JobDuration[]) => LifetimeEstimate = oncePer((durations) => {
  const ended = durations.filter((duration) => duration.ended);
  const ranges = ended.flatMap(({ range }) => range ?? []);
  const common = {
    resolutionMs: ended.length === 0 ? 0 : median(ended.map((duration) => duration.resolutionMs)),
    clockMs: Math.max(0, largest(durations.map((duration) => duration.clockMs ?? 0))),
    sharp: ended.length > 0 && ranges.reduce((sum, { loMs, hiMs }) => sum + hiMs - loMs, 0) <= SHARP_WITHIN_MS * ended.length,
  };
  const complete = ended.length === durations.length && durations.every((duration) => duration.enteredMs === 0);
  if (complete && ended.length > 0 && ranges.every(({ caused }) => caused)) return { ...widened(ofComplete(ended), common), ...common };
  if (ranges.length > 0) return { ...widened(fromRanges(durations), common), ...common };
  return { ...widened(closed(kaplanMeier(durations)), common), ...common };
});

/**
 * Another quantile than the median, where the sample can carry it; undefined where ends are ranges, as the steps do not say when they fall, or where not
 * even the median is known.
 */
export function lifetimeQuantile({ steps, n, medianMs, medianRangeMs }: LifetimeEstimate, q: number): SurvivalQuantile | undefined {
  if (medianRangeMs !== undefined || medianMs === null || n < samplesForQuantile(Math.max(q, 1 - q))) return undefined;
  return survivalQuantile(steps, q);
}

type Unmeasured = Omit<LifetimeEstimate, "resolutionMs" | "clockMs" | "sharp">;

/** More samples do not make an error smaller that all of them share, so the interval is as wide as that at least. */
function widened(estimate: Unmeasured, { clockMs }: { readonly clockMs: DurationMs }): Unmeasured {
  const { medianIntervalMs } = estimate;
  if (medianIntervalMs === undefined || clockMs === 0) return estimate;
  const [low, high] = medianIntervalMs;
  return { ...estimate, medianIntervalMs: [roundMicroseconds(Math.max(0, low - clockMs)), roundMicroseconds(high + clockMs)] };
}

/** All ended, each with a value: the same ranks bound the median among the earliest and among the latest ends. */
function ofComplete(ended: readonly JobDuration[]): Unmeasured {
  const values = sorted(ended.map((duration) => duration.durationMs));
  const ranged = ended.some(({ range }) => range !== undefined);
  const lows = ranged ? sorted(ended.map(({ durationMs, range }) => range?.loMs ?? durationMs)) : values;
  const highs = ranged ? sorted(ended.map(({ durationMs, range }) => range?.hiMs ?? durationMs)) : values;
  const { n, censored, steps, censoredAtMs } = ranged ? intervalSurvival(ended.map(asInterval)) : kaplanMeier(ended);
  const [low, high] = [medianInterval(lows), medianInterval(highs)];
  return {
    ...{ n, censored, steps, censoredAtMs, medianMs: roundMicroseconds(middle(values)) },
    ...(ranged ? { medianRangeMs: [roundMicroseconds(middle(lows)), roundMicroseconds(middle(highs))] as const } : {}),
    ...(low === undefined || high === undefined ? {} : { medianIntervalMs: [low[0], high[1]] as const }),
  };
}

function middle(ascending: readonly DurationMs[]): DurationMs {
  return quantile(ascending, 0.5);
}

function fromRanges(durations: readonly JobDuration[]): Unmeasured {
  const estimate = intervalSurvival(durations.map(asInterval));
  const { medianRangeMs } = estimate;
  if (medianRangeMs === null || !Number.isFinite(medianRangeMs[1])) return closed({ ...estimate, medianMs: null, medianIntervalMs: null });
  return { ...closed(estimate), medianRangeMs };
}

function asInterval({ durationMs, ended, enteredMs, range }: JobDuration): IntervalLifetime {
  if (!ended) return { loMs: durationMs, hiMs: Number.POSITIVE_INFINITY, enteredMs };
  if (range === undefined) return { loMs: durationMs, hiMs: durationMs, enteredMs };
  const { loMs, hiMs, caused } = range;
  return { loMs, hiMs, enteredMs, ...(caused ? { likelyMs: durationMs } : {}) };
}

/** A median without an interval, or with one that has no upper end, would be judged as if it were known. */
function closed({ medianIntervalMs, n, censored, steps, censoredAtMs, medianMs }: SurvivalEstimate): Unmeasured {
  const enough = n >= MIN_SAMPLES_FOR_INTERVAL;
  const finite = medianIntervalMs !== null && Number.isFinite(medianIntervalMs[1]);
  return {
    ...{ n, censored, steps, censoredAtMs, medianMs: enough && !finite ? null : medianMs },
    ...(enough && finite ? { medianIntervalMs } : {}),
  };
}
