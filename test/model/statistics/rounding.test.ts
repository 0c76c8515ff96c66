import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundEnd, roundTo } from "../../../src/model/statistics/rounding.js";

describe("rounding", () => {
  it("takes a number as it is written, halves away from zero", () => {
    expect([roundTo(0.1055, 3), roundTo(2.005, 2), roundTo(1.005, 2), roundTo(-2.005, 2)]).toEqual([0.106, 2.01, 1.01, -2.01]);
    expect([roundTo(12.5, 0), roundTo(1e21, 1), roundTo(1.5e-7, 3)]).toEqual([13, 1e21, 0]);
  });

  it("has no negative zero", () => {
    expect(Object.is(roundTo(-0.001, 2), 0)).toBe(true);
  });

  it("is within half a unit of its last digit, and leaves what is rounded as it is", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 3 }), (value, decimals) => {
        const rounded = roundTo(value, decimals);
        expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-9);
        expect(roundTo(rounded, decimals)).toBe(rounded);
      }),
    );
  });
});

describe("the ends of an interval", () => {
  it("let a half go inward, also one that binary numbers miss", () => {
    expect([roundEnd(0.0895, 3, "low"), roundEnd(0.1055, 3, "high"), roundEnd(0.105 + 0.0005, 3, "high")]).toEqual([0.09, 0.105, 0.105]);
    expect([roundEnd(0.1 - 0.0105, 3, "low"), roundEnd(-0.5, 0, "low"), roundEnd(-0.5, 0, "high"), roundEnd(2.5, 0, "low")]).toEqual([
      0.09, 0, -1, 3,
    ]);
    expect([roundEnd(0.1056, 3, "high"), roundEnd(0.0894, 3, "low"), roundEnd(42.02406815000062, 1, "low")]).toEqual([0.106, 0.089, 42]);
  });

  it("read as without half a unit of the last digit that stamps leave open", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 3 }), (units, decimals) => {
        const unit = 10 ** -decimals;
        const end = roundTo(units * unit, decimals);
        expect([roundEnd(end - unit / 2, decimals, "low"), roundEnd(end + unit / 2, decimals, "high")]).toEqual([end, end]);
      }),
    );
  });
});
