import { createRandom, type Random } from "../../src/model/statistics/random.js";
import { type CleanupSettings, POLLING_CLEANUP, type SimulationOptions } from "../../src/simulate/index.js";

/** How one run of the calibration is made, and what its distributions are known to be. */
export interface DrawnRun {
  readonly options: SimulationOptions;
  /** Files beside the log. */
  readonly captures: readonly string[];
  readonly captureKind: keyof typeof CAPTURES;
  /** Median of the distribution that each stage is drawn from [ms]. */
  readonly stageMediansMs: Readonly<Record<string, number>>;
  /** Median of disconnect -> gone [ms]; null where the cleanup polls, so that no closed form exists. */
  readonly cleanupMedianMs: number | null;
  readonly trouble: "none" | "failures" | "capture cut at the end" | "capture begun late";
}

/** What lies beside the log, by how finely it tells a deletion. */
export const CAPTURES = {
  "audit log": ["audit.log", "jobs-watch.json"],
  "arrival times": ["jobs-watch-received.jsonl", "pods-watch-received.jsonl"],
  "Job watch and Events": ["jobs-watch.json", "events-watch.json"],
  "Pod watch": ["pods-watch.json"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const ZONES = [0, 60, 120, 180, 330, 345, -210, -480];
const TROUBLES = ["none", "none", "failures", "capture cut at the end", "capture begun late"] as const;

/** The same n and number give the same run. */
export function drawRun(n: number, number: number): DrawnRun {
  const random = createRandom(`calibrate/${n}/${number}`);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random.between(0, values.length))] as T;
  const captureKind = pick(Object.keys(CAPTURES) as (keyof typeof CAPTURES)[]);
  const trouble = pick(TROUBLES);
  const stages = drawStages(random);
  const { cleanup, cleanupMedianMs } = drawCleanup(random, pick);
  const some = n >= 12 && trouble === "failures" ? Math.max(1, Math.floor(n / 20)) : 0;
  const delayMs = pick([1_000, 2_000, 5_000]);
  return {
    options: {
      seed: `calibrate-${n}-${number}`,
      investigations: n,
      startAt: Date.UTC(2025, 0, 1) + Math.floor(random.between(0, 300 * 86_400_000)),
      zoneOffsetMinutes: pick(ZONES),
      skewMs: Math.round(random.between(-400_000, 400_000)),
      driftPpm: Math.round(random.between(-40, 40)),
      nodeSkewMs: [random.between(-200, 200), random.between(-200, 200), 0].map(Math.round),
      delayMs,
      cleanup,
      stages: stages.settings,
      trouble: { timeouts: some, unopened: some, reconnects: some, refused: some },
      otherNamespaceJobs: pick([0, 3]),
      foreignServingJobs: pick([0, 2]),
      capture: {
        // The last two or three Jobs are still open then.
        ...(trouble === "capture cut at the end" ? { tailMs: 15_000 } : {}),
        // A few Jobs are open already.
        ...(trouble === "capture begun late" ? { watchStartsMs: 45_000 } : {}),
      },
      files: ["test-run.log", ...CAPTURES[captureKind]],
    },
    captures: CAPTURES[captureKind],
    captureKind,
    stageMediansMs: some === 0 ? stages.mediansMs : withoutConnecting(stages.mediansMs),
    cleanupMedianMs,
    trouble,
  };
}

/** A reconnect lasts as long as both of its attempts, so connecting has another distribution then. */
function withoutConnecting({
  configure,
  frames,
  disconnect,
}: {
  readonly configure: number;
  readonly frames: number;
  readonly disconnect: number;
}) {
  return { configure, frames, disconnect };
}

/** Medians around the documented values and their limits: 0.3 +- 0.05 s, 6 to 7 s, 0.1 +- 0.05 s. */
function drawStages(random: Random) {
  const configureMs = random.between(180, 420);
  const waitMs = random.between(3_000, 11_000);
  const dialMs = random.between(500, 3_000);
  const framesMs = random.between(5_600, 7_400);
  const disconnectMs = random.between(40, 220);
  return {
    settings: {
      configure: { shape: "lognormal", medianMs: configureMs, sigma: random.between(0.1, 0.4) },
      wait: { shape: "lognormal", medianMs: waitMs, sigma: random.between(0.05, 0.2) },
      dial: { shape: "lognormal", medianMs: dialMs, sigma: random.between(0.1, 0.3) },
      frames: { shape: "normal", meanMs: framesMs, deviationMs: random.between(80, 500), minMs: 3_000 },
      disconnect: { shape: "lognormal", medianMs: disconnectMs, sigma: random.between(0.15, 0.4) },
    } as const,
    mediansMs: { configure: configureMs, "connect-wait": waitMs, "connect-dial": dialMs, frames: framesMs, disconnect: disconnectMs },
  };
}

/** Most by a fixed life around the documented 50 +- 2.5 s; some by polling, of which every other one counts readings before the connection too. */
function drawCleanup(
  random: Random,
  pick: <T>(values: readonly T[]) => T,
): { readonly cleanup: CleanupSettings; readonly cleanupMedianMs: number | null } {
  const way = pick(["fixed", "fixed", "fixed", "averaged", "plain polling"]);
  const medianMs = random.between(35_000, 65_000);
  if (way !== "fixed") {
    const intervalMs = pick([5_000, 10_000, 15_000]);
    const checks = pick([3, 4, 5, 6]);
    const averagedOverMs = way === "averaged" ? 4_000 : 0;
    return { cleanup: { ...POLLING_CLEANUP, intervalMs, checks, averagedOverMs }, cleanupMedianMs: null };
  }
  const life = { shape: "normal", meanMs: medianMs, deviationMs: random.between(200, 3_000) } as const;
  return { cleanup: { mechanism: "fixed", afterDisconnect: life, afterCreation: life }, cleanupMedianMs: medianMs };
}
