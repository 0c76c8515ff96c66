/** Stages that begin or end with a point of a Job's life: measured over the run's Jobs, with or without a log. */
import type { StageDefinition } from "../model/profile.js";
import type { Job, Moment, Timeline } from "../model/timeline.js";
import { howWellKnown, type JobDuration, servingJobs } from "./job-durations.js";
import { durationsFor } from "./job-populations.js";
import type { MeasureReasonKey } from "./measure-reasons.js";
import type { MetricContext } from "./metrics.js";
import { roundMicroseconds } from "./stage-intervals.js";

export type StageDurations =
  | { readonly durations: readonly JobDuration[]; readonly failed: number }
  | { readonly missing: MeasureReasonKey };

/** Durations of such a stage. Between two points of one Job both come from the cluster; from a mark to the deletion the runner's clock takes part. */
export function jobStageDurations(stage: StageDefinition, context: MetricContext): StageDurations {
  const froms = [stage.from].flat();
  const ofJobsAlone = [...froms, stage.to].every((point) => point.startsWith("job."));
  if (!ofJobsAlone || (froms.includes("job.created") && stage.to === "job.deleted")) {
    const from = froms.includes("job.created") ? "created" : "disconnected";
    const found = durationsFor({ from, to: "gone", population: from === "created" ? "all" : "connected" }, context);
    return "missing" in found ? found : { durations: found.durations, failed: 0 };
  }
  return betweenPoints(froms, stage.to, context);
}

function betweenPoints(froms: readonly string[], to: string, { timeline }: MetricContext): StageDurations {
  if (timeline.jobs.length === 0) return { missing: "no-cluster-data" };
  const jobs = servingJobs(timeline);
  const failed = jobs.filter((job) => to === "job.finished" && job.finished?.failed === true);
  const durations = jobs.filter((job) => !failed.includes(job)).flatMap((job) => durationOf(job, froms, to, timeline) ?? []);
  if (durations.some((duration) => duration.ended)) return { durations, failed: failed.length };
  return { missing: jobs.length === 0 ? "no-such-jobs" : durations.length > 0 ? "all-censored" : "end-not-seen" };
}

function durationOf(job: Job, froms: readonly string[], to: string, timeline: Timeline): JobDuration | undefined {
  const starts = froms.map((point) => pointOf(job, point)).filter((moment) => moment !== undefined);
  const start = starts.reduce<Moment | undefined>((last, moment) => (last === undefined || moment.at > last.at ? moment : last), undefined);
  if (start === undefined || !Number.isFinite(start.lo)) return undefined;
  const end = pointOf(job, to);
  // What is over without this end having been seen tells nothing about it.
  if (end === undefined && (job.gone !== undefined || job.finished !== undefined)) return undefined;
  const stop = end?.at ?? job.censoredAt;
  if (stop === undefined || (end === undefined && stop < start.at)) return undefined;
  return {
    job,
    // Stamps of the API server, the scheduler and a node's kubelet: a point may seem to lie before its cause by what their clocks differ.
    durationMs: roundMicroseconds(Math.max(0, stop - start.at)),
    ended: end !== undefined,
    enteredMs: 0,
    ...howWellKnown({ at: start.at, uncertaintyMs: start.hi - start.lo }, end, timeline),
  };
}

function pointOf(job: Job, point: string): Moment | undefined {
  switch (point) {
    case "job.created":
      return job.created;
    case "job.scheduled":
      return job.scheduled;
    case "job.started":
      return job.started;
    case "job.finished":
      return job.finishedAt;
    default:
      return job.gone;
  }
}
