/**
 * Clocks of the control plane's own senders. The job controller and the scheduler need not run beside the API server that stamps the objects: their Events, and what the controller
 * stamps into the status of a Job, are by the clock of their machine. Each of their Events holds that clock against the API server's, which created it.
 */
import { agreement } from "../../model/bounds.js";
import type { Clock } from "../../model/clock.js";
import { toClusterTime } from "../../model/clock.js";
import type { ClusterEvent, JobObservation } from "../../model/event.js";
import { groupBy } from "../../model/group-by.js";
import type { ClockId, DurationMs, EpochMs, Instant } from "../../model/time.js";
import { clockFromBounds, referenceClock } from "../clocks/clocks.js";
import type { OffsetBound } from "../clocks/offset-bound.js";
import { EVENT_LATENCY_MS } from "./cluster-clocks.js";
import type { EventGroups } from "./event-groups.js";

/** Who of the control plane sends Events without naming a node. */
export type Sender = "controller" | "scheduler";

/** Senders whose clock is not the cluster's, and what they say, on the cluster's time. */
export interface SenderClocks {
  readonly clocks: readonly Clock[];
  readonly groups: EventGroups;
}

/** Fewer Events may have been held up, all by about as much. */
const FEWEST_EVENTS = 3;
/** So many of them must agree on one offset. */
const ENOUGH_AGREEMENT = 0.9;
/** Machines of a cluster that are kept in step differ by less. */
const LEAST_OFFSET_MS: DurationMs = 50;
/** An overloaded sender holds its Events up by so much, and nothing but that may lie behind a clock that seems to be behind. */
const HELD_UP_MS: DurationMs = 2000;

const OF_SCHEDULER: ReadonlySet<string> = new Set(["Scheduled", "FailedScheduling"]);

function senderOf({ host, involved, reason }: ClusterEvent): Sender | undefined {
  if (host !== undefined) return undefined;
  if (involved.kind === "Job") return "controller";
  return involved.kind === "Pod" && OF_SCHEDULER.has(reason) ? "scheduler" : undefined;
}

/** Finds the senders whose clock is not the cluster's, and brings what they say onto the cluster's time. */
export function senderClocks(groups: EventGroups): SenderClocks {
  const clocks = [...groupBy(fineEvents(groups), senderOf)].flatMap(([sender, events]) =>
    sender === undefined ? [] : (clockOf(sender, events, groups) ?? []),
  );
  if (clocks.length === 0) return { clocks, groups };
  const byId = new Map(clocks.map((clock) => [clock.id, clock]));
  const controller = byId.get("controller");
  const clusterEvents = groups.clusterEvents.map((event) => movedEvent(event, byId.get(senderOf(event) ?? "cluster")));
  const jobs = controller === undefined ? groups.jobs : groups.jobs.map((row) => movedJob(row, controller));
  return { clocks, groups: { ...groups, clusterEvents, jobs } };
}

/** Events that happened once, at a moment that is finer than a second, and name no node. */
function fineEvents({ clusterEvents }: EventGroups): readonly ClusterEvent[] {
  return clusterEvents.filter(({ host, count, first }) => host === undefined && count === 1 && first.resolutionMs < 1000);
}

/** Undefined where it is the cluster's, or nothing tells that it is not. */
function clockOf(sender: Sender, events: readonly ClusterEvent[], { jobs, pods }: EventGroups): Clock | undefined {
  const bounds = events.map(promptBound);
  const usual = bounds.filter(({ lo, hi }) => lo <= LEAST_OFFSET_MS && hi >= -LEAST_OFFSET_MS).length;
  if (events.length < FEWEST_EVENTS || usual >= events.length * ENOUGH_AGREEMENT) return undefined;
  const made = sender === "controller" ? beginnings(jobs, pods) : new Map(pods.map(({ pod }) => [pod.uid, pod.createdAt]));
  const agreed = agreement(events.map((event) => certainBound(event, made)));
  if (agreed === undefined || (agreed.lo <= LEAST_OFFSET_MS && agreed.hi >= -LEAST_OFFSET_MS)) return undefined;
  const clock = clockFromBounds(sender, bounds, "bounds");
  return clock.anchors >= Math.max(FEWEST_EVENTS, events.length * ENOUGH_AGREEMENT) ? clock : undefined;
}

