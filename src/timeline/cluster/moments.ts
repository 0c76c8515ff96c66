/** When a Job was created, when its deletion was asked for and when it was gone, from the finest of what the inputs say of it. */

import { toClusterTime } from "../../model/clock.js";
import type { ClusterEvent, JobObservation, PodObservation } from "../../model/event.js";
import { largest } from "../../model/statistics/statistics.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import { CAUSED_WITHIN_MS, type Moment } from "../../model/timeline.js";
import type { PlacedRequest } from "./audit-clocks.js";
import type { JobHistory } from "./cluster-history.js";
import type { WaitsForPods } from "./deletion-policy.js";
import { finishedForegroundDeletion, type IsCrowded, isHeld, markedAt, mayStay } from "./foreground-deletion.js";
import { firstEventOf } from "./job-beginning.js";
import { goneAfterPods, isOrphaned, killingOf, lastPods, leftBehind, leftBehindOf, podDeletionStamp, podGoneOf } from "./pod-moments.js";
import { outlivedBy, wentFirst } from "./pods-first.js";
import { deletionRowOf, newestStamp } from "./printed-stamps.js";
import type { GoneInGap } from "./relists.js";
import type { ResourceVersions } from "./resource-versions.js";
import { arrivalOf, arrivedBy, type ClockTable, eventMoment, isWiderThanSecond, requestMoment, truncated } from "./stamped-moments.js";

/** The job controller sees a Job, and makes its first Pod, within this time of its creation (30 ms in the captured runs), unless it is overloaded. */
export const CONTROLLER_LATENCY_MS: DurationMs = 250;

/**
 * When a Job was created, from the finest source: audit log, arrival of its first watch row (unless its own stamp contradicts that), the controller's first
 * Event, its own stamp.
 */
export function creationOf(history: JobHistory, clocks: ClockTable): Moment | undefined {
  const create = history.audit?.create;
  if (create !== undefined) return requestMoment(create);
  const first = history.observations[0];
  const printed = first?.job.createdAt;
  const arrival = isUntouched(first) ? creationByArrival(first, clocks) : undefined;
  if (arrival !== undefined) return arrival;
  const told = firstEventOf(history);
  const event = told?.atCreation === true ? told.event : undefined;
  const byEvent = event === undefined ? undefined : creationByEvent(event, printed, clocks);
  if (byEvent !== undefined) return byEvent;
  if (printed !== undefined && first !== undefined) return truncated(printed, "creation-timestamp", first.evidence);
  if (event !== undefined) return beforeItsPod(truncated(event.first.at, "event-time", event.evidence));
  if (told !== undefined) return createdBefore(told.event.first.at, told.event);
  const [pod] = history.pods.flatMap((p) => p.observations.slice(0, 1));
  if (pod !== undefined && history.maySuspend === true) return createdBefore(pod.pod.createdAt + 1000, pod);
  return pod === undefined ? undefined : beforeItsPod(truncated(pod.pod.createdAt, "creation-timestamp", pod.evidence));
}

/** By the moment of the controller's Event, as far as the second that the object prints allows it. */
function creationByEvent(
  { first, firstFrom, evidence }: ClusterEvent,
  printed: EpochMs | undefined,
  clocks: ClockTable,
): Moment | undefined {
  const clock = clocks.get(first.clock);
  const sent = first.resolutionMs < 1000 ? toClusterTime(clock, first.at) : null;
  if (sent === null) return undefined;
  const openMs = clock?.uncertaintyMs ?? 0;
  const floor = printed ?? sent - openMs - CONTROLLER_LATENCY_MS;
  if (sent < floor || sent >= floor + 1000 + CONTROLLER_LATENCY_MS) return undefined;
  const hi = Math.min(sent + openMs, printed === undefined ? Number.POSITIVE_INFINITY : printed + 1000);
  const how = firstFrom === "eventTime" ? "event-time" : "event-name";
  return { at: Math.min(sent, hi), lo: floor, hi, how, bracket: true, evidence };
}

/** When a Job was created of which only its first Pod tells: in the same second, or as much before it as the controller takes. */
function beforeItsPod(second: Moment): Moment {
  return { ...second, lo: second.lo - CONTROLLER_LATENCY_MS };
}

