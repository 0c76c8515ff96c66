import { median, sorted } from "./statistics.js";

/** Fewer values have no shape that one could stand out of. */
const MIN_SAMPLES = 6;

/** Modified z-score beyond which a value stands out, and the factor that makes the MAD comparable to a standard deviation. */
const MOST_Z = 3.5;
const MAD_FACTOR = 0.6745;

/** The range in which values do not stand out. */
export interface UsualRange {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/**
 * Median absolute deviation and modified z-score, |0.6745 (x - median) / MAD| > 3.5 (Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993).
 * `resolution` is the width of what stamps leave of a value: rounding alone spreads values with a MAD of a quarter of it, so the MAD is never taken as
 * less. Where more than half of exact values are equal, any other one stands out. Undefined for fewer than 6 values. Assumes one population.
 */
export function usualRange(values: readonly number[], resolution: number): UsualRange | undefined {
  if (values.length < MIN_SAMPLES) return undefined;
  const centre = median(values);
  const deviation = median(sorted(values.map((value) => Math.abs(value - centre))));
  const reach = (MOST_Z * Math.max(deviation, resolution / 4)) / MAD_FACTOR;
  return { low: centre - reach, median: centre, high: centre + reach };
}

/** How many values stand out. */
export function countOutliers(values: readonly number[], resolution: number): number {
  const usual = usualRange(values, resolution);
  if (usual === undefined) return 0;
  const slack = 1e-9 * Math.max(1, Math.abs(usual.median));
  return values.filter((value) => value < usual.low - slack || value > usual.high + slack).length;
}
