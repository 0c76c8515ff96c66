import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import type { RunnerLog } from "../../../src/timeline/logs/runner-logs.js";
import { withoutStep } from "../../../src/timeline/logs/step-log.js";
import { mark, T0 } from "../builders.js";

/** A request and its answer, and another one after a pause, as the clock shows them. */
const logOf = (...readings: readonly number[]): readonly LogMark[] =>
  readings.map((ms, index) => mark(index % 2 === 0 ? "configure-start" : "tracked", ms, {}, { evidence: { source: 0, line: index + 1 } }));

function unstepped(marks: readonly LogMark[], byMs: number) {
  const log: RunnerLog = {
    clock: "runner",
    marks,
    dates: [],
    shifts: new Map(),
    baseShifts: new Map(),
    zoneShifts: new Map(),
    changes: [],
    doubtful: [],
    setBackSessions: 0,
    apart: false,
  };
  const side = { lo: 0, hi: 0, agreeing: 5, total: 5 };
  const bound = (from: number) => ({ at: T0, lo: 0, hi: 0, lines: { source: 0, from, to: from + 1 } });
  const step = { before: side, after: side, byMs, uncertaintyMs: 0, last: bound(1), first: bound(3), agreeing: 10 };
  const { marks: moved, changes, doubtful } = withoutStep(log, step);
  const since = (ms: number) => ms - T0;
  const [change] = changes;
  return {
    readings: moved.map(({ at }) => since(at.at)),
    kind: change?.kind,
    between: change && [change.between.lo, change.between.hi].map(since),
    doubtful: doubtful.length,
  };
}

describe("a log whose clock was set once, with that taken out", () => {
  it("shows a clock that was set forward between an answer and the next request", () => {
    const found = unstepped(logOf(0, 300, 25_000, 25_300), 5_000);
    expect(found).toEqual({ readings: [0, 300, 20_000, 20_300], kind: "step", between: [300, 20_000], doubtful: 1 });
  });

  it("shows one that was set back where the log itself goes back, also between a request and its answer", () => {
    expect(unstepped(logOf(0, 300, 20_000, 15_300), -5_000)).toMatchObject({
      readings: [0, 300, 20_000, 20_300],
      between: [20_000, 20_300],
    });
  });

  it("shows one that was set back somewhere between a request and a later answer where it does not: what lies in between is doubtful", () => {
    const { between, readings } = unstepped(logOf(0, 300, 15_000, 15_300), -5_000);
    expect(between).toEqual([0, 20_300]);
    expect([readings[0], readings[3]]).toEqual([0, 20_300]);
    expect(readings.every((ms, index) => index === 0 || ms > (readings[index - 1] ?? 0))).toBe(true);
  });

  it("is exact where the step is that of summer time, and nothing stands in between", () => {
    expect(unstepped(logOf(0, 300, 3_620_100, 3_620_400), 3_600_090)).toMatchObject({
      readings: [0, 300, 20_100, 20_400],
      kind: "zone",
      doubtful: 0,
    });
  });
});
