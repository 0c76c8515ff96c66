import { describe, expect, it } from "vitest";
import { metricReader } from "../../src/analyze/metric-reader.js";
import type { Measured, Measurement, MetricSpec } from "../../src/model/measurement.js";
import type { Job, Moment, Timeline } from "../../src/model/timeline.js";
import { anchoredRunner, focusServer, T0 } from "../timeline/builders.js";
import { contextOf, investigation, job, moment, point, regularRun, timeline } from "./builders.js";

const CLEANUP: MetricSpec = { metric: "job-duration", from: "disconnected", to: "gone", population: "connected" };

function read(spec: MetricSpec, line: Timeline): Measured {
  return metricReader(contextOf(line))(spec);
}

function measured(spec: MetricSpec, line: Timeline): Measurement {
  const result = read(spec, line);
  if (!("measurement" in result)) throw new Error(`not measured: ${result.notMeasured.key}`);
  return result.measurement;
}

function reason(spec: MetricSpec, line: Timeline): string {
  const result = read(spec, line);
  return "notMeasured" in result ? result.notMeasured.key : "measured";
}

const nothing = timeline([], []);
const logOnly = timeline([investigation(1, 0, {})], [], { jobCoverage: null });
const everySpec: MetricSpec[] = [
  { metric: "stage-duration", stage: "connect" },
  { metric: "mark-value", mark: "stream-ended", group: "frames" },
  CLEANUP,
  { metric: "peak-connected" },
  { metric: "open-jobs", statistic: "mean" },
  { metric: "open-jobs", statistic: "peak" },
  { metric: "run-duration" },
  { metric: "investigation-count" },
  { metric: "polling", quantity: "interval" },
  { metric: "job-setting", role: "serving", setting: "backoffLimit" },
  { metric: "ttl", role: "cleanup" },
  { metric: "ended-by-others" },
  { metric: "unpaired-jobs" },
  { metric: "cleanup-retries" },
  { metric: "idle-stream" },
  { metric: "iteration-size" },
  { metric: "stop-limit" },
  { metric: "cpu-threshold" },
];

it.each(everySpec)("says why $metric is not measured from nothing", (spec) => {
  expect(read(spec, nothing)).toHaveProperty("notMeasured");
});

it.each(everySpec)("writes only finite numbers for $metric", (spec) => {
  const lines = [regularRun(12, () => 50_000), regularRun(12, (index) => (index > 7 ? null : 40_000)), regularRun(1, () => 0), logOnly];
  for (const line of lines) {
    const result = read(spec, line);
    const numbers = JSON.stringify(result, (_key, value) => (typeof value === "number" && !Number.isFinite(value) ? "LEAK" : value));
    expect(numbers).not.toContain("LEAK");
  }
});

