import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countOutliers, usualRange, usualRanges } from "../../../src/model/statistics/outliers.js";

describe("values that stand out", () => {
  it("lie beyond 3.5 modified z-scores of the others", () => {
    // Median 6, absolute deviations 5 4 3 2 1 0 1 2 3 4 94: MAD 3, so the reach is 3.5 * 3 / 0.6745 = 15.567.
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100];
    const usual = usualRange(values, 0);
    expect([usual?.median, usual?.low.toFixed(3), usual?.high.toFixed(3)]).toEqual([6, "-9.567", "21.567"]);
    expect(countOutliers(values, 0, 0)).toBe(1);
  });

  it("do not come from rounding alone", () => {
    const rounded = [5, 5, 5, 5, 5, 5, 6, 4];
    expect(countOutliers(rounded, 1, 0)).toBe(0);
    expect(countOutliers(rounded, 0, 0)).toBe(2);
    expect(countOutliers([...rounded, 9], 1, 0)).toBe(1);
  });

  it("are looked for within each of two populations", () => {
    const around = (centre: number, n: number) => Array.from({ length: n }, (_, index) => centre + ((index * 7) % 11) / 10);
    const both = [...around(40, 60), ...around(50, 140)];
    expect(countOutliers(both, 0, 0)).toBe(0);
    expect(countOutliers([...both, 45.5, 61], 0, 0)).toBe(2);
    expect(usualRanges(both, 0, 0).map(({ median }) => Math.round(median))).toEqual([41, 51]);
  });

  it("are not looked for within modes that are only ties", () => {
    // One hump of counts, or of seconds between whole ones. Half of its lower half is one value, beside which any other would stand out.
    const hump = [10, 40, 95, 100, 90, 45, 12].flatMap((times, value) => Array.from({ length: times }, () => 497 + value));
    expect(countOutliers(hump, 0, 1)).toBe(0);
    expect(usualRanges(hump, 0, 1)).toHaveLength(1);
    expect(usualRanges(hump, 2, 1)).toHaveLength(1);
    expect(usualRanges(hump, 0, 0)).toHaveLength(2);
  });

  it("are not looked for among five", () => {
    expect(countOutliers([1, 1, 1, 1, 99], 0, 0)).toBe(0);
  });

  it("are never half of the sample, and fewer with a coarser resolution", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 60 }),
        fc.nat(50),
        fc.nat(50),
        (values, fine, more) => {
          const count = countOutliers(values, fine, 0);
          expect(count).toBeLessThanOrEqual(values.length / 2);
          expect(countOutliers(values, fine + more, 0)).toBeLessThanOrEqual(count);
          expect(countOutliers(values.toReversed(), fine, 0)).toBe(count);
        },
      ),
    );
  });
});
