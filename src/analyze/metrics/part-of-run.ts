/** Whether the log and the capture hold the whole run: what is highest, or counted, in a part of it is a lower bound for the run, and a mean is that of the part. */
import { groupBy } from "../../model/collections/group-by.js";
import { oncePer } from "../../model/collections/once-per.js";
import type { SeenPart } from "../../model/measurement.js";
import { largest, smallest, sorted } from "../../model/statistics/statistics.js";
import type { DurationMs } from "../../model/time.js";
import type { Timeline } from "../../model/timeline.js";
import { servingJobs } from "../jobs/job-durations.js";
import { isCovered, servedByUnseen } from "../jobs/unseen-jobs.js";
import type { MetricContext } from "./metric-context.js";
import { runDuration } from "./run-duration.js";

interface LogReach {
  /** Investigations of the run may not be in it: it has fewer than it announces or, where it announces none, begins or ends in the middle of one. */
  readonly misses: boolean;
  /** One of its runs begins in the middle of an investigation. */
  readonly beginsInside: boolean;
}

const logReach: (context: MetricContext) => LogReach = oncePer((context) => {
  const { announced, ...run } = context.timeline.run;
  const { investigations } = context.timeline;
  const ended = investigations.filter(({ outcome }) => outcome !== "running");
  // Of those that have ended, what a length needs is the beginning.
  const beginsInside = [...groupBy(ended, (one) => one.run).values()].some((own) => {
    const length = runDuration({ ...context, timeline: { ...context.timeline, run, investigations: own } });
    return "notMeasured" in length && length.notMeasured.key === "run-not-whole";
  });
  const misses = announced === undefined ? beginsInside || ended.length < investigations.length : investigations.length < announced;
  return { misses, beginsInside };
});

/** Of what is counted from the log alone: the part of the run that it holds; undefined where nothing says that more is missing. */
export function partInLog(context: MetricContext): SeenPart | undefined {
  return logReach(context).misses ? "log" : undefined;
}

/** The same of what has to do with Jobs: a capture that goes on without another shows that the run ended with its log. */
export const partOfJobs: (context: MetricContext) => SeenPart | undefined = oncePer((context) => {
  const { misses, beginsInside } = logReach(context);
  if (misses && (beginsInside || !isSeenToStop(context.timeline))) return "log";
  return missesJobs(context) ? "capture" : undefined;
});

/** So many times the longest wait from one Job of a run to the next is the end of it. */
const LONGEST_WAITS = 2;

/** The capture goes on well after the last Job of the run, and no other was created that could be of what the log lacks. */
function isSeenToStop(timeline: Timeline): boolean {
  const created = sorted(servingJobs(timeline).map((job) => job.created.at));
  const last = created.at(-1);
  const { jobCoverage, jobs } = timeline;
  if (last === undefined || created.length < 2 || jobCoverage === null) return false;
  const waits = created.slice(1).map((at, index): DurationMs => at - (created[index] ?? at));
  const goesOn = jobs.some((job) => job.role === "serving" && !job.ofThisRun && job.created.at > last);
  return !goesOn && jobCoverage.hi - last > LONGEST_WAITS * largest(waits);
}

/** Whether Jobs of the run were created, or may have been, that no source shows. */
function missesJobs({ timeline, profile, concurrency }: MetricContext): boolean {
  const { investigations } = timeline;
  const own = servingJobs(timeline);
  if (investigations.length === 0 && own.length > 0) {
    const { window } = concurrency;
    return timeline.jobCoverage === null || (window !== null && window.lo > smallest(own.map((job) => job.created.at)));
  }
  if (servedByUnseen(timeline, profile).length > 0) return true;
  // Where the log names Jobs, an investigation without a name was never given one.
  const hasNames = investigations.some(({ jobId }) => jobId !== null);
  return investigations.some((one) => one.jobUid === undefined && !(hasNames && one.jobId === null) && !isCovered(timeline, one));
}