describe("a stage's duration", () => {
  it("is the median over successful investigations, with its interval from six on", () => {
    const six = measured(
      { metric: "stage-duration", stage: "connect" },
      regularRun(6, () => 50_000),
    );
    expect(six).toMatchObject({ value: 2.7, n: 6, interval: [2.7, 2.7], intervalKind: "confidence", unit: "s" });
    const five = measured(
      { metric: "stage-duration", stage: "connect" },
      regularRun(5, () => 50_000),
    );
    expect([five.n, five.interval, five.intervalKind]).toEqual([5, undefined, "none"]);
  });

  it("tells how the single ones lie, but not where one goes on at the end of the log", () => {
    const spec: MetricSpec = { metric: "stage-duration", stage: "frames" };
    const run = regularRun(12, () => 50_000);
    const all = [expect.closeTo(5.999, 6), expect.closeTo(6.001, 6)];
    expect(measured(spec, run).spread).toEqual({ middle: all, extremes: all });
    const running = investigation(13, 240_000);
    const cut = { ...running, outcome: "running" as const, points: running.points.slice(0, 5) };
    const found = measured(spec, { ...run, investigations: [...run.investigations, cut] });
    expect([found.n, found.spread]).toEqual([12, undefined]);
  });

  it("tells as much of them as stamps that are cut to the second leave", () => {
    const cut = (at: number) => Math.floor(at / 1000) * 1000;
    const run = regularRun(12, () => 50_000);
    const investigations = run.investigations.map((one) => ({
      ...one,
      points: one.points.map((each) => ({ ...each, at: cut(each.at), resolutionMs: 1000 })),
    }));
    // 2.7 s each, read as 3; half a second would not hold those of 2.1 s that may read as 3 too.
    const { value, spread } = measured({ metric: "stage-duration", stage: "connect" }, { ...run, investigations });
    expect([value, spread]).toEqual([3, { middle: [2, 4], extremes: [2, 4] }]);
  });

  it("has a reason where there is none", () => {
    const parallel = { ...regularRun(6, () => 50_000), sequential: false };
    expect(reason({ metric: "stage-duration", stage: "delay" }, parallel)).toBe("not-sequential");
    expect(reason({ metric: "stage-duration", stage: "connect" }, nothing)).toBe("no-log");
    const failed = timeline([investigation(1, 0, { outcome: "failed", points: [point("configure-start", 0)] })], []);
    expect(reason({ metric: "stage-duration", stage: "connect" }, failed)).toBe("no-samples");
    const well = regularRun(3, () => 50_000);
    const unwell = { ...well, investigations: well.investigations.map((one) => ({ ...one, outcome: "failed" as const })) };
    const frames: MetricSpec = { metric: "stage-duration", stage: "frames" };
    expect(reason(frames, unwell)).toBe("none-ended-well");
    expect(reason({ ...frames, onlyWhere: { group: "maxFrames", equals: 5 } }, unwell)).toBe("none-ended-well");
  });

  it("can be limited to investigations that reported a number", () => {
    const spec: MetricSpec = { metric: "stage-duration", stage: "frames", onlyWhere: { group: "maxFrames", equals: 500 } };
    expect(
      measured(
        spec,
        regularRun(3, () => 0),
      ).n,
    ).toBe(3);
    expect(
      reason(
        { ...spec, onlyWhere: { group: "maxFrames", equals: 5 } },
        regularRun(3, () => 0),
      ),
    ).toBe("none-reported");
  });

  it("is not of those in which only a mark outside the stage reported it", () => {
    const spec: MetricSpec = { metric: "stage-duration", stage: "frames", onlyWhere: { group: "rows", equals: 1500 } };
    const run = regularRun(3, () => 0);
    const reporting = (mark: string, rows: string) => ({
      ...run,
      investigations: run.investigations.map((one) => ({
        ...one,
        points: one.points.map((each) => (each.mark === mark ? { ...each, groups: { ...each.groups, rows } } : each)),
      })),
    });
    expect([measured(spec, reporting("stream-start", "1500")).n, measured(spec, reporting("stream-ended", "1 500")).n]).toEqual([3, 3]);
    expect(reason(spec, reporting("stream-ended", "1,500"))).toBe("decimal-sign-unknown");
    expect(reason({ ...spec, onlyWhere: { group: "rows", equals: 7 } }, reporting("stream-ended", "1,500"))).toBe("none-reported");
    expect([reason(spec, reporting("configured", "1500")), reason(spec, reporting("disconnected", "1500"))]).toEqual([
      "none-reported",
      "none-reported",
    ]);
  });
});

describe("a number that a line reports", () => {
  const spec: MetricSpec = { metric: "mark-value", mark: "stream-ended", group: "rows" };
  const line = (texts: readonly string[]) => {
    const run = regularRun(texts.length, () => 0);
    const investigations = run.investigations.map((one, index) => ({
      ...one,
      points: one.points.map((each) => (each.mark === "stream-ended" ? { ...each, groups: { rows: texts[index] ?? "" } } : each)),
    }));
    return { ...run, investigations };
  };

  it("may part its thousands", () => {
    expect(measured(spec, line(["992", "1,507", "1 234.5"])).samples).toEqual([992, 1507, 1234.5]);
  });

  it("is not measured where its comma may be a decimal one, unless the profile says which it is", () => {
    const run = line(["2,051", "2,677", "12,939"]);
    expect(read(spec, run)).toEqual({ notMeasured: { key: "decimal-sign-unknown", values: { group: "rows", text: "2,051" } } });
    const withSign = (decimalSign: "." | ",") => metricReader({ ...contextOf(run), profile: { ...focusServer, decimalSign } })(spec);
    expect([withSign(","), withSign(".")]).toMatchObject([
      { measurement: { samples: [2.051, 2.677, 12.939] } },
      { measurement: { samples: [2051, 2677, 12_939] } },
    ]);
  });

  it("is never left out where it cannot be read", () => {
    const unread = (...texts: string[]) => read(spec, line(texts));
    const values = { group: "rows", count: 1, n: 3 };
    expect(unread("992", "n/a", "995")).toEqual({ notMeasured: { key: "values-not-numbers", values: { ...values, text: "n/a" } } });
    expect(unread("992", "", "995")).toEqual({ notMeasured: { key: "values-not-numbers", values: { ...values, text: "" } } });
  });
});

