/** Stages that begin or end with a point of a Job's life: measured over the run's Jobs, with the marks of the log brought onto the cluster's clock. */

import { betweenCollectorsMs, type Clock, isTied, toClusterTime } from "../../model/clock.js";
import type { Profile, StageDefinition } from "../../model/profile.js";
import { hasFailed } from "../../model/reports/outcome.js";
import type { Diagnostic, Reason } from "../../model/source.js";
import { type Bounds, type DurationMs, type EpochMs, roundMicroseconds } from "../../model/time.js";
import {
  clockOf,
  clockOfInvestigation,
  type Investigation,
  type Job,
  type Moment,
  type Point,
  type Timeline,
} from "../../model/timeline.js";
import {
  howWellKnown,
  investigationOf,
  type JobDuration,
  placed,
  seesEnds,
  servingJobs,
  someUnplaced,
  whyNoJobs,
} from "../jobs/job-durations.js";
import { closingMarks, durationsFor } from "../jobs/job-populations.js";
import type { MeasureReasonKey } from "../measure-reasons.js";
import { attemptMarks, beginOf, endOf, isJobStage } from "../stages/stage-intervals.js";
import type { MetricContext } from "./metric-context.js";
import { skips, unknownWithoutJob } from "./unknown-ends.js";

/** Where more Jobs than this pass the points of a stage the other way round, the others tell nothing of its length. */
const MOST_REVERSED = 0.05;

export type StageDurations =
  | {
      readonly durations: readonly JobDuration[];
      readonly failed: number;
      /** Jobs and investigations that went through it as far as is known, but not both of the ends are. */
      readonly unknown: number;
      /** Jobs that passed the end before the beginning; not among the durations. */
      readonly reversed: number;
    }
  | { readonly missing: MeasureReasonKey; readonly values?: Reason["values"]; readonly reversed?: number };

/** Durations of such a stage, between the points that it names. */
export function jobStageDurations(stage: StageDefinition, context: MetricContext): StageDurations {
  const froms = [stage.from].flat();
  const closing = closingMarks(context.profile);
  const sameAs = (points: ReadonlySet<string>) => points.size === new Set(froms).size && froms.every((point) => points.has(point));
  const from = sameAs(CREATED) ? "created" : sameAs(closing) ? "disconnected" : undefined;
  if (stage.to !== "job.deleted" || from === undefined) return betweenPoints(stage, froms, context);
  const found = durationsFor({ from, to: "gone", population: "all" }, context);
  return "missing" in found ? found : { ...found, failed: 0, reversed: 0 };
}

const CREATED: ReadonlySet<string> = new Set(["job.created"]);

/** Stages of which some Jobs passed the end before the beginning. */
export function reversedStages(context: MetricContext): Diagnostic[] {
  return context.profile.stages.filter(isJobStage).flatMap((stage) => {
    const { reversed: count = 0 } = jobStageDurations(stage, context);
    if (count === 0) return [];
    return [{ id: "stage-reversed", severity: "warning" as const, count, values: { stage: stage.id, count }, examples: [] }];
  });
}

function betweenPoints(stage: StageDefinition, froms: readonly string[], { timeline, profile }: MetricContext): StageDurations {
  if (timeline.jobs.length === 0) return { missing: whyNoJobs(timeline) };
  if (stage.to === "job.deleted" && !seesEnds(timeline)) return { missing: "no-deletions" };
  const needsLog = [...froms, stage.to].some((point) => !point.startsWith("job."));
  if (needsLog && timeline.investigations.length === 0) return { missing: "no-log" };
  if (needsLog && !isTied(clockOf(timeline, "runner"))) return { missing: "clock-unanchored" };
  const jobs = servingJobs(timeline);
  if (jobs.length === 0) return { missing: "no-such-jobs" };
  const passages = jobs.flatMap((job) => passageOf(job, { stage, froms, needsLog }, timeline, profile) ?? []);
  const durations = passages.flatMap((passage) => (typeof passage === "string" ? [] : passage));
  const among = (how: Passage) => passages.filter((passage) => passage === how).length;
  const unserved = needsLog ? unknownWithoutJob(stage, { timeline, profile }) : 0;
  const common = { failed: among("failed"), reversed: among("reversed"), unknown: among("unknown") + unserved };
  const ended = durations.filter((duration) => duration.ended).length;
  const both = ended + common.reversed;
  if (common.reversed > both * MOST_REVERSED)
    return { missing: "end-before-start", values: { reversed: common.reversed, jobs: both }, reversed: common.reversed };
  // The order of two points of a Job is known beforehand; that of a mark and such a point is not, and then 0 would be made up.
  const unordered = durations.filter((duration) => duration.ended && duration.durationMs === 0).length;
  if (needsLog && 2 * unordered > ended) return { missing: "order-unknown", values: { unordered, jobs: ended }, reversed: common.reversed };
  if (ended > 0) return { durations, ...common };
  if (durations.length > 0) return { missing: "all-censored" };
  if (!needsLog) return { missing: "end-not-seen" };
  const isPoint = (mark: string) => froms.includes(mark) || mark === stage.to;
  return someUnplaced(timeline, jobs, isPoint) ? { missing: "clock-hole" } : { missing: "no-samples", values: { stage: stage.id } };
}

interface JobStage {
  readonly stage: StageDefinition;
  readonly froms: readonly string[];
  /** Some of its points are marks of the log. */
  readonly needsLog: boolean;
}

/** A point as it is known on the cluster's clock. */
interface PlacedPoint extends Bounds {
  readonly at: EpochMs;
  /** Half width of what the offset of the runner's clock leaves open beside the stamp; 0 for a point of a Job. */
  readonly clockMs: DurationMs;
  /** The collector's clock through which it is tied to the cluster's, if it is. */
  readonly through: Clock | undefined;
  /** Absent for a mark of the log. */
  readonly moment?: Moment;
}

