import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crossCheckDiagnostics, crossChecks } from "../../../src/analyze/cross-checks/cross-checks.js";
import type { CrossCheckDefinition } from "../../../src/model/profile.js";
import type { ReportCrossCheck } from "../../../src/model/report.js";
import type { Timeline } from "../../../src/model/timeline.js";
import { unanchoredClock } from "../../../src/timeline/clocks/clocks.js";
import { contextOf, investigation, job, moment, point, regularRun, timeline } from "../builders.js";

const title = { en: "a", he: "א" };
const active: CrossCheckDefinition = {
  id: "active",
  title,
  operator: "exactly",
  mark: "active-count",
  group: "active",
  expected: "open-jobs",
};
const slots: CrossCheckDefinition = { id: "slots", title, operator: "at-least", group: "slot", expected: "peak-open-jobs" };
const rate: CrossCheckDefinition = {
  id: "rate",
  title,
  operator: "exactly",
  mark: "stream-ended",
  group: "fps",
  expected: "frames / seconds",
};

function checked(line: Timeline, ...crossCheckList: CrossCheckDefinition[]): ReportCrossCheck[] {
  const context = contextOf(line);
  return crossChecks({ ...context, profile: { ...context.profile, crossChecks: crossCheckList } });
}

/** Investigations from 0, 20, 40 s and so on; their Jobs are open from 0.15 s after the start for 60.25 s. */
const steady = (counts: readonly (readonly [ms: number, active: string])[]): Timeline => ({
  ...regularRun(6, () => 50_400),
  runMarks: counts.map(([ms, count], index) => ({
    ...point("active-count", ms, { active: count }),
    evidence: { source: 0, line: 100 + index },
  })),
});

describe("a count in the log", () => {
  it("agrees with the Jobs that were open when it was printed", () => {
    // One Job at 10 s, three at 50 s; at 60.2 s the fourth has begun and the first is still there.
    const [check] = checked(
      steady([
        [10_000, "1"],
        [50_000, "3"],
        [60_200, "4"],
      ]),
      active,
    );
    expect(check).toMatchObject({ n: 3, differing: 0 });
  });

  it("differs by how far it is from all that may have been open, with its line", () => {
    const [check] = checked(
      steady([
        [10_000, "2"],
        [50_000, "7"],
        [55_000, "3"],
      ]),
      active,
    );
    expect(check).toMatchObject({
      n: 3,
      differing: 2,
      farthest: { reported: 7, measured: [3, 3], evidence: { source: 0, line: 101, text: "active-count" } },
    });
    expect(crossCheckDiagnostics([check as ReportCrossCheck])).toMatchObject([
      { id: "cross-checks-differ", count: 1, values: { checks: "active" }, examples: [{ line: 101 }] },
    ]);
  });

  it("may have been taken a second before it was printed, and not earlier", () => {
    expect(checked(steady([[20_900, "1"]]), active)).toMatchObject([{ n: 1, differing: 0 }]);
    expect(checked(steady([[21_500, "1"]]), active)).toMatchObject([{ n: 1, differing: 1, farthest: { measured: [2, 2] } }]);
  });

  it("counts Jobs whose end is a range as open, or not, all through it", () => {
    const line = timeline([investigation(1, 0)], [job(1, 150, null, { gone: moment(60_000, 30_000) })], {
      runMarks: [40_000, 20_000].map((ms) => point("active-count", ms, { active: "0" })),
    });
    const marks = line.runMarks.map((mark, index) => ({ ...mark, evidence: { source: 0, line: index } }));
    expect(checked({ ...line, runMarks: marks }, active)).toMatchObject([{ n: 2, differing: 1, farthest: { measured: [1, 1] } }]);
  });

  it("is held against nothing outside of what was captured, while no watch was up, or where nothing ties its clock", () => {
    const counts = steady([
      [10_000, "9"],
      [900_000, "9"],
    ]);
    expect(checked(counts, active)).toMatchObject([{ n: 1, incomparable: 1 }]);
    const hidden = { ...counts, unwatched: [{ lo: counts.jobs[0]?.created.at ?? 0, hi: (counts.jobs[0]?.created.at ?? 0) + 15_000 }] };
    expect(checked(hidden, active)).toEqual([{ id: "active", title, operator: "exactly", n: 0, differing: 0, incomparable: 2 }]);
    const untied = { ...counts, clocks: [...counts.clocks.filter(({ id }) => id !== "runner"), unanchoredClock("runner")] };
    expect(checked(untied, active)).toEqual([{ id: "active", title, operator: "exactly", n: 0, differing: 0, incomparable: 2 }]);
    expect(crossCheckDiagnostics(checked(hidden, active))).toEqual([]);
  });

  it("is held against nothing where the log holds a part of the run alone", () => {
    const covered = { lo: moment(0).at, hi: moment(130_000).at };
    const part = { ...steady([[10_000, "1"]]), run: { selected: 1, found: 1, announced: 30 }, jobCoverage: covered };
    expect(checked(part, active)).toMatchObject([{ n: 0, incomparable: 1 }]);
  });

  it("that is no number is held against nothing", () => {
    expect(
      checked(
        steady([
          [10_000, "many"],
          [11_000, "1"],
        ]),
        active,
      ),
    ).toMatchObject([{ n: 1, differing: 0, incomparable: 1 }]);
  });

  it("is no check where the log has none", () => {
    expect(checked(steady([]), active)).toEqual([]);
  });

  it("of connected investigations needs no cluster", () => {
    const connected = { ...active, expected: "connected-investigations" };
    const alone = {
      ...steady([
        [5_000, "1"],
        [15_000, "1"],
      ]),
      jobs: [],
      clocks: [unanchoredClock("runner")],
    };
    expect(checked(alone, connected)).toMatchObject([{ n: 2, differing: 1, farthest: { reported: 1, measured: [0, 0] } }]);
  });

  it("agrees whenever it is what was open at some moment of the second before it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_200, max: 108_000 }), fc.integer({ min: 0, max: 1_000 }), (ms, earlier) => {
        const line = steady([]);
        const at = ms - earlier;
        const open = line.jobs.filter(
          ({ created, gone }) => created.at <= moment(at).at && (gone?.at ?? Number.NaN) > moment(at).at,
        ).length;
        expect(checked(steady([[ms, String(open)]]), active)).toMatchObject([{ n: 1, differing: 0 }]);
      }),
    );
  });
});

