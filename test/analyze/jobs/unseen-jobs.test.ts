import { describe, expect, it } from "vitest";
import { servingJobs } from "../../../src/analyze/jobs/job-durations.js";
import { unseenJobs } from "../../../src/analyze/jobs/unseen-jobs.js";
import type { Timeline } from "../../../src/model/timeline.js";
import { focusServer, T0 } from "../../timeline/builders.js";
import { regularRun } from "../builders.js";

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
  unseenJobs(timeline, focusServer, servingJobs(timeline)).map(({ from, to }) => [from - T0, to === undefined ? null : to - T0]);

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

describe("a Job in no row, of a run whose sources list what exists", () => {
  const listed = (outcome: "ok" | "failed", fields: Partial<Timeline> = {}): Timeline => {
    const { jobs, investigations, ...line } = run(() => 50_000);
    return {
      ...line,
      jobs: jobs.map((job) => ({ ...job, created: { ...job.created, how: "watch-received" as const } })),
      investigations: investigations.map((one) =>
        one.number === 3 && outcome === "failed" ? { ...one, outcome, points: one.points.slice(0, 3) } : one,
      ),
      ...fields,
    };
  };

  it("was open from its creation on where its investigation connected, so that they do not watch all Jobs of the run", () => {
    expect(unseen(listed("ok"))).toEqual([[40_300, 41_200 + 59_850]]);
  });

  it("never was where its investigation did not connect", () => {
    expect(unseen(listed("failed"))).toEqual([]);
  });

  it("may have been where they miss that of another, for each that was asked for", () => {
    const line = listed("failed");
    const jobs = line.jobs.filter(({ investigation }) => investigation !== 2);
    const without = line.investigations.map(({ jobUid, ...one }) =>
      one.number === 2 || jobUid === undefined ? { unseenCreation: { lo: T0 + 20_000, hi: T0 + 20_300 }, ...one } : { ...one, jobUid },
    );
    const froms = (investigations: Timeline["investigations"]) => unseen({ ...line, jobs, investigations }).map(([from]) => from);
    expect(froms(without)).toEqual([20_000, 40_300]);
    // It was never given one.
    expect(froms(without.map((one) => (one.number === 3 ? { ...one, jobId: null } : one)))).toEqual([20_000]);
  });

  it("would have been listed if it were created before the capture began", () => {
    expect(unseen(listed("ok", { jobCoverage: { lo: T0 + 41_000, hi: T0 + 500_000 } }))).toEqual([]);
  });

  it("is in no place where nothing ties the clock of its log", () => {
    const untied = listed("ok").clocks.map((clock) => (clock.id === "runner" ? { ...clock, offsetMs: null } : clock));
    expect(unseen(listed("ok", { clocks: untied }))).toEqual([]);
  });
});