describe("a Job's duration", () => {
  it("is the median of those that are gone", () => {
    expect(
      measured(
        CLEANUP,
        regularRun(10, (index) => 50_000 + index * 100),
      ),
    ).toMatchObject({ value: 50.45, n: 10, censored: 0 });
  });

  it("counts Jobs that are still open as open for longer", () => {
    const found = measured(
      CLEANUP,
      regularRun(20, (index) => (index < 17 ? 50_000 + index * 100 : null)),
    );
    expect([found.n, found.censored]).toEqual([17, 3]);
    expect(found.value).toBeCloseTo(50.9, 6);
  });

  it("is not measured where so many are open that its interval has no end", () => {
    expect(
      reason(
        CLEANUP,
        regularRun(18, (index) => (index < 10 ? 50_000 + index * 100 : null)),
      ),
    ).toBe("too-many-censored");
    expect(
      reason(
        CLEANUP,
        regularRun(8, (index) => (index < 2 ? 50_000 : null)),
      ),
    ).toBe("too-many-censored");
    expect(
      reason(
        CLEANUP,
        regularRun(8, () => null),
      ),
    ).toBe("all-censored");
  });

  it("tells how the single ones lie where all ended and all ends are known", () => {
    const spread = (cleanupMs: (index: number) => number | null, n: number) => measured(CLEANUP, regularRun(n, cleanupMs)).spread;
    // Half of what the stamp of 1 ms leaves open lies on either side.
    expect(spread((index) => 50_000 + index * 100, 10)).toEqual({ middle: [49.9995, 50.9005], extremes: [49.9995, 50.9005] });
    expect(spread((index) => 50_000 + index * 100, 21)).toEqual({ middle: [50.0995, 51.9005], extremes: [49.9995, 52.0005] });
    // One in five stays: nothing tells when 95% are gone.
    expect(spread((index) => (index % 5 === 0 ? null : 50_000 + index * 100), 30)).toBeUndefined();
  });

  it("takes the middle of them from the survival curve where a few are open, and no extremes", () => {
    const few = regularRun(80, (index) => (index % 40 === 39 ? null : 50_000 + (index % 40) * 100));
    const jobs = few.jobs.map((one) => (one.gone === undefined ? { ...one, censoredAt: one.created.at + 20_000 } : one));
    const { spread, censored } = measured(CLEANUP, { ...few, jobs });
    expect([spread, censored]).toEqual([{ middle: [50.0995, 53.7005] }, 2]);
  });

  it("tells of each what its own stamps leave open", () => {
    const run = regularRun(12, () => 50_000);
    const jobs = run.jobs.map((one, index) => {
      const gone = one.gone === undefined || index > 0 ? one.gone : { ...one.gone, lo: one.gone.at - 500, hi: one.gone.at + 500 };
      return gone === undefined ? one : { ...one, gone };
    });
    expect(measured(CLEANUP, { ...run, jobs }).spread?.extremes).toEqual([49.4995, 50.5005]);
  });

  it("does not tell how they lie where ends are ranges, or where some were seen only because they lasted", () => {
    const run = regularRun(30, (index) => 50_000 + index * 100);
    const gap = (one: (typeof run.jobs)[number]) => ({ ...one, gone: moment((one.gone?.at ?? 0) - T0 + 290_000, 290_000) });
    const ranged = measured(CLEANUP, { ...run, jobs: run.jobs.map((one, index) => (index === 7 ? gap(one) : one)) });
    expect([ranged.range !== undefined, ranged.spread]).toEqual([true, undefined]);
    const jobs = run.jobs.map((one, index) => (index < 10 ? { ...one, truncated: true } : one));
    const late = measured(CLEANUP, { ...run, jobs, jobCoverage: { lo: T0 + 200_000, hi: T0 + 1_000_000 } });
    expect([late.n > 20, late.spread]).toEqual([true, undefined]);
  });

  it("leaves out Jobs whose creation was not captured", () => {
    const run = regularRun(8, () => 50_000);
    const [first, ...others] = run.jobs;
    const unseen = { ...first, truncated: true, created: { ...moment(0), lo: Number.NEGATIVE_INFINITY } } as (typeof run.jobs)[number];
    const found = measured(
      { metric: "job-duration", from: "created", to: "gone", population: "all" },
      { ...run, jobs: [unseen, ...others] },
    );
    expect([found.n, Number.isFinite(found.resolution)]).toEqual([7, true]);
  });

  it("has a reason for what is missing", () => {
    expect(reason(CLEANUP, logOnly)).toBe("no-cluster-data");
    const undated = [{ id: "creation-unknown", severity: "warning" as const, count: 3, values: { count: 3 }, examples: [] }];
    for (const metric of [CLEANUP, { metric: "unpaired-jobs" } as const])
      expect(reason(metric, { ...logOnly, diagnostics: undated })).toBe("no-creations");
    expect(reason(CLEANUP, { ...regularRun(8, () => 1), jobCoverage: null })).toBe("no-deletions");
    expect(reason(CLEANUP, timeline([], regularRun(8, () => 1).jobs))).toBe("no-log");
    expect(
      reason(
        { ...CLEANUP, to: "pod-gone" },
        regularRun(8, () => 1),
      ),
    ).toBe("end-not-seen");
    expect(
      reason(
        { ...CLEANUP, from: "created", population: "unopened" },
        regularRun(8, () => 1),
      ),
    ).toBe("no-such-jobs");
    const regular = regularRun(8, () => 1);
    const unknown = { offsetMs: null, uncertaintyMs: null };
    for (const known of [unknown, { uncertaintyMs: null, skewMs: null, method: "declared" }, { method: "http-date" }] as const) {
      const clocks = regular.clocks.map((clock) => (clock.id === "runner" ? { ...clock, ...known } : clock));
      expect(reason(CLEANUP, { ...regular, clocks })).toBe("clock-unanchored");
    }
  });
});

