import { describe, expect, it } from "vitest";
import type { Prediction } from "../../src/model/prediction.js";
import type { Report } from "../../src/model/report.js";
import { type PredictionOptions, predictRun } from "../../src/predict/predict.js";
import { LOCALES } from "../../src/report/locales/index.js";
import { toText } from "../../src/report/words/phrase.js";
import { predictionBasis, predictionLimit } from "../../src/report/words/prediction-words.js";
import { type MadeRow, reportOf } from "./builders.js";

function predicted(report: Report, options: PredictionOptions = {}): Prediction {
  const prediction = predictRun(report, { replicates: 400, ...options });
  if ("notPredictable" in prediction) throw new Error(prediction.notPredictable.key);
  return prediction;
}

const refusal = (report: Report) => {
  const prediction = predictRun(report, { replicates: 10 });
  return "notPredictable" in prediction ? prediction.notPredictable.key : "predicted";
};
const keys = ({ notes }: Prediction) => notes.map(({ key }) => key);
const same = (n: number, row: MadeRow = { busyS: 10, delayS: 5, createdS: 1, goneS: 33 }): MadeRow[] =>
  Array.from({ length: n }, () => row);
/** Investigations of 8 to 12 s whose Jobs live 28 to 40 s. */
const varied = (n: number): MadeRow[] =>
  Array.from({ length: n }, (_, index) => ({ busyS: 8 + ((index * 7) % 5), delayS: 5, createdS: 0.5, goneS: 28.5 + ((index * 5) % 13) }));

describe("options that cannot be are refused by name", () => {
  it.each<[PredictionOptions, RegExp]>([
    [{ n: 0 }, /^n=0: expected a whole number of investigations from 1 to 10000$/],
    [{ n: -5 }, /^n=-5/],
    [{ n: 10_001 }, /^n=10001/],
    [{ n: 2.5 }, /^n=2\.5/],
    [{ replicates: 0 }, /^replicates=0/],
    [{ mostDrawn: Number.NaN }, /^mostDrawn=NaN/],
    [{ delaysMs: [1000, Number.NaN] }, /^delaysMs=1000,NaN: expected up to 20 delays/],
    [{ delaysMs: [-1] }, /^delaysMs=-1/],
    [{ maxOpen: 0 }, /^maxOpen=0/],
    [{ seed: -1 }, /^seed=-1/],
  ])("%o", (options, message) => {
    const error = expect.objectContaining({ name: "PostrunError", code: "usage", message: expect.stringMatching(message) });
    expect(() => predictRun(reportOf(varied(30)), options)).toThrow(error);
  });
});

