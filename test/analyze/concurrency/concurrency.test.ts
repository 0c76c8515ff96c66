import { describe, expect, it } from "vitest";
import { concurrency, runWindow } from "../../../src/analyze/concurrency/concurrency.js";
import { leakedJobs } from "../../../src/analyze/jobs/leaks.js";
import type { Bounds } from "../../../src/model/time.js";
import type { Investigation, Moment, Point } from "../../../src/model/timeline.js";
import { anchoredRunner, focusServer, T0 } from "../../timeline/builders.js";
import { investigation, job, moment, point, regularRun, timeline } from "../builders.js";

const curves = (line: Parameters<typeof concurrency>[0], cleanupMs: number | null = 50_000) => concurrency(line, focusServer, cleanupMs);

describe("a log that a clock places in part", () => {
  const run = regularRun(6, () => 50_000);
  const clocks = [anchoredRunner({ holdsFor: { lo: Number.NEGATIVE_INFINITY, hi: T0 + 35_000 } })];

  it("tells nothing of who was connected at once, nor when all clients had left", () => {
    const [whole, part] = [curves(run), curves({ ...run, clocks })];
    expect([whole.connected?.steps.peak, whole.documented?.fromDisconnect?.steps.peak]).toEqual([1, 3]);
    expect([part.connected, part.documented?.fromDisconnect]).toEqual([undefined, undefined]);
    expect([part.openJobs, part.documented?.fromCreation]).toEqual([whole.openJobs, whole.documented?.fromCreation]);
  });
});

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

  it("begins with the first creation where the coverage began no more than a second after it", () => {
    const from = (ms: number) => runWindow({ ...regularRun(3, () => 50_000), jobCoverage: { lo: T0 + 150 + ms, hi: T0 + 900_000 } })?.lo;
    expect([from(-5_000), from(1_000), from(1_001)]).toEqual([T0 + 150, T0 + 150, T0 + 1_151]);
    expect(runWindow({ ...regularRun(3, () => 50_000), jobCoverage: null })?.lo).toBe(T0 + 150);
  });

  it("begins with the first Job that was seen to be created where some were there before", () => {
    const run = regularRun(3, () => 50_000);
    const thereBefore = (count: number) =>
      runWindow({ ...run, jobs: run.jobs.map((one, index) => ({ ...one, truncated: index < count })) })?.lo;
    expect([thereBefore(0), thereBefore(1), thereBefore(2), thereBefore(3)]).toEqual([150, 20_150, 40_150, 150].map((ms) => T0 + ms));
  });

  it("is null without Jobs, and never turned around", () => {
    expect(runWindow(timeline([], []))).toBeNull();
    const gone = [job(1, 0, 4_000, { truncated: true })];
    const window = runWindow(timeline([], gone, { jobCoverage: { lo: T0 + 5_000, hi: T0 + 9_000 } }));
    expect(window !== null && window.hi >= window.lo).toBe(true);
  });
});

