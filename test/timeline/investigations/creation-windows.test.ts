import { describe, expect, it } from "vitest";
import type { LogMark } from "../../../src/model/event.js";
import { creationBounds, creationSpans, creationWindows } from "../../../src/timeline/investigations/creation-windows.js";
import type { Draft } from "../../../src/timeline/investigations/draft.js";
import { changedPoint, MarkPoint } from "../../../src/timeline/investigations/mark-point.js";
import { cpuClock } from "../../cpu-clock.js";
import { focusServer, investigationMarks, mark, T0 } from "../builders.js";

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

  it("is before an answer that is its own, where an earlier one may be another's", () => {
    const draft = draftOf([request, answer, ...rest]);
    const [asked, told, ...others] = draft.points;
    if (asked === undefined || told === undefined) throw new Error("no answer");
    const doubtful = { ...draft, points: [asked, changedPoint(told, { uncertain: true }), ...others] };
    const until = (given: Draft) => creationWindows([given], focusServer).map(({ to }) => to.mark);
    expect([until(draft), until(doubtful)]).toEqual([["configured"], ["tracked"]]);
    expect(creationSpans(focusServer)(doubtful)?.tries[0]).toEqual({ lo: T0 + 4_000, hi: T0 + 4_311 });
    expect(until({ ...doubtful, points: doubtful.points.slice(0, 2) })).toEqual(["configured"]);
    // Of several that may be another's, the one with its key.
    const alike = { ...draft, points: draft.points.map((point) => changedPoint(point, { uncertain: true })) };
    expect(until(alike)).toEqual(["tracked"]);
  });

  it("is open where its request may stand before the log", () => {
    const draft = draftOf([request, answer], { originSince: Number.NEGATIVE_INFINITY });
    expect(creationWindows([draft], focusServer)).toEqual([]);
    expect(bounds([request, answer], { originSince: Number.NEGATIVE_INFINITY })).toEqual([Number.NEGATIVE_INFINITY, 4_301]);
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

describe("the tries of an investigation, by its lines", () => {
  const spans = (marks: readonly LogMark[], more: Partial<Draft> = {}) => {
    const { tries, within } = creationSpans(focusServer)(draftOf(marks, more)) ?? { tries: [], within: { lo: 0, hi: 0 } };
    return [...tries, within].map(({ lo, hi }) => [lo - T0, hi - T0]);
  };
  const failed = (ms: number) => mark("configure-failed", ms, { error: "503" });
  const marks = investigationMarks(4_000, "1-1", "12301");

  it("are from the request to the answer, and from each further attempt to what shows that it went well", () => {
    expect(spans(marks)).toEqual([
      [4_000, 4_301],
      [6_000, 7_001],
      [4_000, 14_001],
    ]);
  });

  it("go on after a failure, for a while where nothing follows", () => {
    const [request, answer] = marks as [LogMark, LogMark];
    expect(spans([request, failed(5_000), { ...answer, at: { ...answer.at, at: T0 + 8_000 } }])).toEqual([
      [4_000, 5_001],
      [5_000, 8_001],
      [4_000, 8_001],
    ]);
    expect(spans([request, failed(5_000)])).toEqual([
      [4_000, 5_001],
      [5_000, 65_000],
      [4_000, 65_000],
    ]);
  });

  it("are late only where a failure is the last line: what a Job fits otherwise comes before it", () => {
    const late = (given: readonly LogMark[]) => creationSpans(focusServer)(draftOf(given))?.tries.map((one) => one.late === true);
    const [request, answer] = marks as [LogMark, LogMark];
    expect(late([request, failed(5_000)])).toEqual([false, true]);
    expect(late([request, failed(5_000), { ...answer, at: { ...answer.at, at: T0 + 8_000 } }])).toEqual([false, false]);
  });

  it("begin before the first line where the log does not hold the request", () => {
    expect(spans(marks.slice(2))[0]).toEqual([Number.NEGATIVE_INFINITY, 4_310]);
    expect(spans([])).toEqual([[-T0, -T0]]);
  });

  it("bound a clock only where the first one was answered", () => {
    const windows = creationWindows([draftOf(marks), draftOf([marks[0] as LogMark, failed(5_000), ...marks.slice(1)])], focusServer);
    expect(windows.map(({ from, to }) => [from.mark, to.mark])).toEqual([["configure-start", "configured"]]);
  });
});

it("takes an investigation that was tried sixty thousand times at once", () => {
  const tries = Array.from({ length: 60_000 }, (_, index) => [
    mark("connecting", 1_000 + index * 20, { host: "h", port: "12301" }),
    mark("connect-failed", 1_010 + index * 20, { host: "h", port: "12301", error: "refused" }),
  ]).flat();
  const draft = draftOf([mark("configure-start", 0), mark("configured", 300), ...tries]);
  const cpuMs = cpuClock();
  expect(creationSpans(focusServer)(draft)?.tries.length).toBe(120_001);
  expect(cpuMs()).toBeLessThan(1_000);
});
