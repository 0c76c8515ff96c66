import type { Measured, Measurement, Unit } from "../model/measurement.js";
import type { Evidence, Reason } from "../model/source.js";
import { medianInterval, quantile, sorted } from "../model/statistics.js";
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
  readonly step?: number;
  readonly failed?: number;
  /** Lines of each sample. */
  readonly evidence: Iterable<readonly Evidence[]>;
}

/** Median of complete samples, with its distribution-free interval. */
export function ofSamples(samples: readonly number[], { unit, resolution, step, failed = 0, evidence }: SampleOptions): Measured {
  const ascending = sorted(samples);
  const interval = medianInterval(ascending);
  return {
    measurement: {
      unit,
      statistic: "median",
      value: quantile(ascending, 0.5),
      n: samples.length,
      ...(interval === undefined ? {} : { interval }),
      intervalKind: interval === undefined ? "none" : "confidence",
      resolution,
      ...(step === undefined ? {} : { step }),
      samples,
      censored: 0,
      failed,
      evidence: firstLines(evidence),
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

/**
 * The first lines, each once: the end of one stage is the beginning of the next. Of several that speak of the same line the last one is taken.
 */
export function firstLines(evidence: Iterable<readonly Evidence[]>): Evidence[] {
  const first: Evidence[] = [];
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const lines of evidence) {
    for (const line of lines) {
      // As nearly all are.
      if (first.length === MAX_EVIDENCE && (line.line < lowest || line.line > highest)) continue;
      const at = first.findIndex((known) => known.line === line.line && known.source === line.source);
      if (at >= 0) first[at] = line;
      else if (first.length < MAX_EVIDENCE) {
        first.push(line);
        lowest = Math.min(lowest, line.line);
        highest = Math.max(highest, line.line);
      }
    }
  }
  return first;
}
