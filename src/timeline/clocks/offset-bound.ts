import type { Bounds, EpochMs } from "../../model/time.js";

/** Lines of the marks that a bound came from. */
interface BoundLines {
  readonly source: number;
  readonly from: number;
  readonly to: number;
}

/** What one pair of stamps says of `reading - cluster time`, at a moment of the clock. */
export interface OffsetBound extends Bounds {
  readonly at: EpochMs;
  /** Request and answer in the log. */
  readonly lines?: BoundLines;
}

/** At most so many of the values, evenly picked. */
export function thinned<T>(values: readonly T[], most: number): readonly T[] {
  const step = Math.ceil(values.length / most);
  return step <= 1 ? values : values.filter((_, index) => index % step === 0);
}
