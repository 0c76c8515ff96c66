/** Cleanups that poll as the simulator's do, seen by their deletions alone: seeded, without files. */
import type { PollingSample, PollingSamples } from "../../src/analyze/polling-samples.js";
import { decideCleanup } from "../../src/simulate/cleanup-model.js";
import type { CleanupSettings } from "../../src/simulate/options.js";
import { createRandom } from "../../src/simulate/random.js";
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

export interface Scene {
  readonly seed: string;
  readonly jobs?: number;
  /** Pod start to stream: median, and deviation of its logarithm. */
  readonly connect?: readonly [number, number];
  readonly streamMs?: number;
  readonly unopenedShare?: number;
  readonly asked?: boolean;
}

/** Samples as the timeline would give them: node clocks and the offset of the runner's are off by up to 25 ms, and said to be. */
export function pollingScene(cleanup: Polling, scene: Scene): PollingSamples {
  const { jobs = 100, connect = [10_000, 0.2], streamMs = 6_500, unopenedShare = 0, asked = true } = scene;
  const random = createRandom(scene.seed);
  const runnerMs = random.between(-25, 25);
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
    return {
      job: job(index, 0, endMs),
      endMs,
      used: stream && { fromMs: from + runnerMs - nodeMs, toMs: to + runnerMs - nodeMs },
      sinceDisconnectMs: stream && endMs - (to + 100 + runnerMs - nodeMs),
      resolutionMs: 50,
      clockWidthMs: 50,
    };
  });
  return { samples, asked, coarse: 0, podStarts: new Map() };
}
