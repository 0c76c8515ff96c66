import { describe, expect, it } from "vitest";
import type { LogMark } from "../../src/model/event.js";
import type { Draft } from "../../src/timeline/correlate.js";
import { creationBounds } from "../../src/timeline/creation-windows.js";
import { changedPoint, MarkPoint } from "../../src/timeline/mark-point.js";
import { focusServer, investigationMarks, mark, T0 } from "./builders.js";

const draftOf = (marks: readonly LogMark[], more: Partial<Draft> = {}): Draft => ({
  jobId: null,
  port: null,
  points: marks.map((one) => new MarkPoint(one)),
  announcedIndex: null,
  ...more,
});

function bounds(marks: readonly LogMark[], more: Partial<Draft> = {}): readonly number[] {
  const { lo, hi } = creationBounds(focusServer)(draftOf(marks, more)) ?? { lo: Number.NaN, hi: Number.NaN };
  return [lo - T0, hi - T0];
}

describe("when the Job of an investigation was created, by its log", () => {
  const header = mark("investigation-header", 0, { index: "1", total: "9" });
  const [request, answer, ...rest] = investigationMarks(4_000, "1-1", "12301") as [LogMark, LogMark, ...LogMark[]];
  const failed = mark("configure-failed", 9_000, { error: "503" });

  it("is between its request and the answer, not between its first two lines", () => {
    expect(bounds([header, request, answer, ...rest])).toEqual([4_000, 4_301]);
    expect(bounds([request, answer])).toEqual([4_000, 4_301]);
  });

  it("is open above where the request was not answered", () => {
    expect(bounds([header, request])).toEqual([4_000, Number.POSITIVE_INFINITY]);
    expect(bounds([header])).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  it("is open below where the log does not hold the request", () => {
    expect(bounds(rest)).toEqual([Number.NEGATIVE_INFINITY, 4_311]);
    expect(bounds([])).toEqual([Number.NaN, Number.NaN]);
  });

  it("may be a while after a failure, which tells that the client gave up", () => {
    expect(bounds([header, request, failed])).toEqual([4_000, 69_000]);
  });

  it("is before the first success where it was tried again", () => {
    const [again, answered] = investigationMarks(20_000, "1-1", "12301") as [LogMark, LogMark];
    expect(bounds([header, request, failed, again, answered])).toEqual([4_000, 20_301]);
    expect(bounds([header, request, failed, answered])).toEqual([4_000, 20_301]);
    expect(bounds([header, request, failed, again])).toEqual([4_000, Number.POSITIVE_INFINITY]);
  });

  it("has room for lines that may be another's", () => {
    expect(bounds([request, answer], { originSince: T0 + 1_000 })).toEqual([1_000, 4_301]);
    const points = [new MarkPoint(request), changedPoint(new MarkPoint(answer), { uncertain: true })];
    expect(bounds([], { points })).toEqual([4_000, Number.POSITIVE_INFINITY]);
  });
});
