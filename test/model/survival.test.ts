import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kaplanMeier, type Lifetime } from "../../src/model/survival.js";

function lifetimes(times: readonly number[], events: readonly number[]): Lifetime[] {
  return times.map((durationMs, index) => ({ durationMs, ended: events[index] === 1 }));
}

function survivalAt(estimate: ReturnType<typeof kaplanMeier>, time: number): number | undefined {
  return estimate.steps.find(([at]) => at === time)?.[1];
}

describe("the Kaplan-Meier estimate", () => {
  it("reproduces a worked example with censoring and a tie of an end with a censored time", () => {
    const estimate = kaplanMeier(lifetimes([3, 5, 6, 7, 8, 10, 12, 12], [1, 0, 1, 1, 0, 1, 1, 0]));
    expect([estimate.n, estimate.censored, estimate.censoredAtMs]).toEqual([5, 3, [5, 8, 12]]);
    expect(survivalAt(estimate, 3)).toBeCloseTo(7 / 8, 12);
    expect(survivalAt(estimate, 6)).toBeCloseTo(35 / 48, 12);
    expect(survivalAt(estimate, 7)).toBeCloseTo(7 / 12, 12);
    expect(survivalAt(estimate, 10)).toBeCloseTo(7 / 18, 12);
    expect(survivalAt(estimate, 12)).toBeCloseTo(7 / 36, 12);
    expect(estimate.medianMs).toBe(10);
  });

  it("is the empirical share without censoring", () => {
    const estimate = kaplanMeier(lifetimes([1, 2, 3, 4], [1, 1, 1, 1]));
    expect(estimate.steps.map(([at, share]) => [at, Math.round(share * 100) / 100])).toEqual([
      [1, 0.75],
      [2, 0.5],
      [3, 0.25],
      [4, 0],
    ]);
    expect(estimate.medianMs).toBe(2);
  });

  it("puts a lifetime at risk only from when it was under observation", () => {
    const estimate = kaplanMeier([
      { durationMs: 2, ended: true },
      { durationMs: 4, ended: true },
      { durationMs: 5, ended: true, enteredMs: 3 },
    ]);
    expect(survivalAt(estimate, 2)).toBeCloseTo(1 / 2, 12);
    expect(survivalAt(estimate, 4)).toBeCloseTo(1 / 4, 12);
    expect(survivalAt(estimate, 5)).toBe(0);
  });

  it("has no median when too many are censored, and says nothing of an empty sample", () => {
    expect(kaplanMeier(lifetimes([1, 2, 2, 2], [1, 0, 0, 0]))).toMatchObject({ medianMs: null, medianIntervalMs: null });
    expect(kaplanMeier([])).toEqual({ n: 0, censored: 0, steps: [], censoredAtMs: [], medianMs: null, medianIntervalMs: null });
  });

  it("leaves the upper end of the median's interval open when the data do not close it", () => {
    const ended = Array.from({ length: 10 }, (_, index) => ({ durationMs: 10 + index, ended: true }));
    const open = Array.from({ length: 8 }, () => ({ durationMs: 25, ended: false }));
    expect(kaplanMeier([...ended, ...open]).medianIntervalMs?.[1]).toBe(Number.POSITIVE_INFINITY);
  });

  it("takes a lifetime of zero that was seen from the start", () => {
    const estimate = kaplanMeier([
      { durationMs: 0, ended: true, enteredMs: 0 },
      { durationMs: 4, ended: true, enteredMs: 0 },
    ]);
    expect(estimate.steps.map(([at, share]) => [at, share])).toEqual([
      [0, 0.5],
      [4, 0],
    ]);
  });

  it("leaves out a lifetime that was over when its observation began", () => {
    const estimate = kaplanMeier([
      { durationMs: 3, ended: true, enteredMs: 3 },
      { durationMs: 2, ended: true, enteredMs: 5 },
      { durationMs: 4, ended: true },
    ]);
    expect([estimate.n, estimate.steps.map(([at, share]) => [at, share])]).toEqual([1, [[4, 0]]]);
  });

  it("falls from one towards zero inside its bounds, without NaN, in any order", () => {
    const lifetime = fc.record({ durationMs: fc.nat(50), ended: fc.boolean(), enteredMs: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(lifetime, { maxLength: 40 }), (given) => {
        const estimate = kaplanMeier(given);
        expect(kaplanMeier([...given].reverse())).toEqual(estimate);
        let before = 1;
        for (const [at, share, lower, upper] of estimate.steps) {
          expect([at, share, lower, upper].every(Number.isFinite)).toBe(true);
          expect(share).toBeLessThanOrEqual(before);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(lower).toBeLessThanOrEqual(share + 1e-12);
          expect(upper).toBeGreaterThanOrEqual(share - 1e-12);
          before = share;
        }
        const [low, high] = estimate.medianIntervalMs ?? [0, Number.POSITIVE_INFINITY];
        expect(low).toBeLessThanOrEqual(estimate.medianMs ?? low);
        expect(high).toBeGreaterThanOrEqual(estimate.medianMs ?? low);
      }),
    );
  });
});
