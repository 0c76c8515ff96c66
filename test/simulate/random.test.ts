import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleDuration } from "../../src/simulate/distributions.js";
import { createRandom } from "../../src/simulate/random.js";

describe("a seeded source of numbers", () => {
  it("repeats itself for the same seed", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const [left, right] = [createRandom(seed), createRandom(seed)];
        expect(Array.from({ length: 5 }, left.next)).toEqual(Array.from({ length: 5 }, right.next));
      }),
    );
  });

  it("stays within its bounds", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(50), (seed, low, width) => {
        const value = createRandom(seed).integer(low, low + width);
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(low + width);
      }),
    );
  });

  it("gives a fork that does not depend on what was drawn before", () => {
    const source = createRandom("seed");
    const before = source.fork("part").next();
    source.next();
    expect(source.fork("part").next()).toBe(before);
  });

  it("has the median and the skew of the distribution it samples", () => {
    const random = createRandom("distribution");
    const values = Array.from({ length: 4_001 }, () => sampleDuration({ shape: "lognormal", medianMs: 1_000, sigma: 0.4 }, random));
    const sorted = [...values].sort((left, right) => left - right);
    expect(sorted[2_000]).toBeGreaterThan(970);
    expect(sorted[2_000]).toBeLessThan(1_030);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeGreaterThan(1_050);
  });
});
