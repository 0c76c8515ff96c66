import type { Measured, MetricSpec } from "../model/measurement.js";
import { cleanupRetries, endedByOthers, jobDuration, jobStageDuration, openJobs, ttl, unpairedJobs } from "./metrics/job-metrics.js";
import { jobSetting } from "./metrics/job-settings.js";
import { investigationCount, iterationSize, markValue, peakConnected, stageDuration, stopLimit } from "./metrics/log-metrics.js";
import { none } from "./metrics/measured.js";
import type { MetricContext } from "./metrics/metric-context.js";
import { runDuration } from "./metrics/run-duration.js";
import { cpuThreshold } from "./polling/cpu-threshold.js";
import { polling } from "./polling/polling-metrics.js";
import { isJobStage } from "./stages/stage-intervals.js";

/** Measures what a claim asks for; each question once. */
export function metricReader(context: MetricContext): (spec: MetricSpec) => Measured {
  const known = new Map<string, Measured>();
  return (spec) => {
    const key = JSON.stringify(spec);
    const found = known.get(key) ?? measure(spec, context);
    known.set(key, found);
    return found;
  };
}

function measure(spec: MetricSpec, context: MetricContext): Measured {
  switch (spec.metric) {
    case "stage-duration":
      return stageMetric(spec, context);
    case "mark-value":
      return markValue(spec, context);
    case "job-duration":
      return jobDuration(spec, context);
    case "peak-connected":
      return peakConnected(context);
    case "open-jobs":
      return openJobs(spec.statistic, context);
    case "run-duration":
      return runDuration(context);
    case "investigation-count":
      return investigationCount(context);
    case "polling":
      return polling(spec.quantity, context);
    case "job-setting":
      return jobSetting(spec, context);
    case "ttl":
      return ttl(spec.role, context);
    case "ended-by-others":
      return endedByOthers(context);
    case "unpaired-jobs":
      return unpairedJobs(context);
    case "cleanup-retries":
      return cleanupRetries(context);
    case "iteration-size":
      return iterationSize(context);
    case "stop-limit":
      return stopLimit(context);
    case "idle-stream":
      return none("idle-streams-unmeasured");
    case "cpu-threshold":
      return cpuThreshold(context);
  }
}

function stageMetric(spec: Extract<MetricSpec, { metric: "stage-duration" }>, context: MetricContext): Measured {
  const stage = context.profile.stages.find(({ id }) => id === spec.stage);
  return stage !== undefined && isJobStage(stage) ? jobStageDuration(stage, context) : stageDuration(spec, context);
}
