/** A run drawn from a tiny seeded generator, as the report's model has it; what fixture.ts builds its reports from. */
import type {
  LifePart,
  ReportInvestigation,
  ReportInvestigationStage,
  ReportJob,
  ReportStage,
  StepCurve,
  SurvivalCurve,
} from "../../src/model/report.js";
import { isoFromEpoch } from "../../src/model/time.js";

export interface RunOptions {
  readonly n: number;
  readonly seed: number;
  readonly cleanupS: number;
  readonly cluster: boolean;
  readonly everyFailed: boolean;
  readonly overlapping: boolean;
  /** Share of the run after which the capture ends; 1: it covers all. */
  readonly captured: number;
}

export const RUN_START = Date.parse("2025-12-07T08:50:11.323Z");

/** mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface DrawnRun {
  readonly investigations: readonly ReportInvestigation[];
  readonly jobs: readonly ReportJob[];
  readonly from: number;
  readonly to: number;
  readonly captureEnd: number;
  /** Disconnect of each serving Job, by name, for the documented curve. */
  readonly disconnects: ReadonlyMap<string, number>;
}

const STAGES = ["configure", "connect", "frames", "disconnect", "delay"] as const;

/** Draws investigations and Jobs one after the other (or five at once). */
export function drawRun(options: RunOptions): DrawnRun {
  const random = randomFrom(options.seed);
  const about = (centre: number, spread: number): number => centre + spread * (random() + random() + random() - 1.5);
  const drawn: { investigation: ReportInvestigation; created: number; disconnected: number | null; end: number; jobId: string }[] = [];
  let clock = RUN_START;
  for (let index = 0; index < options.n; index++) {
    const outcome = options.everyFailed ? "timeout" : index % 61 === 40 ? "timeout" : index % 97 === 55 ? "unopened" : "ok";
    const jobId = `${(index % 6) + 1}-${70788 + index}`;
    const lengths = [about(0.325, 0.05), about(11.7, 3), about(6.5, 0.7), about(0.1, 0.02), about(5.02, 0.02)].map((s) => s * 1000);
    const stages: ReportInvestigationStage[] = [];
    let at = clock;
    for (const [position, stage] of STAGES.entries()) {
      const length = outcome !== "ok" && stage === "connect" ? 30_000 : (lengths[position] ?? 0);
      const failed = outcome !== "ok" && stage === "connect";
      if (outcome === "ok" || position < 2 || stage === "delay") {
        stages.push({
          stage,
          from: isoFromEpoch(at),
          to: isoFromEpoch(at + length),
          durationMs: Math.round(length),
          resolutionMs: 1,
          outcome: failed ? "failed" : "ok",
          evidence: [],
        });
        at += length;
      }
    }
    const end = at - (lengths[4] ?? 0);
    drawn.push({
      investigation: {
        id: String(index + 1),
        jobId,
        outcome,
        ...(outcome === "ok" ? {} : { error: outcome === "timeout" ? "Connection timeout after 30.0s" : "no client connected" }),
        attempts: 1,
        startedAt: isoFromEpoch(clock),
        endedAt: isoFromEpoch(end),
        jobUid: `uid-${jobId}`,
        jobLink: "job-id",
        stages,
        evidence:
          outcome === "ok"
            ? []
            : [{ source: 0, line: 120 + index * 14, text: "grpc_client: Connection timeout after 30.0s to 10.10.10.100:12301" }],
      },
      created: clock + 200,
      disconnected: outcome === "ok" ? end : null,
      end,
      jobId,
    });
    clock = options.overlapping && index % 5 !== 4 ? clock + 800 : at;
  }
  const runEnd = Math.max(...drawn.map((entry) => entry.end));
  const captureEnd = options.captured >= 1 ? runEnd + 120_000 : RUN_START + (runEnd - RUN_START) * options.captured;
  const disconnects = new Map<string, number>();
  const jobs: ReportJob[] = [];
  for (const entry of drawn) {
    if (!options.cluster || entry.created > captureEnd) continue;
    const open = Math.max(options.cleanupS - 8, options.cleanupS + (random() * 10 - 5) + (random() - 0.5) * 4) * 1000;
    const gone = (entry.disconnected ?? entry.created) + open;
    const censored = gone > captureEnd;
    const name = `grpc-job-${entry.jobId}`;
    disconnects.set(name, entry.disconnected ?? entry.created);
    jobs.push({
      name,
      namespace: "panda",
      uid: `uid-${entry.jobId}`,
      role: "serving",
      ofThisRun: true,
      investigationId: entry.investigation.id,
      createdAt: isoFromEpoch(entry.created),
      ...(censored
        ? {}
        : {
            deleteRequestedAt: isoFromEpoch(gone - 4000),
            deletedAt: isoFromEpoch(gone),
            podGoneAt: isoFromEpoch(gone + 1000),
            deletedBy: "system:serviceaccount:panda:cleanup",
            cleanupMs: Math.round(open),
          }),
      mechanism: censored ? "open" : "idle-cleanup",
      failed: false,
      openMs: Math.round(Math.min(gone, captureEnd) - entry.created),
      censored,
      truncated: false,
      sources: { createdAt: "object", deletedAt: censored ? null : "audit" },
      resolutionMs: censored ? 1000 : 1,
      evidence: [],
    });
  }
  return { investigations: drawn.map((entry) => entry.investigation), jobs, from: RUN_START, to: runEnd, captureEnd, disconnects };
}

