import { describe, expect, it } from "vitest";
import { fitPolling, type PollingFound } from "../../../src/analyze/polling/polling.js";
import type { PollingSamples } from "../../../src/analyze/polling/polling-samples.js";
import { createRandom } from "../../../src/model/statistics/random.js";
import { clockOfRunner, type Polling, PROMPT, pollingScene } from "../polling-scenes.js";

function found(seen: PollingSamples, deployed: number | null = null): PollingFound {
  const result = fitPolling(seen, deployed);
  if ("notIdentified" in result) throw new Error(result.notIdentified);
  return result;
}

/** Some fit has the true number of checks at the true interval, and its process, with the lag, can be the true one. */
function holdsTruth(result: PollingFound, { intervalMs, checks }: Polling): boolean {
  return result.fits.some((fit) => fit.checks === checks && Math.abs(fit.intervalMs / intervalMs - 1) < 0.05);
}

/** Levels far enough apart to be counted, from the ends alone. */
function levelsIn(seen: PollingSamples, { intervalMs }: Polling): number {
  return new Set(seen.samples.map(({ endMs }) => Math.round(endMs / intervalMs))).size;
}

describe("the polling of the cleanup, from 100 deletions to the millisecond", () => {
  const random = createRandom("polling-runs");
  const runs = Array.from({ length: 300 }, (_, index) => {
    const cleanup: Polling = {
      ...PROMPT,
      intervalMs: random.integer(5, 20) * 1_000,
      checks: random.integer(2, 8),
      firstCheckMs: random.integer(0, 1) * 10_000,
    };
    // Streams that end anywhere between two readings: a connection takes as long as it takes.
    return { cleanup, seen: pollingScene(cleanup, { seed: `run-${index}`, connect: [14_000, 0.45] }) };
  });
  const results = runs.flatMap(({ cleanup, seen }) => {
    const result = fitPolling(seen);
    return "notIdentified" in result || levelsIn(seen, cleanup) < 2 ? [] : [{ cleanup, result }];
  });

  it("gives an interval within 2% and the exact number of checks, or all that fit, never a wrong one", () => {
    expect(results.length).toBeGreaterThan(250);
    const single = results.filter(({ result }) => result.settled !== null);
    // One of a hundred may be a stray: what hangs on a single deletion is not settled.
    expect(single.length).toBeGreaterThan(results.length * 0.75);
    for (const { cleanup, result } of single) {
      expect(Math.abs(result.intervalMs / cleanup.intervalMs - 1)).toBeLessThan(0.02);
      expect(result.settled?.fit.checks).toBe(cleanup.checks);
    }
  });

  it("has that number by what is deployed, else by an assumption that it names", () => {
    for (const { cleanup, seen } of runs.slice(0, 60)) {
      const [bare, deployed] = [fitPolling(seen), fitPolling(seen, cleanup.checks)];
      if ("notIdentified" in bare || "notIdentified" in deployed) continue;
      if (bare.settled !== null && bare.fits.length > 1) expect(bare.settled.by).toBe("prompt");
      if (deployed.settled !== null && deployed.fits.length > 1)
        expect(deployed.settled).toMatchObject({ by: "deployed", fit: { checks: cleanup.checks } });
    }
  });

  it("always has the truth among what fits", () => {
    expect(results.filter(({ cleanup, result }) => !holdsTruth(result, cleanup))).toEqual([]);
  });
});

describe("the polling of the cleanup, from few deletions that vary", () => {
  it("always has the truth among what fits: so many intervals in a row are off by so many times what one is", () => {
    const random = createRandom("few-that-vary");
    let seenRuns = 0;
    for (let index = 0; index < 400; index += 1) {
      const cleanup: Polling = { ...PROMPT, checks: random.integer(2, 8), process: { shape: "uniform", lowMs: 50, highMs: 650 } };
      const result = fitPolling(pollingScene(cleanup, { seed: `few-${index}`, jobs: random.integer(12, 30) }));
      if ("notIdentified" in result) continue;
      seenRuns += 1;
      expect({ index, holds: holdsTruth(result, cleanup) }).toEqual({ index, holds: true });
    }
    expect(seenRuns).toBeGreaterThan(300);
  });
});

