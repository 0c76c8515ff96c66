import { describe, expect, it } from "vitest";
import { shareWithin } from "../calibration/predict-cases.js";
import { plannedCase } from "./planned-cases.js";

const CASES = 40;

/**
 * For a right prediction the places are uniform. Of 40 uniform places at least 31 lie in the middle 90% with more than 99.5%, and between 11 and
 * 29 in the middle half: ranges that are half as wide as they should be, or twice, do not pass.
 */
describe("the ranges of predictions", () => {
  const cases = Array.from({ length: CASES }, (_, number) => plannedCase(number));

  it.each(["total", "mean", "peak"] as const)("hold the %s of runs that happen otherwise as often as they say", (key) => {
    const places = cases.map((one) => one[key]);
    expect(shareWithin(places, 0.9)).toBeGreaterThanOrEqual(31 / CASES);
    expect(shareWithin(places, 0.5)).toBeGreaterThanOrEqual(11 / CASES);
    expect(shareWithin(places, 0.5)).toBeLessThanOrEqual(29 / CASES);
  });
});
