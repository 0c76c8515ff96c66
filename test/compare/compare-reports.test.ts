import { describe, expect, it } from "vitest";
import { compareReports } from "../../src/compare/index.js";
import type { DurationComparison, Report, ReportComparison } from "../../src/model/report.js";
import { fixedCleanup, type SimulationOptions } from "../../src/simulate/index.js";
import { FINE_CAPTURES } from "../postrun/simulated.js";
import { simulatedReport } from "./reports.js";

const plain = { seed: "before", investigations: 60, cleanup: fixedCleanup(50_000, 1_000) } as const;

function row(comparison: ReportComparison, stage: string): DurationComparison {
  const found = comparison.durations.find((entry) => entry.stage === stage);
  if (found === undefined) throw new Error(`no stage ${stage}`);
  return found;
}

describe("a run held against an earlier one", () => {
  it("sees the cleanup that takes 4 s longer, and says by how much", async () => {
    const older = await simulatedReport(plain);
    const newer = await simulatedReport({ ...plain, seed: "slow cleanup", cleanup: fixedCleanup(54_000, 1_000) });
    const comparison = compareReports(older, newer);
    const cleanup = row(comparison, "cleanup");
    expect(cleanup.finding).toBe("longer");
    expect(cleanup.ci95Ms?.[0] ?? 0).toBeLessThan(4000);
    expect(cleanup.ci95Ms?.[1] ?? 0).toBeGreaterThan(4000);
    expect((cleanup.ci95Ms?.[1] ?? 9e9) - (cleanup.ci95Ms?.[0] ?? 0)).toBeLessThan(2500);
    expect(row(comparison, "frames").finding).toBe("no-change-seen");
    expect(comparison.verdicts.find(({ id }) => id === "cleanup-after-disconnect")).toMatchObject({
      before: "confirmed",
      after: "contradicted",
      direction: "worse",
    });
  });

  it("says of every stage without a change how small a change it could have seen", async () => {
    const comparison = compareReports(await simulatedReport(plain), await simulatedReport({ ...plain, seed: "after" }));
    const unchanged = comparison.durations.filter(({ finding }) => finding === "no-change-seen");
    expect(unchanged.length).toBeGreaterThan(3);
    for (const { ci95Ms, detectableMs = 0 } of unchanged) {
      expect(detectableMs).toBeGreaterThan(0);
      // It is more than half the interval: a change as large as that would be missed every other time.
      expect(detectableMs).toBeGreaterThan(((ci95Ms?.[1] ?? 0) - (ci95Ms?.[0] ?? 0)) / 2 - 1e-6);
    }
  });

  it("counts the Jobs that a capture cut off, and does not read their absence as a faster cleanup", async () => {
    const older = await simulatedReport({ ...plain, investigations: 40 });
    const newer = cutCapture(await simulatedReport({ ...plain, investigations: 40, seed: "cut" }), 52_000);
    const cleanup = row(compareReports(older, newer), "cleanup");
    expect(cleanup.after.censored).toBeGreaterThan(3);
    expect(cleanup.finding).toBe("no-change-seen");
    const withoutThem = { ...newer, stages: newer.stages.map((stage) => ({ ...stage, censored: 0 })) };
    expect((row(compareReports(older, withoutThem), "cleanup").shiftMs ?? 0) < (cleanup.shiftMs ?? 0)).toBe(true);
  });

  it("finds the lifetimes of the Jobs and investigations that a capture and a log left open", async () => {
    const older = await simulatedReport({ ...plain, investigations: 40 });
    const openStages = async (settings: SimulationOptions) => {
      const newer = await simulatedReport({ ...plain, ...settings, investigations: 40, seed: "open ends" });
      return compareReports(older, newer).durations.filter(({ after }) => after.censored > 0);
    };
    const atTheEnd = await openStages({ capture: { tailMs: 5_000 } });
    const stillStreaming = await openStages({ capture: { tailMs: 5_000 }, trouble: { runningAtEnd: true } });
    expect(atTheEnd.map(({ stage, finding }) => [stage, finding])).toEqual([
      ["cleanup", "no-change-seen"],
      ["life", "no-change-seen"],
    ]);
    expect(stillStreaming.map(({ stage, finding }) => [stage, finding])).toEqual([
      ["frames", "no-change-seen"],
      ["life", "no-change-seen"],
    ]);
  });

  it("is refused where one of the reports takes several runs together", async () => {
    const [older, newer] = [await simulatedReport(plain), await simulatedReport({ ...plain, seed: "after" })];
    const several = (report: Report): Report => ({ ...report, run: { selected: "all", found: 2 } });
    expect(() => compareReports(several(older), newer)).toThrow("the baseline takes 2 runs together");
    expect(() => compareReports(older, several(newer))).toThrow("this report takes 2 runs together");
  });

  it("does not compare a stage of whose values the report holds only some, or none", async () => {
    const [older, newer] = [await simulatedReport(plain), await simulatedReport({ ...plain, seed: "after" })];
    for (const kept of [0, 3]) {
      const stages = newer.stages.map((stage) => ({ ...stage, samplesMs: stage.samplesMs.slice(0, kept) }));
      const found = row(compareReports(older, { ...newer, stages }), "cleanup");
      expect([found.finding, found.reason?.key]).toEqual(["not-compared", "values-missing"]);
    }
  });

  it("does not compare a stage whose cut-off lifetimes the report does not hold", async () => {
    const newer = await simulatedReport({ ...plain, seed: "after" });
    const stages = newer.stages.map((stage) => (stage.stage === "cleanup" ? { ...stage, censored: 7 } : stage));
    const cleanup = row(compareReports(await simulatedReport(plain), { ...newer, stages }), "cleanup");
    expect(cleanup).toMatchObject({ finding: "not-compared", reason: { key: "cut-off-unknown", values: { n: 7 } } });
  });

  it("does not compare times of Jobs of which some were seen only because they lasted until the capture began", async () => {
    const newer = await simulatedReport({ ...plain, seed: "late capture" });
    const stages = newer.stages.map((stage) => (stage.stage === "cleanup" ? { ...stage, late: 9 } : stage));
    const comparison = compareReports(await simulatedReport(plain), { ...newer, stages });
    expect(row(comparison, "cleanup")).toMatchObject({
      finding: "not-compared",
      reason: { key: "begun-before-capture", values: { n: 9 } },
    });
    expect(row(comparison, "frames").finding).toBe("no-change-seen");
    // They may leave no median either.
    const withoutMedians = stages.map(({ p50Ms, ...stage }) =>
      stage.late === undefined && p50Ms !== undefined ? { ...stage, p50Ms } : stage,
    );
    const again = compareReports(await simulatedReport(plain), { ...newer, stages: withoutMedians });
    expect(row(again, "cleanup")).toMatchObject({ reason: { key: "begun-before-capture", values: { n: 9 } } });
  });

  it("adds what stamps of whole seconds leave open", async () => {
    const coarse = ["jobs-watch.json", "events-watch.json"];
    const [older, newer] = [await simulatedReport(plain, coarse), await simulatedReport({ ...plain, seed: "after" }, coarse)];
    const fine = row(
      compareReports(await simulatedReport(plain), await simulatedReport({ ...plain, seed: "after" }, FINE_CAPTURES)),
      "cleanup",
    );
    const width = ({ ci95Ms = [0, 0] }: DurationComparison) => ci95Ms[1] - ci95Ms[0];
    const whole = row(compareReports(older, newer), "cleanup");
    const resolution = older.stages.find(({ stage }) => stage === "cleanup")?.resolutionMs ?? 0;
    expect(resolution).toBeGreaterThan(300);
    expect(width(whole)).toBeGreaterThan(width(fine));
    expect(width(whole)).toBeGreaterThan(2 * resolution);
  });

  it("holds every difference that ends known only as ranges allow", async () => {
    const [older, newer] = [await simulatedReport(plain), await simulatedReport({ ...plain, seed: "after" })];
    const ranged = (report: Report, below: number, above: number): Report => ({
      ...report,
      stages: report.stages.map((stage) =>
        stage.p50Ms === undefined ? stage : { ...stage, p50RangeMs: [stage.p50Ms - below, stage.p50Ms + above] as const },
      ),
    });
    const interval = (before: Report, after: Report) => row(compareReports(before, after), "cleanup").ci95Ms ?? [0, 0];
    const halfOf = (report: Report) => (report.stages.find(({ stage }) => stage === "cleanup")?.resolutionMs ?? 0) / 2;
    const plainly = interval(older, newer);
    const widened = interval(older, ranged(newer, 3000, 500));
    expect(plainly[0] - widened[0]).toBeCloseTo(3000 - halfOf(newer), 2);
    expect(widened[1] - plainly[1]).toBeCloseTo(500 - halfOf(newer), 2);
    // What the earlier run leaves open counts the other way round.
    expect(interval(ranged(older, 3000, 500), newer)[1] - plainly[1]).toBeCloseTo(3000 - halfOf(older), 2);
  });

  it("compares a stage with fewer than six values only in numbers", async () => {
    const few = await simulatedReport({ ...plain, seed: "few", investigations: 5 });
    const frames = row(compareReports(few, await simulatedReport(plain)), "frames");
    expect(frames).toMatchObject({ finding: "not-compared", before: { n: 5 }, reason: { key: "too-few" } });
    expect(frames.shiftMs).toBeUndefined();
  });

  it("makes no finding of the mean of open Jobs where the bands overlap", async () => {
    const older = await simulatedReport(plain);
    const { openJobs } = older.concurrency;
    if (openJobs === undefined) throw new Error("no curve");
    const withMean = (mean: number, band: readonly [number, number]): Report => ({
      ...older,
      sources: [],
      jobs: [],
      concurrency: { ...older.concurrency, openJobs: { ...openJobs, mean, meanRange: band } },
    });
    const finding = (report: Report) =>
      compareReports(withMean(2, [1.9, 2.1]), report).runLevel.find((entry) => entry.quantity === "mean-open-jobs")?.finding;
    expect(finding(withMean(2.15, [2.05, 2.3]))).toBe("overlapping");
    expect(finding(withMean(2.5, [2.4, 2.6]))).toBe("larger");
    expect(finding(withMean(1.5, [1.4, 1.6]))).toBe("smaller");
  });

  it("holds open Jobs of a part of a run against nothing", async () => {
    const older = await simulatedReport(plain);
    const part: Report = { ...older, sources: [], jobs: [], concurrency: { ...older.concurrency, part: "log" } };
    const found = (before: Report, after: Report) =>
      compareReports(before, after).runLevel.map(({ quantity, finding }) => [quantity, finding]);
    for (const rows of [found(older, part), found(part, older)])
      expect(rows).toEqual([
        ["mean-open-jobs", "part"],
        ["peak-open-jobs", "part"],
        ["run-duration", expect.not.stringMatching("part")],
      ]);
  });

  it("tells how much larger a peak can be where it is known only as a range", async () => {
    const older = await simulatedReport(plain);
    const { openJobs } = older.concurrency;
    if (openJobs === undefined) throw new Error("no curve");
    const withPeak = (peak: number, peakRange?: readonly [number, number]): Report => ({
      ...older,
      sources: [],
      jobs: [],
      concurrency: { ...older.concurrency, openJobs: { ...openJobs, peak, ...(peakRange && { peakRange }) } },
    });
    const peak = (before: Report, after: Report) =>
      compareReports(before, after).runLevel.find(({ quantity }) => quantity === "peak-open-jobs");
    expect(peak(withPeak(4), withPeak(8, [5, 19]))).toMatchObject({ finding: "larger", difference: 4, differenceRange: [1, 15] });
    expect(peak(withPeak(8, [5, 19]), withPeak(4))).toMatchObject({ finding: "smaller", differenceRange: [-15, -1] });
    expect(peak(withPeak(4), withPeak(8, [4, 19]))).toMatchObject({ finding: "overlapping" });
    expect(peak(withPeak(4), withPeak(5))).not.toHaveProperty("differenceRange");
  });

  it("knows the length of the run as each report measures it, and none where one of them does not", async () => {
    const older = await simulatedReport(plain);
    const newer = await simulatedReport({ ...plain, seed: "after" });
    const length = (before: Report, after: Report) =>
      compareReports(before, after).runLevel.find(({ quantity }) => quantity === "run-duration");
    expect(older.runDuration?.band).toBeDefined();
    expect(length(older, newer)).toMatchObject({ unit: "s", before: older.runDuration, after: newer.runDuration });
    const { runDuration: _, ...unmeasured } = older;
    expect([unmeasured.window === null, length(unmeasured, newer), length(newer, unmeasured)]).toEqual([false, undefined, undefined]);
  });

  it("lists labels and parameters with another value, and claims that document something else now", async () => {
    const older = await simulatedReport(plain);
    const claims = older.claims.map((claim) =>
      claim.id === "configure-duration" ? { ...claim, documented: { ...claim.documented, value: 0.5 } } : claim,
    );
    const newer: Report = {
      ...older,
      sources: [],
      jobs: [],
      labels: { build: "2" },
      claims: claims.filter(({ id }) => id !== "sequential"),
    };
    const comparison = compareReports({ ...older, labels: { build: "1", branch: "main" } }, newer);
    expect(comparison.labels).toEqual([
      { name: "build", before: "1", after: "2" },
      { name: "branch", before: "main", after: null },
    ]);
    expect(comparison.documented.map(({ id, before, after }) => [id, before.value, after.value])).toEqual([
      ["configure-duration", 0.3, 0.5],
    ]);
    expect([comparison.claimsAdded, comparison.claimsRemoved]).toEqual([[], ["sequential"]]);
    expect(comparison.parameters).toEqual([]);
  });
});

