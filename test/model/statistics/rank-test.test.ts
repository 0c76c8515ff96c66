import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../../src/model/statistics/random.js";
import { detectableShift, locationShift, shiftIntervalRank } from "../../../src/model/statistics/rank-test.js";
import { median } from "../../../src/model/statistics/statistics.js";

const differences = (older: readonly number[], newer: readonly number[]) => newer.flatMap((b) => older.map((a) => b - a));
const values = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 40 });

/** Permeability of the human chorioamnion at term and at 12 to 26 weeks: Hollander and Wolfe, "Nonparametric Statistical Methods", table 4.1. */
const AT_TERM = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
const EARLIER = [1.15, 0.88, 0.9, 0.74, 1.21];

describe("the shift between two samples", () => {
  it("is the published one of the permeability data", () => {
    expect(locationShift(EARLIER, AT_TERM).shift).toBeCloseTo(0.305, 10);
  });

  it("has the published interval where both samples are large enough to be given one", () => {
    // With 10 and 5 values the interval runs from the 9th smallest to the 9th largest difference, -0.15 to 0.76.
    const all = differences(EARLIER, AT_TERM).sort((a, b) => a - b);
    const rank = shiftIntervalRank(5, 10);
    expect(rank).toBe(9);
    expect(all[rank - 1]).toBeCloseTo(-0.15, 10);
    expect(all[all.length - rank]).toBeCloseTo(0.76, 10);
    expect(locationShift(EARLIER, AT_TERM).interval).toBeUndefined();
  });

  it.each([
    [4, 4, 0],
    [5, 5, 2],
    [6, 6, 5],
    [7, 9, 12],
    [8, 8, 13],
    [10, 10, 23],
    [12, 12, 37],
    [15, 15, 64],
    [20, 20, 127],
  ])(
    "rejects with %i and %i values from the critical value of the published tables on (Mann and Whitney 1947, Siegel 1956)",
    (n, m, critical) => {
      expect(shiftIntervalRank(n, m)).toBe(critical + 1);
    },
  );

  it("never rejects with three values a side", () => {
    expect(shiftIntervalRank(3, 3)).toBe(0);
  });

  it("has an interval that does not jump where the counting ends and the normal distribution begins", () => {
    const [counted, normal] = [shiftIntervalRank(100, 100), shiftIntervalRank(100, 101)];
    const grown =
      (100 * 101) / 2 - 1.959964 * Math.sqrt((100 * 101 * 202) / 12) - ((100 * 100) / 2 - 1.959964 * Math.sqrt((100 * 100 * 201) / 12));
    expect(Math.abs(normal - counted - grown)).toBeLessThanOrEqual(1.5);
  });

  it("is the median of all pairwise differences", () => {
    fc.assert(
      fc.property(values, values, (older, newer) => {
        expect(locationShift(older, newer).shift).toBe(median(differences(older, newer)));
      }),
    );
  });

  it("has differences of pairs as the ends of its interval, also for numbers that are not whole", () => {
    // Of a zero and a negative zero either may come first.
    const number = fc.double({ min: -5, max: 5, noNaN: true }).map((value) => (value === 0 ? 0 : value));
    const many = fc.array(number, { minLength: 6, maxLength: 25 });
    fc.assert(
      fc.property(many, many, (older, newer) => {
        const all = differences(older, newer).sort((a, b) => a - b);
        const rank = shiftIntervalRank(older.length, newer.length);
        expect(locationShift(older, newer).interval).toEqual([all[rank - 1], all[all.length - rank]]);
      }),
    );
  });

  it("moves by a constant that is added to the newer sample, interval and all", () => {
    const many = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 6, maxLength: 30 });
    fc.assert(
      fc.property(many, many, fc.integer({ min: -5000, max: 5000 }), (older, newer, constant) => {
        const plain = locationShift(older, newer);
        const moved = locationShift(
          older,
          newer.map((value) => value + constant),
        );
        expect(moved.shift).toBe(plain.shift + constant);
        expect(moved.interval).toEqual(plain.interval?.map((end) => end + constant));
      }),
    );
  });

  it("changes sign when the samples change places", () => {
    fc.assert(
      fc.property(values, values, (older, newer) => {
        expect(locationShift(older, newer).shift + locationShift(newer, older).shift).toBe(0);
      }),
    );
  });

  it("is 0 inside its interval for a sample and itself", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 6, maxLength: 40 }), (sample) => {
        const { shift, interval } = locationShift(sample, sample);
        expect(shift).toBe(0);
        expect((interval?.[0] ?? 1) <= 0 && (interval?.[1] ?? -1) >= 0).toBe(true);
      }),
    );
  });

  it("takes samples of tens of thousands without making their pairs", () => {
    const random = createRandom("many");
    const draw = (by: number) => Array.from({ length: 40_000 }, () => Math.round((10_000 + by + 500 * random.normal()) * 1000) / 1000);
    const { shift, interval } = locationShift(draw(0), draw(20));
    expect(Math.abs(shift - 20)).toBeLessThan(20);
    expect((interval?.[1] ?? 0) - (interval?.[0] ?? 0)).toBeLessThan(20);
  });

  it.each([
    [8, 8],
    [12, 30],
    [60, 60],
  ])("lies in its interval in 95 of 100 simulated runs with %i and %i values, also with stamps cut to a grid", (n, m) => {
    for (const grid of [0, 250]) {
      const random = createRandom(`${n} ${m} ${grid}`);
      const cut = (value: number) => (grid === 0 ? value : Math.floor(value / grid) * grid);
      const sample = (size: number, by: number) => Array.from({ length: size }, () => cut(12_000 + by + skewed(random) * 900));
      const runs = 1000;
      let held = 0;
      for (let run = 0; run < runs; run += 1) {
        const [low, high] = locationShift(sample(n, 0), sample(m, 500)).interval ?? [1, 0];
        held += Number(low <= 500 && 500 <= high);
      }
      // Never less often than 95% (three standard errors), and without the grid not much more often.
      expect(held / runs).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.05 * 0.95) / runs));
      if (grid === 0) expect(held / runs).toBeLessThan(0.98);
    }
  });

  it("is seen in about 80% of runs where it is as large as the interval says it can see", () => {
    const random = createRandom("power");
    const sample = (by: number) => Array.from({ length: 40 }, () => by + skewed(random) * 900);
    const widths = Array.from({ length: 300 }, () => detectableShift(locationShift(sample(0), sample(0)).interval ?? [0, 0]));
    const smallest = median(widths);
    const seen = Array.from({ length: 1000 }, () => (locationShift(sample(0), sample(smallest)).interval?.[0] ?? 0) > 0).filter(
      Boolean,
    ).length;
    expect(seen / 1000).toBeGreaterThan(0.74);
    expect(seen / 1000).toBeLessThan(0.88);
  });
});

/** Durations have a long tail to the right. */
function skewed(random: Random): number {
  return Math.exp(0.6 * random.normal());
}