/** The first that is known of a Job is of a time when it may have been there for long. */
function createdBefore(at: EpochMs, { type, evidence }: ClusterEvent | PodObservation): Moment {
  const how = type === "pod" ? "creation-timestamp" : "event-time";
  return { at, lo: Number.NEGATIVE_INFINITY, hi: at, how, bracket: true, evidence };
}

/** A row that shows a Job as its creation left it: no controller has touched it yet. */
export function isUntouched(row: JobObservation | undefined): row is JobObservation {
  return row?.change === "ADDED" && row.job.startTime === undefined;
}

/**
 * Shortly before the row of it arrived. Undefined where the second that the object prints excludes that: then the row was held up on its way, or it tells of a Job that
 * nobody had touched yet when the watch began (a suspended one). What is uncertain of the collector's clock excludes nothing: it shifts all that arrived alike, and so no
 * duration between arrivals.
 */
function creationByArrival({ received, job: { createdAt }, evidence }: JobObservation, clocks: ClockTable): Moment | undefined {
  if (received === undefined) return undefined;
  const slack = clocks.get(received.clock)?.uncertaintyMs ?? 0;
  const moment = arrivedBy(received, 0, evidence, clocks);
  if (moment === undefined || moment.hi < createdAt - slack) return undefined;
  if (moment.lo >= createdAt + 1000 + slack) return undefined;
  return { ...moment, lo: Math.min(Math.max(createdAt, moment.lo), moment.at) };
}

/** When the deletion was asked for: the audit log, or the deletion stamp of a foreground delete (whole second). */
export function deleteRequestOf(history: JobHistory): Moment | undefined {
  const remove = history.audit?.remove;
  if (remove !== undefined) {
    const { at } = remove.received;
    return { ...requestMoment(remove), at, lo: at, hi: at };
  }
  const marked = markedAt(history);
  return marked && truncated(marked.at, "deletion-timestamp", marked.row.evidence);
}

/** A bound of the moment at which a Job was gone. */
interface UpperBound {
  readonly moment: Moment;
  /** Finer than a second: its value is used; otherwise the middle of the second. */
  readonly fine: boolean;
}

/** What else bears on when a Job was gone. */
export interface DeletionContext {
  readonly clocks: ClockTable;
  readonly versions: ResourceVersions;
  /** History of the cleanup Job with the same job id. */
  readonly cleanup?: JobHistory | undefined;
  /** Undefined where nothing tells: it is taken not to. */
  readonly waits?: WaitsForPods | undefined;
  /** Whether the garbage collector may have been busy with others when a deletion was asked for then. */
  readonly isCrowded: IsCrowded;
  /** The last moment at which the Job is known to have existed although its Pod was being killed. */
  readonly aliveAt?: EpochMs | undefined;
  /** It went while its watch was being started again. */
  readonly gap?: GoneInGap | undefined;
}

/**
 * When a Job object was gone. Kubernetes tells nobody, so this is joined from what its deletion leaves behind, the finest first:
 * the audit log, the arrival of the DELETED row, the writes after it (resourceVersion) and the Killing of its own Pod, the Pod's
 * deletion stamp less its grace, the completion of the Job that deleted it.
 */
export function deletionOf(history: JobHistory, context: DeletionContext): Moment | undefined {
  const { remove, release } = history.audit ?? {};
  // Marked, it stays until its Pods are gone and its finalizers taken off: the request may say no more than when that began.
  const last = release ?? (mayStay(history, context.isCrowded) ? undefined : remove);
  if (last !== undefined) return goneBy(last);
  const deleted = deletionRowOf(history.observations);
  // A row that was held up says little by its arrival: it came in a gap.
  const late = deleted?.delayedSince !== undefined && context.gap !== undefined;
  const arrival = late ? undefined : arrivalOf(deleted, context.clocks);
  if (arrival !== undefined) return arrival;
  const shown = lastSignOfLife(history, deleted, context);
  const known = context.waits === "yes" ? Math.max(shown, podsGoneFrom(history, context)) : shown;
  // A Killing before the Job was last seen alive (an eviction, a failed probe) was not its deletion.
  const [best] = upperBounds(history, deleted, shown, context).filter((bound) => bound.moment.hi >= known);
  const foreground = finishedForegroundDeletion(history, deleted, { shown: known, upper: best?.moment }, context.isCrowded);
  if (foreground !== undefined) return foreground;
  if ((deleted === undefined || late) && context.gap !== undefined) return withinGap(context.gap, best, history, known);
  // It went after all that has a time, and nothing tells how long after: the last stamp of a capture is not its end.
  if (best === undefined) return undefined;
  if (deleted === undefined && context.aliveAt !== undefined && best.moment.hi < context.aliveAt) return undefined;
  const { moment } = best;
  if (best.fine) {
    const lo = askedFrom(history, moment, known);
    return { ...moment, at: Math.max(lo, moment.at), lo, bracket: true };
  }
  if (moment.how !== "resource-version") return { ...moment, lo: Math.max(moment.lo, Math.min(known, moment.at)) };
  const lo = Math.min(known, moment.hi);
  return { ...moment, at: Math.max(lo, moment.at), lo, bracket: true };
}

