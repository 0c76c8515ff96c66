import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitsFor, type GridReading, promptFit, readGrid } from "../../../src/analyze/polling/polling-fits.js";
import type { Grid } from "../../../src/analyze/polling/polling-grid.js";
import type { PollingSample } from "../../../src/analyze/polling/polling-samples.js";
import { job } from "../builders.js";
import { clockOfRunner } from "../polling-scenes.js";

const INTERVAL_MS = 10_000;
/** First reading after the start of the Pod. */
const FIRST_MS = 5_000;
const CHECKS = 3;
const PROCESS_MS = 200;
/** No lag: (checks - 1) intervals and the process. */
const SHORTEST_WAIT_MS = (CHECKS - 1) * INTERVAL_MS + PROCESS_MS;

/** Deletions at once on their level. */
function gridOf(levels: readonly number[], fields: Partial<Grid> = {}): Grid {
  const originMs = FIRST_MS + SHORTEST_WAIT_MS;
  return {
    stepMs: INTERVAL_MS,
    halfWidthMs: 0,
    originMs,
    levelOf: (value) => Math.round((value - originMs) / INTERVAL_MS),
    levels,
    residualsMs: [0, 0],
    strays: new Set(),
    parts: 1,
    residualDeviationMs: 0,
    ...fields,
  };
}

interface Deleted {
  readonly level: number;
  /** From the end of the use to the deletion; null where there was none. */
  readonly waitMs: number | null;
  /** Else so long that the last reading before the first low one saw it. */
  readonly useMs?: number;
  /** Which runner, and by how much its clock may be off, and is (behind), which makes a wait seem longer. */
  readonly runner?: number;
  readonly clockMs?: number;
  readonly offMs?: number;
  readonly resolutionMs?: number;
}

function deleted({ level, waitMs, useMs, runner = 0, clockMs = 0, offMs = 0, resolutionMs = 0 }: Deleted): PollingSample {
  const endMs = FIRST_MS + SHORTEST_WAIT_MS + level * INTERVAL_MS;
  const toMs = endMs - (waitMs ?? 0) - offMs;
  const seenMs = Math.max(0, SHORTEST_WAIT_MS + INTERVAL_MS - (waitMs ?? 0)) + 500;
  return {
    job: job(1, 0, endMs),
    endMs,
    used: waitMs === null ? null : { fromMs: toMs - (useMs ?? seenMs), toMs },
    sinceDisconnectMs: null,
    resolutionMs,
    clock: clockOfRunner(runner),
    clockWidthMs: 2 * clockMs,
  };
}

/** A Job that nobody used: the lowest level is then known for what it is. */
const UNUSED: Deleted = { level: 0, waitMs: null };

const read = (all: readonly Deleted[], lagMs = 0, grid = gridOf([0, 1, 2])) => readGrid(all.map(deleted), grid, lagMs);

/** The shortest wait of the only view that there is. */
function shortestOf(reading: GridReading | undefined): readonly [number, number] {
  const [view, ...others] = reading?.views ?? [];
  if (view === undefined || others.length > 0) throw new Error(`${reading?.views.length} views`);
  return view.shortestWaitMs;
}

describe("the shortest wait", () => {
  const two: readonly Deleted[] = [UNUSED, { level: 1, waitMs: 29_900 }, { level: 2, waitMs: 20_300 }];

  it("lies between the longest wait less an interval and the shortest one", () => {
    expect(read(two)).toMatchObject({ lagMs: 0, views: [{ unseen: true }] });
    expect(shortestOf(read(two))).toEqual([19_900, 20_300]);
  });

  it("is that of the grid: what a deletion itself varies by is no part of a wait", () => {
    const late = two.map(deleted).map((sample) => ({ ...sample, endMs: sample.endMs + 300 }));
    expect(shortestOf(readGrid(late, gridOf([0, 1, 2])))).toEqual([19_900, 20_300]);
  });

  it("is as open as the stamps, the grid and the offset of the clock leave it", () => {
    expect(shortestOf(read(two.map((one, index) => ({ ...one, resolutionMs: index === 1 ? 60 : 20 }))))).toEqual([19_870, 20_330]);
    // Two deviations of a mean of four, and half the width of the step.
    const known: readonly Deleted[] = [...two, UNUSED];
    expect(shortestOf(read(known, 0, gridOf([0, 1, 2], { residualDeviationMs: 40, halfWidthMs: 7 })))).toEqual([19_853, 20_347]);
    expect(shortestOf(read(two.map((one) => ({ ...one, clockMs: 150 }))))).toEqual([19_750, 20_450]);
  });

  it("is open by the lag that may vary, at its lower end", () => {
    expect(shortestOf(read(two, 5_000))).toEqual([14_900, 20_300]);
    expect(read(two, 5_000)?.lagMs).toBe(5_000);
  });

  it("is not there where waits spread over more than an interval", () => {
    const spread = (longestMs: number, clockMs = 0) =>
      read([UNUSED, { level: 1, waitMs: longestMs, clockMs }, { level: 2, waitMs: 20_300, clockMs }]);
    expect(shortestOf(spread(30_300))).toEqual([20_300, 20_300]);
    expect(spread(30_301)).toBeUndefined();
    // What a clock is off shifts both alike.
    expect(spread(30_301, 500)).toBeUndefined();
    expect(read([UNUSED])).toBeUndefined();
  });
});

