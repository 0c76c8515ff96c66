import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dip, twoPopulations } from "../../../src/model/statistics/modes.js";
import { createRandom } from "../../../src/model/statistics/random.js";

const grid = (n: number) => Array.from({ length: n }, (_, index) => index / (n - 1));

describe("the dip", () => {
  it("is 1 / 2n for evenly spaced values, the least that a sample can have", () => {
    for (const n of [5, 20, 100, 1000]) expect(dip(grid(n))).toBeCloseTo(1 / (2 * n), 10);
  });

  it("is near a quarter for two points that share the sample", () => {
    const values = [...grid(100).map((x) => x / 1000), ...grid(100).map((x) => 1 + x / 1000)];
    expect(dip(values)).toBeGreaterThan(0.24);
    expect(dip(values)).toBeLessThan(0.26);
  });

  it("lies between 1 / 2n and a quarter, and does not change with shift, scale or reflection", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 60 }), (values) => {
        const ascending = values.toSorted((a, b) => a - b);
        const value = dip(ascending);
        expect(value).toBeGreaterThanOrEqual(1 / (2 * ascending.length) - 1e-12);
        expect(value).toBeLessThanOrEqual(0.25 + 1e-12);
        expect(dip(ascending.map((x) => 3 * x + 7))).toBeCloseTo(value, 10);
        expect(dip(ascending.map((x) => -x).toReversed())).toBeCloseTo(value, 10);
      }),
    );
  });
});

describe("two populations", () => {
  const random = createRandom("modes");
  const uniform = (n: number, from: number, to: number) => Array.from({ length: n }, () => random.between(from, to));

  it("are not seen in uniform samples more often than one time in a hundred", () => {
    const found = Array.from({ length: 400 }, () => twoPopulations(uniform(150, 50, 60), 0)).filter((result) => result !== undefined);
    expect(found.length).toBeLessThanOrEqual(10);
  });

  it("are told apart with their sizes and medians", () => {
    const result = twoPopulations([...uniform(60, 42, 44), ...uniform(140, 52, 56)], 0);
    expect(result?.map((population) => population.n)).toEqual([60, 140]);
    expect(result?.[0]?.median).toBeCloseTo(43, 0);
    expect(result?.[1]?.median).toBeCloseTo(54, 0);
  });

  it("are not looked for in small samples", () => {
    expect(twoPopulations([1, 1, 1, 1, 9, 9, 9, 9], 0)).toBeUndefined();
  });
});

describe("two populations of cut values", () => {
  const random = createRandom("cut");
  /** Lengths in steps, as they come out of stamps that are cut to whole ones: both, at any phase, or the end alone where all begin at nearly the same phase. */
  const cuts = {
    both: (length: number) => {
      const start = random.next();
      return Math.floor(start + length) - Math.floor(start);
    },
    end: (length: number) => {
      const start = 0.3 + 0.02 * random.normal();
      return Math.floor(start + length) - start;
    },
  };
  const around = (n: number, mean: number, deviation: number) => Array.from({ length: n }, () => mean + deviation * random.normal());

  it.each(["both", "end"] as const)("are not seen in one, however its spread compares with the step (%s cut)", (which) => {
    let [runs, found] = [0, 0];
    for (const n of [6, 30, 60, 150, 300]) {
      for (const deviation of [0.1, 0.3, 0.5, 1, 2, 5]) {
        for (let run = 0; run < 30; run += 1) {
          const normal = around(n, 50, deviation).map(cuts[which]);
          const even = Array.from({ length: n }, () => cuts[which](random.between(50, 50 + 3.5 * deviation)));
          runs += 2;
          for (const values of [normal, even]) if (twoPopulations(values, 1) !== undefined) found += 1;
        }
      }
    }
    expect(runs).toBe(1800);
    expect(found).toBeLessThanOrEqual(runs / 100);
  });

  it.each([
    [30, 50, 80, 1],
    [60, 50, 55, 0.5],
    [200, 50, 55, 1],
    [60, 40, 50, 1],
  ])("are found where there are: %s values around %s and %s, deviation %s", (n, early, late, deviation) => {
    let found = 0;
    for (let run = 0; run < 50; run += 1) {
      const lengths = [...around(n / 2, early, deviation), ...around(n / 2, late, deviation)];
      const populations = twoPopulations(lengths.map(cuts.both), 1);
      if (populations === undefined) continue;
      found += 1;
      expect(Math.abs(populations[0].n - n / 2)).toBeLessThanOrEqual(n / 20);
      expect(Math.abs(populations[0].median - early)).toBeLessThanOrEqual(1);
      expect(Math.abs(populations[1].median - late)).toBeLessThanOrEqual(1);
    }
    expect(found).toBeGreaterThanOrEqual(48);
  });

  it("do not depend on whether ties are exact", () => {
    const values = around(100, 50, 1).map(cuts.both);
    expect(twoPopulations(values, 0)).toBeDefined();
    const drifting = values.map((value, index) => value + index / 2000);
    expect(twoPopulations(drifting, 0)).toBeDefined();
    for (const each of [values, drifting]) expect(twoPopulations(each, 1)).toBeUndefined();
  });
});
