import { MIN_SAMPLES_FOR_INTERVAL, sorted, Z95 } from "./statistics.js";

/** Up to this many pairs the null distribution of the rank statistic is counted out; beyond, it is normal to four digits. */
const MOST_PAIRS_COUNTED = 10_000;
/** A change that is seen in four of five cases lies so many standard errors beyond the 95% limit: the 80% point of the normal distribution. */
const Z80 = 0.8416212335729143;

/** By how much the newer sample lies higher than the older one. */
export interface LocationShift {
  /** Hodges-Lehmann: the median of all differences newer - older. */
  readonly shift: number;
  /** 95%; undefined where a sample has fewer than 6 values. */
  readonly interval?: readonly [number, number];
}

/**
 * The shift between two independent samples (Hodges and Lehmann 1963) with the distribution-free 95% interval that inverts the Mann-Whitney test (Moses; Hollander and
 * Wolfe, "Nonparametric Statistical Methods", 4.2-4.3). Assumes that the two distributions differ by a shift alone. With ties the
 * closed interval given here covers at least as often as without (Noether 1967), so no correction for ties is made.
 * Throws a RangeError for an empty sample.
 */
export function locationShift(older: readonly number[], newer: readonly number[]): LocationShift {
  const [before, after] = [sorted(older), sorted(newer)];
  const pairs = before.length * after.length;
  if (pairs === 0) throw new RangeError("a shift needs two samples");
  const at = (rank: number) => rankedDifference(before, after, rank);
  const shift = pairs % 2 === 1 ? at((pairs + 1) / 2) : (at(pairs / 2) + at(pairs / 2 + 1)) / 2;
  if (Math.min(before.length, after.length) < MIN_SAMPLES_FOR_INTERVAL) return { shift };
  const rank = shiftIntervalRank(before.length, after.length);
  return { shift, interval: [at(rank), at(pairs + 1 - rank)] };
}

/**
 * The rank (from 1) of the pairwise difference that is the lower end of the 95% interval; the upper end has the same rank from above. It is one more than the
 * critical value of the two-sided Mann-Whitney test at 5%; 0 where samples are so small that the test never rejects.
 */
export function shiftIntervalRank(n: number, m: number): number {
  const pairs = n * m;
  if (pairs > MOST_PAIRS_COUNTED) return Math.floor(pairs / 2 - Z95 * Math.sqrt((pairs * (n + m + 1)) / 12));
  const ways = rankSumWays(n, m);
  const total = ways.reduce((sum, count) => sum + count, 0);
  let below = 0;
  let rank = 0;
  for (const count of ways) {
    below += count;
    if (2 * below > 0.05 * total) break;
    rank += 1;
  }
  return rank;
}

/**
 * In how many orders of n and m values the rank statistic is 0, 1, 2, ...: the coefficients of the Gaussian binomial, built up factor by factor
 * (Andrews, "The Theory of Partitions", 3.2). Small counts, those of the tails, are exact.
 */
function rankSumWays(n: number, m: number): Float64Array {
  const size = n * m + 1;
  const ways = new Float64Array(size);
  ways[0] = 1;
  const [few, many] = [Math.min(n, m), Math.max(n, m)];
  for (let factor = 1; factor <= few; factor += 1) {
    const over = many + factor;
    for (let u = size - 1; u >= over; u -= 1) ways[u] = (ways[u] as number) - (ways[u - over] as number);
    for (let u = factor; u < size; u += 1) ways[u] = (ways[u] as number) + (ways[u - factor] as number);
  }
  return ways;
}

/** The difference newer - older with this rank (from 1) among all pairs, without making them: bisection on their number. Both samples ascending. */
function rankedDifference(older: readonly number[], newer: readonly number[], rank: number): number {
  let low = (newer[0] as number) - (older.at(-1) as number);
  let high = (newer.at(-1) as number) - (older[0] as number);
  if (pairsUpTo(older, newer, low).count >= rank) return low;
  for (;;) {
    const middle = low + (high - low) / 2;
    // Fewer pairs than the rank lie at or below `low`, and no other difference lies between it and `next`.
    const { next } = pairsUpTo(older, newer, low);
    if (middle <= low || middle >= high || next >= high || pairsUpTo(older, newer, next).count >= rank) return next;
    if (pairsUpTo(older, newer, middle).count >= rank) high = middle;
    else low = middle;
  }
}

/** How many differences are at most this large, and the smallest one above. */
function pairsUpTo(older: readonly number[], newer: readonly number[], limit: number): { readonly count: number; readonly next: number } {
  let count = 0;
  let next = Number.POSITIVE_INFINITY;
  let upTo = 0;
  for (const value of older) {
    while (upTo < newer.length && (newer[upTo] as number) - value <= limit) upTo += 1;
    count += upTo;
    if (upTo < newer.length) next = Math.min(next, (newer[upTo] as number) - value);
  }
  return { count, next };
}

/** The smallest true shift that an interval of this kind would show (would not hold 0) in 80% of runs, from the interval's own width. */
export function detectableShift([low, high]: readonly [number, number]): number {
  return ((high - low) / (2 * Z95)) * (Z95 + Z80);
}
