import type { Measured, Measurement, Unit } from "../model/measurement.js";
import type { Evidence, Reason } from "../model/source.js";
import { median, medianInterval, sorted } from "../model/statistics.js";
import type { MeasureReasonKey } from "./measure-reasons.js";

/** Lines that a measurement points to; more would not be read. */
export const MAX_EVIDENCE = 5;

/** Not measured, and why. */
export function none(key: MeasureReasonKey, values: Reason["values"] = {}): Measured {
  return { notMeasured: { key, values } };
}

export interface SampleOptions {
  readonly unit: Unit;
  readonly resolution: number;
  readonly failed?: number;
  readonly evidence: readonly Evidence[];
}

/** Median of complete samples, with its distribution-free interval. */
export function ofSamples(samples: readonly number[], { unit, resolution, failed = 0, evidence }: SampleOptions): Measured {
  const interval = medianInterval(sorted(samples));
  return {
    measurement: {
      unit,
      statistic: "median",
      value: median(samples),
      n: samples.length,
      ...(interval === undefined ? {} : { interval }),
      intervalKind: interval === undefined ? "none" : "confidence",
      resolution,
      samples,
      censored: 0,
      failed,
      evidence: distinct(evidence).slice(0, MAX_EVIDENCE),
    },
  };
}

/** A single number of the whole run. */
export function ofRun(value: number, unit: Unit, fields: Pick<Measurement, "statistic" | "n"> & Partial<Measurement>): Measured {
  return {
    measurement: {
      unit,
      value,
      intervalKind: fields.interval === undefined ? "none" : "band",
      resolution: 0,
      samples: [],
      censored: 0,
      failed: 0,
      evidence: [],
      ...fields,
    },
  };
}

/** Each line once: the end of one stage is the beginning of the next. */
export function distinct(evidence: readonly Evidence[]): Evidence[] {
  return [...new Map(evidence.map((line) => [`${line.source}:${line.line}`, line])).values()];
}
