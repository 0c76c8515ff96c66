import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findStep } from "../../../src/timeline/clocks/clock-step.js";
import { clockFromBounds } from "../../../src/timeline/clocks/clocks.js";
import type { OffsetBound } from "../../../src/timeline/clocks/offset-bound.js";
import { estimateOffset } from "../../../src/timeline/clocks/offset-estimate.js";

const EVERY_MS = 20_000;

/** True bounds of an offset that depends on the time, each leaning as drawn. */
function boundsOf(offsetAt: (at: number) => number, leans: readonly number[], widthMs: number): OffsetBound[] {
  return leans.map((lean, index) => {
    const at = index * EVERY_MS;
    return {
      at,
      lo: offsetAt(at) - widthMs * lean,
      hi: offsetAt(at) + widthMs * (1 - lean),
      lines: { source: 0, from: 2 * index, to: 2 * index + 1 },
    };
  });
}

const leans = fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { minLength: 6, maxLength: 60 });
const widths = fc.constantFrom(20, 200, 1300);

describe("what is held of a runner's clock", () => {
  it("holds a steady drift at every moment, whichever is found", () => {
    fc.assert(
      fc.property(leans, widths, fc.integer({ min: -80, max: 80 }), (drawn, widthMs, fives) => {
        const ppm = 5 * fives;
        const offsetAt = (at: number) => 5_000 + ppm * 1e-6 * at;
        const bounds = boundsOf(offsetAt, drawn, widthMs);
        const found = estimateOffset(bounds, true);
        // A constant that no bound contradicts is taken; what a working clock may drift all the same is allowed for, and no more.
        if (Math.abs(ppm) > 50) fc.pre(found?.driftPpm !== undefined || found?.agreement.agreeing !== bounds.length);
        const { offsetMs, uncertaintyMs, driftPpm = 0, originAt = 0 } = clockFromBounds("runner", bounds, "bounds");
        for (const { at } of bounds) {
          const estimated = (offsetMs ?? 0) + driftPpm * 1e-6 * (at - originAt);
          expect(Math.abs(estimated - offsetAt(at))).toBeLessThanOrEqual((uncertaintyMs ?? 0) + 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("holds what it cannot follow: a clock that drifts faster than a working one", () => {
    const offsetAt = (at: number) => 5_000 + 1_000e-6 * at;
    const drawn = Array.from({ length: 60 }, (_, index) => 0.1 + ((index * 37) % 80) / 100);
    const found = estimateOffset(boundsOf(offsetAt, drawn, 200), true);
    const middle = ((found?.holds.lo ?? 0) + (found?.holds.hi ?? 0)) / 2;
    const half = ((found?.holds.hi ?? 0) - (found?.holds.lo ?? 0)) / 2;
    for (let index = 0; index < drawn.length; index += 1) {
      const at = index * EVERY_MS;
      const estimated = middle + (found?.driftPpm ?? 0) * 1e-6 * (at - (found?.originAt ?? 0));
      expect(Math.abs(estimated - offsetAt(at))).toBeLessThanOrEqual(half + 200);
    }
    expect(found?.widenedFor).toBeGreaterThan(0);
  });

  it("holds both sides of a correction that any bound contradicts, unless it was found and is run on across", () => {
    fc.assert(
      fc.property(
        leans,
        widths,
        fc.integer({ min: -20_000, max: 20_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (drawn, widthMs, byMs, place) => {
          const setAt = place * drawn.length * EVERY_MS;
          const offsetAt = (at: number) => (at < setAt ? 0 : byMs);
          const bounds = boundsOf(offsetAt, drawn, widthMs);
          const found = estimateOffset(bounds, true);
          if (found === undefined || found.agreement.agreeing === bounds.length) return;
          const step = findStep(bounds, found.explained);
          if (step !== undefined) {
            expect(step.before.lo <= 0 && step.before.hi >= 0 && step.after.lo <= byMs && step.after.hi >= byMs).toBe(true);
            expect(step.last.at < setAt && step.first.at >= setAt).toBe(true);
          } else if (found.driftPpm === undefined) {
            const sides = new Set(bounds.map(({ at }) => offsetAt(at)));
            for (const side of sides) expect(found.holds.lo - 1e-6 <= side && side <= found.holds.hi + 1e-6).toBe(true);
          }
          // Nothing but a correction was made: no drift may be told of it.
          expect(step === undefined ? found.driftPpm : undefined).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ["first", 0, 1],
    ["last", 19, 1],
    ["one in the middle", 9, 0],
  ])("reaches to a bound that does not fit where it is the %s of all", (_, place, widenedFor) => {
    const bounds = boundsOf(() => 0, Array(20).fill(0.5) as number[], 200).map((bound, index) =>
      index === place ? { ...bound, lo: 4_900, hi: 5_100 } : bound,
    );
    const found = estimateOffset(bounds, true);
    expect(found?.widenedFor).toBe(widenedFor);
    expect(found?.holds.hi).toBe(widenedFor === 1 ? 5_100 : 100);
    // A clock that nobody sets is not widened by it.
    expect(estimateOffset(bounds, false)).toMatchObject({ widenedFor: 0, holds: { hi: 100 } });
  });

  it("is nothing where hardly any of the requests agree", () => {
    const scattered = (agreeing: number) =>
      Array.from({ length: 40 }, (_, index) => {
        const lo = index < agreeing ? 100 : 50_000 + 9_000 * ((index * 17) % 40);
        return { at: index * EVERY_MS, lo, hi: lo + 1_000 };
      });
    expect(estimateOffset(scattered(2), true)).toBeUndefined();
    expect(clockFromBounds("runner", scattered(2), "bounds")).toMatchObject({ method: "none", offsetMs: null });
    expect(clockFromBounds("runner", scattered(24), "bounds")).toMatchObject({ method: "bounds", anchors: 24 });
  });

  it("counts requests, not the Jobs that each of them is held against", () => {
    const ofSlots = Array.from({ length: 40 }, (_, index) =>
      Array.from({ length: 5 }, (_, job) => ({ at: index * EVERY_MS, lo: job * 700_000 + index, hi: job * 700_000 + index + 1_000 })).map(
        (bound, job) =>
          job === 0 ? bound : { ...bound, lo: bound.lo + 3_000 * ((index * 17) % 40), hi: bound.hi + 3_000 * ((index * 17) % 40) },
      ),
    ).flat();
    expect(estimateOffset(ofSlots, true)?.agreement).toMatchObject({ agreeing: 40, total: 200 });
  });
});