describe("a wait that is unlike the others", () => {
  const eleven = [
    UNUSED,
    ...Array.from({ length: 10 }, (_, index): Deleted => ({ level: 1 + (index % 2), waitMs: 20_300 + 1_000 * index })),
  ];
  const away: Deleted = { level: 1, waitMs: 45_000 };

  it("may be that of a stray among twelve and more: none that is alone bounds the shortest", () => {
    expect(shortestOf(read(eleven))).toEqual([19_300, 20_300]);
    expect(read([...eleven.slice(0, 10), away])).toBeUndefined();
    // One may be left out at either end.
    expect(shortestOf(read([...eleven, away]))).toEqual([19_300, 20_300]);
    expect(shortestOf(read([...eleven, { level: 1, waitMs: 25_000 }]))).toEqual([18_300, 21_300]);
    expect(read([...eleven, away, away])).toBeUndefined();
  });

  it("counts where a part of the distance is asked for, or a lag that varies: hardly anything else speaks against those", () => {
    const most: Deleted = { level: 1, waitMs: 30_300 };
    const part = { ...gridOf([0, 1, 2]), parts: 2 };
    expect(read([...eleven, most], 0, part)?.exceptions).toBe(0);
    expect(shortestOf(read([...eleven, most], 0, part))).toEqual([20_300, 20_300]);
    expect(read([...eleven, away], 0, part)).toBeUndefined();
    expect(read([...eleven, away], 5_000)).toBeUndefined();
  });
});

describe("the lowest level", () => {
  const above: readonly Deleted[] = [
    { level: 1, waitMs: 29_900 },
    { level: 2, waitMs: 20_300 },
  ];

  it("is one like the others, or that of deletions whose readings never saw a use: both are followed up", () => {
    const { views = [] } = read([{ level: 0, waitMs: 21_000 }, ...above]) ?? {};
    expect(views).toMatchObject([
      { unseen: false, shortestWaitMs: [19_900, 20_300] },
      { unseen: true, shortestWaitMs: [19_900, 20_300] },
    ]);
  });

  it("is the latter where its waits are too short or too long for the others", () => {
    expect(read([{ level: 0, waitMs: 15_000 }, ...above])?.views).toMatchObject([{ unseen: true }]);
    expect(read([{ level: 0, waitMs: 33_000 }, ...above])?.views).toMatchObject([{ unseen: true }]);
  });

  it("is the latter where Jobs that nobody used share it, and only where all of those do", () => {
    const used: Deleted = { level: 0, waitMs: 21_000 };
    expect(read([UNUSED, used, ...above])?.views.map(({ unseen }) => unseen)).toEqual([true]);
    expect(read([UNUSED, { level: 1, waitMs: null }, used, ...above])?.views.map(({ unseen }) => unseen)).toEqual([false, true]);
  });

  it("is one like the others where there is none above it", () => {
    expect(read([{ level: 0, waitMs: 21_000 }], 0, gridOf([0]))?.views.map(({ unseen }) => unseen)).toEqual([false]);
  });
});

