/** When a finished Job went that was marked for deletion, by the second of its mark. */

import { firstIndex } from "../../model/collections/first-index.js";
import type { JobObservation } from "../../model/event.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import type { Moment } from "../../model/timeline.js";
import type { JobHistory } from "./cluster-history.js";
import { podDeletionStamp } from "./pod-moments.js";
import { printedFinish, STAMP_MS } from "./printed-stamps.js";
import { isWiderThanSecond } from "./stamped-moments.js";

/** A finished Job that is seen so long after the second of its deletion stamp did not go at once: its Pods take milliseconds. */
const HELD_AFTER_MS: DurationMs = 3000;

/**
 * The garbage collector asks for 30 things at once, and for 20 a second after that: two for a Pod, and more for a marked Job, which may have Pods that no source tells of. With so many marks of
 * others (of a Job three) it may be busy.
 */
const BUSY_MARKS = 15;

/** From the last write to a marked Job until its Pods and itself are removed; that may reach beyond the second of its stamp. */
const REMOVAL_MS: DurationMs = 300;

/** Finalizers that the garbage collector takes off by itself. */
const OF_THE_COLLECTOR: ReadonlySet<string> = new Set(["foregroundDeletion", "orphan"]);

/** Marked for deletion, it stays until somebody takes a finalizer off that is no business of the garbage collector. */
export function isHeld({ observations }: Pick<JobHistory, "observations">): boolean {
  return observations.some(({ job }) => job.finalizers?.split(" ").some((name) => !OF_THE_COLLECTOR.has(name)) === true);
}

/** When the deletion of a Job was asked for, by its own stamp. */
export function markedAt({
  observations,
}: Pick<JobHistory, "observations">): { readonly at: EpochMs; readonly row: JobObservation } | undefined {
  const row = observations.find(({ job }) => job.deletionTimestamp !== undefined);
  if (row?.job.deletionTimestamp === undefined) return undefined;
  return { at: row.job.deletionTimestamp - (row.job.deletionGracePeriodMs ?? 0), row };
}

/** Whether so many other Jobs and Pods were marked for deletion with something of a Job, or just before, that the garbage collector may have been busy with those first. */
export type IsCrowded = (asked: EpochMs, own: Pick<JobHistory, "observations" | "pods">) => boolean;

export function crowdFinder(histories: readonly JobHistory[]): IsCrowded {
  let marks: readonly EpochMs[] | undefined;
  return (asked, own) => {
    marks ??= histories.flatMap(marksOf).sort((a, b) => a - b);
    const since = asked - HELD_AFTER_MS;
    const all = firstIndex(marks, (at) => at > asked) - firstIndex(marks, (at) => at >= since);
    return all - marksOf(own).filter((at) => at >= since && at <= asked).length >= BUSY_MARKS;
  };
}

function marksOf({ observations, pods }: Pick<JobHistory, "observations" | "pods">): readonly EpochMs[] {
  const marked = markedAt({ observations })?.at;
  const ofPods = pods.flatMap((pod) => (podDeletionStamp([pod])?.hi ?? Number.NaN) - STAMP_MS).filter(Number.isFinite);
  return marked === undefined ? ofPods : [marked, marked, marked, ...ofPods];
}

/** Marked for deletion, it may stay for longer than the request for that takes: it was at work, somebody holds it, or the garbage collector had others to do first. */
export function mayStay(history: JobHistory, isCrowded: IsCrowded): boolean {
  const marked = markedAt(history);
  if (marked === undefined) return false;
  const isFinished = history.observations.some(({ job }) => printedFinish(job) !== undefined);
  return !isFinished || isHeld(history) || isCrowded(marked.at, history);
}

/**
 * A finished Job that is deleted in the foreground (by its TTL) goes as soon as its Pods' objects are removed, which takes milliseconds: the second of its own deletion stamp is far
 * nearer than the next write that has a time. Not where a finalizer of somebody else holds it, something shows it after that (`shown`), or many others were marked with it.
 */
export function finishedForegroundDeletion(
  history: JobHistory,
  deleted: JobObservation | undefined,
  { shown, upper }: { readonly shown: EpochMs; readonly upper: Moment | undefined },
  isCrowded: IsCrowded,
): Moment | undefined {
  const asked = deleted === undefined || printedFinish(deleted.job) === undefined ? undefined : markedAt({ observations: [deleted] })?.at;
  if (deleted === undefined || asked === undefined) return undefined;
  if (shown > asked + HELD_AFTER_MS || isHeld(history) || isCrowded(asked, history)) return undefined;
  const since = Math.max(asked, shown);
  const hi = Math.max(asked, upper?.hi ?? Math.max(asked + STAMP_MS, since + REMOVAL_MS));
  const lo = Math.min(since, hi);
  const at = Math.min(Math.max(asked + 500, lo), hi);
  return { at, lo, hi, how: "deletion-timestamp", bracket: isWiderThanSecond({ lo, hi }), evidence: deleted.evidence };
}
