import { describe, expect, test } from "vitest";
import { reportInvestigations } from "../../src/analyze/report-rows.js";
import { stageIntervals } from "../../src/analyze/stage-intervals.js";
import { Handover } from "../../src/model/handover.js";
import { buildTimeline } from "../../src/timeline/build-timeline.js";
import { focusServer, investigationMarks, sources } from "../timeline/builders.js";

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

  test("says nothing of the stages of another one", () => {
    const [first, second] = rows.map(({ stages }) => stages.find(({ stage }) => stage === "frames")?.fromLocal);
    expect(Date.parse(`${second}Z`) - Date.parse(`${first}Z`)).toBe(20_400);
  });
});
