/** When a Pod started, ended and was gone, from the finest of what the inputs say of it. */

import { type Clock, toClusterTime } from "../../model/clock.js";
import { inOrder } from "../../model/collections/in-order.js";
import type { Evidence } from "../../model/source.js";
import { largest } from "../../model/statistics/statistics.js";
import { ANY_TIME, type Bounds, type DurationMs, type EpochMs } from "../../model/time.js";
import { CAUSED_WITHIN_MS, type Moment, type MomentSource } from "../../model/timeline.js";
import { referenceClock } from "../clocks/clocks.js";
import type { JobHistory, PodHistory } from "./cluster-history.js";
import { eventFinishOf } from "./job-mechanism.js";
import { FOLDED } from "./pod-creators.js";
import { printedFinish } from "./printed-stamps.js";
import type { ResourceVersions } from "./resource-versions.js";
import { arrivalOf, type ClockTable, eventMoment, isWiderThanSecond, requestMoment, truncated } from "./stamped-moments.js";

/** From the moment a Job is gone until the garbage collector asks for its Pods to go: about 15 ms in the captured runs. */
const GARBAGE_COLLECTION_MS: DurationMs = 100;

/** What a Pod is given to end by itself where no row of it says: the default of `terminationGracePeriodSeconds`. */
const DEFAULT_GRACE_MS: DurationMs = 30_000;

/** From the end of its grace, when it is killed for good, until a Pod is torn down and its object gone. */
const TEARDOWN_MS: DurationMs = 2000;

/** From the end of a container until its Job has completed: the kubelet looks once a second, the Job controller waits another. */
const NOTICED_WITHIN_MS: DurationMs = CAUSED_WITHIN_MS["cleanup-completion"] ?? 0;

/** A bracket of a Pod's end wider than this says too little to be printed as a moment. */
const WIDEST_POD_BRACKET_MS: DurationMs = 2000;

/** From one Pod of a Job to the next, the garbage collector takes no longer. */
const APART_MS: DurationMs = 3000;

const DELETED_POD = /^(?:\(combined from similar events\): )?Deleted pod: (\S+)/;

/** What places the rows of a Pod. */
export interface PodContext {
  readonly clocks: ClockTable;
  readonly versions: ResourceVersions;
}

/** Whether some row shows a Pod without its Job: nothing that becomes of it tells of that Job any more. */
export function isOrphaned({ observations }: PodHistory): boolean {
  return observations.some(({ pod }) => pod.orphaned === true);
}

/**
 * When the Job of a Pod went that left it behind: the garbage collector takes the owner reference from the Pod, and the Job is gone right after. Where the first row without it is
 * not that of this very change, it was some time since the row before. Open above where nothing tells when that row was written.
 */
export function leftBehindOf({ observations }: PodHistory, { clocks, versions }: PodContext): Moment | undefined {
  const index = observations.findIndex(({ pod }) => pod.orphaned === true);
  const [owned, orphan] = [observations[index - 1], observations[index]];
  if (owned === undefined || orphan === undefined || owned.pod.ownerUid === undefined) return undefined;
  const arrival = arrivalOf(orphan, clocks);
  const written = writtenBetween(orphan.pod.resourceVersion, versions);
  const since =
    orphan.change === "MODIFIED"
      ? Math.max(arrival?.lo ?? Number.NEGATIVE_INFINITY, written.lo)
      : Math.max(arrivalOf(owned, clocks)?.lo ?? Number.NEGATIVE_INFINITY, writtenBetween(owned.pod.resourceVersion, versions).lo);
  const seen = arrival?.hi ?? written.hi;
  const lo = Math.min(Math.max(since, owned.pod.createdAt), seen);
  const hi = seen + GARBAGE_COLLECTION_MS;
  const bracket = arrival === undefined || isWiderThanSecond({ lo, hi });
  return { at: bracket ? hi : seen, lo, hi, how: "pod-orphaned", bracket, evidence: orphan.evidence };
}

/** By the Pod that it left behind last; undefined where nothing bounds that from above. */
export function leftBehind({ pods }: Pick<JobHistory, "pods">, context: PodContext): Moment | undefined {
  let last: Moment | undefined;
  for (const pod of pods) {
    const left = leftBehindOf(pod, context);
    if (left !== undefined && (last === undefined || left.lo > last.lo)) last = left;
  }
  return last !== undefined && Number.isFinite(last.hi) ? last : undefined;
}

