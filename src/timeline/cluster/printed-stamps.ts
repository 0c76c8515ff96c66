/** What the stamps that a Job object prints tell [whole seconds]. */
import type { Clock } from "../../model/clock.js";
import type { JobObservation } from "../../model/event.js";
import type { DurationMs, EpochMs } from "../../model/time.js";

/** Stamps that objects print are cut to whole seconds. */
export const STAMP_MS: DurationMs = 1000;

type JobState = JobObservation["job"];

/** Reasons of the controller's Event that a Job has finished: "Completed", else those of its condition `Failed`. */
export const FINISHED: ReadonlySet<string> = new Set([
  "Completed",
  "BackoffLimitExceeded",
  "DeadlineExceeded",
  "PodFailurePolicy",
  "FailedIndexes",
  "MaxFailedIndexesExceeded",
]);

/** When a Job finished, and how. */
export interface FinishStamp {
  readonly at: EpochMs;
  readonly failed: boolean;
  /** The controller's clock, where that is not the cluster's. */
  readonly stampedBy?: Clock;
}

/** When an object says that it finished: by its conditions, from which a TTL counts, else by its `completionTime`. */
export function printedFinish({ completedAt, completionTime, failedAt }: JobState): FinishStamp | undefined {
  const completed = completedAt ?? completionTime;
  if (completed !== undefined) return { at: completed, failed: false };
  return failedAt === undefined ? undefined : { at: failedAt, failed: true };
}

/** The newest of the stamps that its own life has left in it: nobody wrote it before that. A deletion stamp lies in the future where it has a grace. */
export function newestStamp(job: JobState): EpochMs {
  return Math.max(job.createdAt, job.startTime ?? job.createdAt, printedFinish(job)?.at ?? job.createdAt);
}

/**
 * The row that tells of its deletion. A watch that prints no types prints one more copy of the object: of a finished Job that was marked for deletion, since nothing else writes to it, it is
 * the row after the one that marked it, unless that takes one of several finalizers off.
 */
export function deletionRowOf(observations: readonly JobObservation[]): JobObservation | undefined {
  const deleted = observations.find(({ change }) => change === "DELETED");
  if (deleted !== undefined) return deleted;
  const marked = observations.filter(
    ({ change, job }) => change === "unknown" && job.deletionTimestamp !== undefined && printedFinish(job) !== undefined,
  );
  const [before, last] = marked.slice(-2);
  if (last === undefined || last.job.resourceVersion === before?.job.resourceVersion) return undefined;
  return last.job.finalizers !== undefined && last.job.finalizers !== before?.job.finalizers ? undefined : last;
}
