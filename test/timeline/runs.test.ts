import { describe, expect, it } from "vitest";
import { splitRuns } from "../../src/timeline/runs.js";
import { investigationMarks, mark, patterns } from "./builders.js";

const HOUR = 3_600_000;
const header = (ms: number, index: number) => mark("investigation-header", ms, { index: String(index), total: "3" });
const one = (ms: number, index: number) => [header(ms - 10, index), ...investigationMarks(ms, `1-${index}`, "12301")];

describe("telling runs apart", () => {
  it("by the header of a session", () => {
    const runs = splitRuns([mark("run-start", 0), ...one(100, 1), mark("run-start", 60_000), ...one(61_000, 1)], patterns);
    expect(runs.map((run) => run.length)).toEqual([11, 11]);
  });

  it("by numbers that begin again", () => {
    const runs = splitRuns([...one(100, 1), ...one(30_000, 2), ...one(60_000, 1)], patterns);
    expect(runs.map((run) => run.length)).toEqual([20, 10]);
  });

  it("by a silence of more than an hour", () => {
    expect(splitRuns([...one(100, 1), ...one(2 * HOUR, 2)], patterns)).toHaveLength(2);
    expect(splitRuns([...one(100, 1), ...one(HOUR - 1_000, 2)], patterns)).toHaveLength(1);
  });

  it("leaves out sessions in which nothing was begun", () => {
    expect(splitRuns([mark("run-start", 0), mark("run-start", 10), ...one(100, 1)], patterns)).toHaveLength(1);
    expect(splitRuns([mark("run-start", 0)], patterns)).toEqual([]);
    expect(splitRuns([], patterns)).toEqual([]);
  });

  it("not where threads that begin together print number 2 before number 1", () => {
    const together = [header(0, 2), header(60, 1), ...investigationMarks(100, "1-1", "12301"), ...one(30_000, 3)];
    expect(splitRuns(together, patterns)).toHaveLength(1);
    expect(splitRuns([header(0, 3), header(20, 2), header(60, 1)], patterns)).toHaveLength(1);
  });

  it("by number 1 after others had ended, or after numbers that no start of a run has", () => {
    expect(splitRuns([...one(100, 2), ...one(30_000, 1)], patterns)).toHaveLength(2);
    expect(splitRuns([header(0, 3), header(60, 1)], patterns)).toHaveLength(2);
    expect(splitRuns([header(0, 1), header(60, 1)], patterns)).toHaveLength(2);
  });

  it("does not begin again at a number that is skipped or repeated later on", () => {
    expect(splitRuns([...one(100, 2), ...one(30_000, 2), ...one(60_000, 3)], patterns)).toHaveLength(1);
  });

  it("keeps every mark, in order", () => {
    const marks = [...one(100, 1), ...one(30_000, 1), ...one(60_000, 1)];
    expect(splitRuns(marks, patterns).flat()).toEqual(marks);
  });
});
