import { describe, expect, it } from "vitest";
import { concurrency, runWindow } from "../../src/analyze/concurrency.js";
import { leakedJobs } from "../../src/analyze/leaks.js";
import { focusServer, T0 } from "../timeline/builders.js";
import { investigation, job, moment, point, regularRun, timeline } from "./builders.js";

const curves = (line: Parameters<typeof concurrency>[0], cleanupMs: number | null = 50_000) => concurrency(line, focusServer, cleanupMs);

describe("the window", () => {
  it("runs from the first creation to the last deletion", () => {
    expect(runWindow(regularRun(3, () => 50_000))).toEqual({ lo: T0 + 150, hi: T0 + 100_000 });
  });

  it("ends with the coverage while Jobs are open, but not beyond the log and the last deletion", () => {
    const open = regularRun(3, (index) => (index === 2 ? null : 50_000));
    expect(runWindow(open)?.hi).toBe(T0 + 80_000);
    expect(runWindow({ ...open, jobCoverage: { lo: T0, hi: T0 + 70_000 } })?.hi).toBe(T0 + 70_000);
  });

  it("begins with the coverage where the capture began late", () => {
    const late = { ...regularRun(3, () => 50_000), jobCoverage: { lo: T0 + 15_000, hi: T0 + 900_000 } };
    expect(runWindow(late)?.lo).toBe(T0 + 15_000);
  });

  it("is null without Jobs, and never turned around", () => {
    expect(runWindow(timeline([], []))).toBeNull();
    const gone = [job(1, 0, 4_000, { truncated: true })];
    const window = runWindow(timeline([], gone, { jobCoverage: { lo: T0 + 5_000, hi: T0 + 9_000 } }));
    expect(window !== null && window.hi >= window.lo).toBe(true);
  });
});

