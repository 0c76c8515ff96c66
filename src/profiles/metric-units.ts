import type { MetricSpec, Unit } from "../model/measurement.js";

const units: Readonly<Record<Exclude<MetricSpec["metric"], "job-setting">, Unit>> = {
  "stage-duration": "s",
  // A line reports a number without its unit.
  "mark-value": "count",
  "job-duration": "s",
  "peak-connected": "count",
  "open-jobs": "jobs",
  "run-duration": "s",
  "investigation-count": "count",
  polling: "s",
  ttl: "s",
  "ended-by-others": "count",
  "unpaired-jobs": "count",
  "cleanup-retries": "count",
  "idle-stream": "s",
  "iteration-size": "count",
  "stop-limit": "count",
  "cpu-threshold": "millicores",
};

/** The unit that a metric is measured in; undefined where the document decides. */
export function metricUnit(spec: MetricSpec): Unit | undefined {
  if (spec.metric === "job-setting") return settingUnit(spec.setting);
  return spec.metric === "polling" && spec.quantity === "checks" ? "count" : units[spec.metric];
}

/** What an environment variable sets, its document knows. */
function settingUnit(setting: Extract<MetricSpec, { metric: "job-setting" }>["setting"]): Unit | undefined {
  if (typeof setting === "object") return undefined;
  return setting === "ttlSecondsAfterFinished" ? "s" : "count";
}
