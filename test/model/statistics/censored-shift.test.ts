import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { censoredShift, gehanTest } from "../../../src/model/statistics/censored-shift.js";
import { createRandom, type Random } from "../../../src/model/statistics/random.js";
import { locationShift } from "../../../src/model/statistics/rank-test.js";
import type { Lifetime } from "../../../src/model/statistics/survival.js";

const ended = (durations: readonly number[]): Lifetime[] => durations.map((durationMs) => ({ durationMs, ended: true }));
const cut = (durations: readonly number[]): Lifetime[] => durations.map((durationMs) => ({ durationMs, ended: false }));

/** Weeks of remission with placebo and with 6-MP, of which some were going on: Freireich et al. 1963, the example of Gehan 1965. */
const PLACEBO = ended([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]);
const TREATED = [...ended([6, 6, 6, 7, 10, 13, 16, 22, 23]), ...cut([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])].sort(
  (a, b) => a.durationMs - b.durationMs,
);

describe("the test of two samples with lifetimes cut off", () => {
  it("gives Gehan's published statistic for the remissions, and the published chi-square", () => {
    const { score, variance } = gehanTest(PLACEBO, TREATED);
    expect(score).toBe(271);
    expect(score ** 2 / variance).toBeCloseTo(13.4579, 3);
  });
});

describe("the shift between two samples with lifetimes cut off", () => {
  it("is Hodges and Lehmann's where all ended", () => {
    const sample = fc.uniqueArray(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(sample, sample, (older, newer) => {
        expect(censoredShift(ended(older), ended(newer))?.shift ?? Number.NaN).toBeCloseTo(locationShift(older, newer).shift, 4);
      }),
    );
  });

  it("moves by a constant that is added to the newer lifetimes", () => {
    const moved = TREATED.map(({ durationMs, ended: end }) => ({ durationMs: durationMs + 7, ended: end }));
    const [plain, shifted] = [censoredShift(PLACEBO, TREATED), censoredShift(PLACEBO, moved)];
    expect((shifted?.shift ?? 0) - (plain?.shift ?? 0)).toBeCloseTo(7, 6);
    expect((shifted?.interval?.[0] ?? 0) - (plain?.interval?.[0] ?? 0)).toBeCloseTo(7, 6);
  });

  it("does not exist where nothing ended on one side", () => {
    expect(censoredShift(ended([1, 2, 3]), cut([1, 2, 3]))).toBeUndefined();
  });

  it("does not exist where so much was cut off that one side stays open", () => {
    const early = [...ended([1, 2, 3, 4, 5, 6]), ...cut(Array.from({ length: 40 }, () => 6))];
    expect(censoredShift(ended([1, 2, 3, 4, 5, 6, 7, 8]), early)).toBeUndefined();
  });

  it("lies in its interval in about 95% of simulated runs whose capture cut the last ones off, as leaving them out would not", () => {
    const random = createRandom("cut off");
    const runs = 600;
    const truth = 4000;
    let [held, heldWithout] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      const older = lifetimes(random, 40, 0, 100_000);
      const newer = lifetimes(random, 40, truth, 44_000);
      held += Number(holds(censoredShift(older, newer)?.interval, truth));
      const seen = (sample: readonly Lifetime[]) => sample.filter((entry) => entry.ended).map((entry) => entry.durationMs);
      heldWithout += Number(holds(locationShift(seen(older), seen(newer)).interval, truth));
    }
    expect(held / runs).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.05 * 0.95) / runs));
    expect(held / runs).toBeLessThan(0.985);
    expect(heldWithout / runs).toBeLessThan(0.9);
  });
});

const holds = (interval: readonly [number, number] | undefined, value: number) =>
  interval !== undefined && interval[0] <= value && value <= interval[1];

/** Jobs that begin one after the other until a capture ends; the last part of them cannot be seen to its end. */
function lifetimes(random: Random, n: number, shift: number, leastSeenFor: number): Lifetime[] {
  return Array.from({ length: n }, (_, index) => {
    const life = 50_000 + shift + 6000 * random.normal();
    const seenFor = leastSeenFor + (n - index) * 500;
    return { durationMs: Math.min(life, seenFor), ended: life <= seenFor };
  });
}