describe("what the deletions do not tell", () => {
  it("is left open: one check more, or a deletion that takes one interval longer", () => {
    const slow: Polling = { ...PROMPT, process: { shape: "uniform", lowMs: 3_000, highMs: 3_400 } };
    const result = found(pollingScene(slow, { seed: "slow", connect: [14_000, 0.45] }));
    expect(result.settled).toBeNull();
    expect(result.fits.map(({ checks }) => checks)).toEqual([1, 2, 3, 4, 5]);
    const [low, high] = result.fits.find(({ checks }) => checks === slow.checks)?.processMs ?? [0, 0];
    expect(low).toBeLessThanOrEqual(3_000);
    expect(high).toBeGreaterThanOrEqual(3_200);
  });

  it("is left open where only the moment is known at which the Job was gone", () => {
    const seen = pollingScene(PROMPT, { seed: "gone", connect: [14_000, 0.45] });
    expect(found(seen).settled?.fit.checks).toBe(5);
    const { settled, fits } = found({ ...seen, asked: false });
    expect(settled).toBeNull();
    expect(fits.map(({ checks }) => checks)).toContain(5);
  });

  it("is decided by the deployed number of checks, unless prompt requests speak for another one", () => {
    const slow: Polling = { ...PROMPT, process: { shape: "uniform", lowMs: 3_000, highMs: 3_400 } };
    const seen = pollingScene(slow, { seed: "slow", connect: [14_000, 0.45] });
    expect(found(seen, 4).settled).toMatchObject({ by: "deployed", fit: { checks: 4 } });
    // Not among what fits: it decides nothing.
    expect(found(seen, 8).settled).toBeNull();
    const prompt = pollingScene(PROMPT, { seed: "gone", connect: [14_000, 0.45] });
    expect(found(prompt, 5).settled).toMatchObject({ by: "deployed", fit: { checks: 5 } });
    expect(found(prompt).settled).toMatchObject({ by: "prompt", fit: { checks: 5 } });
    expect(found(prompt, 4).settled).toBeNull();
  });

  it("is never a single answer, whatever lag and process take: the truth is among several fits, or it is the only one", () => {
    const random = createRandom("whatever");
    let seenRuns = 0;
    for (let index = 0; index < 200; index += 1) {
      const lowMs = random.between(0, 25_000);
      const cleanup: Polling = {
        ...PROMPT,
        intervalMs: random.integer(6, 30) * 1_000,
        checks: random.integer(1, 8),
        firstCheckMs: random.between(0, 30_000),
        process: { shape: "uniform", lowMs, highMs: lowMs + 300 },
      };
      const scene = pollingScene(cleanup, { seed: `whatever-${index}`, jobs: 60, connect: [random.between(5_000, 20_000), 0.4] });
      // A client whose Job was deleted under it has not disconnected well.
      const samples = scene.samples.filter(({ endMs, used }) => used === null || endMs > used.toMs + 100);
      const result = fitPolling({ ...scene, samples });
      if ("notIdentified" in result) continue;
      seenRuns += 1;
      expect({ index, holds: holdsTruth(result, cleanup) }).toEqual({ index, holds: true });
      if (result.settled?.by === "behaviour")
        expect({ index, checks: result.settled.fit.checks }).toEqual({ index, checks: cleanup.checks });
      else expect(result.fits.length).toBeGreaterThan(1);
    }
    expect(seenRuns).toBeGreaterThan(80);
  });

  it("takes no fit for prompt where another may be as prompt", () => {
    // One Job alone on the second level: the shortest wait is known to a whole interval only. Among more it could be a stray.
    const few = pollingScene(
      { ...PROMPT, intervalMs: 13_000, checks: 4, firstCheckMs: 13_000 },
      { seed: "few-levels", jobs: 11, connect: [5_500, 0.1] },
    );
    const lone = few.samples.filter(({ endMs }) => endMs < 60_000);
    const above = few.samples.find(({ endMs }) => endMs > 60_000);
    const result = found({ ...few, samples: above === undefined ? pollingScene(PROMPT, { seed: "gone" }).samples : [...lone, above] });
    expect(result.settled).toBeNull();
  });

  it("has the truth among what fits although readings lag, average or miss streams", () => {
    const random = createRandom("lagging");
    let seenRuns = 0;
    for (let index = 0; index < 150; index += 1) {
      const cleanup: Polling = {
        ...PROMPT,
        intervalMs: random.integer(5, 15) * 1_000,
        checks: random.integer(2, 8),
        metricLagMs: random.between(0, 8_000),
        averagedOverMs: random.between(0, 8_000),
      };
      const seen = pollingScene(cleanup, { seed: `lag-${index}`, connect: [14_000, 0.45], unopenedShare: (index % 2) * 0.05 });
      const result = fitPolling(seen);
      if ("notIdentified" in result) continue;
      seenRuns += 1;
      expect({ index, holds: holdsTruth(result, cleanup) }).toEqual({ index, holds: true });
    }
    expect(seenRuns).toBeGreaterThan(100);
  });
});

