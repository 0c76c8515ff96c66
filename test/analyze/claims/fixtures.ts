import { spreadOf } from "../../../src/analyze/metrics/measured.js";
import type { Claim, ClaimsFile } from "../../../src/model/claim.js";
import { claimSchema, claimsFileSchema } from "../../../src/model/claim.js";
import type { Measurement } from "../../../src/model/measurement.js";
import { median, medianInterval, sorted } from "../../../src/model/statistics/statistics.js";

const words = { en: "words", he: "מילים" };

/** A claim about the cleanup, changed as the test needs it. */
export function claim(changes: Record<string, unknown> = {}): Claim {
  return claimSchema.parse({
    id: "cleanup",
    title: words,
    statement: words,
    documented: { operator: "about", value: 50, tolerance: 2.5, unit: "s" },
    from: "disconnected",
    to: "job.deleted",
    measure: { metric: "job-duration", from: "disconnected", to: "gone", population: "connected" },
    source: { file: "a.md", lines: "1-2" },
    evidenceClass: "documentation",
    ...changes,
  });
}

export function claimsFile(claims: readonly Claim[], more: Record<string, unknown> = {}): ClaimsFile {
  return claimsFileSchema.parse({ schemaVersion: 1, claims, ...more });
}

/** The measurement of a median over samples, as the metrics give it. */
export function measurementOf(samples: readonly number[], changes: Partial<Measurement> = {}): Measurement {
  const interval = medianInterval(sorted(samples));
  return {
    unit: "s",
    statistic: "median",
    value: samples.length > 0 ? median(sorted(samples)) : 0,
    n: samples.length,
    ...(interval ? { interval } : {}),
    intervalKind: interval ? "confidence" : "none",
    resolution: 0.001,
    samples,
    ...(samples.length > 0 ? { spread: spreadOf(sorted(samples), sorted(samples)) } : {}),
    censored: 0,
    failed: 0,
    evidence: [],
    ...changes,
  };
}

/** A single value of the run with the band that uncertain ends leave. */
export function runValue(value: number, band: readonly [number, number], changes: Partial<Measurement> = {}): Measurement {
  return measurementOf([], {
    unit: "jobs",
    statistic: "mean",
    value,
    n: 1,
    interval: band,
    intervalKind: "band",
    resolution: 0,
    ...changes,
  });
}

/** What Job specs are set to: read, so without any band. */
export function settingOf(settings: readonly string[]): Measurement {
  const { interval: _, ...read } = runValue(Number(settings[0]), [0, 0], {
    statistic: "setting",
    unit: "s",
    settings,
    intervalKind: "none",
  });
  return read;
}

/** Ten samples around a middle: interval of the median from middle - spread to middle + spread. */
export function around(middle: number, spread: number): number[] {
  return [-1, -1, -1, -0.2, -0.1, 0.1, 0.2, 1, 1, 1].map((step) => middle + step * spread);
}
