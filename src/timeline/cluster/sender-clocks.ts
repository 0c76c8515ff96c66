/**
 * Clocks of the control plane's own senders. The job controller and the scheduler need not run beside the API server that stamps the objects: their Events, and what the controller
 * stamps into the status of a Job, are by the clock of their machine. Each of their Events holds that clock against the API server's, which created it.
 */

import type { Clock } from "../../model/clock.js";
import { toClusterTime } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { ClusterEvent, JobObservation } from "../../model/event.js";
import { agreement } from "../../model/statistics/bounds.js";
import type { ClockId, DurationMs, EpochMs, Instant } from "../../model/time.js";
import { clockFromBounds, referenceClock } from "../clocks/clocks.js";
import type { OffsetBound } from "../clocks/offset-bound.js";
import { EVENT_LATENCY_MS } from "./cluster-clocks.js";
import type { EventGroups } from "./event-groups.js";
import { CONTROLLER_LATENCY_MS } from "./moments.js";
import { type ClockTable, cutOff } from "./stamped-moments.js";

/** Who of the control plane sends Events without naming a node. */
type Sender = "controller" | "scheduler";

/** Senders whose clock is not the cluster's, and what they say, on the cluster's time. */
export interface SenderClocks {
  readonly clocks: readonly Clock[];
  readonly groups: EventGroups;
}

/** Fewer may have been held up, all by about as much. */
const FEWEST = 3;
/** So many of them must agree on one offset. */
const ENOUGH_AGREEMENT = 0.9;
/** Machines of a cluster that are kept in step differ by less. */
const LEAST_OFFSET_MS: DurationMs = 50;
/** An overloaded sender holds its Events up by so much, and nothing but that may lie behind a clock that seems to be behind. */
const HELD_UP_MS: DurationMs = 2000;
/** So long a Job may wait for an overloaded controller, of which only rows that say when they arrived tell the difference. */
const LEFT_LYING_MS: DurationMs = 60_000;

const OF_SCHEDULER: ReadonlySet<string> = new Set(["Scheduled", "FailedScheduling"]);

function senderOf({ host, involved, reason }: ClusterEvent): Sender | undefined {
  if (host !== undefined) return undefined;
  if (involved.kind === "Job") return "controller";
  return involved.kind === "Pod" && OF_SCHEDULER.has(reason) ? "scheduler" : undefined;
}

/** Finds the senders whose clock is not the cluster's, and brings what they say onto the cluster's time. */
export function senderClocks(groups: EventGroups, arrivals: ClockTable): SenderClocks {
  const bySender = groupBy(fineEvents(groups), senderOf);
  const ofController = bySender.get("controller") ?? [];
  const controller =
    ofController.length < FEWEST ? byStarts(startsIn(groups), arrivals) : byEvents("controller", ofController, beginnings(groups));
  const scheduler = byEvents("scheduler", bySender.get("scheduler") ?? [], new Map(groups.pods.map(({ pod }) => [pod.uid, pod.createdAt])));
  const clocks = [controller, scheduler].flatMap((clock) => clock ?? []);
  if (clocks.length === 0) return { clocks, groups };
  const byId = new Map(clocks.map((clock) => [clock.id, clock]));
  const clusterEvents = groups.clusterEvents.map((event) => movedEvent(event, byId.get(senderOf(event) ?? "cluster")));
  const jobs = controller === undefined ? groups.jobs : groups.jobs.map((row) => movedJob(row, controller));
  return { clocks, groups: { ...groups, clusterEvents, jobs } };
}

/** Events that happened once, at a moment that is finer than a second, and name no node. */
function fineEvents({ clusterEvents }: EventGroups): readonly ClusterEvent[] {
  return clusterEvents.filter(({ host, count, first }) => host === undefined && count === 1 && first.resolutionMs < 1000);
}

function byEvents(sender: Sender, events: readonly ClusterEvent[], made: ReadonlyMap<string, EpochMs>): Clock | undefined {
  const prompt = events.map(promptBound);
  if (isUsual(prompt)) return undefined;
  return clockOf(
    sender,
    events.map((event) => certainBound(event, made)),
    prompt,
  );
}

/** Where Events are missing, by the second in which the controller says that it took each Job up: after its creation, and before the row that says so arrived. */
function byStarts(rows: readonly JobObservation[], arrivals: ClockTable): Clock | undefined {
  const prompt = rows.map((row) => startBound(row, arrivals, CONTROLLER_LATENCY_MS));
  if (isUsual(prompt)) return undefined;
  return clockOf(
    "controller",
    rows.map((row) => startBound(row, arrivals, LEFT_LYING_MS)),
    prompt,
  );
}

