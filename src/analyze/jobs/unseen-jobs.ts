/** What may have been open besides the Jobs that are known to be the run's. */

import { idInNames } from "../../model/names-used-again.js";
import type { Profile } from "../../model/profile.js";
import { connectedMark } from "../../model/reserved-stages.js";
import { meets } from "../../model/statistics/bounds.js";
import { largest } from "../../model/statistics/statistics.js";
import { type Interval, interval } from "../../model/statistics/step-function.js";
import type { Bounds, DurationMs } from "../../model/time.js";
import { clockOfInvestigation, type Investigation, type Job, type Timeline, unseenCreation } from "../../model/timeline.js";

/** Jobs that may be of the run, though nothing tells which of them serves which investigation. */
export function possibleJobs({ jobs }: Timeline): readonly Job[] {
  return jobs.filter(({ mayBeOfThisRun }) => mayBeOfThisRun === true);
}

/** When the Job of an investigation was created that no row shows, if there was one; undefined where nothing places it. */
function creationOf(timeline: Timeline, investigation: Investigation): Bounds | undefined {
  return unseenCreation(clockOfInvestigation(timeline, investigation), investigation);
}

/** Whether the sources go from before the Job of an investigation was created, if there was one, to after it. */
export function isCovered(timeline: Timeline, investigation: Investigation): boolean {
  const created = creationOf(timeline, investigation);
  const { jobCoverage } = timeline;
  return created !== undefined && jobCoverage !== null && created.lo >= jobCoverage.lo && created.hi <= jobCoverage.hi;
}

/**
 * Investigations that had a Job, for its client has connected to it, though no row shows one, and no gap between two watches could hide it: the sources do not watch
 * all Jobs of the run. Where nothing tells whose Jobs are whose, those that may be the run's stand for them.
 */
export function servedByUnseen(timeline: Timeline, profile: Profile): Investigation[] {
  const possible = possibleJobs(timeline);
  const namesOfPossible = new Set(possible.flatMap(({ jobId }) => (jobId === null ? [] : [idInNames(jobId)])));
  const isStoodFor = ({ jobId }: Investigation) => (jobId === null ? possible.length > 0 : namesOfPossible.has(idInNames(jobId)));
  const connected = connectedMark(profile);
  const hasConnected = ({ outcome, outcomeUncertain, points }: Investigation) =>
    (outcome === "ok" && outcomeUncertain !== true) || points.some(({ mark, uncertain }) => mark === connected && uncertain !== true);
  return timeline.investigations.filter(
    (one) =>
      one.jobUid === undefined && !isStoodFor(one) && hasConnected(one) && gapsAround(timeline, creationOf(timeline, one)).length === 0,
  );
}

/** Gaps between watches in which it may have been created. */
function gapsAround({ unwatched = [] }: Timeline, created: Bounds | undefined): readonly Bounds[] {
  return created === undefined ? [] : unwatched.filter((gap) => meets(created, gap));
}

/** Sources of a creation that tell what happens, not what exists: an audit log and Events. */
const TELL_CHANGES_ALONE: ReadonlySet<Job["created"]["how"]> = new Set(["audit", "request", "event-name", "event-time"]);

/**
 * Jobs that the log tells of and no capture shows. One that lists what exists would have shown them if they were still there; Events and an audit log that
 * began late would not, and neither would any that does not watch all Jobs of the run, so each may have been open as long as any Job of the run was. Jobs that came and
 * went while no watch was up may have been open until one was again.
 */
export function unseenJobs(timeline: Timeline, profile: Profile, own: readonly Job[]): Interval[] {
  const { investigations } = timeline;
  const served = servedByUnseen(timeline, profile);
  const isServed = new Set(served);
  const isNamed = (one: Investigation) => one.jobId !== null || isServed.has(one);
  if (own.every(({ created }) => TELL_CHANGES_ALONE.has(created.how))) return unboundedJobs(timeline, own, investigations.filter(isNamed));
  if (!served.some((one) => isCovered(timeline, one))) return unwatchedJobs(timeline);
  // Sources that miss one Job may miss any. Where each that was served has a name, one without a name was never given a Job.
  const isEachNamed = served.every(({ jobId }) => jobId !== null);
  const mayBeMissed = (one: Investigation) =>
    (isNamed(one) || !isEachNamed) && isCovered(timeline, one) && gapsAround(timeline, creationOf(timeline, one)).length === 0;
  return [...unboundedJobs(timeline, own, investigations.filter(mayBeMissed)), ...unwatchedJobs(timeline)];
}

/** As long as any Job of the run was seen open, from when each may have been created. */
function unboundedJobs(timeline: Timeline, own: readonly Job[], investigations: readonly Investigation[]): Interval[] {
  const longestMs = longestLifeMs(own);
  return investigations.flatMap((investigation) => {
    const created = creationOf(timeline, investigation);
    if (created === undefined) return [];
    return [interval(nameOf(investigation), created.lo, longestMs === undefined ? undefined : created.hi + longestMs)];
  });
}

function nameOf({ jobId, number }: Investigation): string {
  return jobId ?? String(number);
}

/** The longest that any of them was seen to be open; undefined where none was seen to end, for then each may live longer than it was watched. */
function longestLifeMs(jobs: readonly Job[]): DurationMs | undefined {
  if (jobs.every(({ gone }) => gone === undefined)) return undefined;
  const lives = jobs.map(({ created, gone, censoredAt }) => (gone?.hi ?? censoredAt ?? created.lo) - created.lo);
  return largest(lives.filter(Number.isFinite));
}

function unwatchedJobs(timeline: Timeline): Interval[] {
  if (timeline.unwatched === undefined) return [];
  return timeline.investigations.flatMap((investigation) => {
    const created = creationOf(timeline, investigation);
    if (created === undefined) return [];
    // Had it been created before the gap, a row would show it.
    return gapsAround(timeline, created).map(({ lo, hi }) => interval(nameOf(investigation), Math.max(created.lo, lo), hi));
  });
}