describe("a baseline that cannot be one", () => {
  const message = (older: Report, newer: Report): string => {
    try {
      compareReports(older, newer);
      return "";
    } catch (error) {
      return error instanceof Error ? error.message : "";
    }
  };

  it("is refused, with what is wrong with it", async () => {
    const report = await simulatedReport(plain);
    const other = await simulatedReport({ ...plain, seed: "after" });
    expect(message({ ...other, profile: { ...other.profile, id: "batch-jobs" } }, report)).toMatch(/profile "batch-jobs"/);
    expect(message(report, report)).toMatch(/this very run/);
    expect(message({ ...other, stages: [], concurrency: { window: null } }, report)).toMatch(/nothing to compare/);
    expect(message(other, report)).toBe("");
  });

  it("may be another run of the same log", async () => {
    const report = await simulatedReport(plain);
    const second: Report = {
      ...report,
      window: { from: "2025-01-01T00:00:00.000Z", to: "2025-01-01T01:00:00.000Z" },
      jobs: report.jobs.map((job) => ({ ...job, uid: `${job.uid}-2` })),
      investigations: report.investigations.map((entry) => ({
        ...entry,
        stages: entry.stages.map((stage) => ({
          ...stage,
          evidence: stage.evidence.map((place) => ({ ...place, line: place.line + 100_000 })),
        })),
      })),
    };
    expect(message(report, second)).toBe("");
  });

  it("is not a part of this run, or the same run out of other files", async () => {
    const report = await simulatedReport(plain);
    const part = { ...report, window: { from: "2025-01-01T00:00:00.000Z", to: "2025-01-01T01:00:00.000Z" }, jobs: [] };
    const otherFiles = { ...report, sources: report.sources.map((source) => ({ ...source, sha256: `${source.sha256}-2` })) };
    for (const same of [part, otherFiles]) expect(message(same, report)).toMatch(/this very run/);
  });

  it("is not several runs: their samples would be mixed", async () => {
    const report = await simulatedReport(plain);
    const other = await simulatedReport({ ...plain, seed: "after" });
    expect(message({ ...other, pooled: { runs: [], claims: [] } }, report)).toMatch(/pooled report/);
  });
});

