import type { LocationShift } from "./rank-test.js";
import { MIN_SAMPLES_FOR_INTERVAL, Z95 } from "./statistics.js";
import type { Lifetime } from "./survival.js";

/** Halvings of the range in which an end is looked for: far below the resolution of any stamp. */
const HALVINGS = 60;

/**
 * The shift between two samples of lifetimes of which some were cut off: the shift of the older one at which Gehan's generalisation of the Mann-Whitney test
 * (Gehan 1965; as a weighted log-rank test with the variance of Breslow 1970, which allows unequal censoring) sees no difference, and the 95% interval of those that it
 * does not reject (Wei and Gail 1983). Without censoring the shift is Hodges and Lehmann's. Assumes a shift alone, and that being
 * cut off tells nothing about the lifetime. Undefined where so much was cut off that a side stays open; no interval below 6 ends a side.
 */
export function censoredShift(older: readonly Lifetime[], newer: readonly Lifetime[]): LocationShift | undefined {
  const [before, after] = [byAge(older), byAge(newer)];
  const ends = [before, after].map((sample) => sample.filter((lifetime) => lifetime.ended).length);
  if (Math.min(...ends) === 0) return undefined;
  const low = first(after) - last(before) - 1;
  const high = last(after) - first(before) + 1;
  const score = (shift: number) => gehanTest(before, after, shift).score;
  const shift = (turningPoint(low, high, (at) => score(at) > 0) + turningPoint(low, high, (at) => score(at) >= 0)) / 2;
  if (Math.min(...ends) < MIN_SAMPLES_FOR_INTERVAL) return { shift };
  const deviate = (at: number) => standardised(gehanTest(before, after, at));
  if (deviate(low) <= Z95 || deviate(high) >= -Z95) return undefined;
  return {
    shift,
    interval: [turningPoint(low, shift, (at) => deviate(at) > Z95), turningPoint(shift, high, (at) => deviate(at) >= -Z95)],
  };
}

function byAge(sample: readonly Lifetime[]): Lifetime[] {
  return [...sample].sort((a, b) => a.durationMs - b.durationMs);
}

const first = (sample: readonly Lifetime[]) => sample[0]?.durationMs ?? 0;
const last = (sample: readonly Lifetime[]) => sample.at(-1)?.durationMs ?? 0;

/** Where something that holds at the low end ceases to. */
function turningPoint(low: number, high: number, holds: (at: number) => boolean): number {
  let [below, above] = [low, high];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (below + above) / 2;
    if (holds(middle)) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

export interface GehanTest {
  /** Pairs in which the newer one certainly lasted longer, less those in which it certainly did not. */
  readonly score: number;
  readonly variance: number;
}

function standardised({ score, variance }: GehanTest): number {
  return variance > 0 ? score / Math.sqrt(variance) : Math.sign(score) * Number.POSITIVE_INFINITY || 0;
}

/** The test with every older lifetime put off by the shift; who is cut off at the moment of an end was at risk then. Both samples by ascending age. */
export function gehanTest(older: readonly Lifetime[], newer: readonly Lifetime[], shift = 0): GehanTest {
  let [score, variance] = [0, 0];
  let [i, j] = [0, 0];
  const ageOf = (sample: readonly Lifetime[], index: number, by: number) =>
    index < sample.length ? (sample[index]?.durationMs ?? 0) + by : Number.POSITIVE_INFINITY;
  while (i < older.length || j < newer.length) {
    const age = Math.min(ageOf(older, i, shift), ageOf(newer, j, 0));
    const [n1, n2] = [older.length - i, newer.length - j];
    let [d1, d2] = [0, 0];
    for (; ageOf(older, i, shift) === age; i += 1) d1 += Number(older[i]?.ended);
    for (; ageOf(newer, j, 0) === age; j += 1) d2 += Number(newer[j]?.ended);
    const [n, d] = [n1 + n2, d1 + d2];
    score += n2 * d1 - n1 * d2;
    if (n > 1) variance += (n1 * n2 * d * (n - d)) / (n - 1);
  }
  return { score, variance };
}
