import { describe, expect, it } from "vitest";
import { readingsAnchored } from "../../../src/timeline/logs/hole-sides.js";
import { anchoredRunner } from "../builders.js";

const HOUR = 3_600_000;
const hole = { lo: 10_000, hi: 10_000 + HOUR };
const beyond = hole.hi + 5_000;
/** A pair at a reading, which leads to this offset give or take a second. */
const pair = (at: number, offsetMs = 0) => ({ at, lo: offsetMs - 1_000, hi: offsetMs + 1_000 });

/** For which readings a clock with an offset of 0 holds; `all` for every one. */
function held(pairs: readonly ReturnType<typeof pair>[], holes = [hole], begin = 0) {
  return readingsAnchored(anchoredRunner(), holes, pairs, begin) ?? "all";
}

describe("a clock that may have been set at a hole of its log", () => {
  it("holds on the side of the pairs that it was made from", () => {
    expect(held([pair(0), pair(hole.lo)])).toEqual({ lo: Number.NEGATIVE_INFINITY, hi: hole.lo });
    expect(held([pair(hole.hi), pair(beyond)])).toEqual({ lo: hole.hi, hi: Number.POSITIVE_INFINITY });
    expect(held([pair(0), pair(beyond)])).toBe("all");
  });

  it("does not hold where a pair leads elsewhere, or leaves the hour open", () => {
    expect(held([pair(0), pair(beyond, HOUR)])).toEqual({ lo: Number.NEGATIVE_INFINITY, hi: hole.lo });
    const across = { at: hole.lo, lo: -1_000, hi: HOUR + 1_000 };
    expect(held([across, pair(beyond)])).toEqual({ lo: hole.hi, hi: Number.POSITIVE_INFINITY });
  });

  it("holds on the side where the run begins if it was declared", () => {
    expect(held([])).toEqual({ lo: Number.NEGATIVE_INFINITY, hi: hole.lo });
    expect(held([], [hole], hole.hi)).toEqual({ lo: hole.hi, hi: Number.POSITIVE_INFINITY });
  });

  it("holds between the pairs, and on no side that several logs leave open", () => {
    const other = { lo: 2 * HOUR, hi: 3 * HOUR };
    expect(held([pair(0), pair(other.hi)], [other, hole])).toBe("all");
    expect(held([pair(0)], [other, hole])).toEqual({ lo: Number.NEGATIVE_INFINITY, hi: hole.lo });
    const same = { lo: hole.lo - 500, hi: hole.hi + 500 };
    expect(held([pair(hole.lo)], [hole, same], 0)).toEqual({ lo: Number.NEGATIVE_INFINITY, hi: same.lo });
  });

  it("holds for all readings without a hole", () => {
    expect(held([], [])).toBe("all");
    expect(readingsAnchored({ ...anchoredRunner(), offsetMs: null }, [hole], [], 0)).toBeUndefined();
  });
});
