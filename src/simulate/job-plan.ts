import type { Random } from "../model/statistics/random.js";
import { type DurationMs, type EpochMs, roundMicroseconds } from "../model/time.js";
import { DELETION_MS } from "./cleanup-model.js";
import { sampleDuration } from "./distributions.js";
import type { SimulationSettings } from "./options.js";

export type JobKind = "serving" | "cleanup" | "report";

/** The life of one Job and its Pod, in true cluster time. */
export interface JobPlan {
  readonly kind: JobKind;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  /** Slot of a serving Job, 0 for others. */
  readonly slot: number;
  readonly jobId: string;
  /** User name of who created it. */
  readonly createdBy: string;
  readonly createdAt: EpochMs;
  readonly pod: PodPlan;
  /** The container ended by itself. */
  readonly finish: Finish | null;
  readonly removal: Removal | null;
}

export interface PodPlan {
  readonly name: string;
  readonly uid: string;
  /** Index of the node. */
  readonly node: number;
  readonly ip: string;
  readonly containerId: string;
  readonly startedAt: EpochMs;
  readonly readyAt: EpochMs;
}

/** End of a container: then the Pod's status, then the Job's. */
export interface Finish {
  readonly succeeded: boolean;
  readonly containerAt: EpochMs;
  readonly podStatusAt: EpochMs;
  readonly jobStatusAt: EpochMs;
}

/** How the objects went. */
export interface Removal {
  readonly by: "cleanup" | "ttl";
  readonly requestedAt: EpochMs;
  readonly jobGoneAt: EpochMs;
  readonly podGoneAt: EpochMs;
}

/** Settings of the deployed Job specs. */
export const TTL_SECONDS: Readonly<Record<JobKind, number>> = { serving: 120, cleanup: 10, report: 60 };

const SUFFIX_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** Names, node and start of a Pod. `readyAt` null: ready as soon as it runs (no readiness probe). */
export function planPod(
  settings: SimulationSettings,
  job: { readonly name: string; readonly createdAt: EpochMs },
  readyAt: EpochMs | null,
  random: Random,
): PodPlan {
  const node = random.integer(0, settings.nodeSkewMs.length - 1);
  const startedAt = roundMicroseconds(job.createdAt + 150 + sampleDuration(settings.podStart, random));
  return {
    name: `${job.name}-${random.text(5, SUFFIX_ALPHABET)}`,
    uid: random.uuid(),
    node,
    ip: `10.244.${node + 1}.${random.integer(2, 250)}`,
    containerId: random.text(64, "0123456789abcdef"),
    startedAt,
    readyAt: readyAt === null ? startedAt + 60 : Math.max(readyAt, startedAt + 120),
  };
}

/** The statuses that follow the end of a container. */
export function planFinish(containerAt: EpochMs, succeeded: boolean, random: Random): Finish {
  const podStatusAt = containerAt + random.between(30, 80);
  return {
    succeeded,
    containerAt: roundMicroseconds(containerAt),
    podStatusAt: roundMicroseconds(podStatusAt),
    jobStatusAt: roundMicroseconds(podStatusAt + random.between(5, 20)),
  };
}

/** Background deletion by the cleanup: the Job goes at once, a running Pod after it has stopped. */
export function planDeletion(requestAt: EpochMs, podStop: DurationMs | null): Removal {
  const requestedAt = roundMicroseconds(requestAt);
  const jobGoneAt = roundMicroseconds(requestedAt + DELETION_MS);
  return { by: "cleanup", requestedAt, jobGoneAt, podGoneAt: roundMicroseconds(jobGoneAt + (podStop === null ? 16 : 250 + podStop)) };
}

/** The TTL controller counts from the printed, that is truncated, stamp of the end, and deletes in the foreground: first the Pod, then the Job. */
export function planTtlRemoval(kind: JobKind, finish: Finish, random: Random): Removal {
  const requestedAt = Math.floor(finish.jobStatusAt / 1000) * 1000 + TTL_SECONDS[kind] * 1000 + random.between(3, 15);
  const podGoneAt = requestedAt + random.between(12, 18);
  return {
    by: "ttl",
    requestedAt: roundMicroseconds(requestedAt),
    podGoneAt: roundMicroseconds(podGoneAt),
    jobGoneAt: roundMicroseconds(podGoneAt + random.between(6, 12)),
  };
}
