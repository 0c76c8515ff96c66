import { describe, expect, test } from "vitest";
import { reportInvestigations, reportJobs } from "../../src/analyze/report-rows.js";
import { stageIntervals } from "../../src/analyze/stages/stage-intervals.js";
import { Handover } from "../../src/model/collections/handover.js";
import { isoFromEpoch, localIso } from "../../src/model/time.js";
import type { Investigation, Job } from "../../src/model/timeline.js";
import { buildTimeline } from "../../src/timeline/build-timeline.js";
import { changedPoint } from "../../src/timeline/investigations/mark-point.js";
import { anchoredRunner, focusServer, investigationMarks, sources } from "../timeline/builders.js";
import { job, moment, timeline as timelineOf } from "./builders.js";

const marks = [...investigationMarks(0, "1-1", "12301"), ...investigationMarks(20_400, "2-2", "12302")];
const timeline = buildTimeline(new Handover(marks), sources(60_000), { profile: focusServer });
const rows = reportInvestigations(timeline, focusServer, stageIntervals(timeline, focusServer));

describe("a row of an investigation", () => {
  test("has its stages as a property of its own, in its place, also when it is copied", () => {
    const [row] = rows;
    expect(Object.keys(row ?? {})).toContain("stages");
    expect(row?.stages.map(({ stage }) => stage)).toContain("connect");
    const copies = [{ ...row }, structuredClone(row), JSON.parse(JSON.stringify(row))];
    for (const copy of copies) {
      expect(Object.keys(copy)).toEqual(Object.keys(row ?? {}));
      expect(JSON.stringify(copy)).toBe(JSON.stringify(row));
    }
  });

  test("has the last line of one that was never opened, which no failing line tells of", () => {
    const [first] = timeline.investigations;
    const points = first?.points.slice(0, 2) ?? [];
    const unopened = { ...(first as Investigation), points, outcome: "unopened" as const };
    const one = { ...timeline, investigations: [unopened] };
    const [row] = reportInvestigations(one, focusServer, stageIntervals(one, focusServer));
    expect(row?.evidence).toEqual([{ ...points[1]?.evidence, text: points[1]?.message }]);
    expect(rows[0]?.evidence).toEqual([]);
  });

  test("leaves out times that may be another's where it is open how it ended", () => {
    const [first] = timeline.investigations;
    const points = first?.points.map((point, index) => (index === 0 ? changedPoint(point, { uncertain: true }) : point)) ?? [];
    const rowOf = (fields: Partial<Investigation>) =>
      reportInvestigations(
        { ...timeline, investigations: [{ ...(first as Investigation), ...fields }] },
        focusServer,
        stageIntervals(timeline, focusServer),
      )[0];
    expect(rowOf({ points, outcomeUncertain: true })).toMatchObject({ startedAt: null, endedAt: rows[0]?.endedAt });
    expect(rowOf({ points, outcomeUncertain: true })?.startedAtLocal).toBeUndefined();
    expect(rowOf({ points })).toMatchObject({ startedAt: rows[0]?.startedAt });
    expect(rowOf({ outcomeUncertain: true })).toMatchObject({ startedAt: rows[0]?.startedAt });
  });

  test("says nothing of the stages of another one", () => {
    const [first, second] = rows.map(({ stages }) => stages.find(({ stage }) => stage === "frames")?.fromLocal);
    expect(Date.parse(`${second}Z`) - Date.parse(`${first}Z`)).toBe(20_400);
  });

  test("says by its own clock what lies where nothing anchors that", () => {
    const [first] = timeline.investigations;
    const hole = first?.points.find(({ mark }) => mark === "connected")?.at ?? 0;
    const clocks = [anchoredRunner({ holdsFor: { lo: Number.NEGATIVE_INFINITY, hi: hole } })];
    const [row, next] = reportInvestigations({ ...timeline, clocks }, focusServer, stageIntervals(timeline, focusServer));
    const at = (stage: string) => row?.stages.find((one) => one.stage === stage);
    expect([row?.startedAt, row?.startedAtLocal]).toEqual([isoFromEpoch(first?.points[0]?.at ?? 0), undefined]);
    expect([row?.endedAt, row?.endedAtLocal]).toEqual([null, localIso(first?.points.at(-1)?.at ?? 0)]);
    expect(at("connect")).toMatchObject({ to: isoFromEpoch(hole) });
    expect(at("frames")).toMatchObject({ from: null, to: null, fromLocal: expect.any(String), toLocal: expect.any(String) });
    expect([next?.startedAt, next?.startedAtLocal]).toEqual([null, expect.any(String)]);
  });
});

describe("a row of a Job", () => {
  const resolutionOf = (fields: Partial<Job>) => reportJobs(timelineOf([], [job(1, 0, 60_000, fields)]), focusServer)[0]?.resolutionMs;

  test("has the resolution of its creation or its deletion, whichever is known less well", () => {
    const fine = { created: moment(0, 50), gone: moment(60_000, 20) };
    expect(resolutionOf(fine)).toBe(50);
    expect(resolutionOf({ ...fine, gone: moment(60_000, 1_000) })).toBe(1_000);
  });

  test("has none of a creation of which nothing tells the earliest", () => {
    const unbounded = { ...moment(0), lo: Number.NEGATIVE_INFINITY };
    expect(resolutionOf({ created: unbounded, gone: moment(60_000, 20) })).toBe(20);
  });
});
