/** What may have been open besides the Jobs that are known to be the run's. */
import { largest } from "../model/statistics.js";
import { type Interval, interval } from "../model/step-function.js";
import type { DurationMs } from "../model/time.js";
import { clockOfInvestigation, type Job, type Timeline, unseenCreation } from "../model/timeline.js";

/** Jobs that may be of the run, though nothing tells which of them serves which investigation. */
export function possibleJobs({ jobs }: Timeline): readonly Job[] {
  return jobs.filter(({ mayBeOfThisRun }) => mayBeOfThisRun === true);
}

/** Sources of a creation that tell what happens, not what exists: an audit log and Events. */
const TELL_CHANGES_ALONE: ReadonlySet<Job["created"]["how"]> = new Set(["audit", "request", "event-name", "event-time"]);

/**
 * Jobs that the log tells of and no capture shows. One that lists what exists would have shown them if they were still there; Events and an audit log that
 * began late would not, so each may have been open as long as any Job of the run was. Jobs that came and went while no watch was up may have been open until one was again.
 */
export function unseenJobs(timeline: Timeline, own: readonly Job[]): Interval[] {
  if (!own.every(({ created }) => TELL_CHANGES_ALONE.has(created.how))) return unwatchedJobs(timeline);
  const longestMs = longestLifeMs(own);
  return timeline.investigations.flatMap((investigation) => {
    const { jobId } = investigation;
    const created = unseenCreation(clockOfInvestigation(timeline, investigation), investigation);
    if (jobId === null || created === undefined) return [];
    return [interval(jobId, created.lo, longestMs === undefined ? undefined : created.hi + longestMs)];
  });
}

/** The longest that any of them was seen to be open; undefined where none was seen to end, for then each may live longer than it was watched. */
function longestLifeMs(jobs: readonly Job[]): DurationMs | undefined {
  if (jobs.every(({ gone }) => gone === undefined)) return undefined;
  const lives = jobs.map(({ created, gone, censoredAt }) => (gone?.hi ?? censoredAt ?? created.lo) - created.lo);
  return largest(lives.filter(Number.isFinite));
}

function unwatchedJobs(timeline: Timeline): Interval[] {
  const gaps = timeline.unwatched ?? [];
  if (gaps.length === 0) return [];
  return timeline.investigations.flatMap((investigation) => {
    const created = unseenCreation(clockOfInvestigation(timeline, investigation), investigation);
    if (created === undefined) return [];
    const name = investigation.jobId ?? String(investigation.number);
    const possible = gaps.filter(({ lo, hi }) => created.lo <= hi && created.hi >= lo);
    // Had it been created before the gap, a row would show it.
    return possible.map(({ lo, hi }) => interval(name, Math.max(created.lo, lo), hi));
  });
}