/** Gone when the request for that was done; of several Jobs each went some time while it lasted. */
function goneBy(request: PlacedRequest): Moment {
  const moment = requestMoment(request);
  return { ...moment, bracket: request.verb === "deletecollection" && isWiderThanSecond(moment) };
}

/**
 * No row tells of it, but it was there before the gap and not after: by what its deletion caused, if that lies in the gap, else the end of the gap.
 * Undefined where nothing tells when the gap ended.
 */
function withinGap(gap: GoneInGap, caused: UpperBound | undefined, history: JobHistory, known: EpochMs): Moment | undefined {
  const end = gap.hi;
  const lo = Math.min(Math.max(gap.lo, known), end);
  if (caused !== undefined && caused.moment.hi <= end && caused.moment.hi >= lo) {
    const { moment, fine } = caused;
    const from = fine ? askedFrom(history, moment, lo) : Math.max(lo, moment.lo);
    return { ...moment, at: Math.max(from, moment.at), lo: from, bracket: true };
  }
  if (end === Number.POSITIVE_INFINITY) return undefined;
  return { at: end, lo, hi: end, how: "watch-restarted", bracket: true, evidence: gap.evidence };
}

/** Since when it may have gone that went by a moment: not before its Pod's deletion was asked for. A garbage collector that asked after that was late, and tells nothing. */
function askedFrom(history: JobHistory, { hi }: Moment, known: EpochMs): EpochMs {
  const asked = podDeletionStamp(lastPods(history))?.lo ?? known;
  return asked <= hi ? Math.max(known, asked) : known;
}

/** Deleted in the foreground, a Job goes after the last of its Pods. */
function podsGoneFrom({ pods }: JobHistory, context: DeletionContext): EpochMs {
  return largest(pods.map((pod) => podGoneOf(pod, context)?.lo ?? Number.NEGATIVE_INFINITY));
}

/**
 * That it left its Pods behind first; then fine bounds before whole seconds, among equals the earliest. What the end of a Job causes comes before its end where it waits for its Pods,
 * and whoever asked for it need not wait.
 */
function upperBounds(history: JobHistory, deleted: JobObservation | undefined, shown: EpochMs, context: DeletionContext): UpperBound[] {
  const bounds: UpperBound[] = [];
  const { waits = "no" } = context;
  const last = lastPods(history);
  const pods = last.filter((pod) => !wentFirst(pod, deleted, context.versions));
  const asked = podDeletionStamp(pods);
  // Of many Jobs that are deleted at once the Pods wait their turn.
  const late = asked !== undefined && context.isCrowded(asked.hi - 1000, history);
  const follows = asked && (late ? { ...asked, lo: Number.NEGATIVE_INFINITY, bracket: true } : asked);
  if (follows !== undefined && waits === "no") bounds.push({ moment: follows, fine: false });
  const version = deleted?.job.resourceVersion;
  if (deleted !== undefined && version !== undefined) {
    const { hi, fine } = context.versions.neighbourhood(version);
    // The write after it happened in the second before `hi`.
    const at = fine ? hi : hi - 500;
    if (Number.isFinite(hi)) {
      bounds.push({
        moment: { at, lo: Number.NEGATIVE_INFINITY, hi, how: "resource-version", bracket: true, evidence: deleted.evidence },
        fine,
      });
    }
  }
  if (isHeld(history)) return bounds;
  if (waits !== "no") {
    const after = deleted === undefined ? afterPods(history, shown, context) : undefined;
    return after === undefined ? bounds : [...bounds, { moment: after, fine: false }];
  }
  const outlived = outlivedBy(last, deleted, context);
  if (outlived !== undefined) bounds.push({ moment: outlived, fine: false });
  const killing = killingOf(pods, context.clocks);
  if (killing !== undefined) bounds.push(causedBound(killing));
  const completed = completionEventOf(context.cleanup, context.clocks);
  if (completed !== undefined)
    bounds.push({ ...causedBound(completed), moment: { ...completed, lo: Number.NEGATIVE_INFINITY, bracket: true } });
  bounds.sort((a, b) => Number(b.fine) - Number(a.fine) || a.moment.hi - b.moment.hi);
  const left = leftBehind(history, context);
  return left === undefined ? bounds : [{ moment: left, fine: false }, ...bounds];
}

