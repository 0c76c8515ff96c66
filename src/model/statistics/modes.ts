import { median, sorted } from "./statistics.js";

/** Fewer values than this show no second mode reliably. */
const MIN_SAMPLES = 30;

/**
 * 99% point of sqrt(n) * dip under the uniform distribution, the unimodal one that dips most (Hartigan and Hartigan 1985, table 1: 0.59 for
 * n = 50, 0.62 for n = 200, growing slowly).
 */
const CRITICAL_DIP = 0.64;

/** Whole multiples of it, without their whole parts, lie evenly in every run of neighbours (Weyl 1916). */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** A part of a sample that lies around a mode of its own. */
export interface Population {
  readonly n: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Two populations, where one bell curve would be wrong: Hartigan's dip test rejects a single mode at 1%. They are told apart where the
 * variance between them is largest (Otsu 1979). Undefined where a single mode will do, or the sample is small. Assumes independent values. `step`: how far
 * apart neighbouring values lie where they are counted or come from cut stamps, in their unit; of stamps cut differently the coarser; 0 for exact ones.
 */
export function twoPopulations(values: readonly number[], step: number): readonly [Population, Population] | undefined {
  if (values.length < MIN_SAMPLES) return undefined;
  const ascending = sorted(values);
  if (dip(spreadOver(step, ascending)) * Math.sqrt(ascending.length) < CRITICAL_DIP) return undefined;
  const cut = largestVarianceBetween(ascending);
  return [populationOf(ascending.slice(0, cut)), populationOf(ascending.slice(cut))];
}

/**
 * Each value somewhere within a step around it, neighbours evenly: ties look like modes, and the dip is of values without any. Values on a grid of this step have the density of their
 * histogram then, with a single mode where their counts have one; those on a finer grid, or on none, are smoothed by no more than a step.
 */
function spreadOver(step: number, ascending: readonly number[]): readonly number[] {
  if (step === 0) return ascending;
  return sorted(ascending.map((value, rank) => value + step * ((((rank + 1) * GOLDEN_RATIO) % 1) - 0.5)));
}

function populationOf(ascending: readonly number[]): Population {
  return { n: ascending.length, median: median(ascending), low: ascending[0] as number, high: ascending.at(-1) as number };
}

/** Number of values in the lower part. */
function largestVarianceBetween(ascending: readonly number[]): number {
  const total = ascending.reduce((sum, value) => sum + value, 0);
  let below = 0;
  let best = Number.NEGATIVE_INFINITY;
  let cut = 1;
  for (let n = 1; n < ascending.length; n += 1) {
    below += ascending[n - 1] as number;
    const rest = ascending.length - n;
    const between = n * rest * (below / n - (total - below) / rest) ** 2;
    if (between > best) {
      best = between;
      cut = n;
    }
  }
  return cut;
}

/**
 * Hartigan's dip: the largest distance between the sample's distribution function and the nearest unimodal one (J. A. and P. M. Hartigan, "The Dip
 * Test of Unimodality", Annals of Statistics 13, 1985). The modal interval is narrowed from both ends along the greatest convex minorant and
 * the least concave majorant, as in algorithm AS 217 (P. M. Hartigan 1985). Values must be ascending.
 */
export function dip(ascending: readonly number[]): number {
  const n = ascending.length;
  const at = (index: number) => ascending[index] as number;
  if (n < 2 || at(0) === at(n - 1)) return n === 0 ? 0 : 1 / (2 * n);
  const minorant = hullBefore(ascending);
  const majorant = hullAfter(ascending);
  let low = 0;
  let high = n - 1;
  let result = 1;
  for (;;) {
    const lower = path(high, (index) => index > low, minorant);
    const upper = path(low, (index) => index < high, majorant);
    const widest = largestGap(ascending, lower, upper);
    if (widest.gap < result) break;
    result = Math.max(
      result,
      gapToHull(ascending, lower.slice(widest.lower).toReversed(), 1),
      gapToHull(ascending, upper.slice(widest.upper), -1),
    );
    const [nextLow, nextHigh] = [lower[widest.lower] as number, upper[widest.upper] as number];
    if (nextLow === low && nextHigh === high) break;
    low = nextLow;
    high = nextHigh;
  }
  return result / (2 * n);
}

/** For each point the one before it on the greatest convex minorant of the points up to it. */
function hullBefore(ascending: readonly number[]): Uint32Array {
  const before = new Uint32Array(ascending.length);
  for (let index = 1; index < ascending.length; index += 1) {
    let candidate = index - 1;
    while (candidate > 0 && !steepens(ascending, before[candidate] as number, candidate, index)) candidate = before[candidate] as number;
    before[index] = candidate;
  }
  return before;
}

/** For each point the one after it on the least concave majorant of the points from it on. */
function hullAfter(ascending: readonly number[]): Uint32Array {
  const last = ascending.length - 1;
  const after = new Uint32Array(ascending.length).fill(last);
  for (let index = last - 1; index >= 0; index -= 1) {
    let candidate = index + 1;
    while (candidate < last && !flattens(ascending, index, candidate, after[candidate] as number)) candidate = after[candidate] as number;
    after[index] = candidate;
  }
  return after;
}

/** The distribution function rises more steeply behind the middle point than before it. */
function steepens(ascending: readonly number[], first: number, middle: number, last: number): boolean {
  const centre = ascending[middle] as number;
  return ((ascending[last] as number) - centre) * (middle - first) < (centre - (ascending[first] as number)) * (last - middle);
}

/** It rises less steeply there. */
function flattens(ascending: readonly number[], first: number, middle: number, last: number): boolean {
  const centre = ascending[middle] as number;
  return (centre - (ascending[first] as number)) * (last - middle) < ((ascending[last] as number) - centre) * (middle - first);
}

function path(start: number, goesOn: (index: number) => boolean, next: Uint32Array): number[] {
  const points = [start];
  for (let index = start; goesOn(index); ) {
    index = next[index] as number;
    points.push(index);
  }
  return points;
}

interface Gap {
  readonly gap: number;
  /** Positions in the two paths where the modal interval goes on. */
  readonly lower: number;
  readonly upper: number;
}

/** The largest distance between minorant (walked down from the high end) and majorant (walked up from the low end). */
function largestGap(ascending: readonly number[], lower: readonly number[], upper: readonly number[]): Gap {
  if (lower.length === 2 && upper.length === 2) return { gap: 1, lower: 1, upper: 1 };
  const x = (index: number) => ascending[index] as number;
  let best: Gap = { gap: 0, lower: lower.length - 1, upper: upper.length - 1 };
  let down = lower.length - 2;
  let up = 1;
  do {
    const [l, u] = [lower[down] as number, upper[up] as number];
    if (l > u) {
      const from = lower[down + 1] as number;
      const gap = u - from + 1 - ((x(u) - x(from)) * (l - from)) / (x(l) - x(from));
      up += 1;
      if (gap >= best.gap) best = { gap, lower: down + 1, upper: up - 1 };
    } else {
      const from = upper[up - 1] as number;
      const gap = ((x(l) - x(from)) * (u - from)) / (x(u) - x(from)) - (l - from - 1);
      down -= 1;
      if (gap >= best.gap) best = { gap, lower: down + 1, upper: up };
    }
    down = Math.max(down, 0);
    up = Math.min(up, upper.length - 1);
  } while (lower[down] !== upper[up]);
  return best;
}

/** How far the distribution function lies above (sign 1) or below (-1) the hull between its ascending corner points, in counts. */
function gapToHull(ascending: readonly number[], corners: readonly number[], sign: 1 | -1): number {
  let largest = 0;
  for (const [position, to] of corners.slice(1).entries()) {
    const from = corners[position] as number;
    const [a, b] = [ascending[from] as number, ascending[to] as number];
    let gap = 1;
    if (to - from > 1 && a !== b) {
      const slope = (to - from) / (b - a);
      for (let index = from; index <= to; index += 1) {
        const above = index - from - ((ascending[index] as number) - a) * slope;
        gap = Math.max(gap, sign * above + 1);
      }
    }
    largest = Math.max(largest, gap);
  }
  return largest;
}