describe("the waits of several runners", () => {
  // The first is behind by 100 ms, the second ahead by 900.
  const first: readonly Deleted[] = [
    { level: 1, waitMs: 29_900, clockMs: 150, offMs: 100 },
    { level: 2, waitMs: 20_300, clockMs: 150, offMs: 100 },
  ];
  const second: readonly Deleted[] = [
    { level: 1, waitMs: 30_100, runner: 1, clockMs: 1_000, offMs: -900 },
    { level: 2, waitMs: 20_400, runner: 1, clockMs: 1_000, offMs: -900 },
  ];

  it("bound the shortest wait each by their own clock, as far as that may be off: what all of them leave holds", () => {
    expect(shortestOf(read([UNUSED, ...first]))).toEqual([19_850, 20_550]);
    expect(shortestOf(read([UNUSED, ...second]))).toEqual([18_200, 20_500]);
    expect(shortestOf(read([UNUSED, ...first, ...second]))).toEqual([19_850, 20_500]);
  });

  it("are not held against each other: together they may seem to spread over more than an interval", () => {
    expect(read([UNUSED, ...[...first, ...second].map((one) => ({ ...one, runner: 0 }))])).toBeUndefined();
    expect(read([UNUSED, ...first, ...second])).toBeDefined();
  });

  it("must not spread over more than an interval on any clock, however far that may be off", () => {
    expect(read([UNUSED, ...first, ...second, { level: 1, waitMs: 30_500, runner: 1, clockMs: 1_000, offMs: -900 }])).toBeUndefined();
  });

  it("must have one shortest wait in common", () => {
    const far = (offMs: number) => second.map((one) => ({ ...one, clockMs: 100, offMs }));
    expect(read([UNUSED, ...first, ...far(-400)])).toBeDefined();
    expect(read([UNUSED, ...first, ...far(-700)])).toBeUndefined();
  });

  it("tell what it is on each clock: what its own waits leave, no farther from that of all than the clock may be off", () => {
    const on = (all: readonly Deleted[]) => Object.fromEntries(read([UNUSED, ...all])?.views[0]?.onClock ?? []);
    expect(on(first)).toEqual({ runner: [19_850, 20_550] });
    expect(on([...first, ...second])).toEqual({ runner: [19_850, 20_550], "runner:2": [18_850, 20_500] });
    // One wait leaves a whole interval open: the other clock says more.
    expect(on([...first, ...second.slice(0, 1)])).toEqual({ runner: [19_850, 20_550], "runner:2": [18_850, 21_550] });
  });

  const runner = fc.record({
    clockMs: fc.integer({ min: 0, max: 4_000 }),
    /** As a share of that. */
    off: fc.double({ min: -1, max: 1, noNaN: true }),
    /** Waits beyond the shortest that there can be. */
    overMs: fc.array(fc.integer({ min: 0, max: INTERVAL_MS }), { minLength: 1, maxLength: 9 }),
  });
  const runs = fc
    .record({ shortestMs: fc.integer({ min: 1_000, max: 90_000 }), runners: fc.array(runner, { minLength: 1, maxLength: 4 }) })
    .map(({ shortestMs, runners }) => {
      const offsMs = runners.map(({ clockMs, off }) => clockMs * off);
      // A stamp leaves room for what binary fractions are off.
      const byRunner = runners.map(({ clockMs, overMs }, number) =>
        overMs.map((over, index): Deleted => {
          const own = { runner: number, clockMs, offMs: offsMs[number] ?? 0, resolutionMs: 0.001 };
          return { level: 1 + (index % 2), waitMs: shortestMs + over, ...own };
        }),
      );
      return { shortestMs, offsMs, byRunner };
    });

  it("always hold the true one, on every clock as that reads it", () => {
    fc.assert(
      fc.property(runs, ({ shortestMs, offsMs, byRunner }) => {
        const [view] = read([UNUSED, ...byRunner.flat()])?.views ?? [];
        const holds = ([low, high]: readonly [number, number], valueMs: number) => low <= valueMs && valueMs <= high;
        expect(view && holds(view.shortestWaitMs, shortestMs)).toBe(true);
        for (const [index, offMs] of offsMs.entries()) {
          const range = view?.onClock.get(clockOfRunner(index));
          expect(range && holds(range, shortestMs + offMs)).toBe(true);
        }
      }),
    );
  });

  it("never leave more than those of one runner alone, and those of one alone are the same under any name", () => {
    fc.assert(
      fc.property(runs, ({ byRunner }) => {
        // Among twelve and more one may be a stray, among the fewer of a single runner none.
        fc.pre(byRunner.flat().length < 11);
        const [low, high] = shortestOf(read([UNUSED, ...byRunner.flat()]));
        for (const [index, own] of byRunner.entries()) {
          const alone = shortestOf(read([UNUSED, ...own]));
          expect(low >= alone[0] && high <= alone[1]).toBe(true);
          expect(shortestOf(read([UNUSED, ...own.map((one) => ({ ...one, runner: 7 }))]))).toEqual(alone);
          expect(read([UNUSED, ...own])?.views[0]?.onClock.get(clockOfRunner(index))).toEqual(alone);
        }
      }),
    );
  });
});

