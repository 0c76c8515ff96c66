import { describe, expect, it } from "vitest";
import { servingJobs } from "../../src/analyze/job-durations.js";
import { unseenJobs } from "../../src/analyze/unseen-jobs.js";
import type { Timeline } from "../../src/model/timeline.js";
import { T0 } from "../timeline/builders.js";
import { regularRun } from "./builders.js";

/** A run known by its audit log alone, which has nothing of the Job of the third investigation. */
function run(goneMs: (index: number) => number | null): Timeline {
  const whole = regularRun(4, goneMs);
  const jobs = whole.jobs.flatMap((job) =>
    job.investigation === 3 ? [] : [{ ...job, created: { ...job.created, how: "audit" as const } }],
  );
  const investigations = whole.investigations.map(({ jobUid, ...one }) =>
    one.number === 3 || jobUid === undefined ? { ...one, unseenCreation: { lo: T0 + 40_300, hi: T0 + 41_200 } } : { ...one, jobUid },
  );
  return { ...whole, jobs, investigations };
}

const unseen = (timeline: Timeline) =>
  unseenJobs(timeline, servingJobs(timeline)).map(({ from, to }) => [from - T0, to === undefined ? null : to - T0]);

describe("a Job in no row, of a run whose sources tell changes alone", () => {
  it("was open no longer than the longest that any was seen to be, also one that stayed", () => {
    expect(unseen(run(() => 50_000))).toEqual([[40_300, 41_200 + 59_850]]);
    const stayed = run((index) => (index === 3 ? null : 50_000));
    const leaked = stayed.jobs.find(({ gone }) => gone === undefined);
    const longestMs = (leaked?.censoredAt ?? Number.NaN) - (leaked?.created.lo ?? Number.NaN);
    expect(longestMs).toBeGreaterThan(59_850);
    expect(unseen(stayed)).toEqual([[40_300, 41_200 + longestMs]]);
  });

  it("may have been open to the end where none was seen to go", () => {
    expect(unseen(run(() => null))).toEqual([[40_300, null]]);
  });
});
