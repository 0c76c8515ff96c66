import { describe, expect, it } from "vitest";
import { type Correlation, inOne } from "../../../src/timeline/investigations/correlate.js";
import type { Draft } from "../../../src/timeline/investigations/draft.js";
import { MarkPoint } from "../../../src/timeline/investigations/mark-point.js";
import {
  announcedOf,
  jointRun,
  limitRuns,
  runMarksOf,
  runnersGoingOn,
  type TakenRun,
  unownedLines,
} from "../../../src/timeline/logs/joint-run.js";
import type { RunInLog, RunOfLog } from "../../../src/timeline/logs/run-of-log.js";
import type { RunnerLog } from "../../../src/timeline/logs/runner-logs.js";
import { anchoredRunner, mark, T0 } from "../builders.js";

/** A runner whose lines announce these of so many; null: a line without a number. */
const runner = (announced: number, numbers: readonly (number | null)[]): Correlation => {
  const drafts = numbers.map((announcedIndex): Draft => ({ jobId: null, port: null, points: [], announcedIndex }));
  return { drafts, runMarks: [], unmatched: [], ambiguous: [], announced };
};

function announcement(...runs: readonly (readonly Correlation[])[]): ReturnType<typeof announcedOf> {
  const correlations = runs.flat();
  const logs = correlations.map((correlation) => ({ correlation, taken: { drafts: correlation.drafts, span: null } }));
  return announcedOf({ runs }, logs);
}

const announced = (...runs: readonly (readonly Correlation[])[]): number | undefined => announcement(...runs).announced;

describe("what the logs of several runners announce together", () => {
  it("is the total once where they share one numbering", () => {
    expect(announced([runner(4, [1, 3]), runner(4, [2, 4])])).toBe(4);
    // One that failed was tried again by the other.
    expect(announced([runner(4, [1, 3]), runner(4, [2, 3, 4])])).toBe(4);
  });

  it("is the sum where each has its own", () => {
    expect(announced([runner(4, [1, 2, 3, 4]), runner(4, [1, 2, 3])])).toBe(8);
    expect(announced([runner(4, [1, 2, 3, 4]), runner(6, [1, 2])])).toBe(10);
    // Their logs begin in the middle.
    expect(announced([runner(30, [5, 6, 7, 8]), runner(30, [6, 7, 8])])).toBe(60);
  });

  it("is the sum of lines without a number only where they did more than one total", () => {
    expect(announced([runner(4, [null, null, null]), runner(4, [null, null])])).toBe(8);
    expect(announced([runner(4, [null, null]), runner(4, [null, null])])).toBe(4);
  });

  it("is the sum of what each of several runs announces", () => {
    expect(announced([runner(4, [1, 3]), runner(4, [2, 4])], [runner(4, [1, 3]), runner(4, [2, 4])])).toBe(8);
    // Neither shares a numbering with another run.
    expect(announced([runner(4, [null, null])], [runner(4, [null, null])])).toBe(8);
    const { announced: _, ...silent } = runner(4, [1]);
    expect(announced([runner(4, [1])], [silent])).toBeUndefined();
  });
});

describe("the last number in the logs", () => {
  it("is told where they hold fewer investigations: they begin later, or lines are missing", () => {
    expect(announcement([runner(30, [28, 29, 30])])).toEqual({ announced: 30, lastNumber: 30 });
    expect(announcement([runner(30, [1, 2, 4])])).toEqual({ announced: 30, lastNumber: 4 });
    expect(announcement([runner(30, [21, 23]), runner(30, [22, 24])])).toEqual({ announced: 30, lastNumber: 24 });
  });

  it("says nothing new of a run that stopped, or of runners that each count for themselves", () => {
    expect(announcement([runner(30, [1, 2, 3])])).toEqual({ announced: 30 });
    expect(announcement([runner(4, [1, 2, 3, 4]), runner(4, [1, 2, 3])])).toEqual({ announced: 8 });
    expect(announcement([runner(4, [null, null])])).toEqual({ announced: 4 });
  });
});