function writtenBetween(version: number | undefined, versions: ResourceVersions): Bounds {
  return version === undefined ? ANY_TIME : versions.neighbourhood(version);
}

/**
 * Pods whose end may tell of that of their Job: that no other followed, for one that was deleted (evicted, say) before the Job made another tells nothing, and that the controller did not
 * take away itself.
 */
export function lastPods(history: Pick<JobHistory, "pods" | "events" | "observations">): readonly PodHistory[] {
  const all = history.pods;
  const owned = all.some(isOrphaned) ? all.filter((pod) => !isOrphaned(pod)) : all;
  const isTaken = takenByController(history);
  const pods = owned.filter((pod) => !isTaken(pod));
  if (pods.length < 2) return pods;
  const createdAt = ({ observations: [first] }: PodHistory) => first?.pod.createdAt ?? Number.NaN;
  const last = pods.filter((pod) => {
    const askedAt = podDeletionStamp([pod])?.hi;
    // The stamps of both are cut to the second.
    const follows = (other: PodHistory) =>
      createdAt(other) > createdAt(pod) && createdAt(other) + 1000 >= (askedAt ?? Number.POSITIVE_INFINITY);
    return !pods.some(follows);
  });
  return goingTogether(last);
}

/** Whether the controller took a Pod away itself: it says so, if only in a row that stands for many, or their Job finished just then. */
function takenByController({ events, observations }: Pick<JobHistory, "events" | "observations">): (pod: PodHistory) => boolean {
  const taking = events.filter(({ reason }) => reason === "SuccessfulDelete");
  const named = new Set(taking.flatMap(({ message }) => DELETED_POD.exec(message)?.[1] ?? []));
  const foldedUntil = largest(taking.filter(({ message }) => FOLDED.test(message)).map(({ last }) => last.at + last.resolutionMs));
  const printed = largest(observations.map(({ job }) => printedFinish(job)?.at ?? Number.NEGATIVE_INFINITY));
  const finished = Math.max(printed, eventFinishOf(events)?.at ?? Number.NEGATIVE_INFINITY);
  return (pod) => {
    if (named.has(pod.name)) return true;
    const asked = podDeletionStamp([pod])?.hi;
    // All are whole seconds.
    if (asked !== undefined) return asked - 1000 <= Math.max(printed, foldedUntil);
    const killed = pod.events.find(({ reason }) => reason === "Killing")?.first.at;
    return killed !== undefined && killed - APART_MS <= Math.max(finished, foldedUntil);
  };
}

/** With its Job all Pods go, one right after the other: those that went long before the last were taken by somebody else, and so were all where a watch shows one that stays. */
function goingTogether(pods: readonly PodHistory[]): readonly PodHistory[] {
  if (pods.length < 2) return pods;
  if (pods.some(isStaying)) return [];
  const marks = pods.flatMap((pod) => podDeletionStamp([pod])?.hi ?? []).sort((a, b) => b - a);
  const from = marks.reduce((since, mark) => (since - mark <= APART_MS ? mark : since), marks[0] ?? Number.NEGATIVE_INFINITY);
  return pods.filter((pod) => (podDeletionStamp([pod])?.hi ?? from) >= from);
}

/** Its newest row is of a watch, and nothing shows that its end has begun. */
function isStaying({ observations, events }: PodHistory): boolean {
  const newest = observations.at(-1);
  if (newest === undefined || (newest.change !== "ADDED" && newest.change !== "MODIFIED")) return false;
  return newest.pod.deletionTimestamp === undefined && !events.some(({ reason }) => reason === "Killing");
}

/** The Pod's deletion is asked for by the garbage collector right after its Job is gone; the stamp is that second plus the grace. */
export function podDeletionStamp(pods: readonly PodHistory[]): Moment | undefined {
  let earliest: { readonly at: EpochMs; readonly evidence: Evidence } | undefined;
  for (const { observations } of pods) {
    for (const { pod, evidence } of observations) {
      if (pod.deletionTimestamp === undefined) continue;
      const at = pod.deletionTimestamp - (pod.deletionGracePeriodMs ?? 0);
      if (earliest === undefined || at < earliest.at) earliest = { at, evidence };
    }
  }
  if (earliest === undefined) return undefined;
  const asked = truncated(earliest.at, "pod-deletion-timestamp", earliest.evidence);
  return { ...asked, lo: asked.lo - GARBAGE_COLLECTION_MS };
}

