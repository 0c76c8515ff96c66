import type { Profile } from "../model/profile.js";
import type { Diagnostic } from "../model/source.js";
import type { Timeline } from "../model/timeline.js";
import { servingJobs, startPoints } from "./job-durations.js";
import { closingMarks } from "./job-populations.js";

/** Jobs that were gone before their client had disconnected: they have no time after the disconnect, and are counted here instead. */
export function earlyDeletions(timeline: Timeline, profile: Profile): Diagnostic[] {
  const { disconnected } = startPoints(timeline, closingMarks(profile));
  const early = servingJobs(timeline).filter((job) => {
    const disconnect = disconnected(job);
    return disconnect !== null && job.gone !== undefined && job.gone.at < disconnect.at;
  });
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