describe("a metric that is itself sampled", () => {
  it("makes the lag vary: the interval is still found, and no number of checks is claimed that does not hold", () => {
    const random = createRandom("sampled");
    let seenRuns = 0;
    for (let index = 0; index < 100; index += 1) {
      const cleanup: Polling = {
        ...PROMPT,
        checks: random.integer(2, 8),
        metricEveryMs: random.between(8_000, 20_000),
        averagedOverMs: random.between(0, 15_000),
      };
      const result = fitPolling(pollingScene(cleanup, { seed: `sampled-${index}`, connect: [14_000, 0.45] }));
      if ("notIdentified" in result) continue;
      seenRuns += 1;
      expect({ index, holds: holdsTruth(result, cleanup) }).toEqual({ index, holds: true });
      if (result.settled !== null) expect({ index, checks: result.settled.fit.checks }).toEqual({ index, checks: cleanup.checks });
    }
    expect(seenRuns).toBeGreaterThan(80);
  });
});

describe("where no polling can be seen", () => {
  it("says why, and that the interval is no shorter than the waits spread", () => {
    const oneLevel = pollingScene({ ...PROMPT, intervalMs: 40_000, firstCheckMs: 40_000 }, { seed: "one", connect: [14_000, 0.1] });
    const result = fitPolling(oneLevel);
    expect(result).toMatchObject({ notIdentified: "polling-one-level" });
    if ("notIdentified" in result) expect(result.atLeastMs).toBeGreaterThan(1_000);
    expect(fitPolling({ ...oneLevel, samples: [] })).toEqual({ notIdentified: "polling-no-pods" });
    expect(fitPolling({ ...oneLevel, samples: [], coarse: 3 })).toEqual({ notIdentified: "polling-coarse" });
    expect(fitPolling({ ...oneLevel, samples: oneLevel.samples.slice(0, 5) })).toEqual({ notIdentified: "polling-few" });
  });

  it("finds no grid in deletions that come so long after the disconnect, however few they are", () => {
    const random = createRandom("fixed");
    for (let run = 0; run < 200; run += 1) {
      const { samples, ...seen } = pollingScene(PROMPT, { seed: `fixed-${run}`, jobs: random.integer(6, 60) });
      const fixed = samples.map((sample) => ({ ...sample, endMs: (sample.used?.toMs ?? 0) + 50_000 + 500 * random.normal() }));
      expect(fitPolling({ ...seen, samples: fixed })).toMatchObject({ notIdentified: expect.stringMatching(/no-grid|one-level/) });
    }
  });

  it("takes deletions that differ in their last digits alone for no grid", () => {
    const scene = pollingScene(PROMPT, { seed: "lock-step" });
    const samples = scene.samples.slice(0, 8).map((sample, index) => {
      const endMs = 16_000 + 0.063 * ([0, 11, 16, 19, 91, 92, 115, 338][index] ?? 0);
      return { ...sample, endMs, resolutionMs: 50, used: { fromMs: endMs - 14_000, toMs: endMs - 12_410 + 5 * index } };
    });
    expect(fitPolling({ ...scene, samples })).toHaveProperty("notIdentified");
  });

  it("names what it assumes where the waits alone do not rule out a part of the interval", () => {
    const short = pollingScene({ ...PROMPT, intervalMs: 14_000, checks: 4 }, { seed: "short-streams", connect: [14_000, 0.45] });
    expect(found(short)).toMatchObject({ assumesMs: 30_000, settled: { fit: { checks: 4 } } });
    const long = pollingScene(
      { ...PROMPT, intervalMs: 5_000, checks: 4 },
      { seed: "long-streams", connect: [8_000, 0.3], streamMs: 7_000 },
    );
    expect(found(long).assumesMs).toBeUndefined();
  });

  it("tells an interval from its half only where the waits are long enough apart", () => {
    // All streams end alike: readings every 10 s and every 5 s see the same.
    const alike = pollingScene(
      { ...PROMPT, firstCheckMs: 0 },
      { seed: "alike", connect: [9_000, 0.05], streamMs: 1_000, unopenedShare: 0.2 },
    );
    const result = fitPolling(alike);
    if ("notIdentified" in result) expect(result.notIdentified).toBe("polling-alike");
    else {
      expect(result.settled).toBeNull();
      expect(holdsTruth(result, PROMPT)).toBe(true);
    }
  });
});

