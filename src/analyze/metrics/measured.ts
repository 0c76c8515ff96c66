import type { Measured, Measurement, Spread, Unit } from "../../model/measurement.js";
import type { Evidence, Reason } from "../../model/source.js";
import { medianInterval, quantile, sorted } from "../../model/statistics/statistics.js";
import type { MeasureReasonKey } from "../measure-reasons.js";
import { unknownField } from "./unknown-ends.js";

/** Lines that a measurement points to; more would not be read. */
export const MAX_EVIDENCE = 5;

/** Not measured, and why. */
export function none(key: MeasureReasonKey, values: Reason["values"] = {}): Extract<Measured, { readonly notMeasured: Reason }> {
  return { notMeasured: { key, values } };
}

/** Below this many samples the middle 90% cannot be told from all of them. */
const SAMPLES_FOR_MIDDLE = 20;

/** How samples lie that are all there are, at least one: the least and the most that each can be, both in ascending order. */
export function spreadOf(lows: readonly number[], highs: readonly number[]): Spread {
  const extremes = [quantile(lows, 0), quantile(highs, 1)] as const;
  return { middle: lows.length < SAMPLES_FOR_MIDDLE ? extremes : [quantile(lows, 0.05), quantile(highs, 0.95)], extremes };
}

/** How durations lie between stamps that are cut: each may be as much shorter as its beginning was cut by, or as much longer as its end was. */
function cutSpread(ascending: readonly number[], resolution: number): Spread {
  return spreadOf(
    ascending.map((value) => Math.max(0, value - resolution)),
    ascending.map((value) => value + resolution),
  );
}

export interface SampleOptions {
  readonly unit: Unit;
  readonly resolution: number;
  readonly step?: number;
  readonly failed?: number;
  readonly unknown?: number;
  /** False where not all values are among the samples, or not all of these are known. */
  readonly whole?: boolean;
  /** Lines of each sample. */
  readonly evidence: Iterable<readonly Evidence[]>;
}

/** Median of complete samples, with its distribution-free interval. */
export function ofSamples(
  samples: readonly number[],
  { unit, resolution, step, failed = 0, unknown = 0, whole = true, evidence }: SampleOptions,
): Measured {
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
      ...(whole ? { spread: unit === "s" ? cutSpread(ascending, resolution) : spreadOf(ascending, ascending) } : {}),
      censored: 0,
      failed,
      ...unknownField(unknown),
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
