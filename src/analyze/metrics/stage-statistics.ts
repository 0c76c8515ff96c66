import type { StageDefinition } from "../../model/profile.js";
import type { ReportStage } from "../../model/report.js";
import { hasFailed } from "../../model/reports/outcome.js";
import {
  largest,
  mean,
  medianInterval,
  quantile,
  samplesForQuantile,
  sorted,
  standardDeviation,
} from "../../model/statistics/statistics.js";
import { type DurationMs, roundMicroseconds } from "../../model/time.js";
import { estimateLifetimes } from "../jobs/lifetime-estimate.js";
import { intervalsOfStage, isJobStage } from "../stages/stage-intervals.js";
import { jobStageDurations } from "./job-stages.js";
import type { MetricContext } from "./metric-context.js";
import { unknownField, unknownInLog } from "./unknown-ends.js";

/** Statistics of every stage of the profile, over successful investigations; the others are counted. */
export function stageStatistics(context: MetricContext): ReportStage[] {
  return context.profile.stages.map((stage) => {
    const identity = { stage: stage.id, title: stage.title };
    if (isJobStage(stage)) return { ...identity, ...jobStage(stage, context) };
    return { ...identity, ...logStage(stage, context) };
  });
}

type Numbers = Omit<ReportStage, "stage" | "title">;

function logStage(stage: StageDefinition, context: MetricContext): Numbers {
  const { includeFailed } = stage;
  const found = intervalsOfStage(context.stages, stage.id);
  const complete = found.filter(({ investigation, outcome }) => outcome === "ok" && (investigation.outcome === "ok" || includeFailed));
  const censored = found.filter(({ investigation, outcome }) => investigation.outcome === "running" && outcome === "censored").length;
  return {
    ...summary(complete.map(({ durationMs }) => durationMs ?? 0)),
    failed: found.filter(({ investigation, outcome }) => hasFailed(investigation) && !(includeFailed && outcome === "ok")).length,
    censored,
    ...unknownField(unknownInLog(stage, context)),
    resolutionMs: Math.max(0, largest(complete.map(({ resolutionMs }) => resolutionMs))),
  };
}

/**
 * Stages between points of a Job: with Jobs still open, ends known only as wide ranges, or Jobs that were seen only because they lasted until the capture
 * began, there is no plain mean to hide them.
 */
function jobStage(stage: StageDefinition, context: MetricContext): Numbers {
  const found = jobStageDurations(stage, context);
  if ("missing" in found) return { n: 0, failed: 0, censored: 0, resolutionMs: 0, samplesMs: [] };
  const ended = found.durations.filter((duration) => duration.ended);
  const numbers = summary(ended.map((duration) => duration.durationMs));
  const censored = found.durations.length - ended.length;
  const resolutionMs = Math.max(0, largest(ended.map((duration) => duration.resolutionMs)));
  const counts = { failed: found.failed, censored, ...unknownField(found.unknown) };
  const estimate = estimateLifetimes(found.durations);
  const { medianMs, medianRangeMs, medianIntervalMs } = estimate;
  const typical = {
    ...(medianMs === null ? {} : { p50Ms: medianMs }),
    ...(medianRangeMs === undefined ? {} : { p50RangeMs: medianRangeMs }),
    ...(medianIntervalMs === undefined ? {} : { ci95Ms: medianIntervalMs }),
  };
  const late = found.durations.filter(({ enteredMs }) => enteredMs > 0).length;
  const seenFromStart = late === 0;
  if (censored === 0 && estimate.sharp && seenFromStart) return { ...numbers, ...typical, ...counts, resolutionMs };
  const { n, minMs, samplesMs } = numbers;
  const earliest = estimate.sharp && seenFromStart && minMs !== undefined ? { minMs } : {};
  return { n, ...counts, ...(seenFromStart ? {} : { late }), ...earliest, ...typical, resolutionMs, samplesMs };
}

/** Quantiles only where the sample can carry them; one value has no spread. */
function summary(durations: readonly DurationMs[]): Omit<Numbers, "failed" | "censored" | "resolutionMs"> {
  const n = durations.length;
  if (n === 0) return { n, samplesMs: [] };
  const ascending = sorted(durations);
  const at = (q: number) => roundMicroseconds(quantile(ascending, q));
  const spread = standardDeviation(durations);
  const interval = medianInterval(ascending);
  return {
    n,
    minMs: at(0),
    p50Ms: at(0.5),
    ...(n >= samplesForQuantile(0.9) ? { p90Ms: at(0.9) } : {}),
    ...(n >= samplesForQuantile(0.95) ? { p95Ms: at(0.95) } : {}),
    ...(n >= samplesForQuantile(0.99) ? { p99Ms: at(0.99) } : {}),
    maxMs: at(1),
    meanMs: roundMicroseconds(mean(durations)),
    ...(spread === undefined ? {} : { stddevMs: roundMicroseconds(spread) }),
    ...(interval === undefined ? {} : { ci95Ms: interval }),
    samplesMs: durations,
  };
}
