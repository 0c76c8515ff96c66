import type { Bounds } from "./time.js";

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
  const edges = usable.flatMap((b) => [
    { at: b.lo, step: 1 },
    { at: b.hi, step: -1 },
  ]);
  // A bound is closed: where one ends and the next begins, both hold.
  edges.sort((a, b) => a.at - b.at || b.step - a.step);
  let depth = 0;
  let best = 0;
  let lo = 0;
  let hi = 0;
  for (const [index, edge] of edges.entries()) {
    depth += edge.step;
    if (edge.step < 0 || depth < best) continue;
    const next = edges[index + 1];
    if (next === undefined || next.step > 0) continue;
    if (depth > best) {
      best = depth;
      lo = edge.at;
    }
    hi = next.at;
  }
  return { lo, hi, agreeing: best, total: usable.length };
}

export function width(bounds: Bounds): number {
  return bounds.hi - bounds.lo;
}

export function centre(bounds: Bounds): number {
  return (bounds.lo + bounds.hi) / 2;
}
