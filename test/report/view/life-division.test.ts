import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divisionOf } from "../../../src/report/view/life-division.js";

const PARTS = ["first-check-wait", "checks", "deletion"] as const;
const bounds = (...ranges: readonly (readonly [number, number])[]) =>
  ranges.map((rangeMs, index) => ({ part: PARTS[index] ?? "deletion", rangeMs }));

describe("what follows the disconnect, by what is known of its parts", () => {
  it("is of one part for certain where no other can reach, and of neither in between", () => {
    expect(divisionOf(62, bounds([9, 21], [40, 40], [1, 13]))).toEqual({
      stretches: [
        { part: "first-check-wait", durationMs: 9 },
        { part: null, durationMs: 12 },
        { part: "checks", durationMs: 28 },
        { part: null, durationMs: 12 },
        { part: "deletion", durationMs: 1 },
      ],
      reach: [
        { part: "first-check-wait", fromMs: 0, toMs: 21 },
        { part: "checks", fromMs: 9, toMs: 61 },
        { part: "deletion", fromMs: 49, toMs: 62 },
      ],
    });
  });

  it("is left whole where nearly nothing of it is certain", () => {
    expect(divisionOf(9, bounds([0, 9], [0, 8], [0.01, 9]))).toBeUndefined();
    expect(divisionOf(62, bounds([0, 62], [0, 62], [0, 62]))).toBeUndefined();
  });

  it("holds every way to divide it, and adds up to the whole", () => {
    const parts = fc.array(fc.record({ ms: fc.integer({ min: 0, max: 100 }), less: fc.nat(50), more: fc.nat(50) }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(parts, (truth) => {
        const whole = truth.reduce((all, { ms }) => all + ms, 0);
        const division = divisionOf(whole, bounds(...truth.map(({ ms, less, more }) => [Math.max(0, ms - less), ms + more] as const)));
        if (division === undefined) return;
        expect(division.stretches.reduce((all, { durationMs }) => all + durationMs, 0)).toBeCloseTo(whole, 9);
        let at = 0;
        for (const { part, durationMs } of division.stretches) {
          const index = (PARTS as readonly unknown[]).indexOf(part);
          if (index >= 0) {
            const from = truth.slice(0, index).reduce((all, { ms }) => all + ms, 0);
            expect(from).toBeLessThanOrEqual(at);
            expect(from + (truth[index]?.ms ?? 0)).toBeGreaterThanOrEqual(at + durationMs);
          }
          at += durationMs;
        }
      }),
    );
  });
});
