import { describe, expect, it } from "vitest";
import type { Investigation, Job } from "../../../src/model/timeline.js";
import type { JobDraft } from "../../../src/timeline/cluster/jobs.js";
import { markPossible } from "../../../src/timeline/links/assign-jobs.js";
import { investigation, job, point } from "../../analyze/builders.js";
import { anchoredRunner, T0 } from "../../timeline/builders.js";

/** Investigations without a Job of which the log has neither a name nor more than these lines. */
function unnamed(number: number, fields: Partial<Investigation>): Investigation {
  const { jobUid: _, jobLink: __, ...bare } = investigation(number, 0, { jobId: null });
  return { ...bare, ...fields };
}

/** A Job that no line names. */
const free = (number: number, createdMs: number, goneMs: number | null): Job => {
  const { investigation: _, ...bare } = job(number, createdMs, goneMs, { ofThisRun: false });
  return bare;
};

function possible(jobs: readonly Job[], investigations: readonly Investigation[]): string[] {
  const drafts: JobDraft[] = jobs.map((one) => ({ ...one }));
  markPossible(drafts, investigations, [], new Map([["runner", anchoredRunner()]]));
  return drafts.flatMap(({ uid, mayBeOfThisRun }) => (mayBeOfThisRun === true ? [uid] : []));
}

describe("Jobs that may be of the run, in a log that names Jobs", () => {
  const served = investigation(1, 0);
  const own = job(1, 150, 60_150);
  const asked = { lo: T0 + 9_000, hi: Number.POSITIVE_INFINITY };
  const waiting = unnamed(2, { outcome: "running", points: [point("configure-start", 9_000)], unseenCreation: asked });

  it("are those that fit a request whose answer the log does not hold, since it ends before", () => {
    const jobs = [own, free(2, 8_000, 60_000), free(3, 9_400, 60_000), free(4, 65_000, null), free(5, 200_000, 260_000)];
    expect(possible(jobs, [served, waiting])).toEqual(["uid-3", "uid-4"]);
  });

  it("are those that were created as long after a request as that of any other was", () => {
    const slow = job(1, 150_000, 200_000);
    expect(possible([slow, free(5, 158_000, 260_000), free(6, 170_000, 260_000)], [served, waiting])).toEqual(["uid-5"]);
  });

  it("are those that were open where the log begins, of one whose beginning it lacks", () => {
    const begun = { lo: Number.NEGATIVE_INFINITY, hi: T0 + 5_000 };
    const middle = unnamed(2, { points: [point("disconnected", 5_000)], unseenCreation: begun });
    const jobs = [own, free(2, -90_000, -30_000), free(3, -20_000, 30_000), free(4, 6_000, 60_000)];
    expect(possible(jobs, [served, middle])).toEqual(["uid-3"]);
  });

  it("are none where the investigation ended without one, or has a name", () => {
    const failed = unnamed(2, { outcome: "failed", points: [point("configure-start", 9_000)], unseenCreation: asked });
    const { jobUid: _, ...named } = investigation(3, 9_000, { outcome: "running", unseenCreation: asked });
    expect(possible([own, free(3, 9_400, 60_000)], [served, failed, named])).toEqual([]);
  });
});
