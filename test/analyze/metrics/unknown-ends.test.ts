import { describe, expect, it } from "vitest";
import { metricReader } from "../../../src/analyze/metric-reader.js";
import { cleanupSurvival } from "../../../src/analyze/metrics/cleanup-survival.js";
import { stageStatistics } from "../../../src/analyze/metrics/stage-statistics.js";
import { partlyKnownStages } from "../../../src/analyze/metrics/unknown-ends.js";
import { stageIntervals } from "../../../src/analyze/stages/stage-intervals.js";
import type { StageDefinition } from "../../../src/model/profile.js";
import type { Investigation, Job, Timeline } from "../../../src/model/timeline.js";
import { focusServer } from "../../timeline/builders.js";
import { contextOf, investigation, job, moment, timeline } from "../builders.js";

const NUMBERS = Array.from({ length: 12 }, (_, index) => index);

/** Twelve Jobs 20 s apart; of each, what its sources tell of it and of its investigation. */
function runOf(jobOf: (index: number) => Partial<Job> | null, ofInvestigation: (index: number) => Partial<Investigation> = () => ({})) {
  return timeline(
    NUMBERS.map((index) => {
      const { jobUid: _, ...unserved } = investigation(index + 1, index * 20_000, ofInvestigation(index));
      return jobOf(index) === null ? unserved : { ...unserved, jobUid: `uid-${index + 1}` };
    }),
    NUMBERS.flatMap((index) => {
      const fields = jobOf(index);
      return fields === null ? [] : [job(index + 1, index * 20_000 + 150, index * 20_000 + 60_150, fields)];
    }),
  );
}

function rowOf(from: string, to: string, line: Timeline) {
  const one: StageDefinition = { id: "it", title: { en: "it", he: "הוא" }, from, to, sequentialOnly: false, includeFailed: false };
  const profile = { ...focusServer, stages: [one] };
  return stageStatistics({ ...contextOf(line), profile, stages: stageIntervals(line, profile) })[0];
}

/** The controller's Events of the first nine Jobs were forgotten. */
const forgotten = (index: number): Partial<Job> => (index < 9 ? {} : { started: moment(index * 20_000 + 1_400) });

describe("a stage that is not known of all that went through it", () => {
  it("says of how many Jobs it is not, in its row, its claim and a diagnostic", () => {
    const row = rowOf("job.created", "job.started", runOf(forgotten));
    expect(row).toMatchObject({ n: 3, failed: 0, censored: 0, unknown: 9 });
    expect(partlyKnownStages(row === undefined ? [] : [row])).toMatchObject([
      { id: "stages-partly-known", severity: "warning", count: 1, values: { stages: "it 3/12" } },
    ]);
  });

  it("counts those of which neither end is known, between points of Jobs", () => {
    const ends = (index: number): Partial<Job> => (index < 9 ? {} : { ...forgotten(index), finishedAt: moment(index * 20_000 + 9_000) });
    expect(rowOf("job.started", "job.finished", runOf(ends))).toMatchObject({ n: 3, unknown: 9 });
  });

  it("says nothing where all are known, failed, or go on", () => {
    const line = runOf((index) => ({ started: moment(index * 20_000 + 1_400) }));
    expect(rowOf("job.created", "job.started", line)).not.toHaveProperty("unknown");
    const failing = runOf((index) => ({ finishedAt: moment(index * 20_000 + 9_000), finished: { at: 0, failed: index < 6 } }));
    expect(rowOf("job.created", "job.finished", failing)).toMatchObject({ n: 6, failed: 6 });
    expect(rowOf("job.created", "job.finished", failing)).not.toHaveProperty("unknown");
    expect(partlyKnownStages(stageStatistics(contextOf(line)))).toEqual([]);
  });

  it("counts investigations whose Job no source shows, where it begins in the log", () => {
    const line = runOf((index) => (index < 4 ? null : forgotten(index)));
    expect(rowOf("configure-start", "job.started", line)).toMatchObject({ n: 3, unknown: 9 });
    expect(rowOf("disconnected", "job.deleted", line)).toMatchObject({ n: 8, unknown: 4 });
    const asked = metricReader(contextOf(line))({ metric: "job-duration", from: "disconnected", to: "gone", population: "connected" });
    expect(asked).toMatchObject({ measurement: { n: 8, unknown: 4 } });
    expect(cleanupSurvival("disconnected", "connected", contextOf(line), undefined)).toMatchObject({ n: 8, unknown: 4 });
  });

  it("counts investigations of which a mark may be another's", () => {
    const mixedUp = (index: number): Partial<Investigation> => {
      const { points } = investigation(index + 1, index * 20_000);
      return index < 5 ? { points: points.map((point) => (point.mark === "disconnected" ? { ...point, uncertain: true } : point)) } : {};
    };
    const line = runOf(() => ({}), mixedUp);
    expect(rowOf("disconnecting", "disconnected", line)).toMatchObject({ n: 7, unknown: 5 });
    expect(rowOf("disconnected", "job.deleted", line)).toMatchObject({ n: 7, unknown: 5 });
    expect(rowOf("configured", "connected", line)).not.toHaveProperty("unknown");
  });

  it("does not count what never went into it", () => {
    const line = runOf(
      () => ({}),
      (index) =>
        index < 5 ? { points: investigation(index + 1, index * 20_000).points.filter(({ mark }) => mark !== "disconnecting") } : {},
    );
    expect(rowOf("disconnecting", "disconnected", line)).toMatchObject({ n: 7 });
    expect(rowOf("disconnecting", "disconnected", line)).not.toHaveProperty("unknown");
  });
});