/** Most allow that there is no difference. */
function isUsual(bounds: readonly OffsetBound[]): boolean {
  const usual = bounds.filter(({ lo, hi }) => lo <= LEAST_OFFSET_MS && hi >= -LEAST_OFFSET_MS).length;
  return bounds.length < FEWEST || usual >= bounds.length * ENOUGH_AGREEMENT;
}

/** Undefined where nothing tells for certain that it is not the cluster's. */
function clockOf(sender: Sender, certain: readonly OffsetBound[], prompt: readonly OffsetBound[]): Clock | undefined {
  const agreed = agreement(certain);
  if (agreed === undefined || (agreed.lo <= LEAST_OFFSET_MS && agreed.hi >= -LEAST_OFFSET_MS)) return undefined;
  const clock = clockFromBounds(sender, prompt, "bounds");
  return clock.anchors >= Math.max(FEWEST, prompt.length * ENOUGH_AGREEMENT) ? clock : undefined;
}

/** Of each Job the first row that shows it at work. */
function startsIn({ jobs }: EventGroups): readonly JobObservation[] {
  const first = new Map<string, JobObservation>();
  for (const row of jobs) if (row.job.startTime !== undefined && !first.has(row.job.uid)) first.set(row.job.uid, row);
  return [...first.values()];
}

/** It was taken up `latencyMs` after its creation at the latest, both in the seconds that they print, and by the time of its row. */
function startBound({ job, received }: JobObservation, arrivals: ClockTable, latencyMs: DurationMs): OffsetBound {
  const { createdAt, startTime = createdAt } = job;
  const clock = received === undefined ? undefined : arrivals.get(received.clock);
  const arrived = received === undefined ? null : toClusterTime(clock, received.at + cutOff(received));
  const latest = Math.min(
    createdAt + 1000 + latencyMs,
    arrived === null ? Number.POSITIVE_INFINITY : arrived + (clock?.uncertaintyMs ?? 0),
  );
  return { at: startTime, lo: startTime - latest, hi: startTime + 1000 - createdAt };
}

/** When each Job was created or, where no row shows it, its first Pod, which the controller tells of as well. */
function beginnings({ jobs, pods }: EventGroups): ReadonlyMap<string, EpochMs> {
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

/** Every property, the optional ones too: an event is a view of its row and cannot be spread, and one that a copy forgets would be lost without a word. */
type Whole<T> = { readonly [K in keyof Required<T>]: T[K] };

function movedEvent(event: ClusterEvent, clock: Clock | undefined): ClusterEvent {
  if (clock === undefined) return event;
  const { type, uid, reason, message, involved, firstFrom, count, createdAt, resourceVersion, received, host, evidence } = event;
  const placed = (instant: Instant): Instant => ({ ...instant, at: toClusterTime(clock, instant.at) ?? instant.at, clock: clock.id });
  const [first, last] = [placed(event.first), placed(event.last)];
  const moved: Whole<ClusterEvent> = {
    ...{ type, uid, reason, message, involved, firstFrom, count, createdAt, resourceVersion, received, host, evidence },
    ...{ first, last, movedByMs: event.first.at - first.at },
  };
  return moved;
}

function movedJob(row: JobObservation, clock: Clock): JobObservation {
  const { type, change, received, delayedSince, evidence, job } = row;
  const { namespace, name, uid, resourceVersion, createdAt, deletionTimestamp, deletionGracePeriodMs, finalizers } = job;
  const { failedReason, active, ended, ttlMsAfterFinished, backoffLimit, bySchedule, images, env, labels } = job;
  const identity = { namespace, name, uid, resourceVersion, createdAt, deletionTimestamp, deletionGracePeriodMs, finalizers };
  const spec = { ttlMsAfterFinished, backoffLimit, bySchedule, images, env, labels };
  // The earliest that it can have been: what came before something else must not seem to come after it.
  const placed = (at: EpochMs | undefined) =>
    at === undefined ? undefined : (toClusterTime(clock, at) ?? at) - (clock.uncertaintyMs ?? 0);
  const [startTime, completionTime, completedAt, failedAt] = [job.startTime, job.completionTime, job.completedAt, job.failedAt].map(placed);
  const status = { startTime, completionTime, completedAt, failedAt, failedReason, active, ended };
  const moved: Whole<JobObservation["job"]> = { ...identity, ...spec, ...status };
  return { type, change, received, delayedSince, evidence, job: moved };
}

/** The clocks by their ids, for moments that stand on the cluster's time already: what is left of such a clock is its uncertainty. */
export function withMovedSenders(clocks: ReadonlyMap<ClockId, Clock>, moved: readonly Clock[]): ReadonlyMap<ClockId, Clock> {
  if (moved.length === 0) return clocks;
  return new Map([...clocks, ...moved.map(({ id, uncertaintyMs }) => [id, { ...referenceClock, id, uncertaintyMs }] as const)]);
}
