import { describe, expect, it } from "vitest";
import { isBandAlone, isOneNumber } from "../../../src/model/reports/open-jobs-mean.js";

describe("a mean of open Jobs", () => {
  it("is one number where tenths hold all that it may be, and a range where they do not", () => {
    const known = (mean: number, low: number, high: number) => isOneNumber({ mean, meanRange: [low, high] });
    expect([known(3.517, 3.515, 3.519), known(3.5, 3.4, 3.6), known(12.685, 12.638, 12.765), known(1, 1, 1)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    // Told as 3.6, it may be 3.4; told as 4.1, 3.0.
    expect([known(3.629, 3.436, 3.633), known(4.056, 3.02, 4.064), known(3.794, 1.975, 6.903)]).toEqual([false, false, false]);
    expect(known(Number.NaN, Number.NaN, Number.NaN)).toBe(false);
  });

  it("is told as its band alone in a claim where it is none, as is a peak that has one; every other value stands beside its band", () => {
    const mean = { unit: "jobs", statistic: "mean", intervalKind: "band", value: 3.794, ci95: [1.975, 6.903] } as const;
    const peak = { ...mean, statistic: "peak", value: 8, ci95: [4, 19] } as const;
    expect([mean, peak].map(isBandAlone)).toEqual([true, true]);
    const others = [
      { ...mean, ci95: [3.78, 3.8] as const },
      { ...mean, ci95: null },
      { ...mean, unit: "s" as const },
      { ...mean, intervalKind: "confidence" as const },
      { ...peak, ci95: [8, 8] as const },
    ];
    expect(others.map(isBandAlone)).toEqual([false, false, false, false, false]);
  });
});