/** By the end of its Pods; if it may not have waited for that, since shortly before it began. */
function afterPods(history: JobHistory, shown: EpochMs, context: DeletionContext): Moment | undefined {
  const pods = lastPods(history);
  const marked = markedAt(history);
  const asked = marked && truncated(marked.at, "deletion-timestamp", marked.row.evidence);
  const after = goneAfterPods(pods, { known: shown, asked }, context);
  if (after === undefined || context.waits === "yes") return after;
  const begun = podDeletionStamp(pods)?.lo ?? after.lo;
  const killed = (killingOf(pods, context.clocks)?.lo ?? after.lo) - (CAUSED_WITHIN_MS["pod-killing"] ?? 0);
  return { ...after, at: after.hi, lo: Math.min(after.lo, begun, killed), bracket: true };
}

/** The last moment at which something shows that the Job was still there. */
export function lastSignOfLife(
  history: JobHistory,
  deleted: JobObservation | undefined,
  context: Pick<DeletionContext, "clocks" | "versions">,
): EpochMs {
  let lo = history.audit?.provenUntil ?? Number.NEGATIVE_INFINITY;
  for (const { job } of history.observations) {
    lo = Math.max(lo, newestStamp(job));
    if (job.deletionTimestamp !== undefined) lo = Math.max(lo, job.deletionTimestamp - (job.deletionGracePeriodMs ?? 0));
  }
  const version = deleted?.job.resourceVersion;
  if (version !== undefined) lo = Math.max(lo, context.versions.neighbourhood(version).lo);
  for (const event of history.events) {
    const sent = toClusterTime(context.clocks.get(event.first.clock), event.first.at);
    if (sent !== null) lo = Math.max(lo, sent);
  }
  for (const pod of history.pods) {
    lo = Math.max(lo, pod.observations[0]?.pod.createdAt ?? lo, leftBehindOf(pod, context)?.lo ?? lo);
    // What was left behind may start again.
    if (isOrphaned(pod)) continue;
    for (const event of pod.events) {
      if (event.reason === "Killing") continue;
      const clock = context.clocks.get(event.first.clock);
      const sent = toClusterTime(clock, event.first.at);
      // A Pod may outlive its Job: only those of its beginning tell that the Job is there, or was until its kubelet could not know yet that it went.
      if (sent !== null && ["Scheduled", "Pulled", "Created", "Started"].includes(event.reason))
        lo = Math.max(lo, sent - (clock?.uncertaintyMs ?? 0) - (CAUSED_WITHIN_MS["pod-killing"] ?? 0));
    }
  }
  return lo;
}

/** The cleanup Job completes after its delete call has returned, or when it finds the Job gone: so the object was gone by then, and nothing tells since when. */
function completionEventOf(cleanup: JobHistory | undefined, clocks: ClockTable): Moment | undefined {
  const event = cleanup?.events.find((e) => e.reason === "Completed");
  return event === undefined ? undefined : eventMoment(event, clocks, "cleanup-completion");
}

/** A stamp that is cut to the second leaves that second open, and is no finer than others. */
function causedBound(moment: Moment): UpperBound {
  return { moment, fine: moment.hi - moment.lo < 1000 };
}
