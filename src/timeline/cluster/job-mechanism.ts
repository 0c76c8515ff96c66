/** How a Job ended: whether it had finished, and who removed it. */
import type { Clock } from "../../model/clock.js";
import type { Mechanism } from "../../model/report.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import { CAUSED_WITHIN_MS, type Moment } from "../../model/timeline.js";
import type { JobHistory } from "./cluster-history.js";
import { FINISHED, type FinishStamp, printedFinish, STAMP_MS } from "./printed-stamps.js";
import type { ClockTable } from "./stamped-moments.js";

/** A TTL removes a finished Job within this time of its due moment; the controller wakes for it. */
const TTL_SLACK_MS: DurationMs = 3000;

/** A cleanup Job completes within this time of the deletion that it asked for. */
const CLEANUP_COMPLETION_MS: DurationMs = CAUSED_WITHIN_MS["cleanup-completion"] ?? 0;

const TTL_CONTROLLER = /:ttl-after-finished-controller$/;

/** When its objects, or else its Events, say that it finished [whole seconds of the controller's clock]. */
export function finishStampOf(history: JobHistory, clocks: ClockTable): FinishStamp | undefined {
  const stampedBy = clocks.get("controller");
  const finish = printedFinishOf(history, stampedBy) ?? eventFinishOf(history.events);
  return finish === undefined || stampedBy === undefined ? finish : { ...finish, stampedBy };
}

function printedFinishOf(history: JobHistory, stampedBy: Clock | undefined): FinishStamp | undefined {
  for (const { job } of history.observations) {
    const printed = printedFinish(job);
    // Moved, it stands as early as it can have been.
    if (printed !== undefined) return { ...printed, at: printed.at + (stampedBy?.uncertaintyMs ?? 0) };
  }
  return undefined;
}

/** When the controller's Event says that it finished. */
export function eventFinishOf(events: JobHistory["events"]): FinishStamp | undefined {
  const event = events.find(({ reason }) => FINISHED.has(reason));
  if (event === undefined) return undefined;
  const { first, movedByMs = 0, reason } = event;
  return { at: Math.floor((first.at + movedByMs) / 1000) * 1000 - movedByMs, failed: reason !== "Completed" };
}

interface JobEnd {
  readonly gone: Moment | undefined;
  /** Deleted in the foreground it goes well after that. */
  readonly requested: Moment | undefined;
  readonly finished: FinishStamp | undefined;
  readonly deletedBy: string | undefined;
  readonly ttlMs: DurationMs | undefined;
  /** No row of it says whether it has a TTL. */
  readonly ttlUntold?: boolean;
  readonly cleanup: JobHistory | undefined;
  readonly clocks: ClockTable;
  readonly isCleanupUser: (user: string) => boolean;
}

/**
 * Who ended a Job: the audit log says so; otherwise the traces that each mechanism leaves, where they are of one alone. A cleanup Job completes too when it finds
 * at its next check that somebody else was before it, so only that it completed right after the deletion speaks for it.
 */
export function mechanismOf(end: JobEnd): Mechanism {
  const { gone, requested, deletedBy, cleanup, clocks, isCleanupUser } = end;
  if (gone === undefined) return "open";
  if (deletedBy !== undefined) {
    if (TTL_CONTROLLER.test(deletedBy)) return "ttl";
    return isCleanupUser(deletedBy) ? "idle-cleanup" : "other";
  }
  const done = cleanup === undefined ? undefined : finishStampOf(cleanup, clocks);
  // A finished Job may have gone by a TTL that nothing tells of.
  const mayHaveExpired = end.finished !== undefined && end.ttlUntold === true;
  const byCleanup =
    !mayHaveExpired && (completesRightAfter(done, gone) || (requested !== undefined && completesRightAfter(done, requested)));
  const due = dueOf(end);
  // A Job that is marked first may stay for long: the mark is what the TTL's end asks for.
  const asked = requested ?? gone;
  // Nothing that is due to go by its TTL stays, and nothing goes by it before: what was cut to the second before the due one came before.
  if (due === undefined || asked.hi <= due || asked.lo > due + TTL_SLACK_MS) return byCleanup ? "idle-cleanup" : "unknown";
  const isAlone = !byCleanup || asked.lo >= due - TTL_SLACK_MS;
  return isAlone && asked.at - due < 2 * TTL_SLACK_MS ? "ttl" : "unknown";
}

/** Wherever the deletion and the completion lie in what is known of them: a deletion that may have come well after the completion was not asked for by that cleanup. */
function completesRightAfter(done: FinishStamp | undefined, deletion: Moment): boolean {
  if (done === undefined || done.failed) return false;
  const since = earliestOf(deletion);
  const latest = done.at + STAMP_MS + stampUncertaintyMs(done);
  return latest >= since && latest - since <= CLEANUP_COMPLETION_MS && deletion.hi - done.at <= CLEANUP_COMPLETION_MS;
}

/** Not long before what it caused. That a cleanup Job completed is no such trace here: that the deletion caused it is what is asked. */
function earliestOf({ lo, hi, how }: Moment): EpochMs {
  const within = how === "cleanup-completion" ? undefined : CAUSED_WITHIN_MS[how];
  return within === undefined ? lo : Math.max(lo, hi - within);
}

/** When the TTL of a finished Job runs out, at the earliest. */
function dueOf({ finished, ttlMs }: JobEnd): EpochMs | undefined {
  return finished === undefined || ttlMs === undefined ? undefined : finished.at - stampUncertaintyMs(finished) + ttlMs;
}

/** What is uncertain of the clock that stamped the end of a Job. */
function stampUncertaintyMs({ stampedBy }: FinishStamp): DurationMs {
  return stampedBy?.uncertaintyMs ?? 0;
}
