import type { Diagnostic } from "../model/source.js";
import type { DurationMs } from "../model/time.js";
import { clockOf, type Timeline, toClusterTime } from "../model/timeline.js";
import { servingJobs } from "./job-durations.js";

/** A Job still open at the end of coverage is leaked when its client left, or it was created and never used, longer ago than twice the documented time. */
const LEAK_FACTOR = 2;

/** Jobs that the cleanup should have removed long before the capture ended: counted from the last sign of their client, or from their creation. */
export function leakedJobs(timeline: Timeline, documentedCleanupMs: DurationMs | null): Diagnostic[] {
  if (documentedCleanupMs === null) return [];
  const byNumber = new Map(timeline.investigations.map((investigation) => [investigation.number, investigation]));
  const runner = clockOf(timeline, "runner");
  const limitMs = LEAK_FACTOR * documentedCleanupMs;
  const leaked = servingJobs(timeline).filter((job) => {
    if (job.censoredAt === undefined || job.mechanism !== "open") return false;
    const investigation = job.investigation === undefined ? undefined : byNumber.get(job.investigation);
    if (investigation === undefined) return job.censoredAt - job.created.at > limitMs;
    const lastSign = toClusterTime(runner, investigation.points.at(-1)?.at ?? Number.NaN);
    return investigation.outcome !== "running" && lastSign !== null && job.censoredAt - Math.max(lastSign, job.created.at) > limitMs;
  });
  if (leaked.length === 0) return [];
  const values = {
    count: leaked.length,
    olderThanS: limitMs / 1000,
    names: leaked
      .slice(0, 5)
      .map((job) => job.name)
      .join(", "),
  };
  return [
    {
      id: "leaked-jobs",
      severity: "warning",
      count: leaked.length,
      values,
      examples: leaked.flatMap((job) => job.evidence.slice(0, 1)).slice(0, 3),
    },
  ];
}
