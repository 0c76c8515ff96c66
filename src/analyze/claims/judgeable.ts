/** What a claim can be judged by: not all that its metric gives is a number of what it documents. */
import type { Claim } from "../../model/claim.js";
import type { Measured, Measurement, MetricSpec, SeenPart } from "../../model/measurement.js";
import { none } from "../metrics/measured.js";
import { allowedRange } from "./documented.js";
import { judgeMeasurement, uncertainty } from "./verdict.js";

/** What a metric gave, as far as this claim can be judged by it. */
export function judgeable(claim: Claim, spec: MetricSpec, measured: Measured): Measured {
  if ("notMeasured" in measured) return measured;
  if (spec.metric === "stop-limit") return atLimit(claim, measured.measurement);
  if (measured.measurement.part !== undefined) return fromPart(claim, measured.measurement, measured.measurement.part);
  return spec.metric === "job-setting" ? inUnit(claim, spec, measured.measurement) : measured;
}

/** A loop that ended below its documented limit may have ended for another reason, and one that went on shows none but a limit that it exceeded. */
function atLimit({ documented, setting }: Claim, measurement: Measurement): Measured {
  const { value, censored, resolution } = measurement;
  const [low, high] = allowedRange(documented, setting, resolution);
  const isReached = value > high || (value >= low && censored === 0);
  return isReached ? { measurement } : none("limit-not-reached", { highest: value });
}

/** A lower bound for the run settles no more than that it has too much, or enough. The mean of a part bounds that of the run on neither side. */
function fromPart({ documented, setting }: Claim, measurement: Measurement, part: SeenPart): Measured {
  if (measurement.statistic === "mean") return none("mean-of-part", { value: measurement.value });
  const { verdict } = judgeMeasurement(documented, setting, measurement);
  const [lower] = uncertainty(measurement, setting);
  return verdict === "inconclusive" ? none(`part-in-${part}`, { lower }) : { measurement };
}

/** A plain number in an environment variable is one of the unit that the document names; a duration is a time only. */
function inUnit({ documented }: Claim, spec: Extract<MetricSpec, { metric: "job-setting" }>, measurement: Measurement): Measured {
  const { role, setting } = spec;
  if (typeof setting !== "object" || measurement.unit === documented.unit) return { measurement };
  if (measurement.unit !== "s") return { measurement: { ...measurement, unit: documented.unit } };
  return none("setting-not-a-number", { role, setting: setting.env, text: measurement.settings?.join(", ") ?? "" });
}

/** Where several fits explain the data, or several values are deployed, no single one of them is a measured value. */
export function isSingle({ ambiguous, settings }: Measurement): boolean {
  return (ambiguous?.length ?? 0) < 2 && (settings?.length ?? 0) < 2;
}