type Passage = JobDuration | "failed" | "reversed" | "unknown";

/** How a Job went through a stage; undefined where it did not. */
function passageOf(job: Job, jobStage: JobStage, timeline: Timeline, profile: Profile): Passage | undefined {
  const { stage, needsLog } = jobStage;
  const investigation = needsLog ? investigationOf(timeline, job) : undefined;
  // Of several Jobs of an investigation one alone serves it.
  if (needsLog && investigation === undefined) return job.companionOf === undefined ? "unknown" : undefined;
  const ends = endsOf(job, jobStage, investigation, timeline, profile);
  const failed = failsStage(job, stage, investigation, ends?.end);
  if (ends === undefined) return failed || (investigation !== undefined && skips(stage, investigation, profile)) ? undefined : "unknown";
  if (failed) return "failed";
  const { start, end } = ends;
  const stop = end?.at ?? openUntil(job, stage.to, investigation, timeline);
  if (stop === undefined || (end === undefined && stop < start.at)) return "unknown";
  const clockMs = end === undefined ? start.clockMs : clocksBetween(start, end);
  if (end !== undefined && end.hi + clockMs < start.lo) return "reversed";
  const markMs = end === undefined || end.moment !== undefined ? 0 : end.hi - end.lo;
  const coveredFrom = timeline.jobCoverage?.lo ?? start.at;
  return {
    job,
    // Stamps of several clocks, cut or not: a point may seem to lie before its cause by what they leave open.
    durationMs: roundMicroseconds(Math.max(0, stop - start.at)),
    ended: end !== undefined,
    enteredMs: stage.to === "job.deleted" && job.truncated ? Math.max(0, coveredFrom - start.at) : 0,
    ...(clockMs === 0 ? {} : { clockMs }),
    ...howWellKnown({ at: start.at, uncertaintyMs: start.hi - start.lo + markMs + 2 * clockMs, clockMs }, end?.moment, timeline),
  };
}

/** Half width of what the clocks of both leave open; of two marks on the runner's clock it is the same in both. */
function clocksBetween(start: PlacedPoint, end: PlacedPoint): DurationMs {
  if (start.moment === undefined && end.moment === undefined) return 0;
  return start.clockMs + end.clockMs + betweenCollectorsMs(start.through, end.through);
}

/** Whether its duration is left out because its Job failed, or its investigation. */
function failsStage(job: Job, stage: StageDefinition, investigation: Investigation | undefined, end: PlacedPoint | undefined): boolean {
  if (stage.to === "job.finished" && job.finished?.failed === true) return true;
  return investigation !== undefined && hasFailed(investigation) && !(stage.includeFailed && end !== undefined);
}

/** Where a stage begins and ends; undefined where it did not begin, or a mark of it measures nothing. */
function endsOf(
  job: Job,
  { stage, froms }: JobStage,
  investigation: Investigation | undefined,
  timeline: Timeline,
  profile: Profile,
): { readonly start: PlacedPoint; readonly end: PlacedPoint | undefined } | undefined {
  const points = investigation?.points ?? [];
  const marks = [beginOf(stage)(points), endOf(points, stage.to, attemptMarks(profile).has(stage.to))];
  const [begin, finish] = marks.map((mark) => mark && investigation && placedMark(timeline, investigation, mark));
  if (begin === null || finish === null) return undefined;
  const start = lastOf([...froms.map((point) => ofJob(job, point)), begin]);
  if (start === undefined || !Number.isFinite(start.lo)) return undefined;
  return { start, end: ofJob(job, stage.to) ?? finish };
}

function lastOf(points: readonly (PlacedPoint | undefined)[]): PlacedPoint | undefined {
  return points.reduce((last, one) => (last === undefined || (one !== undefined && one.at > last.at) ? one : last), undefined);
}

/** A mark of an investigation; null where it measures nothing, or no clock places it. */
function placedMark(timeline: Timeline, investigation: Investigation, point: Point): PlacedPoint | null {
  const at = point.uncertain === true ? null : placed(timeline, investigation, point);
  if (at === null) return null;
  const clock = clockOfInvestigation(timeline, investigation);
  return { at, lo: at, hi: at + point.resolutionMs, clockMs: clock?.uncertaintyMs ?? 0, through: clock?.through };
}

/** Until when a stage whose end was not seen still went on; undefined where it was over, or nothing tells. */
function openUntil(job: Job, to: string, investigation: Investigation | undefined, timeline: Timeline): EpochMs | undefined {
  if (to.startsWith("job.")) {
    // What is over without this end having been seen tells nothing about it.
    const over = job.gone !== undefined || (to !== "job.deleted" && job.finished !== undefined);
    return over ? undefined : job.censoredAt;
  }
  if (investigation?.outcome !== "running" || (investigation.clock ?? "runner") !== "runner") return undefined;
  return timeline.logSpan === null ? undefined : (toClusterTime(clockOf(timeline, "runner"), timeline.logSpan.hi) ?? undefined);
}

function ofJob(job: Job, point: string): PlacedPoint | undefined {
  const moment = momentOf(job, point);
  return moment === undefined ? undefined : { at: moment.at, lo: moment.lo, hi: moment.hi, clockMs: 0, through: moment.stampedBy, moment };
}

function momentOf(job: Job, point: string): Moment | undefined {
  switch (point) {
    case "job.created":
      return job.created;
    case "job.scheduled":
      return job.scheduled;
    case "job.started":
      return job.started;
    case "job.finished":
      return job.finishedAt;
    case "job.deleted":
      return job.gone;
    default:
      return undefined;
  }
}
