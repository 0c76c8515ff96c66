import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dip, twoPopulations } from "../../src/model/modes.js";
import { createRandom } from "../../src/simulate/random.js";

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
    const found = Array.from({ length: 400 }, () => twoPopulations(uniform(150, 50, 60))).filter((result) => result !== undefined);
    expect(found.length).toBeLessThanOrEqual(10);
  });

  it("are told apart with their sizes and medians", () => {
    const result = twoPopulations([...uniform(60, 42, 44), ...uniform(140, 52, 56)]);
    expect(result?.map((population) => population.n)).toEqual([60, 140]);
    expect(result?.[0]?.median).toBeCloseTo(43, 0);
    expect(result?.[1]?.median).toBeCloseTo(54, 0);
  });

  it("are not looked for in small samples", () => {
    expect(twoPopulations([1, 1, 1, 1, 9, 9, 9, 9])).toBeUndefined();
  });
});
