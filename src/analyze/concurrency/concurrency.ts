import { toClusterTime } from "../../model/clock.js";
import type { Profile } from "../../model/profile.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import { type Interval, interval } from "../../model/statistics/step-function.js";
import type { Bounds, DurationMs, EpochMs } from "../../model/time.js";
import { clockOf, clockOfInvestigation, type Investigation, type Job, type Pod, type Timeline } from "../../model/timeline.js";
import { bracketOf, exchangeableDisconnectAt, investigationOf, seesWhoIsOpen, servingJobs } from "../jobs/job-durations.js";
import { closingMarks, populationOf } from "../jobs/job-populations.js";
import { lastUseOf, leakedServingJobs } from "../jobs/leaks.js";
import { possibleJobs, unseenJobs } from "../jobs/unseen-jobs.js";
import { connectedOverTime } from "./connected.js";
import { type Band, type Curve, exactCurve, isTold, watchedCurve } from "./curves.js";
import { peakAndMeanInRuns, type RunsWindow, without, withPauses } from "./run-pauses.js";

export interface Concurrency {
  /** Cluster time; null where nothing anchors the run. */
  readonly window: RunsWindow | null;
  readonly openJobs?: Curve;
  readonly allJobs?: Curve;
  readonly runningPods?: Curve;
  readonly connected?: Curve;
  /** Parts of the window in which no watch of the Jobs was up, in order of time. */
  readonly unwatched?: readonly Bounds[];
  /** The Jobs of so many investigations are in no capture, though they may have been open; absent: none. */
  readonly unseenJobs?: number;
  /** Of the run's Jobs; absent where some of them are not known. */
  readonly documented?: { readonly fromDisconnect?: Curve; readonly fromCreation?: Curve };
  /** Leaked Jobs, and how much of the mean is their time beyond the documented end; absent: none. */
  readonly leaks?: { readonly count: number; readonly meanJobs: number };
}

/** Nearly all Jobs of the run must have a Pod, and nearly all Pods a known end, for their curve to mean anything. */
const ENOUGH_PODS = 0.9;

/** A later start of coverage than this after the first creation means that the beginning of the run was not captured. */
const LATE_START_MS: DurationMs = 1000;

/** How many Jobs were open, Pods running and investigations connected over the run, and what the documents predict for it. */
export function concurrency(timeline: Timeline, profile: Profile, documentedCleanupMs: DurationMs | null): Concurrency {
  const bounds = runWindow(timeline);
  const own = servingJobs(timeline);
  const possible = possibleJobs(timeline);
  const window = bounds === null ? null : withPauses(timeline, [...own, ...possible], bounds);
  const connectedCurve = connectedOverTime(timeline, profile, window);
  const withConnected = connectedCurve === undefined ? {} : { connected: connectedCurve };
  if (window === null || !seesWhoIsOpen(timeline)) return { window, ...withConnected };
  const all = timeline.jobs.filter((job) => job.role === "serving");
  const pods = podIntervals(timeline, own);
  const bandOf = (job: Job) => jobBand(job, timeline);
  const maybe = possible.map((job) => bandOf(job).longest);
  const unseen = unseenJobs(timeline, profile, own).filter(({ from, to = window.hi }) => from < window.hi && to > window.lo);
  const unwatched = without({ ...window, pauses: [] }, timeline.unwatched ?? []).pauses;
  const watched = without(window, unwatched);
  const openJobs = watchedCurve(own.map(bandOf), window, watched, [...unseen, ...maybe]);
  return {
    window,
    openJobs,
    allJobs: all.length === own.length ? openJobs : watchedCurve(all.map(bandOf), window, watched, unseen),
    ...(pods === null ? {} : { runningPods: watchedCurve(pods.known, window, watched, [...pods.unseen, ...unseen, ...maybe]) }),
    ...withConnected,
    ...(unwatched.length === 0 ? {} : { unwatched }),
    ...(unseen.length === 0 ? {} : { unseenJobs: new Set(unseen.map(({ name }) => name)).size }),
    ...(documentedCleanupMs === null || unseen.length > 0 || possible.length > 0
      ? {}
      : documentedCurves(timeline, profile, own, documentedCleanupMs, window, isTold(openJobs) ? window : watched)),
  };
}

/**
 * From the first creation to the last deletion; with Jobs still open, to the end of coverage, but never beyond the end of the run's log
 * and the last known deletion. With those that may be of this run. Null without Jobs of this run.
 */
export function runWindow(timeline: Timeline): Bounds | null {
  const serving = servingJobs(timeline);
  if (serving.length === 0) return null;
  const own = [...serving, ...possibleJobs(timeline)];
  const firstCreation = smallest(own.map((job) => job.created.at));
  const coverage = timeline.jobCoverage;
  const lo = coveredFrom(timeline, own, firstCreation);
  const lastDeletion = largest(own.map((job) => job.gone?.at ?? Number.NEGATIVE_INFINITY));
  const stillOpen = own.some((job) => job.gone === undefined);
  const uncovered =
    coverage !== null && timeline.investigations.some((i) => i.jobUid === undefined && startsAfter(timeline, i, coverage.hi));
  if (!stillOpen && !uncovered) return { lo, hi: Math.max(lo, lastDeletion) };
  const logEnd = timeline.logSpan === null ? null : toClusterTime(clockOf(timeline, "runner"), timeline.logSpan.hi);
  const covered = coverage?.hi ?? lastDeletion;
  const activity = Math.max(logEnd ?? covered, lastDeletion);
  return { lo, hi: Math.max(lo, Math.min(covered, activity)) };
}

