import type { Outcome } from "../model/report.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import type { Poll } from "./cleanup-model.js";
import type { InvestigationPlan, StageEdges } from "./investigation-plan.js";
import type { SimulationSettings } from "./options.js";
import type { RunPlan } from "./run-plan.js";

/** What really happened to one investigation and its serving Job; moments after the end of the capture are null. */
export interface InvestigationTruth {
  /** From 0, in run order. */
  readonly index: number;
  readonly jobId: string;
  readonly port: number;
  readonly outcome: Outcome;
  readonly attempts: number;
  readonly edges: StageEdges;
  readonly job: {
    readonly name: string;
    readonly uid: string;
    readonly created: EpochMs;
    /** By the cleanup, or by the TTL controller. */
    readonly endedBy: "cleanup" | "ttl" | null;
    readonly deleteRequested: EpochMs | null;
    readonly gone: EpochMs | null;
    readonly podGone: EpochMs | null;
    /** The server crashed. */
    readonly failed: boolean;
  };
  readonly cleanupJob: { readonly name: string; readonly uid: string; readonly started: EpochMs; readonly gone: EpochMs | null };
  readonly polls: readonly Poll[];
}

/** What really happened, to hold a measurement against. */
export interface SimulationTruth {
  readonly clock: { readonly zoneOffsetMinutes: number; readonly skewMs: DurationMs; readonly driftPpm: number };
  /** First line of the log to its end, and the end of all captures. */
  readonly run: { readonly from: EpochMs; readonly to: EpochMs; readonly captureEnd: EpochMs };
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Open serving Jobs of this run, over [first creation, last deletion or, with Jobs still open, end of the capture]. */
  readonly openJobs: {
    readonly from: EpochMs;
    readonly to: EpochMs;
    readonly peak: number;
    readonly peakAt: EpochMs;
    readonly mean: number;
  };
  /** Median of each stage over investigations that ended well at the first attempt; null without any (delay and period: of sequential runs only). */
  readonly stageMediansMs: Readonly<Record<string, DurationMs | null>>;
  readonly investigations: readonly InvestigationTruth[];
  /** Sizes of the runs that stand before this one in the same log. */
  readonly earlierRuns: readonly number[];
}

/** Writes down the truth of the (last) run as far as the captures could have seen it. */
export function tellTruth(settings: SimulationSettings, run: RunPlan, captureEnd: EpochMs): SimulationTruth {
  const investigations = run.investigations.map((plan) => investigationTruth(plan, captureEnd));
  const outcomes = { ok: 0, failed: 0, timeout: 0, unopened: 0, running: 0 };
  for (const { outcome } of investigations) {
    outcomes[outcome] += 1;
  }
  return {
    clock: { zoneOffsetMinutes: settings.zoneOffsetMinutes, skewMs: settings.skewMs, driftPpm: settings.driftPpm },
    run: { from: run.startAt, to: run.endAt, captureEnd },
    outcomes,
    openJobs: openJobs(investigations, captureEnd),
    stageMediansMs: stageMedians(run),
    investigations,
    earlierRuns: settings.earlierRuns,
  };
}

function investigationTruth(plan: InvestigationPlan, captureEnd: EpochMs): InvestigationTruth {
  const seen = (at: EpochMs | undefined): EpochMs | null => (at === undefined || at > captureEnd ? null : at);
  const { serving, cleanup } = plan;
  return {
    index: plan.index,
    jobId: plan.jobId,
    port: plan.port,
    outcome: plan.outcome,
    attempts: plan.edges.connectStart === null ? 0 : plan.edges.connectStart === plan.edges.lastConnectStart ? 1 : 2,
    edges: plan.edges,
    job: {
      name: serving.name,
      uid: serving.uid,
      created: serving.createdAt,
      endedBy: seen(serving.removal?.requestedAt) === null ? null : (serving.removal?.by ?? null),
      deleteRequested: seen(serving.removal?.requestedAt),
      gone: seen(serving.removal?.jobGoneAt),
      podGone: seen(serving.removal?.podGoneAt),
      failed: serving.finish !== null,
    },
    cleanupJob: { name: cleanup.name, uid: cleanup.uid, started: cleanup.pod.startedAt, gone: seen(cleanup.removal?.jobGoneAt) },
    polls: plan.polls.filter((poll) => poll.at <= captureEnd),
  };
}

function openJobs(investigations: readonly InvestigationTruth[], captureEnd: EpochMs): SimulationTruth["openJobs"] {
  const from = Math.min(...investigations.map(({ job }) => job.created));
  const to = Math.max(...investigations.map(({ job }) => job.gone ?? captureEnd));
  const steps = investigations
    .flatMap(({ job }) => [
      { at: job.created, change: 1 },
      { at: job.gone ?? captureEnd, change: -1 },
    ])
    .sort((left, right) => left.at - right.at || left.change - right.change);
  let open = 0;
  let peak = 0;
  let peakAt = from;
  let area = 0;
  let since = from;
  for (const { at, change } of steps) {
    area += open * (at - since);
    since = at;
    open += change;
    if (open > peak) {
      peak = open;
      peakAt = at;
    }
  }
  return { from, to, peak, peakAt, mean: area / (to - from) };
}

function stageMedians(run: RunPlan): Record<string, DurationMs | null> {
  const plain = run.investigations.filter((plan) => plan.outcome === "ok" && plan.fate !== "reconnect").map((plan) => plan.edges);
  const between = (from: keyof StageEdges, to: keyof StageEdges): DurationMs | null =>
    median(plain.flatMap((edges) => (edges[from] === null || edges[to] === null ? [] : [edges[to] - edges[from]])));
  // Where investigations overlap, the next start says nothing about a delay.
  const sequential = run.groups.every((group) => group.members.length === 1);
  const next = run.investigations.map((_, index) => run.investigations[index + 1]?.edges.configureStart ?? null);
  const untilNext = (from: "configureStart" | "disconnected"): DurationMs | null =>
    median(
      (sequential ? run.investigations : []).flatMap((plan, index) => {
        const start = plan.edges[from];
        const then = next[index] ?? null;
        return plan.outcome !== "ok" || start === null || then === null ? [] : [then - start];
      }),
    );
  return {
    configure: between("configureStart", "configured"),
    connect: between("configured", "connected"),
    wait: between("configured", "connectStart"),
    dial: between("lastConnectStart", "connected"),
    frames: between("streamStart", "streamEnd"),
    disconnect: between("disconnectStart", "disconnected"),
    delay: untilNext("disconnected"),
    period: untilNext("configureStart"),
  };
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}
