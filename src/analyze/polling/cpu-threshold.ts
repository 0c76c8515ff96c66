import type { Measured } from "../../model/measurement.js";
import { none, ofRun } from "../metrics/measured.js";
import type { MetricContext } from "../metrics/metric-context.js";
import { cpuReadings } from "./cpu-readings.js";
import { seePolling } from "./polling-metrics.js";

/**
 * The threshold lies from the highest usage that counted as idle to below the lowest that did not. It is deployed as a whole number of
 * millicores: where only one lies between, that is it; else the range is given, and no value is claimed.
 */
export function cpuThreshold(context: MetricContext): Measured {
  if (context.timeline.cpu === undefined) return none("no-cpu-samples");
  const { seen, result } = seePolling(context);
  const readings = cpuReadings(context.timeline, seen, "notIdentified" in result ? null : result);
  if (readings === undefined) return none("cpu-samples-unusable");
  const { idleAtMost, busyAtLeast, n } = readings;
  if (idleAtMost === undefined || busyAtLeast === undefined || idleAtMost >= busyAtLeast) return none("cpu-readings-unknown");
  const lowest = Math.ceil(idleAtMost);
  const highest = Math.ceil(busyAtLeast) - 1;
  const fields = { statistic: "fit", n } as const;
  if (lowest === highest) return ofRun(lowest, "millicores", { ...fields, interval: [lowest, highest] });
  const ambiguous = [{ threshold: idleAtMost }, { threshold: busyAtLeast }];
  return ofRun(idleAtMost, "millicores", { ...fields, interval: [idleAtMost, busyAtLeast], ambiguous });
}
