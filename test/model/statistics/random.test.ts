import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/model/statistics/random.js";

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
});
