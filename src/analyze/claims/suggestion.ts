import type { Claim } from "../../model/claim.js";
import type { ValueInterval } from "../../model/expressions/interval-expression.js";
import type { Measurement } from "../../model/measurement.js";
import type { Bilingual } from "../../model/profile.js";
import { isOneNumber } from "../../model/reports/open-jobs-mean.js";
import { type IntervalEnd, roundEnd } from "../../model/statistics/rounding.js";
import { deservedDecimals, formatNumber, formatWritten } from "./digits.js";
import { uncertainty } from "./verdict.js";

/** The interval with what the resolution of the stamps leaves open at both ends, as the verdict takes it; also of a setting, for a document says no tolerance with it. */
function toldInterval(measurement: Measurement): ValueInterval | undefined {
  return measurement.interval && possible(measurement, uncertainty(measurement, false));
}

/** A duration is never below zero, however much of it the stamps leave open. */
function possible({ unit }: Measurement, [low, high]: ValueInterval): ValueInterval {
  return unit === "s" ? [Math.max(0, low), high] : [low, high];
}

/** Half of what the stamps leave open of a duration, in seconds. */
function coarseness({ unit, resolution }: Measurement): number {
  return unit === "s" ? resolution / 2 : 0;
}

/** Every value that the measured one can be, where it is known no better: what ends known only as ranges and stamps leave of it, or the band of a number of the run. */
function valueRange(measurement: Measurement): ValueInterval {
  const { value, range, interval, intervalKind } = measurement;
  const coarse = coarseness(measurement);
  if (range !== undefined) return possible(measurement, [range[0] - coarse, range[1] + coarse]);
  return (intervalKind === "band" ? interval : undefined) ?? [value, value];
}

/** The measured value as it is told: both ends of its range, unless they read the same, or it is a mean of open Jobs that is one number in tenths. */
function valueTexts(measurement: Measurement, decimals: number): string[] {
  const { unit, statistic, value } = measurement;
  const range = valueRange(measurement);
  const ends = range.map((end) => formatNumber(end, decimals));
  const isMean = unit === "jobs" && statistic === "mean";
  if (ends[0] === ends[1] || !isMean || !isOneNumber({ mean: value, meanRange: range })) return ends;
  return [formatNumber(value, Math.min(1, decimals))];
}

/** The names of the measured value itself. */
const VALUE_NAMES = ["value", "median", "mean", "peak"];

/** The other measured numbers a wording may use; absent ones are not known. */
function placeholders(measurement: Measurement): Readonly<Record<string, number | undefined>> {
  const interval = toldInterval(measurement);
  const { middle, extremes } = measurement.spread ?? {};
  return {
    low: interval?.[0],
    high: interval?.[1],
    p90low: middle?.[0],
    p90high: middle?.[1],
    min: extremes?.[0],
    max: extremes?.[1],
  };
}

function decimalsOf(measurement: Measurement): number {
  const [low, high] = measurement.interval ?? [measurement.value, measurement.value];
  return deservedDecimals(Math.max((high - low) / 2, coarseness(measurement)), measurement.value);
}

/** Both ends of a range, or the number that both read as. */
function rangeText(ends: readonly string[], to: string): string {
  return [...new Set(ends)].join(` ${to} `);
}

/** The documented number, or both ends of a range. */
function documentedText({ documented }: Claim, to: string): string {
  const ends = documented.operator === "between" ? [documented.low, documented.high] : [documented.value];
  return rangeText(ends.map(formatWritten), to);
}

/** The two ends of a range. */
const ENDS: readonly (readonly [string, string])[] = [
  ["low", "high"],
  ["p90low", "p90high"],
  ["min", "max"],
];
const MOST_DECIMALS = 3;

/**
 * As many more decimals as it takes for the ends of a range that a wording names not to read the same. The resolution is in the range, so these are never finer than
 * what it leaves open.
 */
function tellingDecimals(numbers: Readonly<Record<string, number | undefined>>, named: ReadonlySet<string>, decimals: number): number {
  const ranges = ENDS.flatMap(([low, high]) =>
    named.has(low) && named.has(high) ? [[numbers[low] ?? 0, numbers[high] ?? 0] as const] : [],
  );
  const isPoint = ([low, high]: readonly [number, number]) => low !== high && formatNumber(low, decimals) === formatNumber(high, decimals);
  return decimals < MOST_DECIMALS && ranges.some(isPoint) ? tellingDecimals(numbers, named, decimals + 1) : decimals;
}

/** The ends of the interval alone hold what the stamps leave open. */
function isEnd(name: string): name is IntervalEnd {
  return name === "low" || name === "high";
}

/** Every placeholder of a wording, each once. */
function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([a-z0-9]+)\}/gi)].map((match) => match[1] ?? ""))];
}

/**
 * The proposed wording with the measured numbers in it, or the one with fewer numbers where one that it needs is not known; undefined where the claim has
 * none that can be filled.
 */
export function fillSuggestion(claim: Claim, measurement: Measurement): Bilingual | undefined {
  // Of a run that went on at its highest count, that count is not where it stopped.
  if (measurement.statistic === "peak" && measurement.censored > 0) return undefined;
  return filled(claim.suggestion, claim, measurement) ?? filled(claim.shorterSuggestion, claim, measurement);
}

function filled(wording: Bilingual | undefined, claim: Claim, measurement: Measurement): Bilingual | undefined {
  if (wording === undefined) return undefined;
  const numbers = placeholders(measurement);
  const needed = new Set([...placeholdersIn(wording.en), ...placeholdersIn(wording.he)]);
  const decimals = tellingDecimals(numbers, needed, decimalsOf(measurement));
  const texts: [string, string][] = [["n", formatNumber(measurement.n, 0)]];
  for (const [name, value] of Object.entries(numbers)) {
    if (value !== undefined) texts.push([name, formatNumber(isEnd(name) ? roundEnd(value, decimals, name) : value, decimals)]);
  }
  const values = valueTexts(measurement, decimals);
  const textsWith = (to: string) =>
    new Map([...texts, ...VALUE_NAMES.map((name) => [name, rangeText(values, to)] as const), ["documented", documentedText(claim, to)]]);
  const [en, he] = [textsWith("to"), textsWith("עד")];
  if ([...needed].some((name) => !en.has(name))) return undefined;
  const fill = (text: string, known: ReadonlyMap<string, string>) =>
    text.replace(/\{([a-z0-9]+)\}/gi, (whole, name: string) => known.get(name) ?? whole);
  return { en: fill(wording.en, en), he: fill(wording.he, he) };
}
