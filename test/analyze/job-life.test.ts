import { describe, expect, it } from "vitest";
import { concurrency } from "../../src/analyze/concurrency/concurrency.js";
import { jobLife, meanDifference } from "../../src/analyze/job-life.js";
import { metricReader } from "../../src/analyze/metric-reader.js";
import type { Measured, MetricSpec } from "../../src/model/measurement.js";
import type { Timeline } from "../../src/model/timeline.js";
import { focusServer, T0 } from "../timeline/builders.js";
import { contextOf, regularRun } from "./builders.js";
import { claim, claimsFile } from "./claims/fixtures.js";

const stage = (id: string, value: number) =>
  claim({ id, documented: { operator: "about", value, unit: "s" }, measure: { metric: "stage-duration", stage: id } });
const file = claimsFile([stage("configure", 0.3), stage("frames", 6), claim()], {
  quantities: { cleanupAfterDisconnect: "cleanup" },
  life: [
    { part: "create", duration: "configure" },
    { part: "frames", duration: "frames" },
    { part: "deletion", duration: "cleanup" },
  ],
});
const lifeOf = (line: Timeline) => jobLife(file, metricReader(contextOf(line)), { parameters: {}, facts: { investigations: 8 } });
const names = (line: Timeline) => lifeOf(line).measured.map(({ part }) => part);

describe("the life of one Job", () => {
  it("is whole where every documented part was measured", () => {
    const life = lifeOf(regularRun(8, () => 50_000));
    expect(life.measured.map(({ part }) => part)).toEqual(["create", "frames", "deletion"]);
    expect(life).not.toHaveProperty("missing");
    expect(life).not.toHaveProperty("whole");
  });

  it("says what follows the disconnect is missing, and why", () => {
    const run = { ...regularRun(8, () => 50_000), jobs: [] };
    expect(names(run)).toEqual(["create", "frames"]);
    expect(lifeOf(run).missing).toEqual({ part: "deletion", key: "no-cluster-data", values: {} });
    expect(lifeOf(run)).not.toHaveProperty("whole");
  });

  it("is known as a whole from the Jobs where no log tells its parts", () => {
    const life = lifeOf({ ...regularRun(8, () => 50_000), investigations: [], logSpan: null });
    expect(life).toMatchObject({ measured: [], missing: { part: "create" }, whole: { durationMs: 59_850, n: 8 } });
  });
});

describe("what follows the disconnect", () => {
  const polled = (id: string, quantity: "trigger" | "process") =>
    claim({ id, documented: { operator: "about", value: 40, unit: "s" }, measure: { metric: "polling", quantity } });
  const parts = claimsFile([claim(), polled("trigger", "trigger"), polled("process", "process")], {
    quantities: { cleanupAfterDisconnect: "cleanup" },
    life: [
      { part: "first-check-wait", duration: "max(0, cleanup - trigger - process)" },
      { part: "checks", duration: "trigger" },
      { part: "deletion", duration: "process" },
    ],
  });
  const measuredAs = (id: string, value: number, interval?: readonly [number, number]): Measured => ({
    measurement: {
      ...{
        value,
        n: 9,
        failed: 0,
        censored: 0,
        statistic: "fit",
        unit: "s",
        samples: [],
        evidence: [],
        resolution: 0,
        intervalKind: "band",
      },
      ...(interval === undefined ? {} : { interval, ambiguous: [{ [id]: interval[0] }, { [id]: interval[1] }] }),
    },
  });
  const divided = (process: readonly [number, number], trigger = 40) => {
    const measured = (spec: MetricSpec): Measured => {
      if (spec.metric !== "polling") return measuredAs("cleanup", 62);
      return spec.quantity === "trigger" ? measuredAs("trigger", trigger) : measuredAs("process", 7, process);
    };
    return jobLife(parts, measured, { parameters: {}, facts: {} });
  };

  it("is one part with the bounds of its own", () => {
    const { measured, afterDisconnect } = divided([1, 13]);
    expect(measured).toEqual([{ part: "after-disconnect", durationMs: 62_000, n: 9 }]);
    expect(afterDisconnect).toEqual([
      { part: "first-check-wait", rangeMs: [9_000, 21_000] },
      { part: "checks", rangeMs: [40_000, 40_000] },
      { part: "deletion", rangeMs: [1_000, 13_000] },
    ]);
  });

  it("is not divided where its parts may be longer than the whole: then checks began before the disconnect", () => {
    expect(divided([1, 30])).not.toHaveProperty("afterDisconnect");
    expect(divided([1, 13], 70)).not.toHaveProperty("afterDisconnect");
  });
});

