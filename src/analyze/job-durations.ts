import type { DurationMs, EpochMs } from "../model/time.js";
import { clockOf, type Investigation, type Job, type Moment, type Point, type Timeline, toClusterTime } from "../model/timeline.js";
import { roundMicroseconds } from "./stage-intervals.js";

/** A duration that ends in the cluster; when `ended` is false it is right-censored there. */
export interface JobDuration {
  readonly job: Job;
  readonly durationMs: DurationMs;
  readonly ended: boolean;
  /** Age at which the Job came under observation. */
  readonly enteredMs: DurationMs;
  /** Width of what the duration may be: ranges of both ends and the uncertainty between the clocks. */
  readonly resolutionMs: DurationMs;
}

export type StartPoint = "created" | "disconnected";
export type EndPoint = "requested" | "gone" | "pod-gone";

/** Serving Jobs of this run, in order of creation. */
export function servingJobs(timeline: Timeline): readonly Job[] {
  return timeline.jobs.filter((job) => job.role === "serving" && job.ofThisRun);
}

/** More Jobs than this whose end no source could show, and no curve of open Jobs would mean anything. */
const MOST_UNSEEN_ENDS = 0.05;

/** Whether the sources could show when the run's Jobs went, for all but a few of them. */
export function seesEnds(timeline: Timeline): boolean {
  const own = servingJobs(timeline);
  const unseen = own.filter((job) => job.gone === undefined && job.mechanism !== "open");
  return timeline.seesDeletions && unseen.length <= own.length * MOST_UNSEEN_ENDS;
}

/** The last mark of a successful investigation that closes it. */
export function disconnectOf(investigation: Investigation, closing: ReadonlySet<string>): Point | undefined {
  return investigation.outcome === "ok" ? investigation.points.findLast((point) => closing.has(point.mark)) : undefined;
}

/** When the client of an investigation had disconnected, on the cluster's clock; null where it did not or no clock anchors it. */
export function disconnectedAt(timeline: Timeline, investigation: Investigation, closing: ReadonlySet<string>): EpochMs | null {
  const point = disconnectOf(investigation, closing);
  return point === undefined ? null : toClusterTime(clockOf(timeline, "runner"), point.at);
}

/**
 * A deletion that is bracketed by what it caused (the Killing of its Pod, the next writes) lies at most this long before it, however far
 * the last earlier sign of life is: 0.4 s in the captured runs.
 */
const CAUSED_WITHIN_MS: DurationMs = 400;

/** How far a moment's value may be off, as it enters statistics. */
function widthOf(moment: Moment): DurationMs {
  const width = moment.hi - moment.lo;
  const caused = moment.bracket && moment.at === moment.hi;
  return caused ? Math.min(width, CAUSED_WITHIN_MS) : width;
}

export function endMoment(job: Job, end: EndPoint): Moment | undefined {
  if (end === "requested") return job.deleteRequested;
  return end === "gone" ? job.gone : job.podGone;
}

/** Durations from a start point to an end point, over the given Jobs; Jobs whose start is not known are left out. */
export function jobDurations(
  timeline: Timeline,
  jobs: readonly Job[],
  startOf: (job: Job) => { readonly at: EpochMs; readonly uncertaintyMs: DurationMs } | null,
  end: EndPoint,
): JobDuration[] {
  return jobs.flatMap((job) => {
    const start = startOf(job);
    if (start === null) return [];
    const moment = endMoment(job, end);
    const stop = moment?.at ?? job.censoredAt;
    if (stop === undefined || stop < start.at) return [];
    // A Job that is gone while this later end was never seen (its Pod's) tells nothing about it.
    if (moment === undefined && job.gone !== undefined) return [];
    const coveredFrom = timeline.jobCoverage?.lo ?? start.at;
    return [
      {
        job,
        durationMs: roundMicroseconds(stop - start.at),
        ended: moment !== undefined,
        enteredMs: job.truncated ? Math.max(0, coveredFrom - start.at) : 0,
        resolutionMs: roundMicroseconds(start.uncertaintyMs + (moment === undefined ? 0 : widthOf(moment))),
      },
    ];
  });
}

/** Start points of Jobs: their creation, or the disconnect of the client that they served. */
export function startPoints(
  timeline: Timeline,
  closing: ReadonlySet<string>,
): Record<StartPoint, (job: Job) => { at: EpochMs; uncertaintyMs: DurationMs } | null> {
  const byNumber = new Map(timeline.investigations.map((investigation) => [investigation.number, investigation]));
  const runner = clockOf(timeline, "runner");
  return {
    // A Job of which only the deletion was captured has no known creation.
    created: ({ created }) => (Number.isFinite(created.lo) ? { at: created.at, uncertaintyMs: created.hi - created.lo } : null),
    disconnected: (job) => {
      const investigation = job.investigation === undefined ? undefined : byNumber.get(job.investigation);
      const point = investigation === undefined ? undefined : disconnectOf(investigation, closing);
      const at = point === undefined ? null : toClusterTime(runner, point.at);
      return at === null || point === undefined ? null : { at, uncertaintyMs: 2 * (runner?.uncertaintyMs ?? 0) + point.resolutionMs };
    },
  };
}
