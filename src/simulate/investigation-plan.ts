import type { Outcome } from "../model/report.js";
import type { Random } from "../model/statistics/random.js";
import { type EpochMs, roundMicroseconds } from "../model/time.js";
import { decideCleanup, type Poll } from "./cleanup-model.js";
import { sampleDuration } from "./distributions.js";
import { type JobPlan, planDeletion, planFinish, planPod, planTtlRemoval, type Removal } from "./job-plan.js";
import type { SimulationSettings } from "./options.js";

/** What befalls an investigation. */
export type Fate = "ok" | "timeout" | "crash" | "refused" | "stream-error" | "reconnect" | "unopened" | "leaked" | "running";

/** True instants of the edges between stages, whole milliseconds; null where it did not come to that. */
export interface StageEdges {
  readonly configureStart: EpochMs;
  readonly configured: EpochMs;
  /** First attempt to connect. */
  readonly connectStart: EpochMs | null;
  /** Last attempt to connect; the same where there was one. */
  readonly lastConnectStart: EpochMs | null;
  readonly connected: EpochMs | null;
  readonly streamStart: EpochMs | null;
  readonly streamEnd: EpochMs | null;
  readonly disconnectStart: EpochMs | null;
  readonly disconnected: EpochMs | null;
  /** When connecting or streaming failed for good. */
  readonly failed: EpochMs | null;
  /** When the runner is done with it, delay not included; null: never. */
  readonly end: EpochMs | null;
}

export interface InvestigationPlan {
  readonly index: number;
  readonly jobId: string;
  readonly port: number;
  readonly fate: Fate;
  readonly outcome: Outcome;
  readonly edges: StageEdges;
  /** Frames read. */
  readonly frames: number;
  readonly polls: readonly Poll[];
  readonly serving: JobPlan;
  readonly cleanup: JobPlan;
}

const OUTCOMES: Readonly<Record<Fate, Outcome>> = {
  ok: "ok",
  reconnect: "ok",
  leaked: "ok",
  timeout: "timeout",
  crash: "timeout",
  refused: "failed",
  "stream-error": "failed",
  unopened: "unopened",
  running: "running",
};

/** How long the last investigation streams before a log that ends with it: the Jobs before it are gone by then. */
const RUNNING_MS = 100_000;
/** A poll never happens later than this after the investigation began: the cleanup has decided long before. */
const HORIZON_MS = 900_000;

/** Draws the client's side of an investigation. */
function planEdges(settings: SimulationSettings, fate: Fate, start: EpochMs, random: Random): StageEdges {
  const { stages } = settings;
  const step = (distribution: Parameters<typeof sampleDuration>[0]): number =>
    Math.max(1, Math.round(sampleDuration(distribution, random)));
  const configured = start + step(stages.configure);
  const none = { connectStart: null, lastConnectStart: null, connected: null, streamStart: null, streamEnd: null };
  const left = { disconnectStart: null, disconnected: null };
  if (fate === "unopened") {
    return { configureStart: start, configured, ...none, ...left, failed: null, end: configured + 1 };
  }
  const connectStart = configured + step(stages.wait);
  if (fate === "timeout" || fate === "crash" || fate === "refused") {
    const failed = connectStart + (fate === "refused" ? random.integer(20, 400) : settings.connectTimeoutMs + random.integer(0, 6));
    return { configureStart: start, configured, ...none, connectStart, lastConnectStart: connectStart, ...left, failed, end: failed + 1 };
  }
  const lastConnectStart = fate === "reconnect" ? connectStart + random.integer(2_000, 2_600) : connectStart;
  const connected = lastConnectStart + step(stages.dial);
  const opened = { configureStart: start, configured, connectStart, lastConnectStart, connected, streamStart: connected };
  if (fate === "running") {
    return { ...opened, streamEnd: null, ...left, failed: null, end: null };
  }
  const whole = step(stages.frames);
  const streamEnd = connected + (fate === "stream-error" ? Math.round(whole * random.between(0.2, 0.8)) : whole);
  const disconnected = streamEnd + step(stages.disconnect);
  return {
    ...opened,
    streamEnd,
    disconnectStart: streamEnd,
    disconnected,
    failed: fate === "stream-error" ? streamEnd : null,
    end: disconnected + 1,
  };
}

