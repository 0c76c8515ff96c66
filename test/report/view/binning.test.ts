import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binCurve } from "../../../src/report/view/binning.js";

describe("bins of a step curve", () => {
  it("keep mean, lowest and highest of each piece", () => {
    const bins = binCurve(
      [
        [0, 1],
        [5, 3],
        [10, 2],
      ],
      0,
      20,
      2,
    );
    expect(bins).toEqual([
      { at: 5, mean: 2, low: 1, high: 3 },
      { at: 15, mean: 2, low: 2, high: 2 },
    ]);
  });

  it("add up to the area of the curve", () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 50 }), (drawn, count) => {
        const points = [...new Map(drawn)].sort((a, b) => a[0] - b[0]);
        const area = points.reduce((sum, [at, level], index) => sum + level * ((points[index + 1]?.[0] ?? 1000) - at), 0);
        const bins = binCurve(points, 0, 1000, count);
        expect(bins.reduce((sum, bin) => sum + (bin.mean * 1000) / count, 0)).toBeCloseTo(area, 4);
        for (const bin of bins) expect(bin.mean >= bin.low - 1e-9 && bin.mean <= bin.high + 1e-9).toBe(true);
      }),
    );
  });
});