/** Steps, peak, mean and time at each level of half-open intervals. */
export function stepCurve(intervals: readonly (readonly [number, number, string])[], from: number, to: number): StepCurve {
  const changes = intervals
    .flatMap(([start, end]) => [[start, 1] as const, [Math.min(end, to), -1] as const])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const points: [number, number][] = [[from, 0]];
  const levels: Record<string, number> = {};
  let level = 0;
  let last = from;
  let peak = 0;
  let peakAt = from;
  let area = 0;
  for (const [at, change] of changes) {
    levels[String(level)] = (levels[String(level)] ?? 0) + (at - last);
    area += level * (at - last);
    last = at;
    level += change;
    points.push([Math.round(at), level]);
    if (level > peak) {
      peak = level;
      peakAt = at;
    }
  }
  levels[String(level)] = (levels[String(level)] ?? 0) + Math.max(0, to - last);
  const mean = area / (to - from);
  const members = intervals.filter(([start, end]) => start <= peakAt && end > peakAt).map(([, , name]) => name);
  return {
    peak,
    peakAt: isoFromEpoch(peakAt),
    peakMembers: members,
    mean,
    meanRange: [mean - 0.01, mean + 0.01],
    timeAtLevelMs: Object.fromEntries(Object.entries(levels).map(([key, value]) => [key, Math.round(value)])),
    points,
  };
}

/** Kaplan-Meier with Greenwood bands of these durations. */
export function survival(durations: readonly number[], censoredAt: readonly number[], documentedMs: number | null): SurvivalCurve {
  const all = [...durations.map((ms) => [ms, true] as const), ...censoredAt.map((ms) => [ms, false] as const)].sort((a, b) => a[0] - b[0]);
  let alive = 1;
  let greenwood = 0;
  let medianMs: number | null = null;
  const steps: [number, number, number, number][] = [];
  for (const [position, [ms, ended]] of all.entries()) {
    const risk = all.length - position;
    if (!ended) continue;
    alive *= 1 - 1 / risk;
    greenwood += risk > 1 ? 1 / (risk * (risk - 1)) : 0;
    const half = 1.96 * alive * Math.sqrt(greenwood);
    steps.push([ms, alive, Math.max(0, alive - half), Math.min(1, alive + half)]);
    if (medianMs === null && alive <= 0.5) medianMs = ms;
  }
  return {
    n: durations.length + censoredAt.length,
    censored: censoredAt.length,
    medianMs,
    ...(medianMs === null ? {} : { ci95Ms: [medianMs - 600, medianMs + 500] as const }),
    steps,
    censoredAtMs: [...censoredAt],
    documentedMs,
    resolutionMs: 1,
  };
}

const TITLES: Record<string, { en: string; he: string }> = {
  configure: { en: "Creating the Job", he: "יצירת ה-Job" },
  connect: { en: "Connecting to gRPC", he: "חיבור ל-gRPC" },
  frames: { en: "Reading 500 frames", he: "קריאת 500 frames" },
  disconnect: { en: "Disconnecting", he: "ניתוק" },
  delay: { en: "Delay until the next one", he: "השהיה עד החקירה הבאה" },
  cleanup: { en: "Cleanup after the disconnect", he: "ניקוי אחרי הניתוק" },
};

/** The sorted quantile at q. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

/** A row of statistics; quantiles only where n allows them. */
export function stageRow(stage: string, samplesMs: readonly number[], failed: number, censored: number): ReportStage {
  const sorted = [...samplesMs].sort((a, b) => a - b);
  const n = sorted.length;
  const title = TITLES[stage] ?? { en: stage, he: stage };
  if (n === 0) return { stage, title, n, failed, censored, resolutionMs: 1, samplesMs };
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const half = 0.98 * Math.sqrt(n);
  return {
    stage,
    title,
    n,
    failed,
    censored,
    minMs: quantile(sorted, 0),
    p50Ms: quantile(sorted, 0.5),
    ...(n >= 29 ? { p90Ms: quantile(sorted, 0.9) } : {}),
    ...(n >= 59 ? { p95Ms: quantile(sorted, 0.95) } : {}),
    maxMs: quantile(sorted, 1),
    meanMs: mean,
    stddevMs: Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1)),
    ...(n >= 6 ? { ci95Ms: [quantile(sorted, 0.5 - half / n), quantile(sorted, 0.5 + half / n)] as const } : {}),
    resolutionMs: 1,
    samplesMs,
  };
}

/** The two lives of a typical Job [ms]. */
export function lives(stages: readonly ReportStage[], cleanupMs: number): { documented: LifePart[]; measured: LifePart[] } {
  const median = (stage: string): number => stages.find((row) => row.stage === stage)?.p50Ms ?? 0;
  return {
    documented: [
      { part: "create", durationMs: 300 },
      { part: "connect", durationMs: 12_000 },
      { part: "frames", durationMs: 6500 },
      { part: "disconnect", durationMs: 100 },
      { part: "first-check-wait", durationMs: 0 },
      { part: "checks", durationMs: 40_000 },
      { part: "deletion", durationMs: 10_000 },
    ],
    measured: [
      { part: "create", durationMs: median("configure"), n: 269 },
      { part: "connect", durationMs: median("connect"), n: 269 },
      { part: "frames", durationMs: median("frames"), n: 269 },
      { part: "disconnect", durationMs: median("disconnect"), n: 269 },
      { part: "first-check-wait", durationMs: 5200, n: 269 },
      { part: "checks", durationMs: 40_000, n: 269 },
      { part: "deletion", durationMs: Math.max(2000, cleanupMs - 45_200), n: 269 },
    ],
  };
}
