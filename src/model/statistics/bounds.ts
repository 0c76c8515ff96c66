import type { Bounds } from "../time.js";

/** Where most bounds agree. */
export interface Agreement extends Bounds {
  /** How many of the bounds hold the whole of `[lo, hi]`. */
  readonly agreeing: number;
  readonly total: number;
}

/**
 * Marzullo's algorithm: the interval that lies in the largest number of the given bounds (K. Marzullo, "Maintaining the Time in a
 * Distributed System", 1984). A few bounds that lie do not move it. Of several equally supported intervals the hull is returned, so
 * that the answer never claims more than the data force. Undefined for no bounds.
 */
export function agreement(bounds: readonly Bounds[]): Agreement | undefined {
  const usable = bounds.filter((b) => b.lo <= b.hi);
  if (usable.length === 0) return undefined;
  const lows = new Float64Array(usable.length);
  const highs = new Float64Array(usable.length);
  for (let index = 0; index < usable.length; index += 1) {
    const bound = usable[index] as Bounds;
    lows[index] = bound.lo;
    highs[index] = bound.hi;
  }
  lows.sort();
  highs.sort();
  let best = 0;
  let lo = 0;
  let hi = 0;
  let closed = 0;
  for (let opened = 0; opened < lows.length; opened += 1) {
    const at = lows[opened] as number;
    // A bound is closed: where one ends and the next begins, both hold.
    while ((highs[closed] as number) < at) closed += 1;
    const depth = opened + 1 - closed;
    const end = highs[closed] as number;
    const deeper = lows[opened + 1];
    if (depth < best || (deeper !== undefined && deeper <= end)) continue;
    if (depth > best) {
      best = depth;
      lo = at;
    }
    hi = end;
  }
  return { lo, hi, agreeing: best, total: usable.length };
}

/** From the first of their beginnings to the last of their ends; null for none. */
export function hull(spans: readonly [Bounds, ...Bounds[]]): Bounds;
export function hull(spans: readonly Bounds[]): Bounds | null;
export function hull(spans: readonly Bounds[]): Bounds | null {
  return spans.length === 0 ? null : { lo: Math.min(...spans.map(({ lo }) => lo)), hi: Math.max(...spans.map(({ hi }) => hi)) };
}

/** Whether something lies within both. */
export function meets(one: Bounds, other: Bounds): boolean {
  return one.lo <= other.hi && one.hi >= other.lo;
}

/** How far apart the ends are. */
export function width(bounds: Bounds): number {
  return bounds.hi - bounds.lo;
}

/** The middle between the ends. */
export function centre(bounds: Bounds): number {
  return (bounds.lo + bounds.hi) / 2;
}

/** The largest distance from a value to what lies within bounds. */
export function farthest(bounds: Bounds, value: number): number {
  return Math.max(value - bounds.lo, bounds.hi - value);
}