/** The kubelet kills the container because the Pod goes with its Job. */
export function killingOf(pods: readonly PodHistory[], clocks: ClockTable): Moment | undefined {
  let earliest: Moment | undefined;
  for (const pod of pods) {
    for (const event of pod.events) {
      if (event.reason !== "Killing") continue;
      const moment = eventMoment(event, clocks, "pod-killing");
      if (moment !== undefined && (earliest === undefined || moment.hi < earliest.hi)) earliest = moment;
    }
  }
  return earliest;
}

/** When a Pod object was gone: arrival of its DELETED row, the kubelet's last delete, or the writes around the row. */
export function podGoneOf(pod: PodHistory, context: PodContext): Moment | undefined {
  const last = pod.removes.at(-1);
  const deleted = pod.observations.find((o) => o.change === "DELETED");
  const arrival = arrivalOf(deleted, context.clocks);
  if (arrival !== undefined && arrival.hi - arrival.lo <= WIDEST_POD_BRACKET_MS) return arrival;
  if (last !== undefined) return requestMoment(last);
  const version = deleted?.pod.resourceVersion;
  if (deleted === undefined || version === undefined) return undefined;
  const { lo, hi, fine } = context.versions.neighbourhood(version);
  if (!Number.isFinite(hi)) return undefined;
  const asked = podDeletionStamp([pod])?.lo ?? Number.NEGATIVE_INFINITY;
  const from = Math.min(Math.max(lo, asked, deleted.pod.createdAt), hi);
  if (hi - from > WIDEST_POD_BRACKET_MS) return undefined;
  return { at: fine ? hi : Math.max(from, hi - 500), lo: from, hi, how: "resource-version", bracket: true, evidence: deleted.evidence };
}

/** When the Job of a Pod finished. */
export interface JobFinish extends Moment {
  readonly failed: boolean;
  /** The Pod is the only one of it that is known. */
  readonly isOnly: boolean;
}

/**
 * When the containers of a Pod had ended: by their state, else with its Job (`over`), since a finished Pod is kept as long as its Job is, else when the object was gone. Without a state
 * nothing tells how long before its Job finished it ended, but for the only Pod of one that completed, which the controller notices soon; of one that failed it may be given its grace.
 */
export function podEndOf(pod: PodHistory, gone: Moment | undefined, over: JobFinish | undefined, context: PodContext): Moment | undefined {
  const finished = podFinishOf(pod, context.clocks);
  if (finished !== undefined && (gone === undefined || finished.at < gone.at)) return finished;
  const removed = gone ?? podGoneWithin(pod, context);
  if (over === undefined || finished !== undefined) return removed;
  const { failed, isOnly, ...moment } = over;
  if (removed !== undefined && removed.at <= moment.at) return removed;
  const latest = moment.hi + (failed ? DEFAULT_GRACE_MS + TEARDOWN_MS : 0);
  const hi = Math.min(latest, removed?.hi ?? latest);
  const started = podStartOf(pod, context.clocks)?.lo ?? Number.NEGATIVE_INFINITY;
  const noticed = isOnly && !failed ? moment.lo - NOTICED_WITHIN_MS : Number.NEGATIVE_INFINITY;
  return { ...moment, at: Math.min(moment.at, hi), lo: Math.min(Math.max(started, noticed), moment.at, hi), hi, bracket: true };
}

/** The range in which a Pod object went whose end is known no better; open above where no write after it has a time. Undefined where no row tells that it went. */
function podGoneWithin(pod: PodHistory, { versions }: PodContext): Moment | undefined {
  const deleted = pod.observations.find((o) => o.change === "DELETED");
  if (deleted === undefined) return undefined;
  const around = writtenBetween(deleted.pod.resourceVersion, versions);
  const asked = podDeletionStamp([pod]);
  const lo = Math.min(Math.max(around.lo, asked?.lo ?? Number.NEGATIVE_INFINITY, deleted.pod.createdAt), around.hi);
  const at = Math.min(Math.max(lo, asked?.hi ?? lo), around.hi);
  return { at, lo, hi: around.hi, how: "resource-version", bracket: true, evidence: deleted.evidence };
}

