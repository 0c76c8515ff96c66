import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/model/statistics/random.js";
import { poolEstimates } from "../../../src/model/statistics/random-effects.js";
import { mean, standardDeviation } from "../../../src/model/statistics/statistics.js";

describe("several runs as one estimate", () => {
  it("is Student's interval over the runs where they differ and are equally well known", () => {
    // Student (1908) and any table: t with 4 degrees of freedom is 2.776.
    const values = [58.1, 60.4, 57.2, 61.9, 59.4];
    const pooled = poolEstimates(values.map((value) => ({ value, standardError: 0.2 })));
    const half = (2.77645 * (standardDeviation(values) ?? 0)) / Math.sqrt(5);
    expect(pooled.value).toBeCloseTo(mean(values), 9);
    expect(pooled.interval[0]).toBeCloseTo(mean(values) - half, 6);
    expect(pooled.interval[1]).toBeCloseTo(mean(values) + half, 6);
    expect(pooled.betweenRuns ** 2).toBeCloseTo((standardDeviation(values) ?? 0) ** 2 - 0.04, 6);
    expect(pooled.runsDiffer).toBe(true);
  });

  it("finds nothing between runs that differ less than their own uncertainty, and weighs them by it", () => {
    const pooled = poolEstimates([
      { value: 10, standardError: 1 },
      { value: 11, standardError: 2 },
    ]);
    expect(pooled.betweenRuns).toBe(0);
    expect(pooled.runsDiffer).toBe(false);
    expect(pooled.value).toBeCloseTo((10 * 4 + 11) / 5, 12);
    expect(pooled.interval[1] - pooled.value).toBeCloseTo(12.7062 / Math.sqrt(1 + 1 / 4), 4);
  });

  it("keeps a count that every run shares, exactly", () => {
    expect(poolEstimates([500, 500, 500].map((value) => ({ value, standardError: 0 })))).toEqual({
      value: 500,
      interval: [500, 500],
      betweenRuns: 0,
      runsDiffer: false,
    });
  });

  it("lies between the runs, and a constant added to all moves it alone", () => {
    const run = fc.record({ value: fc.integer({ min: 0, max: 1000 }), standardError: fc.integer({ min: 0, max: 50 }) });
    fc.assert(
      fc.property(fc.array(run, { minLength: 2, maxLength: 12 }), fc.integer({ min: -500, max: 500 }), (runs, constant) => {
        const pooled = poolEstimates(runs);
        expect(pooled.value).toBeGreaterThanOrEqual(Math.min(...runs.map(({ value }) => value)) - 1e-6);
        expect(pooled.value).toBeLessThanOrEqual(Math.max(...runs.map(({ value }) => value)) + 1e-6);
        const moved = poolEstimates(runs.map(({ value, standardError }) => ({ value: value + constant, standardError })));
        expect(moved.value).toBeCloseTo(pooled.value + constant, 4);
        expect(moved.betweenRuns).toBeCloseTo(pooled.betweenRuns, 3);
      }),
    );
  });

  it.each([
    [2, 0.5],
    [4, 1.5],
    [15, 0.8],
  ])(
    "holds the truth in at least 95 of 100 cases with %i runs that differ by %d, as the samples taken for one run's would not",
    (runs, between) => {
      const random = createRandom(`runs ${runs}`);
      const cases = 2000;
      let [held, heldAsOne] = [0, 0];
      for (let count = 0; count < cases; count += 1) {
        const estimates = Array.from({ length: runs }, (_, index) => {
          const standardError = 0.2 + 0.05 * (index % 3);
          return { value: 50 + between * random.normal() + standardError * random.normal(), standardError };
        });
        const { interval } = poolEstimates(estimates);
        held += Number(interval[0] <= 50 && 50 <= interval[1]);
        const weights = estimates.map(({ standardError }) => standardError ** -2);
        const weight = weights.reduce((sum, each) => sum + each, 0);
        const fixed = estimates.reduce((sum, { value }, index) => sum + value * (weights[index] ?? 0), 0) / weight;
        heldAsOne += Number(Math.abs(fixed - 50) <= 1.96 / Math.sqrt(weight));
      }
      expect(held / cases).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.05 * 0.95) / cases));
      expect(heldAsOne / cases).toBeLessThan(0.75);
    },
  );

  it("refuses a single run", () => {
    expect(() => poolEstimates([{ value: 1, standardError: 1 }])).toThrow(RangeError);
  });
});