/** Plans one investigation with its Jobs; `slot` is free at `start`. */
export function planInvestigation(
  settings: SimulationSettings,
  place: { readonly index: number; readonly sequence: number; readonly slot: number; readonly start: EpochMs; readonly fate: Fate },
  random: Random,
): InvestigationPlan {
  const { fate, slot } = place;
  const edges = planEdges(settings, fate, place.start, random);
  const jobId = `${slot}-${place.sequence}`;
  const base = { namespace: "default", jobId, createdBy: "system:serviceaccount:default:focus-server" };
  // The server creates both Jobs while it handles the request, so both lie inside the configure stage.
  const createdAt = roundMicroseconds(place.start + (edges.configured - place.start) * random.between(0.08, 0.2));
  const servingHead = { ...base, kind: "serving" as const, name: `grpc-job-${jobId}`, uid: random.uuid(), slot, createdAt };
  const cleanupHead = {
    ...base,
    kind: "cleanup" as const,
    name: `cleanup-job-${jobId}`,
    uid: random.uuid(),
    slot: 0,
    createdAt: roundMicroseconds(createdAt + random.between(5, 12)),
  };
  const readyAt = (edges.connectStart ?? edges.configured + sampleDuration(settings.stages.wait, random)) - random.between(100, 900);
  const servingPod = planPod(settings, servingHead, readyAt, random);
  const cleanupPod = planPod(settings, cleanupHead, null, random);
  const crash = fate === "crash" ? planFinish(servingPod.readyAt + random.between(20, 300), false, random) : null;
  const decision =
    fate === "leaked"
      ? { polls: [], requestAt: null }
      : decideCleanup(
          settings.cleanup,
          {
            createdAt,
            cleanupStartedAt: cleanupPod.startedAt,
            stream: edges.streamStart === null ? null : { from: edges.streamStart, to: edges.streamEnd },
            disconnectedAt: edges.disconnected,
            until: fate === "running" && edges.connected !== null ? edges.connected + RUNNING_MS : place.start + HORIZON_MS,
          },
          random,
        );
  const cleanupEnd =
    fate === "leaked"
      ? planFinish(cleanupPod.startedAt + random.between(11_000, 14_000), false, random)
      : decision.requestAt === null
        ? null
        : planFinish(decision.requestAt + random.between(90, 140), true, random);
  return {
    index: place.index,
    jobId,
    port: settings.portBase + slot,
    fate,
    outcome: OUTCOMES[fate],
    edges,
    frames: framesRead(settings, edges, fate, random),
    polls: decision.polls,
    serving: {
      ...servingHead,
      pod: servingPod,
      finish: crash,
      removal: endOfServing(decision.requestAt, crash, sampleDuration(settings.podStop, random), random),
    },
    cleanup: {
      ...cleanupHead,
      pod: cleanupPod,
      finish: cleanupEnd,
      removal: cleanupEnd === null ? null : planTtlRemoval("cleanup", cleanupEnd, random),
    },
  };
}

/** The moment until which a running investigation streams, the end of its log. */
export function runningUntil(plan: InvestigationPlan): EpochMs | null {
  return plan.fate === "running" && plan.edges.connected !== null ? plan.edges.connected + RUNNING_MS : null;
}

function framesRead(settings: SimulationSettings, edges: StageEdges, fate: Fate, random: Random): number {
  if (edges.streamStart === null) {
    return 0;
  }
  if (fate === "running") {
    return Math.round((settings.frames * RUNNING_MS) / 6_500);
  }
  return fate === "stream-error" ? random.integer(1, Math.max(1, settings.frames - 1)) : settings.frames;
}

function endOfServing(requestAt: EpochMs | null, crash: JobPlan["finish"], podStop: number, random: Random): Removal | null {
  const ttl = crash === null ? null : planTtlRemoval("serving", crash, random);
  if (requestAt === null || (ttl !== null && ttl.requestedAt < requestAt)) {
    return ttl;
  }
  return planDeletion(requestAt, crash === null ? podStop : null);
}