describe("a prediction", () => {
  it("of a long run is simulated less often, so that its work is bounded and its ranges hold exactly their share", () => {
    const times = (n: number, mostDrawn: number) => predicted(reportOf(varied(40)), { n, replicates: 500, mostDrawn }).replicates;
    expect(times(20, 10_000)).toBe(500);
    expect([times(21, 10_000), times(50, 10_000), times(100, 10_000), times(9000, 10_000)]).toEqual([439, 199, 79, 39]);
  });

  it("of fewer investigations than were measured says the same as with more simulated runs", () => {
    const report = reportOf(varied(400));
    const [few] = predicted(report, { n: 100, delaysMs: [5000], replicates: 2000 }).delays;
    const [same] = predicted(report, { n: 400, delaysMs: [5000], replicates: 2000 }).delays;
    const perInvestigation = (total: number | undefined, n: number) => (total ?? 0) / n;
    expect(perInvestigation(few?.totalMs.median, 100) / perInvestigation(same?.totalMs.median, 400)).toBeCloseTo(1, 1);
    expect(few?.openJobs?.mean.median ?? 0).toBeCloseTo(same?.openJobs?.mean.median ?? 1, 1);
  });

  it("is exact where nothing varies", () => {
    const [two] = predicted(reportOf(same(20)), { n: 50, delaysMs: [2000] }).delays;
    const totalMs = 50 * 10_000 + 49 * 2000;
    expect(two?.totalMs).toEqual({ median: totalMs, pi90: [totalMs, totalMs], pi95: [totalMs, totalMs] });
    // Jobs live 32 s and begin every 12 s.
    expect(two?.openJobs?.peak).toEqual({ median: 3, pi90: [3, 3], pi95: [3, 3] });
    expect(two?.openJobs?.mean.median).toBeCloseTo((50 * 32) / (49 * 12 + 32), 10);
  });

  it("is the same for the same seed and another for another", () => {
    const report = reportOf(varied(40));
    expect(predicted(report, { seed: 7 })).toEqual(predicted(report, { seed: 7 }));
    expect(predicted(report, { seed: 7 }).delays).not.toEqual(predicted(report, { seed: 8 }).delays);
  });

  it("takes longer and opens fewer Jobs with a longer delay", () => {
    const { delays } = predicted(reportOf(varied(60)), { delaysMs: [10_000, 1000, 5000] });
    expect(delays.map(({ delayMs }) => delayMs)).toEqual([1000, 5000, 10_000]);
    const medians = delays.map(({ totalMs, openJobs }) => [totalMs.median, -(openJobs?.mean.median ?? 0), -(openJobs?.peak.median ?? 0)]);
    for (const [index, numbers] of medians.slice(1).entries())
      for (const [place, value] of numbers.entries()) expect(value).toBeGreaterThanOrEqual(medians[index]?.[place] ?? Number.NaN);
  });

  it("is surer of the total the more was measured", () => {
    const width = (n: number) => {
      const [lo, hi] = predicted(reportOf(varied(n)), { n: 100, delaysMs: [5000] }).delays[0]?.totalMs.pi90 ?? [0, 0];
      return hi - lo;
    };
    expect(width(10)).toBeGreaterThan(1.5 * width(200));
  });

  it("takes of a measured peak that is only a range all that it may be, and calls more than its least more than was seen", () => {
    const report = reportOf(varied(60));
    const { openJobs } = report.concurrency;
    if (openJobs === undefined) throw new Error("no curve");
    const peakRange = [1, openJobs.peak + 3] as const;
    const ranged = predicted({ ...report, concurrency: { ...report.concurrency, openJobs: { ...openJobs, peakRange } } });
    expect(ranged.basis.jobs).toMatchObject({ peak: openJobs.peak, peakRange });
    expect(ranged.delays.every(({ extrapolates }) => extrapolates.includes("more-open-jobs"))).toBe(true);
    expect(predicted(report).basis.jobs).not.toHaveProperty("peakRange");
    expect(toText(predictionBasis(LOCALES.en, ranged))).toContain(`the measured peak is 1 to ${openJobs.peak + 3}.`);
  });

  it("finds the smallest delay for a limit: a tenth of a second less is not enough", () => {
    const report = reportOf(varied(60));
    const { limit } = predicted(report, { maxOpen: 3 });
    const delayMs = limit?.delayMs ?? Number.NaN;
    expect(delayMs).toBeGreaterThan(0);
    const { delays } = predicted(report, { maxOpen: 3, delaysMs: [delayMs - 100, delayMs] });
    expect(delays[0]?.openJobs?.withinLimit).toBeLessThan(0.95);
    expect(delays[1]?.openJobs?.withinLimit).toBeGreaterThanOrEqual(0.95);
    expect(delays[1]?.openJobs?.withinLimit).toBe(limit?.withinLimit);
  });

  it("finds the delay that the share of runs asks for, and not that of the next one, where all runs differ", () => {
    const rows = varied(60).map((row, index) => ({ ...row, goneS: 28.5 + ((index * 37) % 61) }));
    const options = { replicates: 20, maxOpen: 4, n: 40 };
    const { limit } = predicted(reportOf(rows), options);
    const [less] = predicted(reportOf(rows), { ...options, delaysMs: [(limit?.delayMs ?? Number.NaN) - 100] }).delays;
    expect(limit?.withinLimit).toBe(0.95);
    expect(less?.openJobs?.withinLimit).toBeLessThan(0.95);
  });

  it("finds the delay for a limit also where gaps are shorter than the delay that was set, as whole seconds make them", () => {
    const rows = same(20, { busyS: 10, delayS: 4.5, createdS: 0, goneS: 33 });
    const report = reportOf(rows, { parameters: { delay: { value: 5, origin: "given" } } });
    expect(predicted(report, { maxOpen: 1 }).limit).toEqual({ maxOpen: 1, delayMs: 23_500, withinLimit: 1 });
    // But none begins before the one before it has ended.
    expect(predicted(report, { delaysMs: [0] }).delays[0]?.totalMs.median).toBe(20 * 10_000);
  });

  it("does not count two Jobs of one investigation as open at once where the second is created when the first is gone", () => {
    const report = reportOf(same(20, { busyS: 10, delayS: 5, createdS: 1, goneS: 13, companionGoneS: 14 }));
    const goneOf = new Map(report.jobs.map(({ investigationId, deletedAt = "" }) => [investigationId, deletedAt]));
    const jobs = report.jobs.map((job) => (job.companionOf === undefined ? job : { ...job, createdAt: goneOf.get(job.companionOf) ?? "" }));
    expect(predicted({ ...report, jobs }, { maxOpen: 1 }).limit).toEqual({ maxOpen: 1, delayMs: 3000, withinLimit: 1 });
  });

  it("takes no gap from an investigation that whole seconds show beginning before the one before it ended", () => {
    const rows = same(20).map((row, index) => (index === 7 ? { ...row, delayS: -0.5 } : row));
    expect(predicted(reportOf(rows)).basis.delayMs).toEqual([5000, 5000, 5000]);
  });

  it("finds no delay where Jobs stay open for good", () => {
    const rows = same(40).map((row, index) => (index % 4 === 0 ? { ...row, goneS: 3000, isCut: true } : row));
    expect(predicted(reportOf(rows), { maxOpen: 3, n: 100 }).limit).toMatchObject({ delayMs: null });
  });

  it("draws the ends of Jobs that a capture cut off, which leaving them out would shorten", () => {
    const rows = varied(40).map((row, index) => (index < 28 ? row : { ...row, goneS: 20, isCut: true }));
    const mean = (of: MadeRow[]) => predicted(reportOf(of), { delaysMs: [5000] }).delays[0]?.openJobs?.mean.median ?? Number.NaN;
    const cutAsEnds = rows.map(({ isCut, ...row }) => row);
    expect(Math.abs(mean(rows) - mean(varied(40)))).toBeLessThan(0.1);
    expect(Math.abs(mean(cutAsEnds) - mean(varied(40)))).toBeGreaterThan(0.2);
    expect(keys(predicted(reportOf(rows)))).toContain("ends-drawn");
  });

  it("draws whole Jobs for investigations that no capture saw", () => {
    const rows = same(30).map((row, index) => (index < 20 ? row : { ...row, noJob: true }));
    const prediction = predicted(reportOf(rows), { delaysMs: [5000] });
    expect(keys(prediction)).toContain("jobs-drawn");
    expect(prediction.delays[0]?.openJobs?.peak.median).toBe(3);
  });

  it("draws Jobs for an investigation whose own were open when the capture began, and for one that failed once a Job was named, not before", () => {
    const report = reportOf(same(24).map((row, index) => (index < 20 ? row : { ...row, outcome: "failed", noJob: true })));
    const cut = report.jobs.map((job, index) => ({ ...job, truncated: index < 3 }));
    const unnamed = report.investigations.map((one, index) => (index < 22 ? one : { ...one, jobId: null }));
    const drawn = (change: Partial<Report>) => predicted({ ...report, ...change }).notes.find(({ key }) => key === "jobs-drawn")?.values;
    expect(drawn({})).toEqual({ n: 4 });
    expect(drawn({ investigations: unnamed })).toEqual({ n: 2 });
    expect(drawn({ jobs: cut })).toEqual({ n: 7 });
  });

  it("draws all Jobs of an investigation", () => {
    const report = reportOf(same(20, { busyS: 10, delayS: 5, createdS: 1, goneS: 33, companionGoneS: 13 }));
    const [two] = predicted(report, { n: 50, delaysMs: [2000] }).delays;
    // Beside Jobs of 32 s others of 12 s begin every 12 s.
    expect(two?.openJobs?.peak.median).toBe(4);
    expect(two?.openJobs?.mean.median).toBeCloseTo((50 * (32 + 12)) / (49 * 12 + 32), 10);
    const [measured] = predicted(report, { n: 20, delaysMs: [5000] }).delays;
    expect(measured?.openJobs?.peak.median).toBe(report.concurrency.openJobs?.peak);
  });

  it("finds no delay where one investigation alone has more Jobs than the limit, and says so", () => {
    const prediction = predicted(reportOf(same(20, { busyS: 10, delayS: 5, companionGoneS: 13 })), { maxOpen: 1 });
    expect(prediction.limit).toEqual({ maxOpen: 1, delayMs: null, withinLimit: 0, ownPeak: 2 });
    expect(toText(predictionLimit(LOCALES.en, prediction) ?? [])).toMatch(/since one investigation alone has up to 2 at once/);
  });

  it("predicts the total alone where the report does not say whose some Jobs are", () => {
    const report = reportOf(same(20, { busyS: 10, delayS: 5, companionGoneS: 13 }));
    const jobs = report.jobs.map(({ companionOf, ...job }) => job);
    const prediction = predicted({ ...report, jobs }, { maxOpen: 3 });
    expect(prediction.delays[0]?.openJobs).toBeUndefined();
    expect(prediction.limit).toBeUndefined();
    expect(prediction.notes).toContainEqual({ key: "stray-jobs", values: { n: 20 } });
  });

  it("lets as many investigations fail as failed, within chance", () => {
    const rows = same(100).map((row, index): MadeRow => (index % 10 === 0 ? { ...row, busyS: 40, goneS: 60, outcome: "timeout" } : row));
    const prediction = predicted(reportOf(rows), { n: 100, delaysMs: [5000] });
    const failures = (prediction.delays[0]?.totalMs.pi95 ?? []).map((ms) => (ms - 99 * 5000 - 100 * 10_000) / 30_000);
    expect(failures[0]).toBeGreaterThan(0);
    expect(failures[0]).toBeLessThan(6);
    expect(failures[1]).toBeGreaterThan(15);
    expect(failures[1]).toBeLessThan(30);
    expect(keys(prediction)).toContain("failures");
    expect(keys(predicted(reportOf(same(10))))).toContain("no-failure-seen");
  });

  it("adds to each delay what passes beyond the delay that was set", () => {
    const report = reportOf(same(20, { busyS: 10, delayS: 5.4 }), { parameters: { delay: { value: 5, origin: "detected" } } });
    const prediction = predicted(report, { n: 20, delaysMs: [1000] });
    expect(prediction.delays[0]?.totalMs.median).toBe(20 * 10_000 + 19 * 1400);
    expect(prediction.notes).toContainEqual({ key: "delay-overhead", values: { s: 0.4 } });
  });

  it("predicts the total alone where the cluster was not seen, and says so", () => {
    const prediction = predicted(reportOf(varied(20), { jobs: [], concurrency: { window: null } }), { maxOpen: 3 });
    expect(prediction.delays[0]?.openJobs).toBeUndefined();
    expect(prediction.limit).toBeUndefined();
    expect(keys(prediction)).toContain("no-open-jobs");
  });

  it("leaves out an investigation of which an end has no place on the cluster's time", () => {
    const report = reportOf(same(20));
    const unplaced = report.investigations.map((one, index) =>
      index < 18
        ? one
        : {
            ...one,
            ...(index === 18 ? {} : { startedAt: null, startedAtLocal: "2025-01-01T05:00:00" }),
            endedAt: null,
            endedAtLocal: "2025-01-01T05:00:00",
            stages: [],
          },
    );
    const seen = reportOf(same(20).slice(0, 18));
    const options = { n: 20, delaysMs: [1000] };
    expect(predicted({ ...report, investigations: unplaced, jobs: [] }, options).delays).toEqual(
      predicted({ ...report, investigations: seen.investigations, jobs: [] }, options).delays,
    );
  });

  it("says where it goes beyond what was measured", () => {
    const { delays } = predicted(reportOf(same(20)), { n: 60, delaysMs: [0, 5000] });
    expect(delays.map(({ extrapolates }) => extrapolates)).toEqual([
      ["shorter-delay", "more-open-jobs", "more-investigations"],
      ["more-investigations"],
    ]);
    expect(predicted(reportOf(same(20)), { delaysMs: [5000] }).delays[0]?.extrapolates).toEqual([]);
    // A sleep of the same length is measured a little differently each time.
    const near = predicted(reportOf(same(20)), { delaysMs: [4890, 4900] }).delays;
    expect(near.map(({ extrapolates }) => extrapolates.includes("shorter-delay"))).toEqual([true, false]);
  });

  it("says when connecting depended on the load, or investigations on each other", () => {
    const loaded = varied(60).map((row, index) => ({ ...row, connectS: 2 + index * 0.1, goneS: 28.5 + index }));
    expect(keys(predicted(reportOf(loaded)))).toContain("load-dependence");
    expect(keys(predicted(reportOf(varied(60))))).not.toContain("load-dependence");
    expect(keys(predicted(reportOf(same(10))))).toContain("load-unknown");
    // How many were open is not known, then not even what there is says anything of it.
    const { window, ...counted } = reportOf(loaded).concurrency;
    const unwatched = window === null ? [] : [window];
    expect(keys(predicted(reportOf(loaded, { concurrency: { ...counted, window, unwatched } })))).toContain("load-unknown");
    expect(keys(predicted(reportOf(loaded, { concurrency: { ...counted, window, unseenJobs: 2 } })))).toContain("load-unknown");
    // How long one that failed took to connect says nothing of the load.
    const failing = loaded.map((row, index): MadeRow => (index < 30 ? { ...row, connectS: 2 } : { ...row, outcome: "failed" }));
    expect(keys(predicted(reportOf(failing)))).not.toContain("load-dependence");
    const slower = varied(60).map((row, index) => ({ ...row, busyS: 8 + index * 0.1 }));
    expect(keys(predicted(reportOf(slower)))).toContain("serial-dependence");
  });

  it("is refused, with the reason, for a report that cannot tell", () => {
    expect(refusal(reportOf(same(5)))).toBe("too-few");
    expect(refusal(reportOf([]))).toBe("no-investigations");
    expect(refusal(reportOf(same(20), { run: { selected: "all", found: 2 } }))).toBe("several-runs");
    const parallel = reportOf(same(20, { busyS: 10, delayS: -6 }));
    expect(refusal({ ...parallel, investigations: parallel.investigations.map((one) => ({ ...one, stages: [] })) })).toBe("parallel");
  });
});