/** When each Job was created or, where no row shows it, its first Pod, which the controller tells of as well. */
function beginnings(jobs: EventGroups["jobs"], pods: EventGroups["pods"]): ReadonlyMap<string, EpochMs> {
  const made = new Map<string, EpochMs>();
  for (const { pod } of pods)
    if (pod.ownerUid !== undefined) made.set(pod.ownerUid, Math.min(pod.createdAt, made.get(pod.ownerUid) ?? pod.createdAt));
  for (const { job } of jobs) made.set(job.uid, job.createdAt);
  return made;
}

/** Sent shortly before the API server created it, in the second that it prints. */
function promptBound({ first: { at }, createdAt }: ClusterEvent): OffsetBound {
  return { at, lo: at - createdAt - 1000, hi: at - createdAt + EVENT_LATENCY_MS };
}

/** What holds although it was held up: it was sent after the object was created that it is about. */
function certainBound({ first: { at }, createdAt, involved }: ClusterEvent, made: ReadonlyMap<string, EpochMs>): OffsetBound {
  const since = made.get(involved.uid) ?? createdAt - HELD_UP_MS;
  return { at, lo: at - createdAt - 1000, hi: at - since };
}

/** An event is a view of its row: its properties are named one by one. */
function movedEvent(event: ClusterEvent, clock: Clock | undefined): ClusterEvent {
  if (clock === undefined) return event;
  const { type, uid, reason, message, involved, firstFrom, count, createdAt, resourceVersion, received, evidence } = event;
  const moved = (instant: Instant): Instant => ({ ...instant, at: toClusterTime(clock, instant.at) ?? instant.at, clock: clock.id });
  const [first, last] = [moved(event.first), moved(event.last)];
  const named = { type, uid, reason, message, involved, firstFrom, count, createdAt, resourceVersion, received, evidence };
  return { ...named, first, last, movedByMs: event.first.at - first.at };
}

function movedJob(row: JobObservation, clock: Clock): JobObservation {
  const { type, change, received, delayedSince, evidence, job } = row;
  const { namespace, name, uid, resourceVersion, createdAt, deletionTimestamp, deletionGracePeriodMs, finalizers } = job;
  const { failedReason, active, ended, ttlMsAfterFinished, backoffLimit, bySchedule, images, env, labels } = job;
  const identity = { namespace, name, uid, resourceVersion, createdAt, deletionTimestamp, deletionGracePeriodMs, finalizers };
  const spec = { ttlMsAfterFinished, backoffLimit, bySchedule, images, env, labels };
  const moved = (at: EpochMs | undefined) => (at === undefined ? undefined : (toClusterTime(clock, at) ?? at));
  const [startTime, completionTime, completedAt, failedAt] = [job.startTime, job.completionTime, job.completedAt, job.failedAt].map(moved);
  const status = { startTime, completionTime, completedAt, failedAt, failedReason, active, ended };
  return { type, change, received, delayedSince, evidence, job: { ...identity, ...spec, ...status } };
}

/** The clocks by their ids, for moments that stand on the cluster's time already: what is left of such a clock is its uncertainty. */
export function withMovedSenders(clocks: ReadonlyMap<ClockId, Clock>, moved: readonly Clock[]): ReadonlyMap<ClockId, Clock> {
  if (moved.length === 0) return clocks;
  return new Map([...clocks, ...moved.map(({ id, uncertaintyMs }) => [id, { ...referenceClock, id, uncertaintyMs }] as const)]);
}
