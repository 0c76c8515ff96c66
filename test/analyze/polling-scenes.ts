/** Cleanups that poll as the simulator's do, seen by their deletions alone: seeded, without files. */
import type { PollingSample, PollingSamples } from "../../src/analyze/polling/polling-samples.js";
import { createRandom } from "../../src/model/statistics/random.js";
import type { ClockId } from "../../src/model/time.js";
import { decideCleanup } from "../../src/simulate/cleanup-model.js";
import type { CleanupSettings } from "../../src/simulate/options.js";
import { job } from "./builders.js";

export type Polling = Extract<CleanupSettings, { mechanism: "polling" }>;

/** Asks at once, as a script does that deletes right after its last check; nothing lags. */
export const PROMPT: Polling = {
  mechanism: "polling",
  intervalMs: 10_000,
  checks: 5,
  process: { shape: "uniform", lowMs: 50, highMs: 250 },
  firstCheckMs: 10_000,
  metricLagMs: 0,
  averagedOverMs: 0,
};

/** The first runner keeps the name that a single one has. */
export function clockOfRunner(index: number): ClockId {
  return index === 0 ? "runner" : `runner:${index + 1}`;
}

export interface Scene {
  readonly seed: string;
  readonly jobs?: number;
  /** Pod start to stream: median, and deviation of its logarithm. */
  readonly connect?: readonly [number, number];
  readonly streamMs?: number;
  readonly unopenedShare?: number;
  readonly asked?: boolean;
  /** By how much the offset of each runner's clock may be off at most [ms]; Jobs are dealt out to the runners in turn. */
  readonly runnersMs?: readonly number[];
}

/** Samples as the timeline would give them: node clocks are off by up to 25 ms and those of the runners by up to `runnersMs`, and said to be. */
export function pollingScene(cleanup: Polling, scene: Scene): PollingSamples {
  const { jobs = 100, connect = [10_000, 0.2], streamMs = 6_500, unopenedShare = 0, asked = true, runnersMs = [25] } = scene;
  const random = createRandom(scene.seed);
  const runners = runnersMs.map((atMostMs, index) => ({
    clock: clockOfRunner(index),
    atMostMs,
    offMs: random.between(-atMostMs, atMostMs),
  }));
  const nodesMs = [0, 1, 2].map(() => random.between(-25, 25));
  const samples = Array.from({ length: jobs }, (_, index): PollingSample => {
    const from = connect[0] * Math.exp(connect[1] * random.normal());
    const to = from + streamMs + 150 * random.normal();
    const stream = random.next() < unopenedShare ? null : { from, to };
    const { requestAt } = decideCleanup(
      cleanup,
      { createdAt: -2_000, cleanupStartedAt: 0, stream, disconnectedAt: stream && to + 100, until: 1e7 },
      random,
    );
    const nodeMs = nodesMs[random.integer(0, 2)] ?? 0;
    const endMs = (requestAt ?? Number.NaN) - nodeMs;
    const { clock, atMostMs, offMs } = runners[index % runners.length] as (typeof runners)[number];
    return {
      job: job(index, 0, endMs),
      endMs,
      used: stream && { fromMs: from + offMs - nodeMs, toMs: to + offMs - nodeMs },
      sinceDisconnectMs: stream && endMs - (to + 100 + offMs - nodeMs),
      resolutionMs: 50,
      clock,
      clockWidthMs: 2 * atMostMs,
    };
  });
  return { samples, asked, coarse: 0, podStarts: new Map() };
}