describe("lines that no investigation owns", () => {
  const log = (unmatchedAt: readonly number[], left: number, fields: Partial<RunInLog> = {}, investigations = 2) => {
    const found = {
      ...runner(
        2,
        Array.from({ length: investigations }, () => null),
      ),
      span: null,
      isBeginning: false,
      ...fields,
    };
    const unmatched = unmatchedAt.map((ms) => mark("connected", ms));
    const taken = { drafts: found.drafts.slice(0, left), span: null };
    return { log: { clock: "runner" }, correlation: found, ofRuns: [{ ...found, unmatched }], taken } as unknown as TakenRun;
  };

  it("are told of by the first in each log", () => {
    expect(unownedLines([log([5, 10], 2)])).toEqual([{ clock: "runner", at: T0 + 5 }]);
    expect(unownedLines([log([], 2)])).toEqual([]);
  });

  it("say nothing of the run where it begins in the log, or where some of it is left out", () => {
    expect(unownedLines([log([5], 2, { isBeginning: true })])).toEqual([]);
    expect(unownedLines([log([5], 1)])).toEqual([]);
    expect(unownedLines([log([5], 0, {}, 0)])).toEqual([]);
  });
});

const MINUTE = 60_000;

/** A log with runs of one investigation each, between these minutes of cluster time, on a clock that shows `aheadMs` more. */
interface LogOfRuns {
  readonly aheadMs: number;
  readonly runs: readonly (readonly [number, number])[];
}

/** The joint run of such logs; `read` as the pipeline would read them. */
function joint(logs: readonly LogOfRuns[], wanted?: number | "all") {
  const read = (log: RunnerLog, of: number | "all" | undefined): RunOfLog => {
    const { aheadMs, runs } = logs[Number(log.marks.length)] as LogOfRuns;
    const chosen = of === "all" ? runs : runs.slice((of ?? runs.length) - 1, of ?? runs.length);
    const ofRuns = chosen.map(([from, to]) => ({
      ...runner(1, [1]),
      span: { lo: from * MINUTE + aheadMs, hi: to * MINUTE + aheadMs },
      isBeginning: true,
    }));
    const selection = { selected: of ?? runs.length, found: runs.length };
    return { log, ofRuns, correlation: inOne(ofRuns), selection, clock: anchoredRunner({ offsetMs: aheadMs }) } as unknown as RunOfLog;
  };
  const given = logs.map((_, index) => ({ marks: { length: index }, clock: "runner" }) as unknown as RunnerLog);
  return jointRun(given, wanted, read);
}

/** By log the numbers of the runs that its investigations are of. */
const numbers = ({ logs }: ReturnType<typeof joint>) => logs.map(({ correlation }) => correlation.drafts.map(({ run }) => run));

