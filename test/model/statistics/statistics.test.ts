import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  largest,
  MIN_SAMPLES_FOR_INTERVAL,
  mean,
  median,
  medianInterval,
  medianIntervalRank,
  quantile,
  samplesForQuantile,
  smallest,
  sorted,
  standardDeviation,
} from "../../../src/model/statistics/statistics.js";

const numbers = (minLength: number) =>
  fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength, maxLength: 60 }).map((values) => sorted(values));

/** P(Binomial(n, 1/2) < k) in exact integers. */
function probabilityBelow(n: number, k: number): number {
  let term = 1n;
  let sum = 0n;
  for (let i = 0; i < k; i += 1) {
    sum += term;
    term = (term * BigInt(n - i)) / BigInt(i + 1);
  }
  return Number((sum * 10n ** 15n) / 2n ** BigInt(n)) / 1e15;
}

describe("the interval of a median", () => {
  it.each([
    [6, 1],
    [7, 1],
    [8, 1],
    [9, 2],
    [10, 2],
    [20, 6],
    [50, 18],
    [100, 40],
  ])("of %i values begins at rank %i, as the tables of the sign test have it", (n, rank) => {
    expect(medianIntervalRank(n)).toBe(rank);
    const values = Array.from({ length: n }, (_, index) => index + 1);
    expect(medianInterval(values)).toEqual([rank, n + 1 - rank]);
  });

  it("does not exist below six values", () => {
    expect(MIN_SAMPLES_FOR_INTERVAL).toBe(6);
    for (let n = 0; n < 6; n += 1) expect(medianInterval(Array.from({ length: n }, () => 1))).toBeUndefined();
  });

  it("has the largest rank whose tails hold at most 5 %", () => {
    for (let n = 6; n <= 300; n += 1) {
      const k = medianIntervalRank(n);
      expect(2 * probabilityBelow(n, k)).toBeLessThanOrEqual(0.05);
      expect(2 * probabilityBelow(n, k + 1)).toBeGreaterThan(0.05);
    }
  });

  it("stays near the normal approximation for a sample whose binomial terms underflow", () => {
    const n = 40_000;
    expect(Math.abs(medianIntervalRank(n) - (n / 2 - 0.98 * Math.sqrt(n)))).toBeLessThan(2);
  });

  it("holds the median", () => {
    fc.assert(
      fc.property(numbers(6), (values) => {
        const [low, high] = medianInterval(values) ?? [Number.NaN, Number.NaN];
        expect(low).toBeLessThanOrEqual(median(values));
        expect(high).toBeGreaterThanOrEqual(median(values));
      }),
    );
  });
});

describe("quantiles", () => {
  it("interpolate as definition 7 does", () => {
    const values = [1, 2, 3, 4, 10];
    expect(quantile(values, 0)).toBe(1);
    expect(quantile(values, 0.25)).toBe(2);
    expect(quantile(values, 0.9)).toBeCloseTo(7.6, 12);
    expect(quantile(values, 1)).toBe(10);
    expect(quantile([7], 0.95)).toBe(7);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it("grow with q and stay inside the sample", () => {
    fc.assert(
      fc.property(numbers(1), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (values, a, b) => {
        const [low, high] = [quantile(values, Math.min(a, b)), quantile(values, Math.max(a, b))];
        const slack = 1e-6;
        expect(low).toBeLessThanOrEqual(high + slack);
        expect(low).toBeGreaterThanOrEqual((values[0] as number) - slack);
        expect(high).toBeLessThanOrEqual((values.at(-1) as number) + slack);
      }),
    );
  });

  it("refuse an empty sample rather than answer NaN", () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => median([])).toThrow(RangeError);
  });

  it("need 29, 59 and 299 samples for p90, p95 and p99", () => {
    expect([0.9, 0.95, 0.99].map(samplesForQuantile)).toEqual([29, 59, 299]);
  });
});

describe("mean and deviation", () => {
  it("have the textbook values", () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  it("leave out the spread of a single value", () => {
    expect(standardDeviation([3])).toBeUndefined();
    expect(standardDeviation([])).toBeUndefined();
    expect(standardDeviation([3, 3])).toBe(0);
  });
});

it("sorting leaves the given numbers alone and compares them as numbers", () => {
  const given = [10, 9, 1];
  expect(sorted(given)).toEqual([1, 9, 10]);
  expect(given).toEqual([10, 9, 1]);
});

describe("sorting and extremes", () => {
  it("give the numbers as a comparing sort does, as a new array", () => {
    const values = fc.array(
      fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(1, 2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)),
    );
    fc.assert(
      fc.property(values, (list) => {
        const ascending = sorted(list);
        // Of two zeros no number of a report tells which one it is.
        expect(ascending.map((value) => value + 0)).toEqual(
          [...list].sort((a, b) => (a < b ? -1 : Number(a > b))).map((value) => value + 0),
        );
        expect(ascending).not.toBe(list);
        expect(largest(list)).toBe(Math.max(...list));
        expect(smallest(list)).toBe(Math.min(...list));
      }),
    );
  });

  it("take more values than a call can have arguments", () => {
    const many = Array.from({ length: 500_000 }, (_, index) => index);
    expect([smallest(many), largest(many)]).toEqual([0, 499_999]);
  });
});
