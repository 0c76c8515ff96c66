import { describe, expect, it } from "vitest";
import { fitPolling } from "../../src/analyze/polling.js";
import type { Timeline } from "../../src/model/timeline.js";
import { T0 } from "../timeline/builders.js";
import { job, moment, timeline } from "./builders.js";

/** Cleanups that poll every 10 s from their Pod's start and delete 2 s after the poll; clients leave `leave(n)` after that start. */
function polled(n: number, polls: (index: number) => number, jitterMs = 0): Timeline {
  const jobs = Array.from({ length: n }, (_, index) => {
    const end = index * 100_000 + polls(index) * 10_000 + 2_000 + ((index * 7) % 3) * jitterMs;
    return [
      job(index, index * 100_000, end),
      job(index, index * 100_000, null, { role: "cleanup", uid: `c-${index}`, name: `cleanup-job-1-${index}` }),
    ];
  }).flat();
  const pods = Array.from({ length: n }, (_, index) => ({
    name: `p${index}`,
    uid: `p${index}`,
    jobUid: `c-${index}`,
    started: moment(index * 100_000),
  }));
  return timeline([], jobs, { pods });
}

/** The client left between two polls, four intervals before the last one. */
const left = (polls: (index: number) => number) => (one: { readonly investigation?: number }) => {
  const index = one.investigation ?? 0;
  return { at: T0 + index * 100_000 + (polls(index) - 5) * 10_000 + 500 + (index % 10) * 950 };
};

describe("the polling of the cleanup", () => {
  const twoLevels = (index: number) => 6 + (index % 2);

  it("is seen from the levels on which deletions fall, with every pair of checks and deletion time that fits", () => {
    const fit = fitPolling(polled(20, twoLevels, 100), left(twoLevels));
    if ("notIdentified" in fit) throw new Error(fit.notIdentified);
    expect(Math.abs(fit.intervalMs - 10_000)).toBeLessThan(150);
    expect(fit.intervalRangeMs[0]).toBeLessThanOrEqual(10_000);
    expect(fit.intervalRangeMs[1]).toBeGreaterThanOrEqual(10_000);
    expect(fit.fits.map(({ checks }) => checks)).toEqual([1, 2, 3, 4, 5]);
  });

  it("is not identified by one level, without Pods, or from coarse stamps", () => {
    expect(
      fitPolling(
        polled(20, () => 6),
        left(() => 6),
      ),
    ).toEqual({ notIdentified: "polling-one-level" });
    expect(fitPolling({ ...polled(20, twoLevels), pods: [] }, left(twoLevels))).toEqual({ notIdentified: "polling-no-pods" });
    const coarse = polled(20, twoLevels);
    const jobs = coarse.jobs.map((one) => (one.gone === undefined ? one : { ...one, gone: { ...one.gone, lo: one.gone.at - 1_000 } }));
    expect(fitPolling({ ...coarse, jobs }, left(twoLevels))).toEqual({ notIdentified: "polling-coarse" });
  });

  it("is not identified where deletions fall on no grid", () => {
    const scattered = (index: number) => 6 + ((index * 37) % 23) / 10;
    expect(fitPolling(polled(30, scattered), left(scattered))).toHaveProperty("notIdentified");
  });

  it("does not count Jobs that were gone before their client left", () => {
    const after = () => ({ at: T0 + 10_000_000 });
    expect(fitPolling(polled(20, twoLevels), after)).toEqual({ notIdentified: "polling-one-level" });
  });
});