describe("why the documented and the measured mean differ", () => {
  const open = claim({
    id: "open",
    documented: { operator: "about", value: 2, unit: "jobs" },
    measure: { metric: "open-jobs", statistic: "mean" },
  });
  const withMean = claimsFile([open, claim()], { quantities: { cleanupAfterDisconnect: "cleanup", meanOpenJobs: "open" } });
  const explained = (line: Timeline) =>
    meanDifference(withMean, concurrency(line, focusServer, 50_000), { parameters: {}, facts: { investigations: 12 } });
  const cause = (line: Timeline, name: string) => explained(line).difference?.causes.find((one) => one.cause === name);

  it("is the documents' arithmetic and a slower cleanup, which add up to it", () => {
    const { difference } = explained(regularRun(12, () => 61_000));
    expect(difference?.causes.map((one) => one.cause)).toEqual(["arithmetic", "cleanup"]);
    const sum = difference?.causes.reduce((total, { jobs }) => total + jobs, 0) ?? Number.NaN;
    expect(sum).toBeCloseTo((difference?.measured ?? 0) - 2, 9);
    // 11 s more for each of 12 Jobs, in a window of 11 starts and a life.
    expect(
      cause(
        regularRun(12, () => 61_000),
        "cleanup",
      )?.jobs,
    ).toBeCloseTo((12 * 11_000) / (11 * 20_000 + 70_850), 2);
  });

  it("is leaked Jobs by themselves, and of the others what their cleanup takes longer", () => {
    const logEnd = { lo: T0, hi: T0 + 700_000 };
    const run = { ...regularRun(12, (index) => (index === 3 || index === 7 ? null : 61_000)), logSpan: logEnd };
    const { difference } = explained(run);
    const sum = difference?.causes.reduce((total, { jobs }) => total + jobs, 0) ?? Number.NaN;
    expect(sum).toBeCloseTo((difference?.measured ?? 0) - 2, 9);
    const windowMs = 700_000 - 150;
    expect(cause(run, "leaks")?.n).toBe(2);
    // From 50 s after their disconnects, 70 and 150 s into the run, to the end of the window.
    expect(cause(run, "leaks")?.jobs).toBeCloseTo((700_000 - 120_000 + (700_000 - 200_000)) / windowMs, 9);
    expect(cause(run, "cleanup")?.jobs).toBeCloseTo((10 * 11_000) / windowMs, 9);
  });

  it("is no cause that is zero in tenths, in which means are told, or that the measured mean leaves open", () => {
    // 0.9 s more for each Job is 0.04 Jobs; 1.2 s more is 0.05.
    expect(
      cause(
        regularRun(12, () => 50_900),
        "cleanup",
      ),
    ).toBeUndefined();
    expect(
      cause(
        regularRun(12, () => 51_300),
        "cleanup",
      )?.jobs,
    ).toBeGreaterThan(0.05);
    const run = regularRun(12, () => 51_300);
    const wide = run.jobs.map((one) => ({ ...one, created: { ...one.created, lo: one.created.at - 1_500 } }));
    expect(explained({ ...run, jobs: wide }).difference?.causes.map((one) => one.cause)).toEqual(["arithmetic"]);
  });

  it("is nothing where every cause is too small to be told", () => {
    const asDocumented = claimsFile([{ ...open, documented: { operator: "about", value: 2.57, unit: "jobs" } }, claim()], {
      quantities: { cleanupAfterDisconnect: "cleanup", meanOpenJobs: "open" },
    });
    const curves = concurrency(
      regularRun(12, () => 50_000),
      focusServer,
      50_000,
    );
    expect(meanDifference(asDocumented, curves, { parameters: {}, facts: { investigations: 12 } })).toEqual({});
  });

  it("is not said of a part of the run, whose mean is not the run's", () => {
    const curves = concurrency(
      regularRun(12, () => 61_000),
      focusServer,
      50_000,
    );
    expect(meanDifference(withMean, { ...curves, part: "log" }, { parameters: {}, facts: { investigations: 12 } })).toEqual({});
  });

  it("is not said where the mean is only a range, or Jobs are in no capture", () => {
    const run = regularRun(12, () => 61_000);
    const rough = run.jobs.map((one) => ({ ...one, created: { ...one.created, lo: one.created.at - 9_000 } }));
    expect(explained({ ...run, jobs: rough })).toEqual({ unexplained: "mean-is-range" });
    const curves = concurrency(run, focusServer, 50_000);
    const context = { parameters: {}, facts: { investigations: 12 } };
    expect(meanDifference(withMean, { ...curves, unseenJobs: 1 }, context)).toEqual({ unexplained: "unseen-jobs" });
    expect(meanDifference(file, curves, context)).toEqual({});
  });
});
