/** The rules that turn one measurement and one documented value into a verdict. */
import type { DocumentedValue } from "../../model/claim.js";
import type { ValueInterval } from "../../model/expressions/interval-expression.js";
import type { Measurement } from "../../model/measurement.js";
import type { Verdict } from "../../model/report.js";
import { MIN_SAMPLES_FOR_INTERVAL } from "../../model/statistics/statistics.js";
import { formatNumber } from "./digits.js";
import { allowedRange } from "./documented.js";
import type { ClaimReasonKey } from "./reasons.js";

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: { readonly key: ClaimReasonKey; readonly values: Readonly<Record<string, string | number>> };
}

/** Beyond this many samples nobody will collect them: the value counts as lying on the limit. */
const mostSamplesToAskFor = 100_000;

/** Statistics that speak of the run as a whole: one value, not a sample of many. */
const runLevel: ReadonlySet<Measurement["statistic"]> = new Set(["mean", "peak", "max", "total", "count", "setting"]);

function isRunLevel(measurement: Measurement): boolean {
  return runLevel.has(measurement.statistic) && measurement.intervalKind !== "confidence";
}

/**
 * What the true value can be. An interval of order statistics does not know that stamps are cut: a constant duration between two
 * stamps of resolution r is measured within r/2 of the truth by the median, so half the resolution is added to both ends, as far as the interval does not
 * hold it already.
 * Settings carry the resolution in their tolerance, bands in their ends. What is seen of a part of the run is a lower bound.
 */
export function uncertainty(measurement: Measurement, setting: boolean): ValueInterval {
  const [low, high] = measurement.interval ?? [measurement.value, measurement.value];
  const inInterval = measurement.interval === undefined ? 0 : (measurement.shared ?? 0);
  const coarse = setting || isRunLevel(measurement) || measurement.unit !== "s" ? 0 : Math.max(0, measurement.resolution / 2 - inInterval);
  return [low - coarse, measurement.part === undefined ? high + coarse : Number.POSITIVE_INFINITY];
}

/** Limits that stand in the way of a verdict: the one between the value and what is allowed, or each that the interval crosses around a value that is. */
function limitsCrossed(value: number, [lower, upper]: ValueInterval, [low, high]: ValueInterval): number[] {
  if (value < low) return [low];
  if (value > high) return [high];
  return [...(lower < low ? [low] : []), ...(upper > high ? [high] : [])];
}

/** An interval of a median shrinks with the square root of n towards what its ends, known only as ranges, leave of it. undefined: no number of samples would settle it. */
function moreSamples(measurement: Measurement, interval: ValueInterval, limit: number): number | undefined {
  const [low, high] = measurement.interval ?? interval;
  const [lowest, highest] = measurement.range ?? [measurement.value, measurement.value];
  const shared = measurement.shared ?? 0;
  const coarse = (interval[1] - interval[0] - (high - low)) / 2 + shared;
  const above = measurement.value < limit;
  const distance = (above ? limit - highest : lowest - limit) - coarse;
  const halfWidth = (above ? high - highest : lowest - low) - shared;
  if (distance <= 0) return undefined;
  const needed = Math.ceil(measurement.n * (halfWidth / distance) ** 2);
  return needed > mostSamplesToAskFor ? undefined : Math.max(1, needed - measurement.n);
}

/** The limit lies among the values that ends known only as ranges allow: finer stamps would settle it, more samples would not. */
function rangeHolds({ range }: Measurement, limit: number): boolean {
  return range !== undefined && range[0] < limit && limit < range[1];
}

function boundJudgement(
  documented: Extract<DocumentedValue, { operator: "at-most" | "at-least" }>,
  interval: ValueInterval,
  value: number,
): Judgement {
  const bound = documented.value;
  const margin = documented.tolerance ?? 0.1 * Math.abs(bound);
  const approached = documented.operator === "at-most" ? interval[1] >= bound - margin : interval[0] <= bound + margin;
  return approached
    ? { verdict: "confirmed", reason: { key: "bound-holds", values: { lower: interval[0], upper: interval[1], bound } } }
    : { verdict: "confirmed", reason: { key: "confirmed-with-room", values: { value, bound } } };
}

function insideJudgement(
  documented: DocumentedValue,
  measurement: Measurement,
  interval: ValueInterval,
  values: Record<string, number>,
): Judgement {
  if (measurement.part !== undefined) return { verdict: "confirmed", reason: { key: "part-suffices", values: { lower: interval[0] } } };
  if (documented.operator === "at-most" || documented.operator === "at-least")
    return boundJudgement(documented, interval, measurement.value);
  if (isRunLevel(measurement)) return { verdict: "confirmed", reason: { key: "run-value-inside", values } };
  if (measurement.asDeployed !== undefined)
    return { verdict: "confirmed", reason: { key: "inside-as-deployed", values: { ...values, ...measurement.asDeployed } } };
  if (documented.operator === "exactly" && measurement.unit !== "s" && measurement.samples.length > 0) {
    const differing = measurement.samples.filter((sample) => sample !== documented.value).length;
    const { value, n } = measurement;
    return differing === 0
      ? { verdict: "confirmed", reason: { key: "exactly-confirmed", values: { value, n } } }
      : { verdict: "confirmed", reason: { key: "exactly-with-exceptions", values: { value, n, differing } } };
  }
  return { verdict: "confirmed", reason: { key: "interval-inside", values } };
}

