import { describe, expect, it } from "vitest";
import { earlyDeletions, goneBeforeDisconnect } from "../../../src/analyze/jobs/early-deletions.js";
import { durationsFor } from "../../../src/analyze/jobs/job-populations.js";
import { reportJobs } from "../../../src/analyze/report-rows.js";
import type { Clock } from "../../../src/model/clock.js";
import type { Moment, Timeline } from "../../../src/model/timeline.js";
import { anchoredRunner, focusServer, T0 } from "../../timeline/builders.js";
import { regularRun } from "../builders.js";

/** A run whose second client has disconnected at 30 s, and whose second Job was gone by `gone` (ms after T0). */
function runWith(gone: Partial<Moment> & { readonly at: number; readonly lo: number; readonly hi: number }, runner: Partial<Clock> = {}) {
  const line = regularRun(8, () => 50_000);
  const moment: Moment = { how: "watch-received", bracket: false, ...gone, at: T0 + gone.at, lo: T0 + gone.lo, hi: T0 + gone.hi };
  const jobs = line.jobs.map((job, index) => (index === 1 ? { ...job, gone: moment } : job));
  return { ...line, clocks: [{ ...anchoredRunner(), id: "cluster" }, anchoredRunner(runner)], jobs } as Timeline;
}

const early = (line: Timeline) => goneBeforeDisconnect(line, focusServer).map(({ job, byMs }) => [job.name, byMs]);

function afterDisconnect(line: Timeline) {
  return durationsFor({ from: "disconnected", to: "gone", population: "connected" }, { timeline: line, profile: focusServer });
}

describe("a Job that was gone before its client had disconnected", () => {
  it("is told where no part of the second in which it went lies behind the disconnect", () => {
    expect(early(runWith({ at: 29_487, lo: 28_937, hi: 29_987 }))).toEqual([["grpc-job-1-2", 513]]);
    expect(early(runWith({ at: 29_500, lo: 28_950, hi: 30_000 }))).toEqual([]);
    expect(early(runWith({ at: 29_987, lo: 28_950, hi: 30_487 }))).toEqual([]);
  });

  it("is told where the clocks, as far as they may be off, leave no other order", () => {
    const gone = { at: 29_700, lo: 29_650, hi: 29_700 };
    expect(early(runWith(gone, { uncertaintyMs: 299 }))).toEqual([["grpc-job-1-2", 300]]);
    expect(early(runWith(gone, { uncertaintyMs: 301 }))).toEqual([]);
    const stampedBy = anchoredRunner({ id: "collector", uncertaintyMs: 200 });
    expect(early(runWith({ ...gone, stampedBy }, { uncertaintyMs: 99 }))).toEqual([["grpc-job-1-2", 300]]);
    expect(early(runWith({ ...gone, stampedBy }, { uncertaintyMs: 101 }))).toEqual([]);
    // Tied to the cluster's through the same one: what that is off cancels out.
    expect(early(runWith({ ...gone, stampedBy }, { uncertaintyMs: 299, through: stampedBy }))).toEqual([["grpc-job-1-2", 300]]);
  });

  it("is told in the report with its name and number", () => {
    const [told] = earlyDeletions(runWith({ at: 25_000, lo: 24_950, hi: 25_000 }), focusServer);
    expect(told).toMatchObject({ id: "gone-before-disconnect", count: 1, values: { count: 1, names: "grpc-job-1-2" } });
    expect(earlyDeletions(runWith({ at: 29_700, lo: 28_950, hi: 30_200 }), focusServer)).toEqual([]);
  });

  it("is not among the times after the disconnect; one whose order is open is, as 0", () => {
    const times = (line: Timeline) => {
      const found = afterDisconnect(line);
      return "durations" in found ? found.durations.map(({ durationMs }) => durationMs) : found;
    };
    expect(times(runWith({ at: 25_000, lo: 24_950, hi: 25_000 }))).toEqual(Array(7).fill(50_000));
    const open = runWith({ at: 29_987, lo: 28_950, hi: 30_487 });
    expect(times(open)).toEqual([50_000, 0, ...Array(6).fill(50_000)]);
    expect(afterDisconnect(open)).toMatchObject({ durations: [{}, { resolutionMs: 1_538 }, {}, {}, {}, {}, {}, {}] });
  });

  it("has a time after it in the table of Jobs that is less than 0 only where the order is certain", () => {
    const inTable = (line: Timeline) => reportJobs(line, focusServer)[1]?.cleanupMs;
    expect(inTable(runWith({ at: 25_000, lo: 24_950, hi: 25_000 }))).toBe(-5_000);
    expect(inTable(runWith({ at: 29_987, lo: 28_950, hi: 30_487 }))).toBe(0);
  });

  it("leaves the time after the disconnect unmeasured where the order is open of most Jobs", () => {
    const line = regularRun(8, (index) => (index < 5 ? -100 : 50_000));
    const clocks = [{ ...anchoredRunner(), id: "cluster" }, anchoredRunner({ uncertaintyMs: 300 })] as Timeline["clocks"];
    expect(afterDisconnect({ ...line, clocks })).toEqual({ missing: "order-unknown", values: { unordered: 5, jobs: 8 } });
    expect(goneBeforeDisconnect({ ...line, clocks }, focusServer)).toEqual([]);
  });
});
