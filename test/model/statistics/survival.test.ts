import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kaplanMeier, type Lifetime, survivalQuantile } from "../../../src/model/statistics/survival.js";

function lifetimes(times: readonly number[], events: readonly number[]): Lifetime[] {
  return times.map((durationMs, index) => ({ durationMs, ended: events[index] === 1 }));
}

function survivalAt(estimate: ReturnType<typeof kaplanMeier>, time: number): number | undefined {
  return estimate.steps.find(([at]) => at === time)?.[1];
}

/** Survival of the first 90 patients of the North Central Cancer Treatment Group's lung study (days, died), as the R package `survival` ships it. */
const LUNG_DAYS = [
  310, 361, 654, 728, 61, 81, 520, 473, 107, 122, 965, 731, 153, 433, 145, 95, 765, 735, 5, 687, 345, 444, 60, 208, 821, 305, 226, 426, 705,
  363, 167, 641, 740, 245, 588, 166, 559, 450, 529, 351, 201, 524, 199, 550, 551, 543, 293, 511, 511, 371, 201, 62, 356, 340, 315, 182, 364,
  376, 384, 268, 266, 194, 348, 382, 296, 186, 145, 269, 350, 272, 292, 332, 285, 243, 276, 79, 240, 202, 235, 224, 239, 173, 252, 92, 192,
  211, 175, 203, 105, 177,
];
const LUNG_ALIVE = new Set([
  11, 25, 33, 35, 37, 39, 45, 46, 48, 49, 53, 55, 57, 58, 59, 61, 64, 65, 68, 70, 71, 72, 74, 75, 77, 78, 79, 80, 82, 83, 84, 85, 86, 87,
  88, 89, 90,
]);
const LUNG_DEATHS = LUNG_DAYS.map((_, index) => (LUNG_ALIVE.has(index + 1) ? 0 : 1));

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

  it("gives quantiles of the worked example", () => {
    const { steps } = kaplanMeier(lifetimes([3, 5, 6, 7, 8, 10, 12, 12], [1, 0, 1, 1, 0, 1, 1, 0]));
    const at = [0.1, 0.25, 0.5, 0.75, 0.9].map((q) => survivalQuantile(steps, q)?.atMs);
    expect(at).toEqual([3, 6, 10, 12, undefined]);
  });

  it("has the published log-log limits of the leukemia remissions (Gehan 1965), as Stata lists them", () => {
    // G. Rodriguez, Kaplan-Meier Survival, Princeton (control group); NAG g12aac lists S and Greenwood's deviation of the treated group.
    const control = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
    const rows = kaplanMeier(
      lifetimes(
        control,
        control.map(() => 1),
      ),
    ).steps.slice(0, 2);
    expect(rows.map((row) => row.map((value) => Math.round(value * 1e4) / 1e4))).toEqual([
      [1, 0.9048, 0.67, 0.9753],
      [2, 0.8095, 0.5689, 0.9239],
    ]);
    const treated = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
    const relapsed = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0];
    const { steps, medianMs } = kaplanMeier(lifetimes(treated, relapsed));
    expect(steps.map(([at, share]) => [at, Math.round(share * 1e3) / 1e3])).toEqual([
      [6, 0.857],
      [7, 0.807],
      [10, 0.753],
      [13, 0.69],
      [16, 0.627],
      [22, 0.538],
      [23, 0.448],
    ]);
    expect(medianMs).toBe(23);
  });

  it("has the limits that R's survfit(conf.type = 'log-log') gives for the first 90 lung cancer patients", () => {
    const estimate = kaplanMeier(lifetimes(LUNG_DAYS, LUNG_DEATHS));
    // S, lower and upper limit, at the first, a middle and the last death.
    const published: readonly (readonly [number, number, number, number])[] = [
      [5, 0.9888889, 0.92374348, 0.9984273],
      [363, 0.526463, 0.40357982, 0.6353162],
      [433, 0.469767, 0.34575866, 0.5842205],
      [765, 0.08321444, 0.01850525, 0.2123639],
    ];
    for (const [time, ...limits] of published) {
      const found = estimate.steps.find(([at]) => at === time)?.slice(1) ?? [];
      for (const [index, value] of found.entries()) expect(value).toBeCloseTo(limits[index] ?? Number.NaN, 6);
    }
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

  it("ends before an age at which nobody was left under observation while others came later", () => {
    const late = Array.from({ length: 11 }, (_, index) => ({ durationMs: 900 + index, ended: true, enteredMs: 400 + index }));
    expect(kaplanMeier([{ durationMs: 50, ended: true }, ...late])).toMatchObject({
      n: 12,
      steps: [],
      medianMs: null,
      medianIntervalMs: null,
    });
    const early = [48, 49, 50, 51].map((durationMs) => ({ durationMs, ended: true }));
    const { steps, medianMs, medianIntervalMs } = kaplanMeier([...early, ...late]);
    expect(steps.map(([at]) => at)).toEqual([48, 49, 50]);
    expect([medianMs, medianIntervalMs?.[1]]).toEqual([49, Number.POSITIVE_INFINITY]);
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