/** Whether such an investigation had a Job, nothing tells. */
const neverConnected = ({ points }: Pick<Investigation, "points">) => ({ outcome: "failed" as const, points: points.slice(0, 3) });

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

  it("predict from the last sign of a client that connected and failed, and from the creation where none connected", () => {
    const run = regularRun(3, () => 80_000);
    const broken = (one: Investigation, length: number): Investigation => ({
      ...one,
      outcome: "failed",
      points: one.points.slice(0, length),
    });
    const [first, second, third] = run.investigations as [Investigation, Investigation, Investigation];
    // The first broke off in its stream, 3.1 s after its start; the second while it dialled.
    const { documented } = curves({ ...run, investigations: [broken(first, 5), broken(second, 3), third] });
    expect(documented?.fromDisconnect?.steps.integralMs).toBe(3_100 - 150 + 50_000 + 50_000 + 59_850);
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
    const unseenCreation = { lo: T0, hi: T0 + 301 };
    const investigations = run.investigations.map(({ jobUid, ...one }, index) =>
      index === 0 || jobUid === undefined ? { ...one, ...neverConnected(one), unseenCreation } : { ...one, jobUid },
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

  describe("of which a Job is in no row", () => {
    /** The Jobs of a run without that of the third investigation, which its log asked for between two readings; the watch was down from 41 to 60 s. */
    const gaps = [{ lo: T0 + 41_000, hi: T0 + 60_000 }];
    const without = (unseenCreation: Bounds, { unwatched = gaps, how = "watch-received" as Moment["how"], clock = {} } = {}) => {
      const run = regularRun(4, () => 50_000);
      const jobs = run.jobs.flatMap((one) => (one.investigation === 3 ? [] : [{ ...one, created: { ...one.created, how } }]));
      const investigations = run.investigations.map(({ jobUid, ...one }) =>
        one.number === 3 || jobUid === undefined ? { ...one, ...neverConnected(one), unseenCreation } : { ...one, jobUid },
      );
      const clocks = run.clocks.map((known) => ({ ...known, ...clock }));
      const line = { ...run, jobs, investigations, unwatched, clocks };
      const { lo, hi } = runWindow(line) ?? { lo: 0, hi: 0 };
      const { steps, meanRange, peakRange } = curves(line).openJobs ?? { steps: { mean: 0 }, meanRange: [0, 0], peakRange: [0, 0] };
      return [peakRange[1] - peakRange[0], Math.round((meanRange[1] - steps.mean) * (hi - lo))];
    };
    const between = (fromMs: number, toMs: number): Bounds => ({ lo: T0 + fromMs, hi: T0 + toMs });

    it("count it in their upper bounds where it may have been created in a gap of the watch: from then until the gap ends", () => {
      expect(without(between(40_300, 41_200))).toEqual([1, 19_000]);
      expect(without(between(45_000, 45_300))).toEqual([1, 15_000]);
      expect(without(between(40_300, Number.POSITIVE_INFINITY))).toEqual([1, 19_000]);
      expect(without(between(Number.NEGATIVE_INFINITY, 50_000))).toEqual([1, 19_000]);
    });

    it("do not where it was created before or after", () => {
      expect(without(between(39_000, 40_900))).toEqual([0, 0]);
      expect(without(between(60_100, 60_400))).toEqual([0, 0]);
    });

    it("count it where the clock leaves open whether it was", () => {
      expect(without(between(39_000, 40_900), { clock: { uncertaintyMs: 200 } })).toEqual([1, 19_000]);
    });

    it("count it where an end is out of reach of the clock, but not where both are", () => {
      const holdsFor = { lo: T0 - 1, hi: T0 + 41_000 };
      expect(without(between(40_300, 41_200), { clock: { holdsFor } })).toEqual([1, 19_000]);
      expect(without(between(45_000, 45_300), { clock: { holdsFor } })).toEqual([0, 0]);
    });

    it("count it in each gap in which it may have been", () => {
      const unwatched = [...gaps, { lo: T0 + 70_000, hi: T0 + 75_000 }];
      expect(without(between(40_300, Number.POSITIVE_INFINITY), { unwatched })).toEqual([1, 24_000]);
    });

    it("count it for as long as any Job was open where nothing lists what exists: from its request, or as much later as it may have been created", () => {
      const longestMs = 59_850;
      expect(without(between(40_300, 41_200), { how: "audit" })).toEqual([1, longestMs + 900]);
    });
  });

  describe("while no watch was up", () => {
    /** The watch was down from the seventh investigation on for three: Jobs that went meanwhile are known to have gone by its end alone. */
    const gap = { lo: T0 + 120_000, hi: T0 + 180_000 };
    const run = regularRun(12, () => 50_000);
    const jobs = run.jobs.map((one) => {
      const at = one.gone?.at ?? 0;
      return at > gap.lo && at < gap.hi ? { ...one, gone: { ...moment(0), at: gap.hi, ...gap, bracket: true } } : one;
    });
    const gapped = { ...run, jobs, unwatched: [gap] };

    it("are of the watched time in their times at each level, where the mean is only a range", () => {
      const { openJobs, unwatched, documented } = curves(gapped);
      const [whole, watched] = [curves(run).openJobs, (runWindow(gapped)?.hi ?? 0) - T0 - 150 - 60_000];
      expect((openJobs?.meanRange[1] ?? 0) - (openJobs?.meanRange[0] ?? 0)).toBeGreaterThan(0.2);
      const levels = [...(openJobs?.steps.timeAtLevelMs ?? [])];
      expect(unwatched).toEqual([gap]);
      expect(levels.reduce((sum, [, ms]) => sum + ms, 0)).toBeCloseTo(watched, 6);
      // The gap makes a peak that the run had not; nowhere else is it another run.
      expect(openJobs?.steps.peak).toBeGreaterThan(whole?.steps.peak ?? 9);
      expect(Math.max(...levels.map(([level]) => level))).toBe(whole?.steps.peak);
      expect([...(documented?.fromDisconnect?.steps.timeAtLevelMs ?? [])].reduce((sum, [, ms]) => sum + ms, 0)).toBeCloseTo(watched, 6);
    });

    it("have no times at each level where the rest leaves the mean open as well", () => {
      const rough = jobs.map((one) => ({ ...one, created: { ...one.created, lo: one.created.at - 9_000 } }));
      expect([...(curves({ ...gapped, jobs: rough }).openJobs?.steps.timeAtLevelMs ?? [[0, 0]])]).toEqual([]);
      expect([...(curves({ ...run, jobs: rough }).openJobs?.steps.timeAtLevelMs ?? [[0, 0]])]).toEqual([]);
    });

    it("say what the documents expect only of Jobs that are all known", () => {
      expect(curves(gapped)).not.toHaveProperty("unseenJobs");
      const created = { how: "watch-received" } as const;
      const investigations = run.investigations.map(({ jobUid, ...one }) =>
        one.number === 8 || jobUid === undefined ? { ...one, unseenCreation: { lo: T0 + 140_000, hi: T0 + 140_300 } } : { ...one, jobUid },
      );
      const seen = jobs.filter(({ investigation: of }) => of !== 8).map((one) => ({ ...one, created: { ...one.created, ...created } }));
      const missing = curves({ ...gapped, investigations, jobs: seen });
      expect(missing.unseenJobs).toBe(1);
      expect([missing.documented, missing.leaks]).toEqual([undefined, undefined]);
    });
  });

  it("may be higher by Jobs of which nothing tells whose they are, and the window holds these", () => {
    const run = regularRun(3, () => 50_000);
    const maybe = { ...job(9, 50, 120_000), ofThisRun: false, mayBeOfThisRun: true as const };
    const [known, found] = [curves(run), curves({ ...run, jobs: [...run.jobs, maybe] })];
    expect(found.window).toEqual({ lo: T0 + 50, hi: T0 + 120_000, pauses: [] });
    expect(found.openJobs?.steps.integralMs).toBe(known.openJobs?.steps.integralMs);
    expect(found.openJobs?.meanRange).toEqual([found.openJobs?.steps.mean, found.allJobs?.steps.mean]);
    expect(found.documented).toBeUndefined();
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

  it("of running Pods may be higher by those of Jobs that are in no row, as the open Jobs may be by the Jobs", () => {
    const run = regularRun(20, () => 50_000);
    const pods = run.jobs.map(({ uid, created, gone }) => ({
      name: `pod-${uid}`,
      uid: `pod-${uid}`,
      jobUid: uid,
      started: created,
      ended: gone,
    }));
    const whole = curves({ ...run, pods } as typeof run).runningPods;
    const investigations = run.investigations.map(({ jobUid, ...one }) =>
      one.number === 8 || jobUid === undefined ? { ...one, unseenCreation: { lo: T0 + 140_000, hi: T0 + 140_300 } } : { ...one, jobUid },
    );
    const missing = curves({ ...run, investigations, jobs: run.jobs.filter(({ investigation: of }) => of !== 8), pods } as typeof run);
    expect(missing.unseenJobs).toBe(1);
    expect(missing.runningPods?.steps.mean).toBeLessThan(whole?.steps.mean ?? 0);
    expect(missing.runningPods?.meanRange[1]).toBeGreaterThanOrEqual(whole?.steps.mean ?? Number.POSITIVE_INFINITY);
    expect([missing.runningPods?.meanRange, missing.runningPods?.peakRange]).toEqual([
      missing.openJobs?.meanRange,
      missing.openJobs?.peakRange,
    ]);
    expect([...(missing.runningPods?.steps.timeAtLevelMs ?? [])]).toEqual([...(missing.openJobs?.steps.timeAtLevelMs ?? [[0, 0]])]);
  });

  it("of running Pods reach to the end of the window only in their upper end where one went at an unknown time", () => {
    const run = regularRun(20, () => 50_000);
    const pods = run.jobs.map(({ uid, created, gone }, index) => {
      const lost = gone && { ...gone, at: created.at + 1_000, lo: created.at + 500, hi: Number.POSITIVE_INFINITY };
      return { name: `pod-${uid}`, uid: `pod-${uid}`, jobUid: uid, started: created, ...(index === 3 ? { ended: lost } : { ended: gone }) };
    });
    const found = curves({ ...run, pods } as typeof run);
    const window = found.window;
    const restMs = (window?.hi ?? 0) - (run.jobs[3]?.created.at ?? 0) - 1_000;
    const { steps, meanRange } = found.runningPods ?? { steps: { mean: 0 }, meanRange: [0, 0] };
    expect((meanRange[1] - steps.mean) * ((window?.hi ?? 0) - (window?.lo ?? 0))).toBeCloseTo(restMs, 0);
  });

  it("of running Pods hold one whose end no source shows, up to the end of its Job, in their upper end", () => {
    const run = regularRun(20, () => 50_000);
    const podsWith = (endless: boolean) =>
      run.jobs.map(({ uid, created, gone }, index) => {
        const ended = index === 3 && endless ? {} : { ended: gone };
        return { name: `pod-${uid}`, uid: `pod-${uid}`, jobUid: uid, started: created, ...ended };
      });
    const [all, most] = [false, true].map((endless) => curves({ ...run, pods: podsWith(endless) } as typeof run).runningPods);
    expect(most?.steps.mean).toBeLessThan(all?.steps.mean ?? 0);
    expect(most?.meanRange[1]).toBeCloseTo(all?.steps.mean ?? 0, 9);
  });

  it("show only who was connected where nothing tells of deletions", () => {
    const found = curves({ ...regularRun(2, () => 50_000), jobCoverage: null });
    expect([found.openJobs, found.documented, found.connected?.steps.peak]).toEqual([undefined, undefined, 1]);
  });

  it("end no connection by what failed before it", () => {
    const whole = investigation(1, 0);
    const [first, ...later] = whole.points.slice(0, 4);
    const points = [first as Point, point("connect-failed", 1_000), ...later, point("frame", 6_000)];
    const { connected } = curves(timeline([{ ...whole, outcome: "failed", points }], [job(1, 0, 60_000)]));
    expect(connected?.steps.peak).toBe(1);
    // Connected at 3 s, and last heard of in the last millisecond of a log of 6 s.
    expect(connected?.steps.mean).toBeCloseTo(3_000 / 6_001, 9);
  });

  it("end a connection where its client left, though it tried to come back, and begin another where it did", () => {
    const whole = investigation(1, 0).points;
    const lost = [point("connecting", 12_000), point("connect-failed", 42_000)];
    const back = [point("connecting", 12_000), point("connected", 15_000), point("disconnecting", 17_000), point("disconnected", 18_000)];
    const connectedMs = (...points: Point[]) =>
      curves(timeline([investigation(1, 0, { outcome: "timeout", points })], [])).connected?.steps.integralMs;
    expect([connectedMs(...whole, ...lost), connectedMs(...whole, ...back), connectedMs(...whole, ...back, ...lost)]).toEqual([
      7_000, 10_000, 10_000,
    ]);
    // Nothing says that it left in between.
    const [leaving, left] = whole.slice(-2);
    expect(connectedMs(...whole.slice(0, -2), point("connected", 9_200), leaving as Point, left as Point)).toBe(7_000);
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

  it("hold the mean by as much as they were open beyond the documented end", () => {
    const run = { ...regularRun(4, (index) => (index === 2 ? null : 50_000)), logSpan: { lo: T0, hi: T0 + 400_000 } };
    const { leaks, openJobs, documented } = curves(run);
    const others = curves(regularRun(4, () => 50_000));
    expect(leaks?.count).toBe(1);
    // All others were gone as documented.
    expect(leaks?.meanJobs).toBeCloseTo((openJobs?.steps.mean ?? 0) - (documented?.fromDisconnect?.steps.mean ?? 0), 9);
    expect(others).not.toHaveProperty("leaks");
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
