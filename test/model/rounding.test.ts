import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundTo } from "../../src/model/rounding.js";

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
