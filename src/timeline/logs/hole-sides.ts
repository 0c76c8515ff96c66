import type { Clock } from "../../model/clock.js";
import type { Bounds, EpochMs } from "../../model/time.js";
import type { OffsetBound } from "../clocks/offset-bound.js";
import { offsetOf } from "./log-bounds.js";
import { SAME_OFFSET_MS } from "./zone-jumps.js";

/**
 * The readings for which the offset of a clock holds that may have been set at some holes of its log: from the first side of them to the last on which
 * bounds lead to it. Without any the offset was declared, for the beginning of the run. Undefined for all readings.
 */
export function readingsAnchored(
  { offsetMs }: Clock,
  holes: readonly Bounds[],
  bounds: readonly OffsetBound[],
  begin: EpochMs,
): Bounds | undefined {
  if (offsetMs === null || holes.length === 0) return undefined;
  const sides = sidesOf(holes);
  const isAnchored = ({ lo, hi }: Bounds) => {
    const offset = offsetOf(bounds.filter(({ at }) => at >= lo && at <= hi));
    return offset !== undefined && Math.abs(offset - offsetMs) < SAME_OFFSET_MS;
  };
  const anchored = sides.filter(isAnchored);
  const declared = sides.find(({ hi }) => begin <= hi);
  const [first, last] = [anchored[0] ?? declared, anchored.at(-1) ?? declared];
  if (first === undefined || last === undefined || (first === sides[0] && last === sides.at(-1))) return undefined;
  return { lo: first.lo, hi: last.hi };
}

/** What lies before, between and after the holes; several logs of one clock may show the same one. */
function sidesOf(holes: readonly Bounds[]): readonly Bounds[] {
  const sides: Bounds[] = [];
  let lo = Number.NEGATIVE_INFINITY;
  for (const hole of [...holes].sort((a, b) => a.lo - b.lo)) {
    if (hole.lo >= lo) sides.push({ lo, hi: hole.lo });
    lo = Math.max(lo, hole.hi);
  }
  return [...sides, { lo, hi: Number.POSITIVE_INFINITY }];
}
