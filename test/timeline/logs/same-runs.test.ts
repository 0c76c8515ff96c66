import { describe, expect, it } from "vitest";
import { type RunPlace, sameRuns } from "../../../src/timeline/logs/same-runs.js";

const MINUTE = 60_000;

/** The runs of a log [minutes], its first lines those of a run each time; null: no clock places it. */
type LogRuns = readonly (readonly [number, number] | null)[];

const [first, second, third] = [[0, 20] as const, [30, 50] as const, [60, 80] as const];

function places(logs: readonly LogRuns[], isBeginning = true): RunPlace[] {
  return logs.flatMap((runs, log) =>
    runs.map((span, index) => ({
      log,
      run: index + 1,
      span: span === null ? null : { lo: span[0] * MINUTE, hi: span[1] * MINUTE },
      isBeginning,
    })),
  );
}

/** Each run as "log.run" of all its places. */
const named = (found: ReturnType<typeof sameRuns>) =>
  found.runs.map((run) =>
    run
      .map(({ log, run }) => `${"ABC"[log]}${run}`)
      .sort()
      .join(" "),
  );
const together = (...logs: readonly LogRuns[]) => named(sameRuns(places(logs)));

describe("runs of several logs", () => {
  it("are one where they overlap, in whatever order they begin and end", () => {
    expect(together([[0, 30]], [[2, 31]], [[1, 20]])).toEqual(["A1 B1 C1"]);
    expect(together([[0, 60]], [[59, 120]])).toEqual(["A1 B1"]);
    // The second overlaps both others, which do not overlap each other.
    expect(together([[0, 30]], [[25, 70]], [[65, 90]])).toEqual(["A1 B1 C1"]);
  });

  it("are several where one ended before the other began, as in one log", () => {
    expect(together([[0, 30]], [[100, 130]])).toEqual(["A1", "B1"]);
    expect(together([[100, 130]], [[50, 80]])).toEqual(["B1", "A1"]);
  });

  it("are one where the later goes on within an hour, without the first lines of a run", () => {
    const goingOn = (from: number) => named(sameRuns(places([[[0, 30]], [[from, 130]]], false)));
    expect([goingOn(90), goingOn(91)]).toEqual([["A1 B1"], ["A1", "B1"]]);
  });

  it("are paired by their times, not by their numbers", () => {
    const log: LogRuns = [first, second, third];
    expect(together([first, third], [second])).toEqual(["A1", "B1", "A2"]);
    expect(together(log, [[31, 51]])).toEqual(["A1", "A2 B1", "A3"]);
    expect(together(log, log)).toEqual(["A1 B1", "A2 B2", "A3 B3"]);
  });

  it("are never one in one log: of two that another overlaps it is one with that which it overlaps longer", () => {
    expect(together([first, second], [[0, 60]])).toEqual(["A1 B1", "A2"]);
    expect(together([first, [25, 60]], [[0, 60]])).toEqual(["A1", "A2 B1"]);
  });

  it("go on from the nearest where none overlaps", () => {
    const log: LogRuns = [first, [61, 80]];
    expect(named(sameRuns(places([log, [second]], false)))).toEqual(["A1 B1", "A2"]);
    expect(named(sameRuns(places([log, [[40, 60]]], false)))).toEqual(["A1", "A2 B1"]);
  });

  it("of a log that nothing places are taken for the last ones", () => {
    expect(together([first], [null])).toEqual(["A1 B1"]);
    expect(together([first, second], [null])).toEqual(["A1", "A2 B1"]);
    expect(together([first], [null, null])).toEqual(["B1", "A1 B2"]);
    expect(together([null, null], [null, null], [null])).toEqual(["A1 B1", "A2 B2 C1"]);
  });

  it("that nothing places stay between those of their log that have a place", () => {
    expect(together([first, null, third], [second])).toEqual(["A1", "A2 B1", "A3"]);
    expect(together([null, second], [[31, 51]])).toEqual(["A1", "A2 B1"]);
    expect(together([first, null], [[1, 21]])).toEqual(["A1 B1", "A2"]);
    expect(together([first, null, null], [[1, 21], third])).toEqual(["A1 B1", "A2", "A3 B2"]);
  });
});

describe("whether runs were one after another", () => {
  const inTurn = (...logs: readonly LogRuns[]) => sameRuns(places(logs)).inTurn;

  it("is known where each is in one log and ended before the next", () => {
    expect([inTurn([first], [second]), inTurn([first, third], [second])]).toEqual([true, true]);
    expect(inTurn([first], [[5, 25]])).toBe(false);
    // The second log's run overlaps both of the first one's, and is one with the first of them.
    expect(inTurn([first, second], [[0, 35]])).toBe(false);
    expect(inTurn([first], [null])).toBe(false);
  });
});
