import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IntervalLifetime } from "../../../src/model/statistics/interval-censored.js";
import { intervalSurvival } from "../../../src/model/statistics/interval-survival.js";
import { kaplanMeier, type Lifetime } from "../../../src/model/statistics/survival.js";

const OPEN = Number.POSITIVE_INFINITY;

function exact({ durationMs, ended, enteredMs = 0 }: Lifetime): IntervalLifetime {
  return { loMs: durationMs, hiMs: ended ? durationMs : OPEN, enteredMs };
}

const lifetime = fc.record({ durationMs: fc.integer({ min: 1, max: 60 }), ended: fc.boolean() });

/** Ends as ranges, some of them right-censored; `below` and `above` are how far the range goes from where the end was. */
const ranged = fc.record({
  at: fc.integer({ min: 30, max: 70 }),
  below: fc.nat(15),
  above: fc.nat(15),
  more: fc.nat(10),
  censored: fc.integer({ min: 0, max: 9 }).map((one) => one < 3),
});
type Ranged = typeof ranged extends fc.Arbitrary<infer T> ? T : never;

function range({ at, below, above, censored }: Ranged, more = 0): IntervalLifetime {
  return censored ? { loMs: at, hiMs: OPEN } : { loMs: at - below - more, hiMs: at + above + more };
}

describe("survival from ends that are ranges", () => {
  it("has the limits and the interval of Kaplan-Meier where no range has a width", () => {
    fc.assert(
      fc.property(fc.array(lifetime, { minLength: 1, maxLength: 40 }), (given) => {
        fc.pre(given.some(({ ended }) => !ended));
        const classic = kaplanMeier(given);
        const found = intervalSurvival(given.map(exact));
        expect(found.medianMs).toBe(classic.medianMs);
        if (classic.medianMs === null) return;
        expect(found.medianRangeMs).toEqual([classic.medianMs, classic.medianMs]);
        expect(found.medianIntervalMs).toEqual(classic.medianIntervalMs);
        for (const [index, step] of found.steps.entries())
          for (const [part, value] of step.entries()) expect(value).toBeCloseTo(classic.steps[index]?.[part] ?? Number.NaN, 5);
      }),
    );
  });

  it("leaves open which age is the median where exactly half have ended, up to the next end", () => {
    const given = [10, 12, 14, 60, 62, 64].map((at) => ({ loMs: at - 1, hiMs: at }));
    const { medianMs, medianRangeMs, medianIntervalMs } = intervalSurvival(given);
    expect([medianMs, medianRangeMs]).toEqual([14, [13, 60]]);
    expect(medianIntervalMs).toEqual([9, 64]);
  });

  it("has a range that holds the median of every choice of ends, and an interval that holds the interval of each", () => {
    const choice = fc.array(fc.tuple(ranged, fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 8, maxLength: 40 });
    fc.assert(
      fc.property(choice, (given) => {
        const found = intervalSurvival(given.map(([one]) => range(one)));
        const chosen = kaplanMeier(
          given.map(([one, where]) => {
            const { loMs, hiMs } = range(one);
            return one.censored ? { durationMs: loMs, ended: false } : { durationMs: loMs + where * (hiMs - loMs), ended: true };
          }),
        );
        if (chosen.medianMs === null || found.medianRangeMs === null) return;
        expect(found.medianRangeMs[0]).toBeLessThanOrEqual(chosen.medianMs);
        expect(found.medianRangeMs[1]).toBeGreaterThanOrEqual(chosen.medianMs);
        if (found.medianIntervalMs === null || chosen.medianIntervalMs === null || chosen.censored === 0) return;
        expect(found.medianIntervalMs[0]).toBeLessThanOrEqual(chosen.medianIntervalMs[0]);
        expect(found.medianIntervalMs[1]).toBeGreaterThanOrEqual(chosen.medianIntervalMs[1]);
      }),
      { numRuns: 300 },
    );
  });

  it("never has a narrower range or interval when the ends are known less well", () => {
    fc.assert(
      fc.property(fc.array(ranged, { minLength: 8, maxLength: 40 }), (given) => {
        const known = intervalSurvival(given.map((one) => range(one)));
        const less = intervalSurvival(given.map((one) => range(one, one.more)));
        for (const part of ["medianRangeMs", "medianIntervalMs"] as const) {
          const [narrow, wide] = [known[part], less[part]];
          if (narrow === null || wide === null) continue;
          expect(wide[0]).toBeLessThanOrEqual(narrow[0]);
          expect(wide[1]).toBeGreaterThanOrEqual(narrow[1]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("prints a median inside its range, and its range inside its interval", () => {
    fc.assert(
      fc.property(fc.array(ranged, { minLength: 1, maxLength: 40 }), (given) => {
        const { medianMs, medianRangeMs, medianIntervalMs, steps } = intervalSurvival(given.map((one) => range(one)));
        for (const [, share, lower, upper] of steps) expect([lower <= share, share <= upper]).toEqual([true, true]);
        if (medianMs === null || medianRangeMs === null) return;
        expect([medianRangeMs[0] <= medianMs, medianMs <= medianRangeMs[1]]).toEqual([true, true]);
        if (medianIntervalMs === null) return;
        expect([medianIntervalMs[0] <= medianRangeMs[0], medianRangeMs[1] <= medianIntervalMs[1]]).toEqual([true, true]);
      }),
    );
  });

  it("does not depend on the order of the lifetimes", () => {
    fc.assert(
      fc.property(fc.array(ranged, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (given, keys) => {
        const shuffled = given.map((one) => ({ one, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key);
        const [here, there] = [intervalSurvival(given.map((one) => range(one))), intervalSurvival(shuffled.map(({ one }) => range(one)))];
        expect([there.medianMs, there.medianRangeMs, there.medianIntervalMs]).toEqual([
          here.medianMs,
          here.medianRangeMs,
          here.medianIntervalMs,
        ]);
        expect(there.steps.map(([at]) => at)).toEqual(here.steps.map(([at]) => at));
      }),
    );
  });

  it("says nothing of an empty sample, and has no median where too many are open", () => {
    expect(intervalSurvival([])).toMatchObject({
      n: 0,
      censored: 0,
      steps: [],
      medianMs: null,
      medianRangeMs: null,
      medianIntervalMs: null,
    });
    const open = Array.from({ length: 8 }, () => ({ loMs: 10, hiMs: OPEN }));
    expect(intervalSurvival([{ loMs: 3, hiMs: 6 }, ...open])).toMatchObject({ n: 1, censored: 8, medianMs: null, medianIntervalMs: null });
  });
});