function outsideJudgement(
  documented: DocumentedValue,
  measurement: Measurement,
  interval: ValueInterval,
  values: Record<string, number>,
): Judgement {
  if (measurement.part !== undefined) return { verdict: "contradicted", reason: { key: "part-exceeds", values: { lower: interval[0] } } };
  if (documented.operator === "at-most" || documented.operator === "at-least") {
    const reason = { key: "bound-broken", values: { lower: interval[0], upper: interval[1], bound: documented.value } } as const;
    return { verdict: "contradicted", reason };
  }
  if (measurement.asDeployed !== undefined)
    return { verdict: "contradicted", reason: { key: "outside-as-deployed", values: { ...values, ...measurement.asDeployed } } };
  return { verdict: "contradicted", reason: { key: isRunLevel(measurement) ? "run-value-outside" : "interval-outside", values } };
}

function crossingJudgement(
  measurement: Measurement,
  interval: ValueInterval,
  allowed: ValueInterval,
  values: Record<string, number>,
): Judgement {
  const limits = limitsCrossed(measurement.value, interval, allowed);
  const [first = measurement.value] = limits;
  if (isRunLevel(measurement))
    return { verdict: "inconclusive", reason: { key: "band-crosses-limit", values: { ...values, limit: first } } };
  const ranged = limits.find((limit) => rangeHolds(measurement, limit));
  if (ranged !== undefined)
    return { verdict: "inconclusive", reason: { key: "range-crosses-limit", values: { ...values, limit: ranged } } };
  // Each of them has to be cleared: the last to be cleared is named.
  const needed = limits.map((limit) => ({ limit, more: moreSamples(measurement, interval, limit) ?? Number.POSITIVE_INFINITY }));
  const { limit, more } = needed.reduce((a, b) => (b.more > a.more ? b : a), needed[0] ?? { limit: first, more: Number.POSITIVE_INFINITY });
  return more === Number.POSITIVE_INFINITY
    ? { verdict: "inconclusive", reason: { key: "value-on-limit", values: { ...values, limit } } }
    : { verdict: "inconclusive", reason: { key: "interval-crosses-limit", values: { ...values, limit, moreSamples: more } } };
}

/** Of more fits the first and the last are written out. */
const MOST_FITS = 6;

/** `6: 0.0–3.4, 5: 13.3` (in seconds: the sentence around it says so), the most checks first: that is the shortest deletion. Fits of another make are written out. */
function fitsAsText(fits: readonly Readonly<Record<string, number>>[]): string {
  const different = [...new Map(fits.map((fit) => [JSON.stringify({ ...fit, process: undefined }), fit])).values()];
  const intervals = new Set(fits.map(({ interval }) => interval));
  const texts = different.map((fit) => {
    const { checks, interval, process, processLow = process } = fit;
    if (checks !== undefined && process !== undefined && processLow !== undefined) {
      const [low, high] = [formatNumber(processLow, 1), formatNumber(process, 1)];
      const every = intervals.size > 1 && interval !== undefined ? ` × ${formatNumber(interval, 1)}` : "";
      return `${checks}${every}: ${low === high ? high : `${low}–${high}`}`;
    }
    return Object.entries(fit)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ");
  });
  const shown = texts.toReversed();
  return (shown.length <= MOST_FITS ? shown : [...shown.slice(0, MOST_FITS - 2), "…", shown.at(-1)]).join(", ");
}

/** Several fits, or one that leaves a range of what follows the last check. */
function ambiguousReason(fits: readonly Readonly<Record<string, number>>[]): Judgement["reason"] {
  const checks = new Set(fits.map((fit) => `${fit.checks} ${fit.interval}`));
  const [first] = fits;
  if (checks.size > 1 || first?.checks === undefined || first.process === undefined) {
    return { key: "ambiguous-fit", values: { fits: fitsAsText(fits) } };
  }
  const lower = Math.min(...fits.map(({ process = Number.NaN, processLow = process }) => processLow));
  const upper = Math.max(...fits.map(({ process = Number.NaN }) => process));
  return { key: "fit-leaves-range", values: { checks: first.checks, lower, upper } };
}

/** No value that the measurement leaves possible agrees. */
function liesApart(documented: DocumentedValue, setting: boolean, measurement: Measurement): boolean {
  if (measurement.interval === undefined) return false;
  const [low, high] = allowedRange(documented, setting, measurement.resolution);
  const [lower, upper] = uncertainty(measurement, setting);
  return lower > high || upper < low;
}

/** Holds one measurement against one documented value: inside = confirmed, apart = contradicted, overlapping = inconclusive. */
export function judgeMeasurement(documented: DocumentedValue, setting: boolean, measurement: Measurement): Judgement {
  const { n, value } = measurement;
  const several = measurement.ambiguous !== undefined && measurement.ambiguous.length > 1;
  if (several && !liesApart(documented, setting, measurement)) {
    return { verdict: "inconclusive", reason: ambiguousReason(measurement.ambiguous ?? []) };
  }
  if (n < MIN_SAMPLES_FOR_INTERVAL && !isRunLevel(measurement)) {
    return { verdict: "inconclusive", reason: { key: "too-few-samples", values: { n, needed: MIN_SAMPLES_FOR_INTERVAL } } };
  }
  const allowed = allowedRange(documented, setting, measurement.resolution);
  const interval = uncertainty(measurement, setting);
  const [lower, upper] = interval;
  const values: Record<string, number> = { value, lower, upper, n };
  if (Number.isFinite(allowed[0])) values.allowedLow = allowed[0];
  if (Number.isFinite(allowed[1])) values.allowedHigh = allowed[1];
  if (lower >= allowed[0] && upper <= allowed[1]) return insideJudgement(documented, measurement, interval, values);
  if (lower > allowed[1] || upper < allowed[0]) return outsideJudgement(documented, measurement, interval, values);
  return crossingJudgement(measurement, interval, allowed, values);
}