/** The report as it would be had the capture ended while the last Jobs were open: everything after an age in them was not seen. */
function cutCapture(report: Report, afterMs: number): Report {
  const curve = report.cleanup.fromDisconnect;
  if (curve === undefined) throw new Error("no curve");
  const last = report.jobs.filter((job) => job.role === "serving" && job.cleanupMs !== undefined).slice(-12);
  const slow = new Set(last.flatMap((job, index) => ((job.cleanupMs ?? 0) > afterMs - 500 * index ? [job.uid] : [])));
  const seenFor = (uid: string) => afterMs - 500 * last.findIndex((job) => job.uid === uid);
  const jobs = report.jobs.map((job) => {
    if (!slow.has(job.uid)) return job;
    const { cleanupMs: _, ...rest } = job;
    return { ...rest, censored: true };
  });
  const samplesMs = jobs.flatMap((job) => (job.role === "serving" ? (job.cleanupMs ?? []) : []));
  return {
    ...report,
    jobs,
    cleanup: { fromDisconnect: { ...curve, n: samplesMs.length, censored: slow.size, censoredAtMs: [...slow].map(seenFor) } },
    stages: report.stages.map((stage) =>
      stage.stage === "cleanup" ? { ...stage, n: samplesMs.length, censored: slow.size, samplesMs } : stage,
    ),
  };
}
