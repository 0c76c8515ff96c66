import { isTied } from "../../model/clock.js";
import { oncePer, oncePerPair } from "../../model/collections/once-per.js";
import { marksThat } from "../../model/marks.js";
import type { MetricSpec } from "../../model/measurement.js";
import type { Profile } from "../../model/profile.js";
import { hasFailed } from "../../model/reports/outcome.js";
import { connectedMark } from "../../model/reserved-stages.js";
import type { Reason } from "../../model/source.js";
import { clockOf, type Job, type Timeline } from "../../model/timeline.js";
import type { MeasureReasonKey } from "../measure-reasons.js";
import {
  disconnectOf,
  endMoment,
  investigationOf,
  type JobDuration,
  jobDurations,
  nearlyAllTellEnd,
  seesEnds,
  servingJobs,
  someUnplaced,
  startPoints,
  whyNoJobs,
} from "./job-durations.js";

/** Marks that say that an investigation has ended well. */
export const closingMarks: (profile: Profile) => ReadonlySet<string> = oncePer((profile) => marksThat(profile, "closes"));

/** Serving Jobs whose client connected, or that no client ever connected to: none, where the profile tells of no connecting. */
export function populationOf(timeline: Timeline, profile: Profile, population: "connected" | "unopened" | "all"): readonly Job[] {
  return population === "all" ? servingJobs(timeline) : populationsOf(timeline, profile)[population];
}

const populationsOf: (timeline: Timeline, profile: Profile) => { readonly connected: readonly Job[]; readonly unopened: readonly Job[] } =
  oncePerPair((timeline: Timeline, profile: Profile) => {
    const connectEnd = connectedMark(profile);
    const [connected, unopened]: [Job[], Job[]] = [[], []];
    for (const job of servingJobs(timeline)) {
      const investigation = investigationOf(timeline, job);
      if (investigation === undefined || investigation.outcome === "running") continue;
      const hasConnected = connectEnd === undefined || investigation.points.some((point) => point.mark === connectEnd);
      (hasConnected ? connected : unopened).push(job);
    }
    return { connected, unopened };
  });

type DurationSpec = Omit<Extract<MetricSpec, { metric: "job-duration" }>, "metric">;

type FoundDurations =
  | {
      readonly durations: readonly JobDuration[];
      /** Jobs that should be among them and of which not both ends are known, and investigations whose Job no source shows. */
      readonly unknown: number;
    }
  | { readonly missing: MeasureReasonKey; readonly values?: Reason["values"] };

const knownDurations = oncePerPair((_timeline: Timeline, _profile: Profile) => new Map<string, FoundDurations>());

/** Lifetimes behind a job-duration metric, or why there are none. Several claims, stages and curves ask for the same ones. */
export function durationsFor(
  spec: DurationSpec,
  { timeline, profile }: { readonly timeline: Timeline; readonly profile: Profile },
): FoundDurations {
  const known = knownDurations(timeline, profile);
  const key = `${spec.from} ${spec.to} ${spec.population}`;
  const found = known.get(key) ?? findDurations(spec, timeline, profile);
  known.set(key, found);
  return found;
}

function findDurations(spec: DurationSpec, timeline: Timeline, profile: Profile): FoundDurations {
  if (timeline.jobs.length === 0) return { missing: whyNoJobs(timeline) };
  if (!seesEnds(timeline)) return { missing: "no-deletions" };
  const needsLog = spec.from === "disconnected" || spec.population !== "all";
  if (needsLog && timeline.investigations.length === 0) return { missing: "no-log" };
  // Whoever has disconnected had connected.
  const needsConnecting = spec.population === "unopened" || (spec.population === "connected" && spec.from !== "disconnected");
  if (needsConnecting && connectedMark(profile) === undefined) return { missing: "no-connect-stage" };
  if (spec.from === "disconnected" && !isTied(clockOf(timeline, "runner"))) return { missing: "clock-unanchored" };
  const jobs = populationOf(timeline, profile, spec.population);
  if (jobs.length === 0) return { missing: "no-such-jobs" };
  const closing = closingMarks(profile);
  const startOf = startPoints(timeline, closing)[spec.from];
  const started = jobs.filter((job) => startOf(job) !== null);
  if (!nearlyAllTellEnd(started, spec.to)) return { missing: "end-not-seen" };
  const durations = jobDurations(timeline, started, startOf, spec.to);
  const ended = durations.filter((duration) => duration.ended);
  // Whether a Job goes before the disconnect or after is not known beforehand, and then 0 would be made up.
  const unordered = ended.filter(({ durationMs }) => durationMs === 0).length;
  if (spec.from === "disconnected" && 2 * unordered > ended.length)
    return { missing: "order-unknown", values: { unordered, jobs: ended.length } };
  if (ended.length > 0) return { durations, unknown: unknownBeside(durations, jobs, spec, timeline, closing) };
  if (durations.length > 0) return { missing: "all-censored" };
  if (spec.from === "disconnected" && someUnplaced(timeline, jobs, (mark) => closing.has(mark))) return { missing: "clock-hole" };
  return { missing: spec.to === "gone" ? "no-such-jobs" : "end-not-seen" };
}

/**
 * Jobs of a population of which one end of a duration is known and the other is not, and, of durations that begin in the log, investigations that did and whose Job no
 * source shows.
 */
function unknownBeside(
  durations: readonly JobDuration[],
  jobs: readonly Job[],
  { from, to, population }: DurationSpec,
  timeline: Timeline,
  closing: ReadonlySet<string>,
): number {
  const startOf = startPoints(timeline, closing)[from];
  const known = new Set(durations.map(({ job }) => job));
  const fromLog = from === "disconnected";
  const half = jobs.filter((job) => {
    const investigation = investigationOf(timeline, job);
    const disconnects = investigation === undefined ? job.companionOf === undefined : !hasFailed(investigation);
    return !known.has(job) && (!fromLog || disconnects) && (startOf(job) === null) !== (endMoment(job, to) === undefined);
  });
  if (!fromLog || population === "unopened") return half.length;
  const unserved = timeline.investigations.filter((one) => one.jobUid === undefined && disconnectOf(one, closing) !== undefined);
  return half.length + unserved.length;
}
