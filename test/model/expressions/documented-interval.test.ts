import { describe, expect, it } from "vitest";
import { halfLastDigit, settingTolerance } from "../../../src/model/expressions/documented-interval.js";

describe("a documented number", () => {
  it.each([
    [12, 0.5],
    [0.3, 0.05],
    [6.25, 0.005],
    [-0.3, 0.05],
    [0.00000015, 0.000000005],
    [0.0000001, 0.00000005],
  ])("%d is exact to half of its last digit", (value, half) => {
    expect(halfLastDigit(value)).toBeCloseTo(half, 12);
  });

  it("of a setting holds within 2 %, and within 0.1 where it is small", () => {
    expect([0, 5, 50, -50].map(settingTolerance)).toEqual([0.1, 0.1, 1, 1]);
  });
});