describe("the polling that several runners saw", () => {
  const random = createRandom("runners");
  const runs = Array.from({ length: 150 }, (_, index) => {
    const cleanup: Polling = { ...PROMPT, intervalMs: random.integer(5, 20) * 1_000, checks: random.integer(2, 8) };
    const runnersMs = Array.from({ length: random.integer(2, 4) }, () => random.between(10, 2_500));
    return { cleanup, seen: pollingScene(cleanup, { seed: `runners-${index}`, connect: [14_000, 0.45], runnersMs }) };
  });

  it("is found whatever their clocks are off, within what they may be: the truth is always among what fits", () => {
    let seenRuns = 0;
    for (const [index, { cleanup, seen }] of runs.entries()) {
      const result = fitPolling(seen, cleanup.checks);
      if ("notIdentified" in result) continue;
      seenRuns += 1;
      expect({ index, holds: holdsTruth(result, cleanup) }).toEqual({ index, holds: true });
      if (result.settled !== null) expect({ index, checks: result.settled.fit.checks }).toEqual({ index, checks: cleanup.checks });
    }
    expect(seenRuns).toBeGreaterThan(120);
  });

  it("is as well known as by the runner whose clock is known best", () => {
    const cleanup = { ...PROMPT, checks: 4 };
    const scene = { seed: "best", jobs: 200, connect: [14_000, 0.45] as const };
    const widthOf = ({ samples, ...seen }: PollingSamples, clock?: string) => {
      const own = samples.filter((sample) => clock === undefined || sample.clock === clock);
      return found({ ...seen, samples: own }).reading.views.map(({ shortestWaitMs: [low, high] }) => high - low)[0] ?? Number.NaN;
    };
    const mixed = pollingScene(cleanup, { ...scene, runnersMs: [25, 2_000] });
    expect(widthOf(mixed, "runner:2")).toBeGreaterThan(4_000);
    // Among twice as many deletions there may be one stray more on either side: each leaves a hundredth of the interval open.
    expect(widthOf(mixed)).toBeLessThanOrEqual(widthOf(mixed, "runner") + 220);
  });

  it("is not read from what their clocks are off against each other", () => {
    for (let run = 0; run < 50; run += 1) {
      // Every deletion comes so long after its disconnect, on ends that lie on a grid by chance of how the streams end.
      const { samples, ...seen } = pollingScene(PROMPT, { seed: `apart-${run}`, jobs: 40, runnersMs: [3_000, 3_000] });
      const fixed = samples.map((sample, index) => {
        const endMs = 60_000 + 10_000 * (index % 3) + 200 * random.normal();
        const offMs = sample.clock === "runner" ? 3_000 : -3_000;
        return { ...sample, endMs, used: { fromMs: endMs - 55_000, toMs: endMs - 50_000 + offMs + 200 * random.normal() } };
      });
      expect(fitPolling({ ...seen, samples: fixed })).toMatchObject({ notIdentified: expect.stringMatching(/no-grid|one-level/) });
    }
  });

  it("has no interval as long as the waits of different clocks lie apart", () => {
    const scene = pollingScene({ ...PROMPT, intervalMs: 40_000, firstCheckMs: 40_000 }, { seed: "one", connect: [14_000, 0.1] });
    const shifted = scene.samples.map((sample, index) => {
      const offMs = index % 2 === 0 ? 0 : 5_000;
      const used = sample.used && { fromMs: sample.used.fromMs + offMs, toMs: sample.used.toMs + offMs };
      return { ...sample, used, clock: index % 2 === 0 ? ("runner" as const) : ("runner:2" as const), clockWidthMs: 12_000 };
    });
    const atLeast = (samples: PollingSamples["samples"]) => {
      const result = fitPolling({ ...scene, samples });
      return "notIdentified" in result ? (result.atLeastMs ?? Number.NaN) : Number.NaN;
    };
    expect(atLeast(shifted)).toBeLessThanOrEqual(atLeast(scene.samples));
  });

  it("is not told by waits that are one to a clock", () => {
    const { samples, ...seen } = pollingScene(PROMPT, { seed: "each", jobs: 8, connect: [14_000, 0.45] });
    const each = samples.map((sample, index) => ({ ...sample, clock: clockOfRunner(index) }));
    expect(fitPolling({ ...seen, samples: each })).toEqual({ notIdentified: "polling-few" });
  });
});