describe("the numbers of checks that fit", () => {
  const all: readonly Deleted[] = [UNUSED, { level: 1, waitMs: 29_900 }, { level: 2, waitMs: 20_300 }];
  const fits = (some: readonly Deleted[], latestMs?: number, grid = gridOf([0, 1, 2])) => {
    const samples = some.map(deleted);
    const reading = readGrid(samples, grid);
    return reading === undefined ? [] : fitsFor(samples, reading, latestMs);
  };

  it("are all for which the last check comes before the deletion, with what is left for lag and process", () => {
    expect(fits(all)).toEqual([
      { intervalMs: 10_000, checks: 1, triggerMs: 0, processMs: [0, 20_300] },
      { intervalMs: 10_000, checks: 2, triggerMs: 10_000, processMs: [0, 10_300] },
      { intervalMs: 10_000, checks: 3, triggerMs: 20_000, processMs: [0, 300] },
    ]);
  });

  it("leave the process at least what the quickest deletion varies by, less what its stamp may be off", () => {
    const early = gridOf([0, 1, 2], { residualsMs: [-250, 400] });
    expect(fits(all, undefined, early).map(({ checks, processMs }) => [checks, processMs[0]])).toEqual([
      [1, 250],
      [2, 250],
      [3, 250],
    ]);
    const stamped = all.map((one) => ({ ...one, resolutionMs: 60 }));
    expect(fits(stamped, undefined, early)[0]?.processMs[0]).toBe(220);
    // What is left of three checks is less than that.
    expect(fits(all, undefined, gridOf([0, 1, 2], { residualsMs: [-301, 400] })).map(({ checks }) => checks)).toEqual([1, 2]);
  });

  it("are no fewer than leave lag and process so long together", () => {
    expect(fits(all, 9_900).map(({ checks }) => checks)).toEqual([2, 3]);
    expect(fits(all, 9_899).map(({ checks }) => checks)).toEqual([3]);
  });

  it("are none if a Job went on after more low readings than that", () => {
    const withSurvivor = (level: number, useMs: number) =>
      fits([...all, { level, waitMs: 29_900, useMs }], undefined, gridOf([0, 1, 2, level]));
    // Two readings came before the one that saw it.
    expect(withSurvivor(3, 1_000).map(({ checks }) => checks)).toEqual([1, 2, 3]);
    expect(withSurvivor(4, 1_000)).toEqual([]);
    // One of them saw it, too.
    expect(withSurvivor(4, 10_000).map(({ checks }) => checks)).toEqual([1, 2, 3]);
  });

  it("are all that some interval in its range allows: so many in a row are off by so many times what one is", () => {
    const short: readonly Deleted[] = [UNUSED, { level: 1, waitMs: 29_700 }, { level: 2, waitMs: 19_700 }];
    const within = (halfWidthMs: number) => fits(short, undefined, gridOf([0, 1, 2], { halfWidthMs }));
    // 300 ms short of two intervals: the interval's own error leaves that of the wait open once, and that of three checks twice.
    expect(within(99).map(({ checks }) => checks)).toEqual([1, 2]);
    expect(within(100)).toEqual([
      { intervalMs: 10_000, checks: 1, triggerMs: 0, processMs: [0, 19_800] },
      { intervalMs: 10_000, checks: 2, triggerMs: 10_000, processMs: [0, 9_900] },
      { intervalMs: 10_000, checks: 3, triggerMs: 20_000, processMs: [0, 0] },
    ]);
    // Nor are lag and process too long together where the longest interval leaves less of them.
    const open = gridOf([0, 1, 2], { halfWidthMs: 100 });
    expect(fits(all, 9_700, open).map(({ checks }) => checks)).toEqual([2, 3]);
    expect(fits(all, 9_699, open).map(({ checks }) => checks)).toEqual([3]);
  });

  it("are ruled out by readings only where those saw what they saw with any interval in its range", () => {
    const second: Deleted = { level: 0, waitMs: SHORTEST_WAIT_MS - INTERVAL_MS - 2_000, useMs: 4_000 };
    const seen = (halfWidthMs: number) => fits([...all, second], undefined, gridOf([0, 1, 2], { halfWidthMs })).map(({ checks }) => checks);
    expect(seen(300)).toEqual([1]);
    expect(seen(1_000)).toEqual([1, 2, 3]);
    // Three readings came before the one that saw it; with a shorter interval the last of them saw it, too.
    const survivor: Deleted = { level: 4, waitMs: 29_900, useMs: 9_600 };
    const survived = (halfWidthMs: number) =>
      fits([...all, survivor], undefined, gridOf([0, 1, 2, 4], { halfWidthMs })).map(({ checks }) => checks);
    expect(survived(0)).toEqual([]);
    expect(survived(50)).toEqual([1, 2, 3]);
  });

  it("are none by which a reading must have seen a use of the lowest level", () => {
    // The use lies about the second reading: one check alone does not look there.
    const second: Deleted = { level: 0, waitMs: SHORTEST_WAIT_MS - INTERVAL_MS - 2_000, useMs: 4_000 };
    expect(fits([...all, second]).map(({ checks }) => checks)).toEqual([1]);
    // None must have if the clock of that runner may be off by more than the use reaches past the reading.
    expect(fits([...all, { ...second, runner: 1, clockMs: 2_500 }]).map(({ checks }) => checks)).toEqual([1, 2, 3]);
    // What the other clock may be off leaves the reading within the use.
    const others = all.map((one) => ({ ...one, runner: 1, clockMs: 1_500 }));
    expect(fits([...others, second]).map(({ checks }) => checks)).toEqual([1]);
  });

  it("take out of the process what the beginnings of uses show to be lag", () => {
    const shown = (useMs: number, clockMs = 0) =>
      fits([UNUSED, { level: 1, waitMs: 26_100, useMs, clockMs }, { level: 2, waitMs: 36_000, useMs: 1_000, clockMs }]).map(
        ({ processMs }) => processMs[1],
      );
    // The first reading, less the lag, seems to fall 800 ms before the Pod began.
    expect(shown(9_100)).toEqual([25_300, 15_300, 5_300]);
    // It saw a use that began 5 s after that.
    expect(shown(4_100)).toEqual([20_300, 10_300, 300]);
    // The shortest wait is open by 100 ms more on either side, and so is the beginning of the use.
    expect(shown(4_100, 100)).toEqual([20_600, 10_600, 600]);
  });
});