describe("several runs of several logs", () => {
  /** One after the other: the first and third on one clock, the second and fourth on another. */
  const inTurn = [
    {
      aheadMs: 0,
      runs: [
        [0, 20],
        [100, 120],
      ],
    },
    {
      aheadMs: 90 * MINUTE,
      runs: [
        [50, 70],
        [150, 170],
      ],
    },
  ] as const;
  /** Two runs of two runners at once. */
  const atOnce = [
    {
      aheadMs: 0,
      runs: [
        [0, 20],
        [100, 120],
      ],
    },
    {
      aheadMs: 90 * MINUTE,
      runs: [
        [1, 21],
        [99, 119],
      ],
    },
  ] as const;

  it("are numbered by the time of all clocks, where all were asked for", () => {
    const all = joint(inTurn, "all");
    expect(all).toMatchObject({ selection: { selected: "all", found: 4 }, left: [], inTurn: true });
    expect(numbers(all)).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(all.runs.map((run) => run.length)).toEqual([1, 1, 1, 1]);
    const pairs = joint(atOnce, "all");
    expect(pairs).toMatchObject({ selection: { found: 2 }, inTurn: false });
    expect(numbers(pairs)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(pairs.runs.map((run) => run.length)).toEqual([2, 2]);
  });

  it("have no number where they are one", () => {
    const one = joint(
      [
        { aheadMs: 0, runs: [[0, 20]] },
        { aheadMs: 90 * MINUTE, runs: [[5, 25]] },
      ],
      "all",
    );
    expect([one.selection, numbers(one)]).toEqual([{ selected: "all", found: 1 }, [[undefined], [undefined]]]);
  });

  it("are chosen by the same numbers; without one the last is taken", () => {
    const spanOf = (wanted?: number) => joint(inTurn, wanted).logs.map(({ ofRuns }) => (ofRuns[0]?.span?.lo ?? 0) / MINUTE);
    expect([spanOf(1), spanOf(2), spanOf(3), spanOf(4), spanOf()]).toEqual([[0], [140], [100], [240], [240]]);
    expect(joint(inTurn)).toMatchObject({ selection: { selected: 4, found: 4 }, inTurn: true });
    expect(joint(inTurn).left).toHaveLength(1);
    expect(joint(atOnce, 1)).toMatchObject({ selection: { selected: 1, found: 2 }, left: [], inTurn: false });
    expect(() => joint(inTurn, 5)).toThrow(/run 5 was asked for, but the log holds 4/);
  });

  it("stay those of its lines where there is but one log", () => {
    const [log] = inTurn;
    expect(joint([log])).toMatchObject({ selection: { selected: 2, found: 2 }, inTurn: true });
    expect(numbers(joint([log], "all"))).toEqual([[1, 2]]);
    expect(numbers(joint([log], 1))).toEqual([[undefined]]);
  });

  it("give the clock of the first runner to the first log of the run", () => {
    expect(joint(inTurn, 2).logs.map(({ log, clock }) => [log.clock, clock?.id])).toEqual([["runner", "runner"]]);
    expect(joint(inTurn, "all").logs.map(({ log, clock }) => [log.clock, clock?.id])).toEqual([
      ["runner", "runner"],
      ["runner:2", "runner:2"],
    ]);
  });
});

describe("what --from and --to leave of the logs of one run", () => {
  /** Investigations that begin at these minutes, each with a mark of the run just before it. */
  const log = (clock: string, minutes: readonly number[]) => {
    const at = minutes.map((minute) => minute * MINUTE);
    const drafts = at.map(
      (ms): Draft => ({ jobId: null, port: null, announcedIndex: null, points: [new MarkPoint(mark("configure-start", ms))] }),
    );
    const runMarks = at.map((ms) => new MarkPoint(mark("iteration", ms, { iteration: "1" })));
    return { log: { clock }, correlation: { drafts, runMarks }, span: { lo: T0, hi: T0 + 60 * MINUTE } } as unknown as RunOfLog;
  };
  const limit = (minutes: number) => ({ at: T0 + minutes * MINUTE, zoned: false });
  const early = log("runner", [1, 2, 3]);
  const late = log("runner:2", [11, 12, 13]);
  const left = (limits: Parameters<typeof limitRuns>[1]) => {
    const limited = limitRuns([early, late], limits);
    return { marks: limited.map((run) => runMarksOf(run, undefined).length), goingOn: [...runnersGoingOn(limited)] };
  };

  it("are no marks of a runner all of whose investigations are left out", () => {
    expect(left({ from: limit(10) })).toEqual({ marks: [0, 3], goingOn: [] });
    expect(left({ to: limit(10) })).toEqual({ marks: [3, 0], goingOn: [] });
  });

  it("tells which runners went on", () => {
    // The mark of the first investigation that is left out stands at its beginning.
    expect(left({ to: limit(13) })).toEqual({ marks: [3, 3], goingOn: ["runner:2"] });
    expect(left({})).toEqual({ marks: [3, 3], goingOn: [] });
  });
});