/**
 * Where the capture began after the first Jobs: from its beginning, or, as a watch without times of arrival does not tell it, from the first
 * Job that it saw created. What was open and gone before is not known.
 */
function coveredFrom(timeline: Timeline, own: readonly Job[], firstCreation: EpochMs): EpochMs {
  const fresh = own.filter((job) => !job.truncated).map((job) => job.created.at);
  if (fresh.length < own.length && fresh.length > 0) return smallest(fresh);
  const covered = timeline.jobCoverage?.lo ?? firstCreation;
  return covered - firstCreation > LATE_START_MS ? covered : firstCreation;
}

function startsAfter(timeline: Timeline, investigation: Investigation, moment: EpochMs): boolean {
  const reading = investigation.points[0]?.at;
  const at = reading === undefined ? null : toClusterTime(clockOfInvestigation(timeline, investigation), reading);
  return at !== null && at > moment;
}

/** When a Job was open. */
export function jobBand(job: Job, timeline: Timeline): Band {
  const { name, created, gone } = job;
  // It is open as long as something shows it there, which may be before the others' watches ended; it may have stayed.
  const seenUntil = job.censoredAt;
  return {
    value: interval(name, created.at, gone?.at ?? seenUntil),
    shortest: interval(name, created.hi, gone === undefined ? seenUntil : (bracketOf(gone, timeline)?.lo ?? gone.lo)),
    longest: interval(name, created.lo, gone?.hi),
  };
}

/** Pods of which enough is known, and what may have run besides: a Job whose Pod, or the end of it, no source shows may have had one for all its life. */
function podIntervals(timeline: Timeline, jobs: readonly Job[]): { readonly known: Band[]; readonly unseen: Interval[] } | null {
  const byUid = new Map(jobs.map((job) => [job.uid, job]));
  const pods = timeline.pods.filter((pod) => byUid.has(pod.jobUid));
  const started = pods.filter((pod) => pod.started !== undefined);
  const isEndKnown = (pod: Pod) => pod.ended !== undefined || byUid.get(pod.jobUid)?.gone === undefined;
  const known = started.filter(isEndKnown);
  const endless = started.filter((pod) => !isEndKnown(pod));
  const seen = new Set(pods.map((pod) => pod.jobUid));
  // The watch of the Pods may have been lost, or have begun late, while that of the Jobs went on.
  if (known.length < pods.length * ENOUGH_PODS || seen.size < jobs.length * ENOUGH_PODS) return null;
  const unseen = [
    ...jobs.flatMap(({ uid, name, created, gone }) => (seen.has(uid) ? [] : [interval(name, created.lo, gone?.hi)])),
    ...endless.map(({ name, started: start, jobUid }) =>
      interval(name, start?.lo ?? Number.NEGATIVE_INFINITY, byUid.get(jobUid)?.gone?.hi),
    ),
  ];
  const bands = known.flatMap(({ name, started: start, ended }) =>
    start === undefined
      ? []
      : [
          {
            value: interval(name, start.at, ended?.at),
            shortest: interval(name, start.hi, ended?.lo),
            longest: interval(name, start.lo, Number.isFinite(ended?.hi) ? ended?.hi : undefined),
          },
        ],
  );
  return { known: bands, unseen };
}

/** Every Job open until the documented time after its disconnect (after the last sign of a client that failed, after its creation where nobody connected), and the page's own arithmetic: that time after its creation. */
function documentedCurves(
  timeline: Timeline,
  profile: Profile,
  jobs: readonly Job[],
  cleanupMs: DurationMs,
  window: RunsWindow,
  levels: RunsWindow,
): Pick<Concurrency, "documented" | "leaks"> {
  const closing = closingMarks(profile);
  const connectedTo = new Set(populationOf(timeline, profile, "connected"));
  const ends = jobs.map((job) => {
    const investigation = investigationOf(timeline, job);
    if (investigation === undefined) return undefined;
    if (investigation.outcome === "running") return null;
    const disconnect = exchangeableDisconnectAt(timeline, investigation, closing);
    const left = disconnect !== null ? disconnect : connectedTo.has(job) ? lastUseOf(timeline, investigation, job) : job.created.at;
    return left === null || left === undefined ? undefined : left + cleanupMs;
  });
  const toInterval = (job: Job, to: EpochMs | null) => interval(job.name, job.created.at, to ?? undefined);
  const fromCreation = exactCurve(
    jobs.map((job) => toInterval(job, job.created.at + cleanupMs)),
    window,
    levels,
  );
  if (ends.some((end) => end === undefined)) return { documented: { fromCreation } };
  const fromDisconnect = exactCurve(
    jobs.map((job, index) => toInterval(job, ends[index] ?? null)),
    window,
    levels,
  );
  const leaked = new Set(leakedServingJobs(timeline, cleanupMs).map(({ job }) => job));
  const beyond = jobs.flatMap((job, index) => (leaked.has(job) ? [interval(job.name, ends[index] ?? Number.NaN, job.censoredAt)] : []));
  return {
    documented: { fromDisconnect, fromCreation },
    ...(beyond.length === 0 ? {} : { leaks: { count: beyond.length, meanJobs: peakAndMeanInRuns(beyond, window).mean } }),
  };
}