describe("numbers of the whole run", () => {
  it("hold the mean inside its band, and the peak", () => {
    const run = regularRun(20, () => 50_000);
    const jobs = run.jobs.map((one) => ({ ...one, gone: moment((one.gone?.at ?? 0) - T0, 2_000) }));
    const mean = measured({ metric: "open-jobs", statistic: "mean" }, { ...run, jobs });
    const [low, high] = mean.interval ?? [Number.NaN, Number.NaN];
    expect([mean.intervalKind, low < mean.value, mean.value <= high]).toEqual(["band", true, true]);
    expect(measured({ metric: "open-jobs", statistic: "peak" }, run).value).toBe(3);
  });

  it("count investigations, and time them from the first mark to the last", () => {
    const run = regularRun(3, () => 50_000);
    expect(measured({ metric: "investigation-count" }, run).value).toBe(3);
    expect(measured({ metric: "run-duration" }, run)).toMatchObject({ value: 50, interval: [49.999, 50.001] });
    expect(measured({ metric: "peak-connected" }, run).value).toBe(1);
  });

  it("count serving Jobs without exactly one cleanup Job", () => {
    const cleanup = (n: number, uid = `c-${n}`) => job(n, n * 20_000, null, { role: "cleanup", name: `cleanup-job-1-${n}`, uid });
    const run = regularRun(3, () => 50_000);
    const line = { ...run, jobs: [...run.jobs, cleanup(1), cleanup(2), cleanup(2, "again")] };
    expect(measured({ metric: "unpaired-jobs" }, line)).toMatchObject({ value: 2, n: 3 });
    expect(reason({ metric: "unpaired-jobs" }, run)).toBe("no-cleanup-jobs");
  });

  it("give each Job of an id that is used again the cleanup Jobs that came after it", () => {
    const again = { jobId: "1-1" };
    const run = regularRun(3, () => 50_000);
    const serving = run.jobs.map((one) => ({ ...one, ...again }));
    const cleanup = (n: number, uid = `c-${n}`) =>
      job(n, (n - 1) * 20_000 + 170, null, { role: "cleanup", name: "cleanup-job-1-1", uid, ...again });
    const unpaired = (...cleanups: readonly Timeline["jobs"][number][]) =>
      measured({ metric: "unpaired-jobs" }, { ...run, jobs: [...serving, ...cleanups] }).value;
    expect(unpaired(cleanup(3), cleanup(1), cleanup(2))).toBe(0);
    expect(unpaired(cleanup(1), cleanup(2), cleanup(2, "once more"))).toBe(2);
  });

  describe("count a Job as one without a cleanup Job only where that would have been seen", () => {
    const cleanup = (n: number) => job(n, (n - 1) * 20_000 + 170, null, { role: "cleanup", name: `cleanup-job-1-${n}`, uid: `c-${n}` });
    const run = regularRun(3, () => 50_000);
    // The third has none: it is open from 40.15 s to 100 s.
    const unpaired = (fields: Partial<Timeline>, third: Partial<Timeline["jobs"][number]> = {}) => {
      const serving = run.jobs.map((one, index) => (index === 2 ? { ...one, ...third } : one));
      const { value, interval, n } = measured(
        { metric: "unpaired-jobs" },
        { ...run, jobs: [...serving, cleanup(1), cleanup(2)], ...fields },
      );
      return { value, interval, n };
    };
    it("and add those without one that may be of the run", () => {
      const unlinked = job(4, 70_000, 99_000, { ofThisRun: false, mayBeOfThisRun: true });
      const jobs = [...run.jobs, cleanup(1), cleanup(2), cleanup(3), unlinked];
      expect(measured({ metric: "unpaired-jobs" }, { ...run, jobs })).toMatchObject({ value: 0, interval: [0, 1], n: 3 });
    });

    const certain = { value: 1, interval: undefined, n: 3 };
    const possible = { value: 0, interval: [0, 1], n: 3 };

    it("from before it was created", () => {
      expect(unpaired({})).toEqual(certain);
      expect(unpaired({}, { truncated: true })).toEqual(possible);
      expect(unpaired({ jobCoverage: { lo: T0 + 40_150, hi: T0 + 100_000 } })).toEqual(certain);
      expect(unpaired({ jobCoverage: { lo: T0 + 40_151, hi: T0 + 100_000 } })).toEqual(possible);
      expect(unpaired({ jobCoverage: null })).toEqual(possible);
    });

    it("for as long after that as any cleanup Job took to be created", () => {
      expect(unpaired({ jobCoverage: { lo: T0, hi: T0 + 40_170 } })).toEqual(certain);
      expect(unpaired({ jobCoverage: { lo: T0, hi: T0 + 40_169 } })).toEqual(possible);
    });

    it("all the time that it was open: one that came and went while no watch was up is in no row", () => {
      const stretch = (lo: number, hi: number) => unpaired({ unwatched: [{ lo: T0 + lo, hi: T0 + hi }] });
      expect([stretch(30_000, 40_000), stretch(100_001, 110_000)]).toEqual([certain, certain]);
      expect([stretch(30_000, 40_200), stretch(60_000, 70_000), stretch(99_000, 110_000)]).toEqual([possible, possible, possible]);
    });

    it("whatever is seen of others: two cleanup Jobs are never one", () => {
      const jobs = [...run.jobs, ...[1, 2, 3].map(cleanup), { ...cleanup(3), uid: "again" }];
      expect(measured({ metric: "unpaired-jobs" }, { ...run, jobs, jobCoverage: null })).toMatchObject({ value: 1, n: 3 });
    });
  });

  it("look at each Job a few times, however many there are", () => {
    /** How often the ids by which Jobs are paired are asked for. */
    const readsOf = (count: number) => {
      let reads = 0;
      const counted = (one: Job): Job =>
        Object.defineProperty({ ...one }, "jobId", {
          enumerable: true,
          get: () => {
            reads += 1;
            return one.jobId;
          },
        });
      const serving = Array.from({ length: count }, (_, n) => job(n, n, n + 50));
      const cleanups = serving.map((one) => ({ ...one, role: "cleanup" as const, uid: `c-${one.uid}` }));
      const context = { ...contextOf(nothing), timeline: timeline([], [...serving, ...cleanups].map(counted)) };
      expect(metricReader(context)({ metric: "unpaired-jobs" })).toMatchObject({ measurement: { value: 0 } });
      return reads;
    };
    expect(readsOf(100)).toBeGreaterThan(0);
    expect(readsOf(1000) / readsOf(100)).toBeLessThanOrEqual(11);
  });

  it("count failed cleanup Jobs that were tried again", () => {
    const failed = job(1, 0, null, { role: "cleanup", uid: "c", finished: { at: T0, failed: true } });
    const line = timeline([investigation(1, 0)], [failed]);
    const podOf = (name: string) => ({ name, uid: name, jobUid: "c" });
    expect(measured({ metric: "cleanup-retries" }, { ...line, pods: [podOf("a"), podOf("b")] }).value).toBe(1);
    expect(measured({ metric: "cleanup-retries" }, { ...line, pods: [podOf("a")] }).value).toBe(0);
    expect(measured({ metric: "cleanup-retries" }, line)).toMatchObject({ value: 0, interval: [0, 1] });
    const well = timeline([], [{ ...failed, finished: { at: T0, failed: false } }]);
    expect(measured({ metric: "cleanup-retries" }, { ...well, pods: [podOf("a"), podOf("b")] }).value).toBe(1);
    expect(reason({ metric: "cleanup-retries" }, well)).toBe("no-failed-cleanup");
  });

  it("tell who ended Jobs, as far as anything tells", () => {
    const run = regularRun(4, () => 50_000);
    const by = (mechanisms: readonly (typeof run.jobs)[number]["mechanism"][]) => ({
      ...run,
      jobs: run.jobs.map((one, index) => ({ ...one, mechanism: mechanisms[index] ?? "unknown" })),
    });
    const mixed = measured({ metric: "ended-by-others" }, by(["idle-cleanup", "other", "unknown", "ttl"]));
    expect(mixed).toMatchObject({ value: 2, n: 4, interval: [2, 3] });
    // Of the run or not: nothing tells whose they are.
    const unlinked = (["other", "unknown", "idle-cleanup", "open"] as const).map((mechanism, index) =>
      job(5 + index, 90_000, 140_000, { mechanism, ofThisRun: false, mayBeOfThisRun: true }),
    );
    const known = by(["idle-cleanup", "other", "ttl", "idle-cleanup"]);
    const beside = measured({ metric: "ended-by-others" }, { ...known, jobs: [...known.jobs, ...unlinked] });
    expect(beside).toMatchObject({ value: 2, n: 4, interval: [2, 4] });
    expect(reason({ metric: "ended-by-others" }, by(["unknown", "unknown", "unknown", "unknown"]))).toBe("mechanism-unknown");
  });

  it("leave open who ended a Job of which no source shows that it did", () => {
    const run = regularRun(4, () => 50_000);
    const last = (mechanism: "unknown" | "open") => ({
      ...run,
      jobs: run.jobs.map(({ gone, ...one }, index) =>
        index === 3
          ? { ...one, mechanism, censoredAt: T0 + 100_000 }
          : { ...one, ...(gone === undefined ? {} : { gone }), mechanism: "idle-cleanup" as const },
      ),
    });
    expect(measured({ metric: "ended-by-others" }, last("unknown"))).toMatchObject({ value: 0, n: 4, interval: [0, 1] });
    expect(measured({ metric: "ended-by-others" }, last("open"))).toMatchObject({ value: 0, n: 3, interval: [0, 0] });
    // The log goes on after the capture: the run did, and somebody may have ended it meanwhile.
    const longer = { ...last("open"), logSpan: { lo: T0, hi: T0 + 101_000 } };
    expect(measured({ metric: "ended-by-others" }, longer)).toMatchObject({ value: 0, n: 3, interval: [0, 1] });
  });

  it("count a TTL from the printed finish", () => {
    const line = timeline([], [job(1, 0, 130_500, { mechanism: "ttl", finished: { at: T0 + 10_000, failed: false } })]);
    expect(measured({ metric: "ttl", role: "serving" }, line).value).toBe(120.5);
  });

  it("add to a TTL what another clock than the cluster's leaves open of its end", () => {
    const stampedBy = anchoredRunner({ id: "audit", uncertaintyMs: 400 });
    const removed = job(1, 0, 130_000, { mechanism: "ttl", finished: { at: T0 + 10_000, failed: false } });
    const resolution = (gone: Moment) => measured({ metric: "ttl", role: "serving" }, timeline([], [{ ...removed, gone }])).resolution;
    expect(resolution(moment(130_000, 10))).toBeCloseTo(0.01);
    expect(resolution({ ...moment(130_000, 10), stampedBy })).toBeCloseTo(0.81);
    // Nor is the second in which the request is stamped the one at which the controller asked, if the finish is of a clock of its own.
    const deleteRequested: Moment = { ...moment(129_500, 1000), lo: T0 + 129_000, hi: T0 + 130_000, how: "deletion-timestamp" };
    const asked = { ...removed, deleteRequested, finished: { at: T0 + 9_400, failed: false, stampedBy } };
    expect(measured({ metric: "ttl", role: "serving" }, timeline([], [asked]))).toMatchObject({ value: 120.1, resolution: 1.8 });
  });

  it("do not know a TTL by removals that came before it was over: clocks differ", () => {
    const removed = (number: number, ms: number) =>
      job(number, 0, 10_000 + ms, { mechanism: "ttl", ttlMsAfterFinished: 10_000, finished: { at: T0 + 10_000, failed: false } });
    const of = (ms: readonly number[]) =>
      timeline(
        [],
        ms.map((each, index) => removed(index + 1, each)),
      );
    const spec = { metric: "ttl", role: "serving" } as const;
    expect(reason(spec, of([6_020, 6_040, 10_030]))).toBe("ttl-before-due");
    expect(measured(spec, of([6_020, 10_020, 10_040, 10_030]))).toMatchObject({ value: 10.025, n: 4 });
    // One that goes later than it should does so for any reason.
    expect(measured(spec, of([13_020, 13_040, 13_030]))).toMatchObject({ value: 13.03 });
  });

  it("take a TTL for none where the Job goes within the second in which it finished", () => {
    const removed = (ms: number) => job(1, 0, 10_000 + ms, { mechanism: "ttl", finished: { at: T0 + 10_000, failed: false } });
    const lines = [140, 600, 999, 1_020].map((ms) => timeline([], [removed(ms)]));
    expect(lines.map((line) => measured({ metric: "ttl", role: "serving" }, line).value)).toEqual([0, 0, 0, 1.02]);
  });

  it("know a TTL by the request, however wide the range is in which the Job went", () => {
    const removed = (number: number, { at = 121_000, how = "deletion-timestamp" as "deletion-timestamp" | "watch-restarted" }) => {
      const gone: Moment = { at: T0 + at, lo: T0 + 120_000, hi: T0 + 150_000, how, bracket: true };
      const asked: Moment = { at: T0 + 120_500, lo: T0 + 120_000, hi: T0 + 121_000, how: "deletion-timestamp", bracket: false };
      const finished = { at: T0, failed: false };
      const request = how === "deletion-timestamp" ? { deleteRequested: asked } : {};
      return { ...job(number, 0, at, { mechanism: "ttl", finished, gone }), ...request };
    };
    const of = (jobs: readonly Job[]) => measured({ metric: "ttl", role: "serving" }, timeline([], jobs));
    const eight = Array.from({ length: 8 }, (_, index) => index + 1);
    expect(of(eight.map((number) => removed(number, {})))).toMatchObject({ value: 120, interval: [120, 120], resolution: 1 });
    const gaps = of(eight.map((number) => removed(number, { at: 150_000, how: "watch-restarted" })));
    expect(gaps).toMatchObject({ range: [120, 150], interval: [120, 150], resolution: 0 });
  });

  it("say that they are of a part of the run where the log or the capture lacks the rest", () => {
    const parts = (line: Timeline) =>
      (["investigation-count", "peak-connected", "unpaired-jobs", "ended-by-others", "cleanup-retries"] as const)
        .map((metric): MetricSpec => ({ metric }))
        .concat((["peak", "mean"] as const).map((statistic) => ({ metric: "open-jobs", statistic })))
        .map((spec) => measured(spec, line).part);
    const run = regularRun(8, () => 50_000);
    const cleanup = job(1, 0, null, { role: "cleanup", uid: "c", finished: { at: T0, failed: true } });
    const line = { ...run, jobs: [...run.jobs, cleanup] };
    expect(parts(line)).toEqual(Array(7).fill(undefined));
    expect(parts({ ...line, run: { ...run.run, announced: 9 }, jobCoverage: { lo: T0, hi: T0 + 150_000 } })).toEqual(Array(7).fill("log"));
    const { jobUid: _, ...last } = investigation(8, 140_000);
    const ends = { ...line, investigations: [...line.investigations.slice(0, -1), last], jobCoverage: { lo: T0, hi: T0 + 130_000 } };
    expect(parts(ends)).toEqual([undefined, undefined, ...Array(5).fill("capture")]);
  });

  it("leave the peak of those connected open where more than that go on at the end of the log", () => {
    const goingOn = (...numbers: number[]) => {
      const more = numbers.map((number) =>
        investigation(number, 100_000 + number, { outcome: "running", points: [point("configure-start", 100_000 + number)] }),
      );
      const run = regularRun(5, () => 50_000);
      return { ...run, run: { ...run.run, announced: 5 + more.length }, investigations: [...run.investigations, ...more] };
    };
    expect(measured({ metric: "peak-connected" }, goingOn(6))).toMatchObject({ value: 1 });
    expect(measured({ metric: "peak-connected" }, goingOn(6)).part).toBeUndefined();
    expect(measured({ metric: "peak-connected" }, goingOn(6, 7)).part).toBe("log");
  });
});

