import { describe, expect, it } from "vitest";
import { deviations } from "../../src/analyze/deviations.js";
import type { Job, Timeline } from "../../src/model/timeline.js";
import { T0 } from "../timeline/builders.js";
import { contextOf, job, moment, regularRun } from "./builders.js";

function deviating(line: Timeline) {
  return deviations(contextOf(line), 50_000);
}

function changed(line: Timeline, index: number, fields: Partial<Job>): Timeline {
  return { ...line, jobs: line.jobs.map((one, at) => (at === index ? { ...one, ...fields } : one)) };
}

const usual = (index: number) => 50_000 + (index % 5) * 200;

describe("Jobs that did not go as the others did", () => {
  it("are none in a run like any other", () => {
    expect(deviating(regularRun(20, usual))).toEqual([]);
  });

  it("went by another mechanism, or by somebody else's hand", () => {
    const line = changed(changed(regularRun(12, usual), 3, { mechanism: "ttl" }), 7, { mechanism: "other", deletedBy: "jane" });
    expect(deviating(line)).toMatchObject([
      { job: "grpc-job-1-4", investigationId: "4", what: "ended-otherwise", mechanism: "ttl" },
      { job: "grpc-job-1-8", what: "ended-by-others", mechanism: "other", deletedBy: "jane" },
    ]);
  });

  it("are not those that their TTL removed where no cleanup exists", () => {
    const line = regularRun(12, usual);
    const jobs = line.jobs.filter((one) => one.role === "serving").map((one) => ({ ...one, mechanism: "ttl" as const }));
    expect(deviating({ ...line, jobs })).toEqual([]);
  });

  it("went much earlier or later than the others, by so much", () => {
    const line = regularRun(20, (index) => (index === 4 ? 9_000 : index === 11 ? 95_000 : usual(index)));
    expect(deviating(line)).toMatchObject([
      { job: "grpc-job-1-5", what: "early", from: "disconnected", durationMs: 9_000, medianMs: 50_400, byMs: 41_400 },
      { job: "grpc-job-1-12", what: "late", from: "disconnected", durationMs: 95_000, medianMs: 50_400, byMs: 44_600 },
    ]);
  });

  it("are not those whose range reaches to the others", () => {
    const line = regularRun(20, (index) => (index === 11 ? 95_000 : usual(index)));
    const created = 11 * 20_000;
    const ranged = changed(line, 11, { gone: { ...moment(created + 10_000 + 95_000, 46_000, "resource-version"), bracket: true } });
    expect(deviating(ranged)).toEqual([]);
  });

  it("were gone before their client had disconnected", () => {
    const line = regularRun(12, (index) => (index === 6 ? -2_500 : usual(index)));
    expect(deviating(line)).toMatchObject([{ job: "grpc-job-1-7", what: "before-disconnect", byMs: 2_500 }]);
  });

  it("were never removed: leaked, and not counted again as late", () => {
    const line = regularRun(12, (index) => (index === 5 ? null : usual(index)));
    const found = deviating(line).filter((one) => one.job === "grpc-job-1-6");
    // Disconnected at 110 s, still there when the capture ends at 1,000 s.
    expect(found).toMatchObject([{ what: "leaked", durationMs: 890_000, stillOpen: true }]);
  });

  it("are late so far where they were open for much longer, though not for long enough to be leaked", () => {
    const line = changed(
      regularRun(12, (index) => (index === 5 ? null : usual(index))),
      5,
      { censoredAt: T0 + 190_000 },
    );
    expect(deviating(line)).toMatchObject([{ job: "grpc-job-1-6", what: "late", durationMs: 80_000, stillOpen: true }]);
  });

  it("are told apart among Jobs that nobody opened, from their creation", () => {
    const line = regularRun(10, usual);
    const investigations = line.investigations.map((one) => ({ ...one, outcome: "unopened" as const, points: one.points.slice(0, 2) }));
    const jobs = line.jobs.map((_, index) => job(index + 1, index * 20_000, index * 20_000 + (index === 2 ? 20_000 : 52_000)));
    expect(deviating({ ...line, investigations, jobs })).toMatchObject([
      { job: "grpc-job-1-3", what: "early", from: "created", durationMs: 20_000, byMs: 32_000 },
    ]);
  });

  it("are looked for only where enough others are there to compare with", () => {
    expect(deviating(regularRun(5, (index) => (index === 2 ? 500_000 : 50_000)))).toEqual([]);
    expect(deviating({ ...regularRun(0, usual), jobCoverage: { lo: T0, hi: T0 + 1 } })).toEqual([]);
  });
});
