import type { MetricSpec } from "../model/measurement.js";
import type { Profile } from "../model/profile.js";
import { clockOf, type Job, type Timeline } from "../model/timeline.js";
import { type JobDuration, jobDurations, seesEnds, servingJobs, startPoints } from "./job-durations.js";
import type { MeasureReasonKey } from "./measure-reasons.js";

/** Marks that say that an investigation has ended well. */
export function closingMarks(profile: Profile): ReadonlySet<string> {
  return new Set(profile.patterns.filter((pattern) => pattern.closes).map((pattern) => pattern.id));
}

/** Serving Jobs whose client connected, or that no client ever connected to. */
export function populationOf(timeline: Timeline, profile: Profile, population: "connected" | "unopened" | "all"): readonly Job[] {
  const jobs = servingJobs(timeline);
  if (population === "all") return jobs;
  const connectEnd = profile.stages.find((stage) => stage.id === "connect")?.to;
  const byNumber = new Map(timeline.investigations.map((investigation) => [investigation.number, investigation]));
  return jobs.filter((job) => {
    const investigation = job.investigation === undefined ? undefined : byNumber.get(job.investigation);
    if (investigation === undefined || investigation.outcome === "running") return false;
    const connected = investigation.points.some((point) => point.mark === connectEnd);
    return population === "connected" ? connected : !connected;
  });
}

/** Lifetimes behind a job-duration metric, or why there are none. */
export function durationsFor(
  spec: Omit<Extract<MetricSpec, { metric: "job-duration" }>, "metric">,
  { timeline, profile }: { readonly timeline: Timeline; readonly profile: Profile },
): { durations: readonly JobDuration[] } | { missing: MeasureReasonKey } {
  if (timeline.jobs.length === 0) return { missing: "no-cluster-data" };
  if (!seesEnds(timeline)) return { missing: "no-deletions" };
  const needsLog = spec.from === "disconnected" || spec.population !== "all";
  if (needsLog && timeline.investigations.length === 0) return { missing: "no-log" };
  if (spec.from === "disconnected" && clockOf(timeline, "runner")?.offsetMs === null) return { missing: "clock-unanchored" };
  const jobs = populationOf(timeline, profile, spec.population);
  if (jobs.length === 0) return { missing: "no-such-jobs" };
  const durations = jobDurations(timeline, jobs, startPoints(timeline, closingMarks(profile))[spec.from], spec.to);
  if (durations.some((duration) => duration.ended)) return { durations };
  return { missing: durations.length > 0 ? "all-censored" : spec.to === "gone" ? "no-such-jobs" : "end-not-seen" };
}