describe("settings", () => {
  const line = (env: Record<string, string>[]) =>
    timeline(
      [],
      env.map((one, n) => job(n, 0, 1, { env: one, backoffLimit: 3 })),
    );
  const spec: MetricSpec = { metric: "job-setting", role: "serving", setting: { env: "CHECKS" } };

  it("give every value that was seen", () => {
    expect(measured(spec, line([{ CHECKS: "5" }, { CHECKS: "4" }, {}]))).toMatchObject({
      n: 2,
      settings: ["4", "5"],
      statistic: "setting",
    });
    expect(measured({ ...spec, setting: "backoffLimit" }, line([{}])).value).toBe(3);
  });

  it("are durations as Go writes them, in seconds", () => {
    expect(measured(spec, line([{ CHECKS: "1h30m" }]))).toMatchObject({ value: 5400, unit: "s", settings: ["1h30m"] });
    expect(measured(spec, line([{ CHECKS: "5400" }, { CHECKS: "90m" }]))).toMatchObject({ value: 5400, unit: "s", n: 2 });
  });

  it("have a reason where there is none", () => {
    expect(reason(spec, line([{}]))).toBe("setting-absent");
    expect(reason(spec, line([{ CHECKS: "many" }]))).toBe("setting-not-a-number");
    expect(reason(spec, line([{ CHECKS: "5" }, { CHECKS: "5 or so" }]))).toBe("setting-not-a-number");
    expect(reason(spec, line([{ CHECKS: "5" }, { CHECKS: "" }]))).toBe("setting-not-a-number");
    expect(reason({ ...spec, role: "cleanup" }, line([{}]))).toBe("no-job-specs");
    expect(reason({ ...spec, setting: "ttlSecondsAfterFinished" }, line([{}]))).toBe("setting-absent");
  });
});

