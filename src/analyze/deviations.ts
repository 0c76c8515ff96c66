import type { ReportDeviation } from "../model/reports/deviations.js";
import { type UsualRange, usualRanges } from "../model/statistics/outliers.js";
import { largest } from "../model/statistics/statistics.js";
import { type DurationMs, roundMicroseconds } from "../model/time.js";
import type { Job } from "../model/timeline.js";
import { goneBeforeDisconnect } from "./jobs/early-deletions.js";
import { type JobDuration, type StartPoint, servingJobs } from "./jobs/job-durations.js";
import { durationsFor } from "./jobs/job-populations.js";
import { leakedServingJobs } from "./jobs/leaks.js";
import type { MetricContext } from "./metrics/metric-context.js";

/** Jobs of this run that did not go as the others did, in order of creation; one may be there for several reasons. */
export function deviations(context: MetricContext, documentedCleanupMs: DurationMs | null): ReportDeviation[] {
  const { timeline, profile } = context;
  const jobs = servingJobs(timeline);
  // Where no cleanup exists at all, Jobs that end by their TTL go as the others do.
  const isCleaned = timeline.jobs.some((job) => job.role === "cleanup") || jobs.some(({ mechanism }) => mechanism === "idle-cleanup");
  const leaked = leakedServingJobs(timeline, documentedCleanupMs);
  const isLeaked = new Set(leaked.map(({ job }) => job.uid));
  const found = [
    ...jobs.filter(({ mechanism }) => isCleaned || mechanism !== "ttl").flatMap((job) => endedOtherwise(job) ?? []),
    ...leaked.map(({ job, sinceMs }) => row(job, "leaked", { durationMs: sinceMs, stillOpen: true })),
    ...goneBeforeDisconnect(timeline, profile).map(({ job, byMs }) => row(job, "before-disconnect", { byMs, from: "disconnected" })),
    // One that is still there has been said to be so.
    ...[...unusual("disconnected", "connected", context), ...unusual("created", "unopened", context)].filter(
      ({ uid }) => !isLeaked.has(uid),
    ),
  ];
  const order = new Map(jobs.map((job, index) => [job.uid, index]));
  return found.sort((a, b) => (order.get(a.uid) ?? 0) - (order.get(b.uid) ?? 0));
}

type Details = Omit<ReportDeviation, "job" | "uid" | "investigationId" | "what" | "evidence">;

function row(job: Job, what: ReportDeviation["what"], details: Details): ReportDeviation {
  const rounded = Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, typeof value === "number" ? roundMicroseconds(value) : value]),
  );
  return {
    job: job.name,
    uid: job.uid,
    ...(job.investigation === undefined ? {} : { investigationId: String(job.investigation) }),
    what,
    ...rounded,
    evidence: job.evidence,
  };
}

function endedOtherwise(job: Job): ReportDeviation | undefined {
  const { mechanism, deletedBy } = job;
  if (mechanism === "idle-cleanup" || mechanism === "unknown" || mechanism === "open") return undefined;
  const by = deletedBy === undefined ? {} : { deletedBy };
  return row(job, mechanism === "other" && deletedBy !== undefined ? "ended-by-others" : "ended-otherwise", { mechanism, ...by });
}

/** Jobs whose time, wherever in what is known of it, lies outside what is usual for the others. */
function unusual(from: StartPoint, population: "connected" | "unopened", context: MetricContext): ReportDeviation[] {
  const found = durationsFor({ from, to: "gone", population }, context);
  if ("missing" in found) return [];
  const ended = found.durations.filter((duration) => duration.ended);
  const ranges = usualRanges(
    ended.map((duration) => duration.durationMs),
    largest(ended.map(widthOf)),
    largest(ended.map(({ stepMs }) => stepMs)),
  );
  const rows: ReportDeviation[] = [];
  for (const duration of found.durations) {
    const { job, durationMs } = duration;
    const usual = nearest(ranges, durationMs);
    if (usual === undefined) continue;
    const [lowest, highest] = boundsOf(duration);
    const late = lowest > usual.high;
    if (!late && !(duration.ended && highest < usual.low)) continue;
    const still = duration.ended ? {} : { stillOpen: true as const };
    const details = { durationMs, medianMs: usual.median, byMs: Math.abs(durationMs - usual.median), from, ...still };
    rows.push(row(job, late ? "late" : "early", details));
  }
  return rows;
}

/** What is usual for the population that a value belongs to; the first of equally near ones. */
function nearest(ranges: readonly UsualRange[], value: number): UsualRange | undefined {
  const distance = ({ low, high }: UsualRange) => Math.max(low - value, value - high, 0);
  let found: UsualRange | undefined;
  for (const range of ranges) if (found === undefined || distance(range) < distance(found)) found = range;
  return found;
}

function widthOf({ resolutionMs, range }: JobDuration): DurationMs {
  return resolutionMs + (range === undefined ? 0 : range.hiMs - range.loMs);
}

/** The shortest and the longest that a duration may have been. */
function boundsOf({ durationMs, resolutionMs, range }: JobDuration): readonly [DurationMs, DurationMs] {
  const half = resolutionMs / 2;
  return [(range?.loMs ?? durationMs) - half, (range?.hiMs ?? durationMs) + half];
}
