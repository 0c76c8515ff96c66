import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { correlate } from "../../../src/timeline/investigations/correlate.js";
import { endingsOfRuns } from "../../../src/timeline/logs/run-endings.js";
import { focusServer, investigationMarks, T0 } from "../builders.js";

const SECOND_RUN_MS = 600_000;
/** The second investigation of the first run was cut after so many marks. */
const killed = (marks: number): readonly (readonly LogMark[])[] => [
  [...investigationMarks(0, "1-1", "12301"), ...investigationMarks(20_000, "2-2", "12302").slice(0, marks)],
  investigationMarks(SECOND_RUN_MS, "3-3", "12303"),
];

function outcomes(runs: readonly (readonly LogMark[])[], upToMs: number, kept: (index: number) => boolean = () => true) {
  const ofRuns = runs.map((marks) => {
    const last = marks.at(-1)?.at;
    return { ...correlate(marks, focusServer), span: { lo: T0, hi: (last?.at ?? 0) + (last?.resolutionMs ?? 0) }, isBeginning: true };
  });
  const drafts = ofRuns.flatMap((run) => run.drafts).filter((_, index) => kept(index));
  return endingsOfRuns({ ofRuns }, { drafts, span: { lo: T0, hi: T0 + upToMs } }, focusServer).map(({ outcome }) => outcome);
}

describe("several runs of one log", () => {
  it.each([2, 4, 6])("the last investigation of one that was killed goes on, whatever comes after it (%i marks)", (marks) => {
    expect(outcomes(killed(marks), SECOND_RUN_MS + 30_000)).toEqual(["ok", "running", "ok"]);
  });

  it("one that was silent until the log ends has failed", () => {
    const [first, second] = killed(6);
    expect(outcomes([second as readonly LogMark[], first as readonly LogMark[]], SECOND_RUN_MS * 2)).toEqual(["ok", "ok", "failed"]);
  });

  it("those that are kept have their own endings", () => {
    expect(outcomes(killed(6), SECOND_RUN_MS + 30_000, (index) => index === 1)).toEqual(["running"]);
    expect(outcomes(killed(6), SECOND_RUN_MS + 30_000, (index) => index === 2)).toEqual(["ok"]);
  });
});
