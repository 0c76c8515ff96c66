import { describe, expect, it } from "vitest";
import { jobStageDurations, reversedStages } from "../../../src/analyze/metrics/job-stages.js";
import type { Clock } from "../../../src/model/clock.js";
import type { StageDefinition } from "../../../src/model/profile.js";
import type { Investigation, Job, Timeline } from "../../../src/model/timeline.js";
import { anchoredRunner, focusServer, T0 } from "../../timeline/builders.js";
import { contextOf, investigation, job, moment, timeline } from "../builders.js";

function stage(from: string | string[], to: string, fields: Partial<StageDefinition> = {}): StageDefinition {
  return { id: "mixed", title: { en: "mixed", he: "מעורב" }, from, to, sequentialOnly: false, includeFailed: false, ...fields };
}

/** A Job of the investigation that begins at `ms`, created 150 ms after it. */
function servedJob(number: number, ms: number, fields: Partial<Job> = {}): Job {
  return job(number, ms + 150, ms + 60_000, {
    scheduled: moment(ms + 650),
    started: moment(ms + 1_400),
    finishedAt: moment(ms + 9_900),
    ...fields,
  });
}

function runOf(fields: Partial<Job> = {}, ofInvestigation: Partial<Investigation> = {}, ofTimeline: Partial<Timeline> = {}): Timeline {
  const numbers = Array.from({ length: 8 }, (_, index) => index);
  return timeline(
    numbers.map((index) => investigation(index + 1, index * 20_000, ofInvestigation)),
    numbers.map((index) => servedJob(index + 1, index * 20_000, fields)),
    ofTimeline,
  );
}

function measured(one: StageDefinition, line: Timeline = runOf()) {
  const found = jobStageDurations(one, { ...contextOf(line), profile: { ...focusServer, stages: [...focusServer.stages, one] } });
  if ("missing" in found) return found;
  return { ...found, ms: [...new Set(found.durations.map(({ durationMs }) => durationMs))] };
}

describe("a stage between a mark and a point of a Job", () => {
  it.each([
    ["job.created", "connected", 2_850],
    ["configure-start", "job.created", 150],
    ["configure-start", "job.started", 1_400],
    ["job.finished", "disconnected", 100],
    ["configured", "job.deleted", 59_700],
    ["disconnected", "job.deleted", 50_000],
    [["job.created", "connected"], "job.finished", 6_900],
    [["job.created", "connected"], "disconnected", 7_000],
  ] as const)("from %s to %s is measured between the two", (from, to, ms) => {
    expect(measured(stage(typeof from === "string" ? from : [...from], to))).toMatchObject({ ms: [ms], failed: 0, reversed: 0 });
  });

  it("has what the offset between the clocks leaves open, unless both points are of the log", () => {
    const runner: Clock = { ...anchoredRunner(), offsetMs: 7_200_000, uncertaintyMs: 400 };
    const away = (points: Investigation["points"]) => points.map((point) => ({ ...point, at: point.at + 7_200_000 }));
    const moved = { ...runOf(), clocks: [{ ...anchoredRunner(), id: "cluster" }, runner] } as Timeline;
    const line = { ...moved, investigations: moved.investigations.map((one) => ({ ...one, points: away(one.points) })) };
    const found = measured(stage("job.created", "connected"), line);
    expect(found).toMatchObject({ ms: [2_850], durations: [{ clockMs: 400, resolutionMs: 801 }, {}, {}, {}, {}, {}, {}, {}] });
    const ofLog = measured(stage(["job.created", "connected"], "disconnected"), line);
    expect(ofLog).toMatchObject({ ms: [7_000], durations: [{ resolutionMs: 2 }, {}, {}, {}, {}, {}, {}, {}] });
    expect(ofLog).not.toHaveProperty("durations.0.clockMs");
  });

  it("has no length where the clocks do not tell which of its points comes first", () => {
    const clocks = [
      { ...anchoredRunner(), id: "cluster" },
      { ...anchoredRunner(), uncertaintyMs: 400 },
    ];
    const line = runOf({}, {}, { clocks } as Partial<Timeline>);
    const jobs = line.jobs.map((one, index) => ({ ...one, finishedAt: moment(index * 20_000 + 10_200) }));
    expect(measured(stage("job.finished", "disconnected"), { ...line, jobs })).toEqual({
      missing: "order-unknown",
      values: { unordered: 8, jobs: 8 },
      reversed: 0,
    });
  });

  it("counts investigations that failed apart, or measures them where the stage says so", () => {
    const failed = runOf({}, { outcome: "failed" });
    expect(measured(stage("job.created", "connected"), failed)).toEqual({ missing: "no-samples", values: { stage: "mixed" } });
    expect(measured(stage("job.created", "connected", { includeFailed: true }), failed)).toMatchObject({ ms: [2_850], failed: 0 });
  });

  it("says why it is not measured", () => {
    const create = stage("configure-start", "job.created");
    expect(measured(create, timeline([], [servedJob(1, 0)]))).toEqual({ missing: "no-log" });
    expect(measured(create, timeline([investigation(1, 0)], []))).toEqual({ missing: "no-cluster-data" });
    const zoneAlone = { clocks: [anchoredRunner({ uncertaintyMs: null, skewMs: null, method: "declared" })] };
    expect(measured(create, runOf({}, {}, zoneAlone))).toEqual({ missing: "clock-unanchored" });
    const adrift = { clocks: [anchoredRunner({ offsetMs: null, uncertaintyMs: null })] };
    expect(measured(create, runOf({}, {}, adrift))).toEqual({ missing: "clock-unanchored" });
    expect(measured(stage("configured", "job.deleted"), runOf({}, {}, { jobCoverage: null }))).toEqual({ missing: "no-deletions" });
  });
});

