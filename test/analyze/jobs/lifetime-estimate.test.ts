import { describe, expect, it } from "vitest";
import type { JobDuration } from "../../../src/analyze/jobs/job-durations.js";
import { bracketOf } from "../../../src/analyze/jobs/job-durations.js";
import { estimateLifetimes, lifetimeQuantile } from "../../../src/analyze/jobs/lifetime-estimate.js";
import type { Clock } from "../../../src/model/clock.js";
import { median, medianInterval, sorted } from "../../../src/model/statistics/statistics.js";
import { kaplanMeier } from "../../../src/model/statistics/survival.js";
import type { Moment } from "../../../src/model/timeline.js";
import { job, moment } from "../builders.js";

const anyJob = job(1, 0, null);

function duration(durationMs: number, fields: Partial<JobDuration> = {}): JobDuration {
  return { job: anyJob, durationMs, ended: true, enteredMs: 0, resolutionMs: 100, stepMs: 100, ...fields };
}

/** Numbers in [0, 1) that are the same every time. */
function numbers(seed: number): () => number {
  let state = (seed * 7919 + 17) >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let skipped = 0; skipped < 5; skipped += 1) next();
  return next;
}

describe("another quantile", () => {
  const ofSize = (n: number) => estimateLifetimes(Array.from({ length: n }, (_, index) => duration(1000 * (index + 1))));

  it.each([
    [0.25, 11],
    [0.75, 11],
    [0.95, 59],
  ])("of %f takes %i Jobs, whichever side it is on", (q, fewest) => {
    expect(lifetimeQuantile(ofSize(fewest - 1), q)).toBeUndefined();
    expect(lifetimeQuantile(ofSize(fewest), q)).toBeDefined();
  });
});

describe("the typical duration of Jobs", () => {
  it("has an interval that is never narrower than what the offset between clocks leaves open, however many there are", () => {
    const values = Array.from({ length: 1000 }, (_, index) => 50_000 + (index % 7));
    const alone = estimateLifetimes(values.map((value) => duration(value)));
    const shared = estimateLifetimes(values.map((value) => duration(value, { clockMs: 120 })));
    const [low, high] = alone.medianIntervalMs ?? [Number.NaN, Number.NaN];
    expect(shared.medianIntervalMs).toEqual([low - 120, high + 120]);
    expect(shared.medianMs).toBe(alone.medianMs);
    const open = estimateLifetimes(values.map((value, index) => duration(value, { clockMs: 120, ended: index % 10 !== 0 })));
    expect((open.medianIntervalMs?.[1] ?? 0) - (open.medianIntervalMs?.[0] ?? 0)).toBeGreaterThanOrEqual(240);
  });

  it("comes from order statistics where all ended and all ends are known", () => {
    const values = [10, 11, 12, 13, 14, 15, 16, 30];
    const found = estimateLifetimes(values.map((value) => duration(value)));
    expect(found).toMatchObject({
      n: 8,
      censored: 0,
      medianMs: 13.5,
      medianIntervalMs: medianInterval(values),
      sharp: true,
    });
    expect(found.medianRangeMs).toBeUndefined();
  });

  it("is not known where too few were seen from their start for an interval, however many ended", () => {
    const range = { loMs: 4, hiMs: 304, caused: false };
    const late = Array.from({ length: 7 }, (_, index) => duration(51 + index, { enteredMs: 20, ...(index === 0 ? { range } : {}) }));
    const found = estimateLifetimes([duration(50), duration(52), ...late]);
    expect([found.n, found.medianIntervalMs, found.medianMs]).toEqual([9, undefined, null]);
  });

  it("comes from Kaplan-Meier with open ones", () => {
    const given = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map((value) => duration(value));
    const open = [12.5, 17.5].map((value) => duration(value, { ended: false }));
    const classic = kaplanMeier([...given, ...open]);
    const found = estimateLifetimes([...given, ...open]);
    expect([found.medianMs, found.medianIntervalMs, found.censored]).toEqual([classic.medianMs, classic.medianIntervalMs, 2]);
  });

  it("has the value of what the end caused, and a range that reaches back to its earliest cause", () => {
    const values = [10_000, 11_000, 12_000, 13_000, 14_000, 15_000, 16_000];
    const given = values.map((hiMs) => duration(hiMs, { range: { loMs: hiMs - 400, hiMs, caused: true } }));
    expect(estimateLifetimes(given)).toMatchObject({
      medianMs: 13_000,
      medianRangeMs: [12_600, 13_000],
      medianIntervalMs: [9_600, 16_000],
      sharp: true,
    });
  });

  it("has no value inside a wide range that nothing fills", () => {
    const given = Array.from({ length: 8 }, () => duration(60_000, { range: { loMs: 40_000, hiMs: 60_000, caused: false } }));
    const found = estimateLifetimes(given);
    expect(found).toMatchObject({ medianRangeMs: [40_000, 60_000], medianIntervalMs: [40_000, 60_000], sharp: false });
  });

  it("is open-ended, and no median, where so many are open that it has no upper end", () => {
    const given = [1, 2, 3].map((value) => duration(value, { range: { loMs: value - 1, hiMs: value, caused: false } }));
    const open = Array.from({ length: 9 }, () => duration(9, { ended: false }));
    expect(estimateLifetimes([...given, ...open])).toMatchObject({ medianMs: null });
    expect(estimateLifetimes([...given, ...open]).medianIntervalMs).toBeUndefined();
  });

  it("is no median where its range has no upper end, even of fewer ends than an interval needs", () => {
    const only = duration(65_000, { range: { loMs: 40_000, hiMs: 65_000, caused: false } });
    const open = [20_000, 21_000, 40_500, 42_500, 100_000].map((value) => duration(value, { ended: false }));
    const found = estimateLifetimes([only, ...open]);
    expect([found.n, found.medianMs, found.medianRangeMs, found.medianIntervalMs]).toEqual([1, null, undefined, undefined]);
  });

  it("is no median where its interval has no upper end", () => {
    const given = [10, 11, 12, 13, 14, 15, 16].map((value) => duration(value));
    const open = Array.from({ length: 6 }, () => duration(20, { ended: false }));
    expect(kaplanMeier([...given, ...open])).toMatchObject({ medianMs: 16, medianIntervalMs: [12, Number.POSITIVE_INFINITY] });
    const found = estimateLifetimes([...given, ...open]);
    expect([found.n, found.medianMs, found.medianIntervalMs]).toEqual([7, null, undefined]);
  });

  it("has no interval from fewer than six ends", () => {
    const given = [1, 2, 3, 4, 5].map((value) => duration(value, { range: { loMs: value - 1, hiMs: value, caused: false } }));
    const found = estimateLifetimes(given);
    expect([found.medianMs !== null, found.medianIntervalMs]).toEqual([true, undefined]);
  });
});

