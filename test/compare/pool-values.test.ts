import { describe, expect, it } from "vitest";
import { poolRuns } from "../../src/compare/pool-values.js";

describe("the typical value over runs", () => {
  it("is that of the only run, with all that is known of it", () => {
    const one = { value: 50, interval: [44, 61], range: [45, 60] } as const;
    expect(poolRuns([one])).toEqual(one);
    expect(poolRuns([{ value: 50 }])).toEqual({ value: 50 });
    expect(() => poolRuns([])).toThrow(RangeError);
  });

  it("averages errors out, but not what ranges leave open in the same way in every run", () => {
    const run = (value: number) => ({ value, interval: [value - 22, value + 2], range: [value - 21, value + 1] }) as const;
    const many = poolRuns(Array.from({ length: 40 }, (_, index) => run(60 + (index % 2) / 100)));
    const [low, high] = many.interval ?? [0, 0];
    expect(many.range?.map((end) => end - many.value)).toEqual([expect.closeTo(-21, 9), expect.closeTo(1, 9)]);
    expect(low).toBeLessThan(many.value - 21);
    expect(low).toBeGreaterThan(many.value - 21.3);
    expect(high).toBeGreaterThan(many.value + 1);
    expect(high).toBeLessThan(many.value + 1.3);
  });

  it("has nothing that is negative in its interval", () => {
    expect(poolRuns([{ value: 0.1 }, { value: 3 }]).interval?.[0]).toBe(0);
  });
});