describe("a stage between points of a Job", () => {
  it("begins at the last of several points, to the deletion too", () => {
    expect(measured(stage(["job.created", "job.scheduled"], "job.deleted"))).toMatchObject({ ms: [59_350] });
  });

  it("goes on while a finished Job is not deleted", () => {
    const kept = stage("job.finished", "job.deleted");
    const jobs = [servedJob(1, 0), { ...servedJob(2, 20_000), censoredAt: T0 + 100_000, mechanism: "open" as const }];
    const { gone: _, ...open } = jobs[1] as Job;
    const found = measured(kept, timeline([], [jobs[0] as Job, open]));
    expect(found).toMatchObject({
      durations: [
        { ended: true, durationMs: 50_100 },
        { ended: false, durationMs: 70_100 },
      ],
    });
  });

  it("leaves out marks that nothing places, and says so where these are all", () => {
    const until = (hi: number) => ({ clocks: [anchoredRunner({ holdsFor: { lo: Number.NEGATIVE_INFINITY, hi: T0 + hi } })] });
    const warm = stage("job.created", "connected");
    expect(measured(warm, runOf({}, {}, until(30_000)))).toMatchObject({ durations: [{ durationMs: 2_850 }, { durationMs: 2_850 }] });
    expect(measured(warm, runOf({}, {}, until(1_000)))).toEqual({ missing: "clock-hole" });
    expect(measured(stage("job.created", "stream-error"), runOf({}, {}, until(1_000)))).toMatchObject({ missing: "no-samples" });
  });

  it("is no duration where Jobs pass its end before its beginning", () => {
    const reverse = stage("job.finished", "job.created");
    expect(measured(reverse)).toEqual({ missing: "end-before-start", values: { reversed: 8, jobs: 8 }, reversed: 8 });
    const context = { ...contextOf(runOf()), profile: { ...focusServer, stages: [reverse] } };
    expect(reversedStages(context)).toMatchObject([{ id: "stage-reversed", count: 8, values: { stage: "mixed", count: 8 } }]);
    expect(reversedStages(contextOf(runOf()))).toEqual([]);
  });

  it("is zero where the stamps leave open which of them came first", () => {
    const cut = { ...moment(0), at: T0 + 900, lo: T0 + 400, hi: T0 + 1_400 };
    const line = timeline([], [servedJob(1, 0, { created: cut })]);
    expect(measured(stage("job.created", "job.scheduled"), line)).toMatchObject({ ms: [0], reversed: 0 });
  });
});