describe("the fit by which deletions come promptly", () => {
  const all: readonly Deleted[] = [UNUSED, { level: 1, waitMs: 29_900 }, { level: 2, waitMs: 20_300 }];
  const prompt = (some: readonly Deleted[], latestMs: number, lagMs = 0) => {
    const samples = some.map(deleted);
    const reading = readGrid(samples, gridOf([0, 1, 2]), lagMs);
    return reading && promptFit(samples, fitsFor(samples, reading), reading, latestMs)?.checks;
  };

  it("is the one of which hardly anything is left", () => {
    expect(prompt(all, 1_000)).toBe(3);
    expect(prompt(all, 300)).toBe(3);
  });

  it("is not told where more may be left of it", () => {
    expect(prompt(all, 299)).toBeUndefined();
    expect(prompt([UNUSED, { level: 1, waitMs: 27_000 }, { level: 2, waitMs: 20_300 }], 250)).toBeUndefined();
  });

  it("is not told where the interval may be so much shorter that more is left of it", () => {
    const samples = all.map(deleted);
    const within = (halfWidthMs: number) => {
      const reading = readGrid(samples, gridOf([0, 1, 2], { halfWidthMs }));
      return reading && promptFit(samples, fitsFor(samples, reading), reading, 600)?.checks;
    };
    // 300 ms are left, and what the interval is off by once for the wait and twice for three checks.
    expect(within(100)).toBe(3);
    expect(within(101)).toBeUndefined();
  });

  it("is not told where it may be another one", () => {
    expect(prompt([UNUSED, { level: 1, waitMs: 20_300 }, { level: 2, waitMs: 20_400 }], 1_000)).toBeUndefined();
  });

  it("is not told where the lag varies", () => {
    expect(prompt(all, 1_000, 100)).toBeUndefined();
  });
});
