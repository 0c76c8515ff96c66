/** Below this sample size no distribution-free 95% interval of the median exists: 2 * 0.5^n <= 0.05 needs n >= 6. */
export const MIN_SAMPLES_FOR_INTERVAL = 6;

/** 95% of a normal distribution lie within so many standard deviations of its middle. */
export const Z95 = 1.959963984540054;

/** Numbers in ascending order, as a new array. */
export function sorted(values: readonly number[]): number[] {
  const ascending = values.slice();
  if (isAscending(ascending)) return ascending;
  // Ten times as fast as a sort that has to ask for the order of each two.
  const numbers = new Float64Array(ascending).sort();
  for (let index = 0; index < numbers.length; index += 1) ascending[index] = numbers[index] as number;
  return ascending;
}

function isAscending(values: readonly number[]): boolean {
  for (let index = 1; index < values.length; index += 1) if (!((values[index - 1] as number) <= (values[index] as number))) return false;
  return true;
}

/** The largest value; -Infinity where there is none. Math.max takes no more values than fit on the stack, some 100,000. */
export function largest(values: readonly number[]): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index += 1) most = Math.max(most, values[index] as number);
  return most;
}

/** The smallest value; Infinity where there is none. */
export function smallest(values: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < values.length; index += 1) least = Math.min(least, values[index] as number);
  return least;
}

/** The arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] as number;
  return sum / values.length;
}

/** Sample standard deviation (n - 1); undefined for fewer than two values, since one value has no spread. */
export function standardDeviation(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined;
  const centre = mean(values);
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += ((values[index] as number) - centre) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/**
 * Quantile by linear interpolation between order statistics, definition 7 of Hyndman and Fan (1996),
 * "Sample Quantiles in Statistical Packages", The American Statistician 50(4).
 */
export function quantile(ascending: readonly number[], q: number): number {
  const last = ascending.length - 1;
  if (last < 0) throw new RangeError("a quantile needs at least one value");
  const position = q * last;
  const below = Math.floor(position);
  const low = ascending[below] as number;
  const high = ascending[Math.min(below + 1, last)] as number;
  return low + (high - low) * (position - below);
}

/** The middle of the values, in whatever order they come; throws a RangeError for none. */
export function median(values: readonly number[]): number {
  return quantile(sorted(values), 0.5);
}

/** The smallest n for which the sample maximum bounds the q-quantile with 95% confidence: q^n <= 0.05 (29 for p90, 59 for p95, 299 for p99). */
export function samplesForQuantile(q: number): number {
  return Math.ceil(Math.log(0.05) / Math.log(q));
}

/**
 * Distribution-free 95% confidence interval of the median: the k-th smallest and k-th largest value, with the largest k
 * for which 2 * P(Binomial(n, 1/2) < k) <= 0.05 (David and Nagaraja, "Order Statistics", 7.1). It is exact in the sense that
 * its coverage is at least 95% for every continuous distribution; values must be independent.
 * Undefined for n < 6.
 */
export function medianInterval(ascending: readonly number[]): readonly [number, number] | undefined {
  const n = ascending.length;
  if (n < MIN_SAMPLES_FOR_INTERVAL) return undefined;
  const k = medianIntervalRank(n);
  return [ascending[k - 1] as number, ascending[n - k] as number];
}

/** The rank k (from 1) of the interval above. The binomial sum runs in logarithms so that it holds for any n. */
export function medianIntervalRank(n: number): number {
  let logTerm = -n * Math.LN2;
  let cumulative = Math.exp(logTerm);
  let k = 0;
  while (2 * cumulative <= 0.05) {
    k += 1;
    logTerm += Math.log(n - k + 1) - Math.log(k);
    cumulative += Math.exp(logTerm);
  }
  return k;
}

/** 97.5% points of Student's t for 1 to 10 degrees of freedom. */
const T_POINTS = [12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691, 2.36462, 2.306, 2.26216, 2.22814];

/** 97.5% point of Student's t; beyond the table the expansion of Fisher and Cornish (Abramowitz and Stegun 26.7.5), right to four digits. */
export function studentPoint(freedom: number): number {
  const z = Z95;
  return (
    T_POINTS[freedom - 1] ??
    z +
      (z ** 3 + z) / (4 * freedom) +
      (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
      (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}
