import { type Population, twoPopulations } from "./modes.js";
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
 * less. Where more than half of exact values are equal, any other one stands out. Undefined for fewer than 6 values. Assumes one population (see usualRanges).
 */
export function usualRange(values: readonly number[], resolution: number): UsualRange | undefined {
  if (values.length < MIN_SAMPLES) return undefined;
  const centre = median(values);
  const deviation = median(sorted(values.map((value) => Math.abs(value - centre))));
  const reach = (MOST_Z * Math.max(deviation, resolution / 4)) / MAD_FACTOR;
  return { low: centre - reach, median: centre, high: centre + reach };
}

/**
 * The ranges in which values do not stand out: one, or one for each of two populations (modes.ts, which tells what a step is), the shorter first; none for fewer than 6 values.
 * A population of fewer than 6 says nothing of what is usual in it, so all of it is.
 */
export function usualRanges(values: readonly number[], resolution: number, step: number): readonly UsualRange[] {
  const populations = twoPopulations(values, step);
  if (populations === undefined) return [usualRange(values, resolution) ?? []].flat();
  return populations.map((population) => {
    const { low, median, high } = population;
    return usualRange(membersOf(population, values), resolution) ?? { low, median, high };
  });
}

function membersOf({ low, high }: Population, values: readonly number[]): readonly number[] {
  return values.filter((value) => value >= low && value <= high);
}

/** How many values stand out. */
export function countOutliers(values: readonly number[], resolution: number, step: number): number {
  const ranges = usualRanges(values, resolution, step);
  if (ranges.length === 0) return 0;
  const isUsual = (value: number) =>
    ranges.some(({ low, median, high }) => {
      const slack = 1e-9 * Math.max(1, Math.abs(median));
      return value >= low - slack && value <= high + slack;
    });
  return values.filter((value) => !isUsual(value)).length;
}