describe("a few deletions that are not of the polling", () => {
  // Its Pod began anew, a controller stalled, somebody deleted the Job by hand.
  const disturbed = (seed: string, [fewest, most]: readonly [number, number], strays: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 150 }, (_, index) => {
      const cleanup: Polling = { ...PROMPT, intervalMs: random.integer(5, 20) * 1_000, checks: random.integer(2, 8) };
      const plain = pollingScene(cleanup, { seed: `${seed}-${index}`, jobs: random.integer(fewest, most), connect: [14_000, 0.45] });
      const samples = plain.samples.map((sample, place) =>
        place < strays ? { ...sample, endMs: sample.endMs + cleanup.intervalMs * random.between(-3, 3) } : sample,
      );
      return { cleanup, plain, seen: { ...plain, samples } };
    });
  };
  type Run = Pick<ReturnType<typeof disturbed>[number], "cleanup" | "plain"> & { readonly seen: PollingSamples };
  const resultsOf = (runs: readonly Run[]) =>
    runs.flatMap(({ seen, ...run }) => {
      const result = fitPolling(seen);
      return "notIdentified" in result ? [] : [{ ...run, result }];
    });
  const isTrue = ({ cleanup, result }: ReturnType<typeof resultsOf>[number]) =>
    Math.abs(result.intervalMs / cleanup.intervalMs - 1) < 0.02 &&
    holdsTruth(result, cleanup) &&
    (result.settled?.fit.checks ?? cleanup.checks) === cleanup.checks;

  it("leave what the others show as it is", () => {
    const runs = [1, 2].flatMap((strays) => disturbed(`strays-${strays}`, [200, 400], strays));
    const results = resultsOf(runs);
    expect(results.length).toBeGreaterThan(runs.length * 0.95);
    expect(results.filter((one) => !isTrue(one))).toEqual([]);
    for (const { result, plain } of results) expect(result.n + result.strays).toBe(plain.samples.length);
    expect(results.some(({ result }) => result.strays > 0)).toBe(true);
  });

  it("leave it so among fewer than a hundred too, but for a few that happen to lie on the grid", () => {
    const runs = disturbed("strays-of-few", [20, 99], 1);
    const results = resultsOf(runs);
    expect(results.length).toBeGreaterThan(runs.length * 0.95);
    expect(results.filter((one) => !isTrue(one)).length).toBeLessThan(runs.length * 0.03);
    const plain = resultsOf(runs.map((run) => ({ ...run, seen: run.plain })));
    expect(plain.length).toBeGreaterThan(runs.length * 0.98);
    expect(plain.every(isTrue)).toBe(true);
  });

  it("are no more than a few", () => {
    const seen = pollingScene(PROMPT, { seed: "many-strays", jobs: 200, connect: [14_000, 0.45] });
    const away = (count: number) => ({
      ...seen,
      samples: seen.samples.map((sample, place) => (place < count ? { ...sample, endMs: sample.endMs + 4_000 + 300 * place } : sample)),
    });
    expect(found(away(8))).toMatchObject({ n: 192, strays: 8 });
    expect(fitPolling(away(9))).toEqual({ notIdentified: "polling-no-grid" });
  });
});
