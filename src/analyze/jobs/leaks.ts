import type { Diagnostic } from "../../model/source.js";
import type { DurationMs, EpochMs } from "../../model/time.js";
import type { Investigation, Job, Timeline } from "../../model/timeline.js";
import { investigationOf, placed, servingJobs } from "./job-durations.js";
import { jobsDiagnostic } from "./jobs-diagnostic.js";

/** A Job still open at the end of coverage is leaked when its client left, or it was created and never used, longer ago than twice the documented time. */
const LEAK_FACTOR = 2;

/** A Job that the cleanup should have removed long before the capture ended. */
export interface LeakedJob {
  readonly job: Job;
  /** From the last sign of its client, or from its creation, to the end of coverage. */
  readonly sinceMs: DurationMs;
}

export function leakedServingJobs(timeline: Timeline, documentedCleanupMs: DurationMs | null): LeakedJob[] {
  if (documentedCleanupMs === null) return [];
  return servingJobs(timeline).flatMap((job) => {
    if (job.censoredAt === undefined || job.mechanism !== "open") return [];
    const investigation = investigationOf(timeline, job);
    const lastUse = investigation === undefined ? job.created.at : lastUseOf(timeline, investigation, job);
    const sinceMs = lastUse === null ? 0 : job.censoredAt - lastUse;
    return sinceMs > LEAK_FACTOR * documentedCleanupMs ? [{ job, sinceMs }] : [];
  });
}

/** The last sign of the client; null while it still runs, or where nothing tells when that was. */
export function lastUseOf(timeline: Timeline, investigation: Investigation, job: Job): EpochMs | null {
  const last = investigation.points.at(-1);
  const sign = last === undefined ? null : placed(timeline, investigation, last);
  return investigation.outcome === "running" || sign === null ? null : Math.max(sign, job.created.at);
}

/** Says so, with the first of them. */
export function leakedJobs(timeline: Timeline, documentedCleanupMs: DurationMs | null): Diagnostic[] {
  const leaked = leakedServingJobs(timeline, documentedCleanupMs).map(({ job }) => job);
  return jobsDiagnostic("leaked-jobs", leaked, { olderThanS: (LEAK_FACTOR * (documentedCleanupMs ?? 0)) / 1000 });
}
