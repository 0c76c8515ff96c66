import type { MetricSpec, Unit } from "../model/measurement.js";

const units: Readonly<Record<MetricSpec["metric"], Unit | undefined>> = {
  "stage-duration": "s",
  // A log line can report anything.
  "mark-value": undefined,
  "job-duration": "s",
  "peak-connected": "count",
  "open-jobs": "jobs",
  "run-duration": "s",
  "investigation-count": "count",
  polling: "s",
  "job-setting": undefined,
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
  return spec.metric === "polling" && spec.quantity === "checks" ? "count" : units[spec.metric];
}
