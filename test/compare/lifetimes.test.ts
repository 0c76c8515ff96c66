import { describe, expect, it } from "vitest";
import { lifetimesOf } from "../../src/compare/lifetimes.js";
import type { Report, ReportStage } from "../../src/model/report.js";
import { reportOf } from "../predict/builders.js";

const made = reportOf(Array.from({ length: 5 }, (_, index) => ({ busyS: 10, delayS: 5, goneS: 30 + index, isCut: index === 4 })));
const jobs = made.jobs.map((job, index) => (job.censored ? job : { ...job, cleanupMs: 20_000 + index }));
const fromDisconnect = { n: 4, censored: 1, events: 4, steps: [], censoredAtMs: [24_000] } as unknown as NonNullable<
  Report["cleanup"]["fromDisconnect"]
>;
const report: Report = { ...made, jobs, cleanup: { fromDisconnect } };
const lives = jobs.filter((job) => !job.censored).flatMap(({ openMs }) => openMs ?? []);
const cleanups = jobs.flatMap(({ cleanupMs }) => cleanupMs ?? []);

const stageOf = (samplesMs: readonly number[], censored = 1): ReportStage => ({
  stage: "some",
  title: { en: "Some", he: "איזשהו" },
  ...{ n: samplesMs.length, failed: 0, censored, resolutionMs: 1 },
  samplesMs,
});
const cutOff = (of: Report, stage: ReportStage) => lifetimesOf(of, stage)?.flatMap(({ durationMs, ended }) => (ended ? [] : [durationMs]));

describe("what was cut off of a stage", () => {
  it("is that of the lifetimes whose ends it has, not of others of which as many were", () => {
    expect(cutOff(report, stageOf(cleanups))).toEqual([24_000]);
    expect(cutOff(report, stageOf(lives))).toEqual([33_000]);
    expect(lifetimesOf(report, stageOf(lives))).toHaveLength(5);
  });

  it("is not known where no lifetimes of the report have its ends, or as many cut off", () => {
    expect(lifetimesOf(report, stageOf([1, 2, 3, 4]))).toBeUndefined();
    expect(lifetimesOf(report, stageOf(lives, 2))).toBeUndefined();
    expect(cutOff(report, stageOf([1, 2, 3, 4], 0))).toEqual([]);
  });

  it("is not taken from Jobs of which some were there before the capture: only the long-lived were seen", () => {
    const truncated = { ...report, jobs: jobs.map((job, index) => ({ ...job, truncated: index === 0 })) };
    expect(lifetimesOf(truncated, stageOf(cleanups))).toBeUndefined();
    expect(lifetimesOf(truncated, stageOf(lives))).toBeUndefined();
  });
});
