import { oncePerPair } from "../model/once-per.js";
import type { Profile } from "../model/profile.js";
import type { Diagnostic } from "../model/source.js";
import type { DurationMs } from "../model/time.js";
import type { Job, Timeline } from "../model/timeline.js";
import { isBefore, servingJobs, startPoints } from "./job-durations.js";
import { closingMarks } from "./job-populations.js";

/** A Job that was gone before its client had disconnected, wherever in what is known of both they lie. */
export interface EarlyDeletion {
  readonly job: Job;
  /** From its end to the disconnect. */
  readonly byMs: DurationMs;
}

export const goneBeforeDisconnect: (timeline: Timeline, profile: Profile) => readonly EarlyDeletion[] = oncePerPair(
  (timeline: Timeline, profile: Profile) => {
    const { disconnected } = startPoints(timeline, closingMarks(profile));
    const early: EarlyDeletion[] = [];
    for (const job of servingJobs(timeline)) {
      const disconnect = disconnected(job);
      if (disconnect !== null && job.gone !== undefined && isBefore(job.gone, disconnect))
        early.push({ job, byMs: disconnect.at - job.gone.at });
    }
    return early;
  },
);

/** They have no time after the disconnect, and are counted here instead. */
export function earlyDeletions(timeline: Timeline, profile: Profile): Diagnostic[] {
  const early = goneBeforeDisconnect(timeline, profile).map(({ job }) => job);
  if (early.length === 0) return [];
  const values = {
    count: early.length,
    names: early
      .slice(0, 5)
      .map((job) => job.name)
      .join(", "),
  };
  return [
    {
      id: "gone-before-disconnect",
      severity: "warning",
      count: early.length,
      values,
      examples: early.flatMap((job) => job.evidence.slice(0, 1)).slice(0, 3),
    },
  ];
}
