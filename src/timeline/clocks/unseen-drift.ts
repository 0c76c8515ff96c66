import { largest, smallest } from "../../model/statistics/statistics.js";
import type { Bounds, DurationMs } from "../../model/time.js";
import type { OffsetBound } from "./offset-bound.js";

/** What a clock may drift without being called broken, steadily or not. */
const UNSEEN_DRIFT_PPM = 50;

/** What a drift that no bound shows may add in so long a time, at most. */
export function unseenDrift(spanMs: DurationMs): DurationMs {
  return UNSEEN_DRIFT_PPM * 1e-6 * spanMs;
}

/**
 * Lowest and highest offset at any of the readings, from the first bound or the first reading to the last of both. Each bound holds at its moment, and
 * before and after it less by what the clock may have drifted meanwhile. Only bounds that hold the agreed offset count: what one of the others says may be wrong,
 * and to leave out a true one makes nothing narrower.
 */
export function withUnseenDrift(agreed: Bounds, bounds: readonly OffsetBound[], readings?: Bounds): Bounds {
  const ats = bounds.map(({ at }) => at);
  const span = {
    lo: Math.min(smallest(ats), readings?.lo ?? Number.POSITIVE_INFINITY),
    hi: Math.max(largest(ats), readings?.hi ?? Number.NEGATIVE_INFINITY),
  };
  const holding = bounds.filter(({ lo, hi }) => lo <= agreed.lo && hi >= agreed.hi).sort((a, b) => a.at - b.at);
  const [times, los, mirroredHis] = [new Float64Array(holding.length), new Float64Array(holding.length), new Float64Array(holding.length)];
  for (let index = 0; index < holding.length; index += 1) {
    const { at, lo, hi } = holding[index] as OffsetBound;
    times[index] = at;
    los[index] = lo;
    mirroredHis[index] = -hi;
  }
  // At some moment of the span the offset is the agreed one, whichever bounds hold it.
  const most = unseenDrift(span.hi - span.lo);
  return {
    lo: Math.max(lowestOver(span, times, los), agreed.lo - most),
    hi: Math.min(-lowestOver(span, times, mirroredHis), agreed.hi + most),
  };
}

/** The lowest value, at any time of the span, that lies above all lower limits; each falls off on both sides of its time. Times in ascending order. */
function lowestOver(span: Bounds, times: Float64Array, limits: Float64Array): number {
  const count = times.length;
  if (count === 0) return Number.NEGATIVE_INFINITY;
  const time = (index: number) => times[index] as number;
  const limit = (index: number) => limits[index] as number;
  for (let index = 1; index < count; index += 1) {
    limits[index] = Math.max(limit(index), limit(index - 1) - unseenDrift(time(index) - time(index - 1)));
  }
  for (let index = count - 2; index >= 0; index -= 1) {
    limits[index] = Math.max(limit(index), limit(index + 1) - unseenDrift(time(index + 1) - time(index)));
  }
  let low = Math.min(limit(0) - unseenDrift(time(0) - span.lo), limit(count - 1) - unseenDrift(span.hi - time(count - 1)));
  // Between two of them the limits fall to where they meet.
  for (let index = 1; index < count; index += 1) {
    low = Math.min(low, (limit(index - 1) + limit(index) - unseenDrift(time(index) - time(index - 1))) / 2);
  }
  return low;
}