/**
 * When a Job goes that waits for its Pods: right after the last of them, or within the grace that it is given where only the beginning of its end is known, or when the Job was asked to
 * go. Undefined where nothing tells of the end of one of them, or the Job was seen after that began (`known`).
 */
export function goneAfterPods(
  pods: readonly PodHistory[],
  { known, asked }: { readonly known: EpochMs; readonly asked?: Moment | undefined },
  context: PodContext,
): Moment | undefined {
  let last: Moment | undefined;
  for (const pod of pods) {
    const begun = podDeletionStamp([pod]) ?? killingOf([pod], context.clocks) ?? asked;
    const end = podGoneOf(pod, context) ?? endWithinGrace(pod, known, begun);
    if (end === undefined) return undefined;
    if (last === undefined || end.hi > last.hi) last = end;
  }
  if (last === undefined) return undefined;
  const hi = last.hi + GARBAGE_COLLECTION_MS;
  const bracket = isWiderThanSecond({ lo: last.lo, hi });
  return { ...last, at: bracket ? hi : last.at, hi, how: "pod-gone", bracket };
}

function endWithinGrace(pod: PodHistory, known: EpochMs, begun: Moment | undefined): Moment | undefined {
  if (begun === undefined || begun.hi < known) return undefined;
  const granted = pod.observations.map(({ pod: { deletionGracePeriodMs } }) => deletionGracePeriodMs ?? 0);
  const graceMs = Math.max(0, ...granted) || DEFAULT_GRACE_MS;
  return { ...begun, hi: begun.hi + graceMs + TEARDOWN_MS };
}

/** When the first container of a Pod ran: the kubelet's Started Event, else the whole second of its state. */
export function podStartOf(pod: PodHistory, clocks: ClockTable): Moment | undefined {
  const [event] = inOrder(
    pod.events.filter(({ reason }) => reason === "Started"),
    (a, b) => a.first.at - b.first.at,
  );
  if (event !== undefined && event.first.resolutionMs < 1000) {
    const clock = clocks.get(event.first.clock);
    const at = toClusterTime(clock, event.first.at);
    const slack = clock?.uncertaintyMs ?? 0;
    if (at !== null) return { at, lo: at - slack, hi: at + slack, how: "event-name", bracket: false, evidence: event.evidence };
  }
  const started = stateStamp(pod, "startedAt", clocks);
  if (started !== undefined || event === undefined) return started;
  return secondOf(clocks.get(event.first.clock), event.first.at, "event-time", event.evidence);
}

/** When the containers of a Pod had ended by themselves; undefined where it was deleted while running. */
export function podFinishOf(pod: PodHistory, clocks: ClockTable): Moment | undefined {
  return stateStamp(pod, "finishedAt", clocks);
}

/** The second of a stamp that the kubelet set. Where no Event has the clock of its node, that is taken for the cluster's. */
function stateStamp(pod: PodHistory, stamp: "startedAt" | "finishedAt", clocks: ClockTable): Moment | undefined {
  const row = pod.observations.find((o) => o.pod[stamp] !== undefined);
  const at = row?.pod[stamp];
  if (row === undefined || at === undefined) return undefined;
  const node = pod.observations.find((o) => o.pod.node !== undefined)?.pod.node ?? "";
  return secondOf(clocks.get(`node:${node}`) ?? referenceClock, at, "container-state", row.evidence);
}

/** The second of a node's stamp on the cluster's clock, and what that of the node leaves open; undefined where nothing ties the one to the other. */
function secondOf(clock: Clock | undefined, stamp: EpochMs, how: MomentSource, evidence: Evidence): Moment | undefined {
  const at = toClusterTime(clock, stamp);
  if (at === null) return undefined;
  const second = truncated(at, how, evidence);
  const slack = clock?.uncertaintyMs ?? 0;
  return { ...second, lo: second.lo - slack, hi: second.hi + slack };
}
