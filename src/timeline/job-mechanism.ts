/** How a Job ended: whether it had finished, and who removed it. */
import type { Mechanism } from "../model/report.js";
import type { DurationMs } from "../model/time.js";
import type { Moment } from "../model/timeline.js";
import type { JobHistory } from "./cluster-history.js";
import { type FinishStamp, printedFinish } from "./printed-stamps.js";

/** A TTL removes a finished Job within this time of its due moment; the controller wakes for it. */
const TTL_SLACK_MS: DurationMs = 3000;

/** A cleanup Job completes within this time of the deletion that it asked for. */
const CLEANUP_COMPLETION_MS: DurationMs = 15_000;

const TTL_CONTROLLER = /:ttl-after-finished-controller$/;

/** When its objects, or else its Events, say that it finished [whole seconds]. */
export function finishStampOf(history: JobHistory): FinishStamp | undefined {
  for (const { job } of history.observations) {
    const printed = printedFinish(job);
    if (printed !== undefined) return printed;
  }
  const event = history.events.find(
    (e) => e.reason === "Completed" || e.reason === "BackoffLimitExceeded" || e.reason === "DeadlineExceeded",
  );
  return event === undefined ? undefined : { at: Math.floor(event.first.at / 1000) * 1000, failed: event.reason !== "Completed" };
}

interface JobEnd {
  readonly gone: Moment | undefined;
  readonly finished: FinishStamp | undefined;
  readonly deletedBy: string | undefined;
  readonly ttlMs: DurationMs | undefined;
  readonly cleanup: JobHistory | undefined;
  readonly isCleanupUser: (user: string) => boolean;
}

/** Who ended a Job: the audit log says so; otherwise the traces that each mechanism leaves. */
export function mechanismOf({ gone, finished, deletedBy, ttlMs, cleanup, isCleanupUser }: JobEnd): Mechanism {
  if (gone === undefined) return "open";
  if (deletedBy !== undefined) {
    if (TTL_CONTROLLER.test(deletedBy)) return "ttl";
    return isCleanupUser(deletedBy) ? "idle-cleanup" : "other";
  }
  if (finished !== undefined && ttlMs !== undefined) {
    const due = finished.at + ttlMs;
    if (gone.hi >= due && gone.lo <= due + TTL_SLACK_MS && gone.at - due < 2 * TTL_SLACK_MS) return "ttl";
  }
  const done = cleanup === undefined ? undefined : finishStampOf(cleanup);
  if (
    done !== undefined &&
    !done.failed &&
    gone.lo <= done.at + 1000 &&
    done.at >= gone.at - CLEANUP_COMPLETION_MS &&
    done.at <= gone.at + CLEANUP_COMPLETION_MS
  )
    return "idle-cleanup";
  return "unknown";
}
