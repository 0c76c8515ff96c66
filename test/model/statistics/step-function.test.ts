import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countOpen, type Interval } from "../../../src/model/statistics/step-function.js";
import { cpuClock } from "../../cpu-clock.js";

const interval: fc.Arbitrary<Interval> = fc
  .record({
    from: fc.integer({ min: -50, max: 150 }),
    length: fc.option(fc.integer({ min: -5, max: 80 })),
    name: fc.constantFrom("a", "b", "c"),
  })
  .map(({ from, length, name }) => (length === null ? { from, name } : { from, to: from + length, name }));
const intervals = fc.array(interval, { maxLength: 25 });
const [FROM, TO] = [0, 100];

function clipped({ from, to }: Interval): number {
  return Math.max(0, Math.min(to ?? TO, TO) - Math.max(from, FROM));
}

describe("counting what is open", () => {
  it("gives the exact steps, the peak, who was open then, and the time at each level", () => {
    const found = countOpen(
      [
        { from: 10, to: 50, name: "a" },
        { from: 20, to: 60, name: "b" },
        { from: 70, name: "c" },
      ],
      FROM,
      TO,
    );
    expect(found.points).toEqual([
      [0, 0],
      [10, 1],
      [20, 2],
      [50, 1],
      [60, 0],
      [70, 1],
    ]);
    expect([found.peak, found.peakAt, found.peakMembers]).toEqual([2, 20, ["a", "b"]]);
    expect([found.integralMs, found.mean]).toEqual([110, 1.1]);
    expect([...found.timeAtLevelMs].sort()).toEqual([
      [0, 20],
      [1, 50],
      [2, 30],
    ]);
  });

  it("does not count intervals together that only touch", () => {
    const found = countOpen(
      [
        { from: 0, to: 40, name: "a" },
        { from: 40, to: 100, name: "b" },
      ],
      FROM,
      TO,
    );
    expect([found.peak, found.points, found.peakMembers]).toEqual([1, [[0, 1]], ["a"]]);
  });

  it("keeps an open end open until the window ends, and cuts what begins before it", () => {
    const found = countOpen([{ from: -1000, name: "old" }], FROM, TO);
    expect([found.integralMs, found.mean, found.points]).toEqual([100, 1, [[0, 1]]]);
  });

  it("is empty for no intervals and for an empty or turned window", () => {
    expect(countOpen([], FROM, TO)).toMatchObject({ peak: 0, peakAt: null, peakMembers: [], mean: 0, integralMs: 0 });
    for (const end of [5, 3]) {
      const found = countOpen([{ from: 0, to: 10, name: "a" }], 5, end);
      expect([found.mean, found.integralMs, found.peak, found.timeAtLevelMs.size]).toEqual([0, 0, 0, 0]);
    }
  });

  it("integrates to the sum of the clipped lengths, and the levels fill the window", () => {
    fc.assert(
      fc.property(intervals, (given) => {
        const found = countOpen(given, FROM, TO);
        expect(found.integralMs).toBe(given.reduce((sum, one) => sum + clipped(one), 0));
        const levels = [...found.timeAtLevelMs];
        expect(levels.reduce((sum, [, ms]) => sum + ms, 0)).toBe(TO - FROM);
        expect(levels.reduce((sum, [level, ms]) => sum + level * ms, 0)).toBe(found.integralMs);
        expect(found.points.every(([at, level]) => at >= FROM && at < TO && level >= 0)).toBe(true);
        for (const [index, [at, level]] of found.points.entries()) {
          const open = given.filter((one) => one.from <= at && (one.to ?? TO) > at).length;
          expect(level).toBe(open);
          if (index > 0) expect(level).not.toBe(found.points[index - 1]?.[1]);
        }
        expect(found.peak).toBe(Math.max(...found.points.map(([, level]) => level)));
        expect(found.peakMembers).toHaveLength(found.peak);
      }),
    );
  });

  it("changes nothing when intervals are permuted or cut in two", () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: 1, max: 99 }), (given, cut) => {
        const whole = countOpen(given, FROM, TO);
        expect(countOpen([...given].reverse(), FROM, TO)).toEqual(whole);
        const halves = given.flatMap((one) =>
          one.from < cut && (one.to ?? TO) > cut
            ? [
                { from: one.from, to: cut, name: one.name },
                { ...one, from: cut },
              ]
            : [one],
        );
        const { points, peak, integralMs, timeAtLevelMs } = countOpen(halves, FROM, TO);
        expect({ points, peak, integralMs, timeAtLevelMs }).toEqual({
          points: whole.points,
          peak: whole.peak,
          integralMs: whole.integralMs,
          timeAtLevelMs: whole.timeAtLevelMs,
        });
      }),
    );
  });

  it("counts 40,000 intervals at once", () => {
    const many = Array.from({ length: 40_000 }, (_, index) => ({ from: index, to: index + 50, name: String(index) }));
    const cpuMs = cpuClock();
    expect(countOpen(many, 0, 40_050)).toMatchObject({ peak: 50, integralMs: 2_000_000 });
    expect(cpuMs()).toBeLessThan(1000);
  });
});
