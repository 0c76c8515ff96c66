import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { correlate } from "../../../src/timeline/investigations/correlate.js";
import { endings } from "../../../src/timeline/investigations/outcomes.js";
import { breakAtSkips } from "../../../src/timeline/investigations/skipped-numbers.js";
import { focusServer, investigationMarks, mark, T0 } from "../builders.js";

const COUNT = 12;
const PERIOD_MS = 20_000;

/** The lines of investigation n, one after the other, with its header. */
function linesOf(n: number): LogMark[] {
  const ms = n * PERIOD_MS;
  return [
    mark("investigation-header", ms - 1, { index: `${n}`, total: `${COUNT}` }),
    ...investigationMarks(ms, `${n}-17`, `${12_300 + n}`),
  ];
}
const run = (numbers = Array.from({ length: COUNT }, (_, index) => index + 1)) => numbers.flatMap(linesOf);

/** Of the run without the lines from one place to another: by its number, each investigation that has been doubted. */
function doubted(marks: readonly LogMark[]) {
  const { drafts } = correlate(marks, focusServer);
  return drafts.flatMap(({ announcedIndex, brokenOff, skipped, points }) =>
    brokenOff || skipped !== undefined ? [{ announcedIndex, skipped, measures: points.some(({ uncertain }) => uncertain !== true) }] : [],
  );
}

describe("a log whose headers skip numbers", () => {
  const perInvestigation = linesOf(1).length;
  const without = (from: number, count: number) => run().filter((_, index) => index < from || index >= from + count);

  it.each([1, 4, 7, 9])("lacks lines: what stands around them measures nothing (cut %i lines behind a header)", (behind) => {
    const from = 4 * perInvestigation + behind;
    for (const more of [0, 3]) {
      const skipped = doubted(without(from, 2 * perInvestigation + more));
      expect(skipped.length).toBeGreaterThan(0);
      expect(skipped[0]).toEqual({ announcedIndex: 5, skipped: more + behind > perInvestigation ? 3 : 2, measures: false });
      for (const { measures } of skipped) expect(measures).toBe(false);
    }
  });

  it("does not hold the end of the investigation before the gap, which has not failed for that", () => {
    const [from, behind] = [4 * perInvestigation, 6];
    const { drafts } = correlate(without(from + behind, 3 * perInvestigation - behind), focusServer);
    const outcomes = endings(drafts, true, T0 + (COUNT + 1) * PERIOD_MS, focusServer).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(drafts.map(({ announcedIndex }) => (announcedIndex === 5 ? "running" : "ok")));
  });

  it("is whole where each number is there, in whatever order, and where others take part in the numbering", () => {
    expect(doubted(run())).toEqual([]);
    expect(doubted([...linesOf(2), ...run([1, 3, 4, 5, 6, 7, 8])])).toEqual([]);
    expect(doubted(run([1, 3, 5, 7, 9, 11]))).toEqual([]);
    expect(doubted(run([1, 2, 4, 5, 6, 8, 9, 11, 12]))).toEqual([]);
  });

  it("is looked at once for each investigation, not for each gap", () => {
    const readsOf = (count: number) => {
      const numbers = Array.from({ length: count }, (_, index) => index + 1).filter((number) => number % 15 !== 0);
      let reads = 0;
      const counted = correlate(run(numbers), focusServer).drafts.map((draft) => {
        let { points } = draft;
        return Object.defineProperty({ ...draft }, "points", {
          get: () => {
            reads += 1;
            return points;
          },
          set: (changed) => {
            points = changed;
          },
        });
      });
      breakAtSkips(counted);
      expect(counted.filter(({ brokenOff }) => brokenOff)).toHaveLength(Math.floor((count - 1) / 15));
      return reads;
    };
    expect(readsOf(600)).toBeLessThan(600 * 8);
    expect(readsOf(1200) / readsOf(300)).toBeLessThan(4.2);
  });
});
