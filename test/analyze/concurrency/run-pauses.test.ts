import { describe, expect, it } from "vitest";
import { concurrency } from "../../../src/analyze/concurrency/concurrency.js";
import { pauseDiagnostics, without } from "../../../src/analyze/concurrency/run-pauses.js";
import type { Timeline } from "../../../src/model/timeline.js";
import { focusServer, T0 } from "../../timeline/builders.js";
import { investigation, job, timeline } from "../builders.js";

/** Two runs of one Job of a minute each, the second 10 minutes after the first. */
function twoRuns(gone: number | null): Timeline {
  const investigations = [investigation(1, 0, { run: 1 }), investigation(2, 600_000, { run: 2 })];
  return timeline(investigations, [job(1, 0, gone, { censoredAt: T0 + 1_000_000 }), job(2, 600_000, 660_000)]);
}

const curves = (line: Timeline) => concurrency(line, focusServer, 100_000);

describe("the time between two runs", () => {
  it("is in no mean", () => {
    const { window, openJobs, documented } = curves(twoRuns(60_000));
    expect(window).toEqual({ lo: T0, hi: T0 + 660_000, pauses: [{ lo: T0 + 60_000, hi: T0 + 600_000 }] });
    expect([openJobs?.steps.mean, openJobs?.meanRange, openJobs?.steps.peak]).toEqual([1, [1, 1], 1]);
    expect([...(openJobs?.steps.timeAtLevelMs ?? [])]).toEqual([[1, 120_000]]);
    // What the documents predict for it counts while a run went on, too.
    expect(documented?.fromCreation?.steps.mean).toBe(1);
  });

  it("is said", () => {
    expect(pauseDiagnostics(curves(twoRuns(60_000)).window)).toMatchObject([{ id: "runs-apart", count: 1, values: { minutes: 9 } }]);
    expect(pauseDiagnostics(null)).toEqual([]);
  });

  it("is none while a Job is open", () => {
    const { window, openJobs } = curves(twoRuns(null));
    expect([window?.pauses, openJobs?.steps.peak]).toEqual([[], 2]);
    expect(pauseDiagnostics(window)).toEqual([]);
  });

  it("begins when the last of the runs before has ended, also where one went on inside of another", () => {
    const runs = [1, 2, 3].map((run) => investigation(run, run * 1000, { run }));
    const { window } = curves(timeline(runs, [job(1, 0, 400_000), job(2, 50_000, 100_000), job(3, 600_000, 660_000)]));
    expect(window?.pauses).toEqual([{ lo: T0 + 400_000, hi: T0 + 600_000 }]);
  });

  it("leaves out further stretches as one where they overlap, and only what is inside", () => {
    const left = without({ lo: 0, hi: 100, pauses: [{ lo: 40, hi: 50 }] }, [
      { lo: 90, hi: 200 },
      { lo: 45, hi: 60 },
      { lo: 10, hi: 20 },
      { lo: -50, hi: -10 },
    ]);
    expect(left).toEqual({
      ...{ lo: 0, hi: 100 },
      pauses: [
        { lo: 10, hi: 20 },
        { lo: 40, hi: 60 },
        { lo: 90, hi: 100 },
      ],
    });
    expect(without(left, []).pauses).toEqual(left.pauses);
  });

  it("ends where a Job opens of which nothing tells whose run it is of", () => {
    const { investigations, jobs } = twoRuns(60_000);
    const between = { ...job(3, 200_000, 300_000), ofThisRun: false, mayBeOfThisRun: true as const };
    const { pauses } = curves(timeline(investigations, [...jobs, between])).window ?? { pauses: [] };
    expect(pauses.map(({ lo, hi }) => [lo - T0, hi - T0])).toEqual([
      [60_000, 200_000],
      [300_000, 600_000],
    ]);
  });

  it("is told apart only where all runs were asked for", () => {
    const { investigations, jobs } = twoRuns(60_000);
    const one = investigations.map(({ run: _, ...rest }) => rest);
    expect(curves(timeline(one, jobs)).window?.pauses).toEqual([]);
  });
});
