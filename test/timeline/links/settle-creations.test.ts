import { describe, expect, it } from "vitest";
import { Handover } from "../../../src/model/collections/handover.js";
import type { TimelineEvent } from "../../../src/model/event.js";
import { buildTimeline } from "../../../src/timeline/build-timeline.js";
import { clusterEvent, focusServer, investigationMarks, request, sources, T0 } from "../builders.js";

const RUNS = [0, 20_000, 40_000, 60_000, 80_000, 100_000];
const log = RUNS.flatMap((ms, index) => investigationMarks(ms, `1-${index}`, "12301"));
const deletions = RUNS.map((ms, index) => request("delete", `grpc-job-1-${index}`, ms + 50_000));
/** The controller's Events of the later half: the API server has forgotten the others. */
const events = RUNS.slice(3).map((ms, index) =>
  clusterEvent("SuccessfulCreate", { kind: "Job", name: `grpc-job-1-${index + 3}`, uid: `uid-${index + 3}` }, ms + 200),
);

function build(given: readonly TimelineEvent[], declaredClock = {}) {
  return buildTimeline(new Handover(given), sources(200_000), { profile: focusServer, declaredClock });
}

describe("an audit log in which no Job is ever created", () => {
  it("says nothing of when they were: without another anchor they are left out, and nothing counts as open", () => {
    const { jobs, investigations, clocks, diagnostics } = build([...log, ...deletions]);
    expect(jobs).toEqual([]);
    expect(investigations.every(({ jobUid }) => jobUid === undefined)).toBe(true);
    expect(clocks.find(({ id }) => id === "runner")?.method).toBe("none");
    expect(diagnostics.find(({ id }) => id === "creation-unknown")?.count).toBe(6);
  });

  it("leaves creations between the request and its answer where the clock is known", () => {
    const { jobs } = build([...log, ...deletions], { zoneOffsetMinutes: 0, skewMs: 0 });
    expect(jobs.map(({ created, truncated }) => [created.how, created.lo - T0, created.hi - T0, truncated])).toEqual(
      RUNS.map((ms) => ["request", ms, ms + 301, false]),
    );
  });

  it("takes no anchor away: Jobs of unknown creation bound no clock", () => {
    const withoutAudit = build([...log, ...events]).clocks.find(({ id }) => id === "runner");
    const { clocks, jobs } = build([...log, ...events, ...deletions]);
    expect(clocks.find(({ id }) => id === "runner")).toEqual(withoutAudit);
    expect(withoutAudit).toMatchObject({ method: "bounds", anchors: 3 });
    expect(jobs.map(({ created }) => created.how)).toEqual(["request", "request", "request", "event-name", "event-name", "event-name"]);
    expect(jobs.every(({ gone }) => gone !== undefined)).toBe(true);
  });
});

describe("an audit log with creations", () => {
  it("began after a Job was there of which it has the deletion alone", () => {
    const { jobs } = build([...deletions.slice(0, 1), request("create", "grpc-job-1-9", 10_000)]);
    const first = jobs.find(({ name }) => name === "grpc-job-1-0");
    expect([first?.truncated, first?.created.hi]).toEqual([true, T0]);
  });
});
