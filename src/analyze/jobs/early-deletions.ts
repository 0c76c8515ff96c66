import { oncePerPair } from "../../model/collections/once-per.js";
import type { Profile } from "../../model/profile.js";
import type { Diagnostic } from "../../model/source.js";
import type { DurationMs } from "../../model/time.js";
import type { Job, Timeline } from "../../model/timeline.js";
import { endsBefore, servingJobs, startPoints } from "./job-durations.js";
import { closingMarks } from "./job-populations.js";
import { jobsDiagnostic } from "./jobs-diagnostic.js";

/** A Job that is certain to have been gone before its client had disconnected. */
export interface EarlyDeletion {
  readonly job: Job;
  /** From its end to the disconnect. */
  readonly byMs: DurationMs;
}

/**
 * The latest moment at which a Job may have gone lies before the earliest at which its client may have disconnected: by what their stamps cut off, by the
 * range of the end, and by what the clocks are off against each other. Where these leave the order open, it is told as no early deletion.
 */
export const goneBeforeDisconnect: (timeline: Timeline, profile: Profile) => readonly EarlyDeletion[] = oncePerPair(
  (timeline: Timeline, profile: Profile) => {
    const { disconnected } = startPoints(timeline, closingMarks(profile));
    const early: EarlyDeletion[] = [];
    for (const job of servingJobs(timeline)) {
      const disconnect = disconnected(job);
      if (disconnect !== null && job.gone !== undefined && endsBefore(disconnect, job.gone))
        early.push({ job, byMs: disconnect.at - job.gone.at });
    }
    return early;
  },
);

/** They have no time after the disconnect, and are counted here instead. */
export function earlyDeletions(timeline: Timeline, profile: Profile): Diagnostic[] {
  const early = goneBeforeDisconnect(timeline, profile).map(({ job }) => job);
  return jobsDiagnostic("gone-before-disconnect", early);
}