describe("the largest number in the job ids", () => {
  const withSlots = (numbers: readonly number[]): Timeline => {
    const line = regularRun(6, () => 50_400);
    return { ...line, investigations: line.investigations.map((one, index) => ({ ...one, jobId: `${numbers[index]}-${index}` })) };
  };

  it.each([
    ["as many as were open at once", [1, 2, 3, 4, 1, 2], { reported: 4, differing: 0 }],
    ["more, where they are given in turn", [1, 2, 3, 9, 1, 2], { reported: 9, differing: 0 }],
    ["fewer, so that two Jobs that are told to be open at once had the same", [1, 2, 3, 1, 2, 3], { reported: 3, differing: 1 }],
  ])("is %s", (_, numbers, { reported, differing }) => {
    expect(checked(withSlots(numbers), slots)).toMatchObject([{ n: 1, differing, farthest: { reported, measured: [4, 4] } }]);
  });

  it("is no check where no job id is known", () => {
    const line = regularRun(3, () => 50_000);
    expect(checked({ ...line, investigations: line.investigations.map((one) => ({ ...one, jobId: null })) }, slots)).toEqual([]);
  });
});

describe("a number beside those that it was made from", () => {
  const ended = (...groups: Record<string, string>[]): Timeline => {
    const investigations = groups.map((own, index) => {
      const one = investigation(index + 1, index * 20_000);
      const points = one.points.map((mark) =>
        mark.mark === "stream-ended" ? { ...mark, groups: own, evidence: { source: 0, line: index + 1 } } : mark,
      );
      return { ...one, points };
    });
    return timeline(investigations, []);
  };

  it.each([
    // 500 / 6.67 = 74.96.
    ["500", "6.67", "74.9", 0],
    ["500", "6.67", "75", 0],
    ["500", "6.67", "75.4", 1],
    // One unit of the last digit: rounded, or cut off.
    ["500", "6.7", "73.6", 0],
    ["500", "6.70", "73.6", 1],
    ["5", "6.65", "0.8", 0],
    ["1,500", "20.00", "75.0", 0],
  ])("%s frames in %s s are %s a second: %i differ", (frames, seconds, fps, differing) => {
    expect(checked(ended({ frames, seconds, fps }), rate)).toMatchObject([{ n: 1, differing }]);
  });

  it("is read with the decimal sign of its log", () => {
    expect(
      checked(ended({ frames: "500", seconds: "6,67", fps: "74,9" }, { frames: "500", seconds: "0,50", fps: "999,8" }), rate),
    ).toMatchObject([{ n: 2, differing: 0 }]);
  });

  it("divided by nothing is held against nothing", () => {
    expect(checked(ended({ frames: "500", seconds: "0.0", fps: "74.9" }), rate)).toMatchObject([{ n: 0, incomparable: 1 }]);
  });

  it("stands once, however many investigations its line may be of", () => {
    const line = ended({ frames: "500", seconds: "6.67", fps: "74.9" });
    const [one] = line.investigations;
    expect(checked({ ...line, investigations: one === undefined ? [] : [one, { ...one, number: 2 }] }, rate)).toMatchObject([{ n: 1 }]);
  });
});
