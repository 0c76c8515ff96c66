import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreement } from "../../../src/model/statistics/bounds.js";
import type { Bounds } from "../../../src/model/time.js";
import { clockFromBounds } from "../../../src/timeline/clocks/clocks.js";
import type { OffsetBound } from "../../../src/timeline/clocks/offset-bound.js";
import { unseenDrift, withUnseenDrift } from "../../../src/timeline/clocks/unseen-drift.js";
import { cpuClock } from "../../cpu-clock.js";

const HOUR_MS = 3_600_000;
/** Rounding of sums of fractions [ms]. */
const ROUNDING_MS = 1e-6;

/** A true bound of an offset at a moment, 1.3 s wide, that leans as drawn. */
function boundAt(at: number, offsetMs: number, lean: number): OffsetBound {
  return { at, lo: offsetMs - 1300 * lean, hi: offsetMs + 1300 * (1 - lean) };
}

/** Leans that are spread evenly and the same each time. */
const leanOf = (index: number) => ((index * 37) % 100) / 100;

function held(bounds: readonly OffsetBound[], readings?: Bounds): Bounds {
  return withUnseenDrift(agreement(bounds) ?? { lo: 0, hi: 0 }, bounds, readings);
}

/** Bounds of a clock whose rate changes at each: pauses [ms], rates [ppm], leans. */
const wandering = fc
  .array(
    fc.record({
      pauseMs: fc.integer({ min: 1_000, max: HOUR_MS }),
      ppm: fc.double({ min: -50, max: 50, noNaN: true }),
      lean: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((steps) => {
    let at = 0;
    let offsetMs = 0;
    return steps.map(({ pauseMs, ppm, lean }) => {
      at += pauseMs;
      offsetMs += ppm * 1e-6 * pauseMs;
      return { offsetMs, bound: boundAt(at, offsetMs, lean) };
    });
  });

describe("what a drift that no bound shows leaves of an offset", () => {
  it("holds every clock that drifts within 50 ppm, steadily or not, whichever of its bounds agree", () => {
    fc.assert(
      fc.property(wandering, (steps) => {
        const { lo, hi } = held(steps.map(({ bound }) => bound));
        for (const { offsetMs } of steps) {
          expect(offsetMs).toBeGreaterThanOrEqual(lo - ROUNDING_MS);
          expect(offsetMs).toBeLessThanOrEqual(hi + ROUNDING_MS);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is never narrower than all steady drifts within 50 ppm that satisfy every bound", () => {
    fc.assert(
      fc.property(wandering, fc.integer({ min: 0, max: HOUR_MS }), (steps, longerMs) => {
        const bounds = steps.map(({ bound }) => bound);
        fc.pre(agreement(bounds)?.agreeing === bounds.length);
        const readings = { lo: -longerMs, hi: (bounds.at(-1)?.at ?? 0) + longerMs };
        const { lo, hi } = held(bounds, readings);
        for (let ppm = -50; ppm <= 50; ppm += 5) {
          const origins = agreement(
            bounds.map((bound) => ({ lo: bound.lo - ppm * 1e-6 * bound.at, hi: bound.hi - ppm * 1e-6 * bound.at })),
          );
          if (origins?.agreeing !== bounds.length) continue;
          for (const at of [readings.lo, readings.hi]) {
            expect(origins.lo + ppm * 1e-6 * at).toBeGreaterThanOrEqual(lo - ROUNDING_MS);
            expect(origins.hi + ppm * 1e-6 * at).toBeLessThanOrEqual(hi + ROUNDING_MS);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("does not grow with the length of a run whose bounds go on", () => {
    const halfOf = (n: number) => {
      const { lo, hi } = held(Array.from({ length: n }, (_, index) => boundAt(index * 25_000, 7_200_000, leanOf(index))));
      return (hi - lo) / 2;
    };
    expect(halfOf(400)).toBeLessThan(150);
    expect(halfOf(40_000)).toBeCloseTo(halfOf(400), 6);
  });

  it("grows where bounds are missing: by 50 ppm over half of a hole, and over all of what lies before the first or after the last", () => {
    const [first, last] = [0, 4].map((hours): OffsetBound => ({ at: hours * HOUR_MS, lo: -10, hi: 10 }));
    if (first === undefined || last === undefined) throw new Error("no bounds");
    expect(held([first, last])).toEqual({ lo: -10 - unseenDrift(2 * HOUR_MS), hi: 10 + unseenDrift(2 * HOUR_MS) });
    expect(held([first], { lo: -1000, hi: HOUR_MS }).hi).toBeCloseTo(10 + unseenDrift(HOUR_MS), 9);
    expect(held([first])).toEqual({ lo: -10, hi: 10 });
  });

  it("asks each bound only for its own moment: a wide one at the far end leaves all of the drift open there", () => {
    const wide = { at: 0, lo: -1000, hi: 1000 };
    expect(held([wide, { at: HOUR_MS, lo: -10, hi: 10 }]).hi).toBeCloseTo(10 + unseenDrift(HOUR_MS), 9);
  });

  it("is not narrowed by a bound that does not fit, nor undone by it", () => {
    const bounds = Array.from({ length: 400 }, (_, index) => boundAt(index * 25_000, 0, leanOf(index)));
    const { lo, hi } = held(bounds);
    expect(held([...bounds, { at: 5_000_000, lo: 900, hi: 950 }])).toEqual({ lo, hi });
    const clock = clockFromBounds("runner", [...bounds, { at: 5_000_000, lo: 900, hi: 950 }], "bounds");
    expect(clock.uncertaintyMs).toBeCloseTo(Math.max((clock.offsetMs ?? 0) - lo, hi - (clock.offsetMs ?? 0)), 9);
  });

  it("holds either of two groups of bounds that as many agree on", () => {
    expect(
      held([
        { at: 0, lo: 0, hi: 1 },
        { at: HOUR_MS, lo: 2, hi: 3 },
      ]),
    ).toEqual({ lo: -unseenDrift(HOUR_MS), hi: 3 + unseenDrift(HOUR_MS) });
  });

  it("leaves an end open that no bound closes", () => {
    expect(held([{ at: 0, lo: 5, hi: Number.POSITIVE_INFINITY }])).toEqual({ lo: 5, hi: Number.POSITIVE_INFINITY });
  });

  it("takes a hundred thousand bounds in no particular order in a moment", () => {
    const bounds = Array.from({ length: 100_000 }, (_, index) => boundAt(((index * 7919) % 100_000) * 25_000, 0, leanOf(index)));
    const agreed = agreement(bounds) ?? { lo: 0, hi: 0 };
    const cpuMs = cpuClock();
    withUnseenDrift(agreed, bounds);
    expect(cpuMs()).toBeLessThan(600);
  });
});