describe("the end of a capture", () => {
  /** Thirty Jobs begun a second apart; the capture ends when the last ten of them are still open: those that live long. */
  function cutRun(seed: number) {
    const next = numbers(seed);
    const starts = Array.from({ length: 30 }, (_, index) => index * 1000);
    const lives = starts.map(() => 30_000 - 40_000 * Math.log(1 - next()));
    const ends = starts.map((start, index) => start + (lives[index] as number));
    const cut = (sorted(ends)[19] as number) + 1;
    const seen = starts.map((start, index) => {
      const end = ends[index] as number;
      return end < cut ? duration(end - start) : duration(cut - start, { ended: false });
    });
    return { lives, seen };
  }

  it("moves the median by no more than its interval, where leaving the open ones out would have", () => {
    let missed = 0;
    let missedWithout = 0;
    let shift = 0;
    let shiftWithout = 0;
    const seeds = 300;
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { lives, seen } = cutRun(seed);
      const whole = median(lives);
      const found = estimateLifetimes(seen);
      expect(found.censored).toBe(10);
      const [lower, upper] = found.medianIntervalMs ?? [Number.NaN, Number.NaN];
      if (!(lower <= whole && whole <= upper)) missed += 1;
      shift += ((found.medianMs ?? Number.NaN) - whole) / whole / seeds;
      const ended = sorted(seen.filter((one) => one.ended).map((one) => one.durationMs));
      const [low, high] = medianInterval(ended) ?? [Number.NaN, Number.NaN];
      if (!(low <= whole && whole <= high)) missedWithout += 1;
      shiftWithout += (median(ended) - whole) / whole / seeds;
    }
    expect(missed).toBe(0);
    expect(Math.abs(shift)).toBeLessThan(0.03);
    // Without the open ones most intervals miss what they claim to hold, and all that is typical looks a sixth shorter.
    expect(missedWithout).toBeGreaterThan(seeds * 0.8);
    expect(shiftWithout).toBeLessThan(-0.15);
  });
});

describe("the range of a bracketed end", () => {
  const node = (uncertaintyMs: number): Clock => ({
    ...{ id: "node:a", offsetMs: 0, uncertaintyMs, zoneOffsetMinutes: 0, skewMs: 0, method: "bounds", anchors: 9 },
  });
  const end = (how: Moment["how"]): Moment => ({ ...moment(90_000, 30_000, how), bracket: true });
  const width = (one: Moment, clocks: readonly Clock[] = []) => {
    const found = bracketOf(one, { clocks });
    return found === undefined ? undefined : [found.hi - found.lo, found.caused];
  };

  it("is short where the end itself caused what bounds it, and doubts the node's clock", () => {
    expect(width(end("pod-killing"))).toEqual([400, true]);
    expect(width(end("pod-killing"), [node(250)])).toEqual([900, true]);
  });

  it("is all of it where the next write was of something else", () => {
    expect(width(end("resource-version"))).toEqual([30_000, false]);
    expect(width(end("watch-restarted"))).toEqual([30_000, false]);
  });

  it("is all of it where a cleanup Job completed well after the last sign: it may have found its Job gone", () => {
    expect(width(end("cleanup-completion"), [node(250)])).toEqual([30_000, false]);
    const short = { ...end("cleanup-completion"), lo: end("cleanup-completion").hi - 2_000 };
    expect(width(short)).toEqual([2_000, true]);
  });

  it("is all of it, with a value, for a finished Job that follows the mark of its deletion", () => {
    expect(width(end("deletion-timestamp"))).toEqual([30_000, true]);
  });

  it("is none for an end with a moment of its own", () => {
    expect(width(moment(90_000, 500, "audit"))).toBeUndefined();
    expect(width({ ...end("resource-version"), lo: end("resource-version").hi })).toBeUndefined();
  });
});