describe("curves", () => {
  it("hold the mean in its range whatever the ends may be", () => {
    const run = regularRun(12, () => 50_000);
    const jobs = run.jobs.map((one, n) => ({ ...one, created: moment(n * 20_000 + 150, 400), gone: moment(n * 20_000 + 60_000, n * 700) }));
    const { openJobs } = curves({ ...run, jobs });
    const [low, high] = openJobs?.meanRange ?? [Number.NaN, Number.NaN];
    expect(low).toBeLessThan(openJobs?.steps.mean ?? 0);
    expect(high).toBeGreaterThanOrEqual(openJobs?.steps.mean ?? Number.POSITIVE_INFINITY);
  });

  it("predict what the documents say for this very run", () => {
    const run = regularRun(4, () => 80_000);
    const { documented, openJobs } = curves(run);
    // 9.85 s from the creation to the disconnect, then 50 s; the page's own arithmetic has 50 s in all.
    expect(documented?.fromDisconnect?.steps.integralMs).toBe(4 * 59_850);
    expect(documented?.fromCreation?.steps.integralMs).toBe(4 * 50_000);
    expect(openJobs?.steps.integralMs).toBe(4 * 89_850);
    expect(curves(run, null).documented).toBeUndefined();
  });

  it("count a Job as open while its own source shows it, and as one that may have stayed after that", () => {
    const run = regularRun(12, (index) => (index === 2 ? null : 50_000));
    const jobs = run.jobs.map((one) => (one.gone === undefined ? { ...one, censoredAt: T0 + 100_000 } : one));
    const { openJobs } = curves({ ...run, jobs });
    const [low, high] = openJobs?.meanRange ?? [Number.NaN, Number.NaN];
    const windowMs = (runWindow({ ...run, jobs })?.hi ?? Number.NaN) - T0 - 150;
    expect(openJobs?.steps.mean).toBeCloseTo(low, 9);
    expect(high - low).toBeCloseTo((windowMs + 150 - 100_000) / windowMs, 9);
  });

  it("may be higher by the Jobs that came and went while no watch was up", () => {
    const run = regularRun(12, () => 50_000);
    const created = { how: "watch-received" } as const;
    const jobs = run.jobs.slice(1).map((one) => ({ ...one, created: { ...one.created, ...created } }));
    const investigations = run.investigations.map(({ jobUid, ...one }, index) =>
      index === 0 || jobUid === undefined ? one : { ...one, jobUid },
    );
    const seen = { ...run, jobs, investigations };
    const [low, high] = curves(seen).openJobs?.meanRange ?? [Number.NaN, Number.NaN];
    expect(high).toBe(low);
    const unwatched = [{ lo: T0 - 5_000, hi: T0 + 45_000 }];
    const gap = curves({ ...seen, unwatched }).openJobs;
    const windowMs = (runWindow(seen)?.hi ?? 0) - (runWindow(seen)?.lo ?? 0);
    expect((gap?.meanRange[1] ?? 0) - high).toBeCloseTo((T0 + 45_000 - (runWindow(seen)?.lo ?? 0)) / windowMs, 9);
    expect(gap?.steps.mean).toBe(low);
  });

  it("keep other tenants' Jobs apart", () => {
    const run = regularRun(2, () => 50_000);
    const foreign = { ...job(9, 5_000, 20_000), ofThisRun: false };
    const found = curves({ ...run, jobs: [...run.jobs, foreign] });
    expect([found.openJobs?.steps.peak, found.allJobs?.steps.peak]).toEqual([2, 2]);
    expect(found.allJobs?.steps.integralMs).toBe((found.openJobs?.steps.integralMs ?? 0) + 15_000);
  });

  it("of running Pods are left out where the Pods of many Jobs are not known, and may be higher where those of a few are not", () => {
    const run = regularRun(20, () => 50_000);
    const pods = run.jobs.map(({ uid, created, gone }) => ({
      name: `pod-${uid}`,
      uid: `pod-${uid}`,
      jobUid: uid,
      started: created,
      ended: gone,
    }));
    const withPods = (count: number) => curves({ ...run, pods: pods.slice(0, count) } as typeof run).runningPods;
    const [all, most] = [withPods(20), withPods(19)];
    expect(all?.meanRange).toEqual([all?.steps.mean, all?.steps.mean]);
    expect(most?.meanRange[1]).toBeCloseTo(all?.steps.mean ?? 0);
    expect(most?.steps.mean).toBeLessThan(all?.steps.mean ?? 0);
    // The watch of the Pods was lost after a third of the run.
    expect(withPods(7)).toBeUndefined();
  });

  it("show only who was connected where nothing tells of deletions", () => {
    const found = curves({ ...regularRun(2, () => 50_000), seesDeletions: false });
    expect([found.openJobs, found.documented, found.connected?.steps.peak]).toEqual([undefined, undefined, 1]);
  });

  it("end the connection of an investigation that broke off at its last sign", () => {
    const broken = { outcome: "failed" as const, points: investigation(1, 0).points.slice(0, 5) };
    const line = timeline([investigation(1, 0, broken), investigation(2, 20_000)], []);
    const steps = curves(line).connected?.steps;
    expect([steps?.peak, steps?.integralMs]).toEqual([1, 100 + 7_000]);
    const running = timeline([investigation(1, 0, { ...broken, outcome: "running" })], []);
    expect(curves(running).connected?.steps.integralMs).toBe(101);
  });
});

describe("leaked Jobs", () => {
  const open = (n: number, ageMs: number) => job(n, 0, null, { censoredAt: T0 + ageMs });

  it("were left longer ago than twice the documented time", () => {
    const line = timeline([investigation(1, 0)], [open(1, 111_000)]);
    expect(leakedJobs(line, 50_000)).toMatchObject([{ id: "leaked-jobs", count: 1, values: { olderThanS: 100 } }]);
    expect(leakedJobs(line, null)).toEqual([]);
  });

  it("are not those whose client left only now, however long it had stayed", () => {
    const long = investigation(1, 0);
    const points = [...long.points.slice(0, 6), point("disconnecting", 300_000), point("disconnected", 300_500)];
    expect(leakedJobs(timeline([{ ...long, points }], [open(1, 310_000)]), 50_000)).toEqual([]);
  });

  it("are not those that still serve", () => {
    const line = timeline([investigation(1, 0, { outcome: "running" })], [open(1, 500_000)]);
    expect(leakedJobs(line, 50_000)).toEqual([]);
  });
});