describe("the stress loop", () => {
  const marks = [
    point("iteration", 0, { iteration: "1" }),
    point("iteration", 50_000, { iteration: "2" }),
    point("active-count", 60_000, { active: "7" }),
  ];
  const line = { ...regularRun(5, () => 1), runMarks: marks };
  const third = point("iteration", 85_000, { iteration: "3" });

  it("counts the investigations of each iteration, but not of the last, which nothing shows to have ended", () => {
    expect(measured({ metric: "iteration-size" }, { ...line, runMarks: [...marks, third] }).samples).toEqual([3, 2]);
    expect(measured({ metric: "iteration-size" }, line).samples).toEqual([3]);
    expect(reason({ metric: "iteration-size" }, { ...line, runMarks: marks.slice(0, 1) })).toBe("iteration-not-ended");
  });

  it("counts no iteration as ended by another run", () => {
    const ofRuns = line.investigations.map((one, index) => ({ ...one, run: index < 2 ? 1 : 2 }));
    const loops = { ...line, runMarks: [...marks, third] };
    // The second run begins in the middle of what would be its first iteration, or with the second.
    expect(measured({ metric: "iteration-size" }, { ...loops, investigations: ofRuns }).samples).toEqual([2]);
    const inTurn = line.investigations.map((one, index) => ({ ...one, run: index < 3 ? 1 : 2 }));
    expect(measured({ metric: "iteration-size" }, { ...loops, investigations: inTurn }).samples).toEqual([2]);
  });

  const counted = (atMs: number, ...actives: string[]) => ({
    ...line,
    runMarks: [...marks.slice(0, 2), ...actives.map((active, index) => point("active-count", atMs + index, { active }))],
  });

  it("stopped at its last count", () => {
    expect(measured({ metric: "stop-limit" }, counted(200_000, "195", "1,200"))).toMatchObject({ value: 1200, n: 2, censored: 0 });
  });

  it("did not stop where only what begins before a time was asked for, and more began", () => {
    const limited = { ...counted(200_000, "195", "200"), goingOn: new Set(["runner"] as const) };
    expect(measured({ metric: "stop-limit" }, limited)).toMatchObject({ value: 200, censored: 1 });
  });

  it("has a higher limit where it went on at the highest count", () => {
    expect(measured({ metric: "stop-limit" }, line)).toMatchObject({ value: 7, n: 1, censored: 1 });
    expect(measured({ metric: "stop-limit" }, counted(200_000, "200", "198"))).toMatchObject({ value: 200, n: 2, censored: 1 });
  });

  describe("of two runners at once", () => {
    const AHEAD_MS = 3_600_000;
    const ofSecond = (one: ReturnType<typeof point>) => ({ ...one, evidence: { source: 1, line: 1 } });
    const second = [4, 5, 6, 7].map((number) => investigation(number, AHEAD_MS + number * 11_000, { clock: "runner:2" }));
    const both = (...more: ReturnType<typeof point>[]) => {
      const { clocks } = timeline([], []);
      const runMarks = [
        ...marks.slice(0, 2),
        ofSecond(point("iteration", 40_000, { iteration: "1" })),
        ofSecond(point("iteration", 60_000, { iteration: "2" })),
        ...more,
      ];
      const other = { ...anchoredRunner(), id: "runner:2", offsetMs: AHEAD_MS } as const;
      return timeline([...[1, 2, 3].map((number) => investigation(number, number * 20_000)), ...second], [], {
        clocks: [...clocks.filter(({ id }) => id !== "runner"), { ...anchoredRunner(), offsetMs: 0 }, other],
        logs: new Map([[1, { clock: "runner:2", from: T0, to: T0 }]]),
        runMarks,
      });
    };

    it("holds in each iteration the investigations of its own runner, on its own clock", () => {
      const third = point("iteration", 120_000, { iteration: "3" });
      expect(measured({ metric: "iteration-size" }, both(third, ofSecond(third))).samples).toEqual([2, 1, 2, 2]);
    });

    it("stopped at the highest count, whatever the other runner did later", () => {
      const highest = ofSecond(point("active-count", 100_000, { active: "200" }));
      const others = [point("active-count", 110_000, { active: "198" }), point("iteration", 120_000, { iteration: "3" })];
      expect(measured({ metric: "stop-limit" }, both(highest, ...others))).toMatchObject({ value: 200, n: 2, censored: 0 });
      const goesOn = ofSecond(point("iteration", 120_000, { iteration: "3" }));
      expect(measured({ metric: "stop-limit" }, both(highest, goesOn))).toMatchObject({ value: 200, censored: 1 });
    });
  });

  it("shows nothing where it did not count", () => {
    expect(reason({ metric: "stop-limit" }, { ...line, runMarks: marks.slice(0, 2) })).toBe("no-iterations");
  });
});
