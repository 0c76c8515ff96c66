import type { Claim } from "../../model/claim.js";
import type { Interval } from "../../model/interval-expression.js";
import type { Measurement } from "../../model/measurement.js";
import type { Bilingual } from "../../model/profile.js";
import { quantile, sorted } from "../../model/statistics.js";
import { deservedDecimals, formatNumber } from "./digits.js";
import { uncertainty } from "./verdict.js";

/** Below this many samples the middle 90 % cannot be told from all of them. */
const samplesForMiddle = 20;

/** The interval as the report prints it; where stamps leave no width to it, the width that they themselves leave, as the verdict takes it. */
function toldInterval(claim: Claim, measurement: Measurement): Interval | undefined {
  const { interval } = measurement;
  return interval === undefined || interval[0] < interval[1] ? interval : uncertainty(measurement, claim.setting);
}

/** The measured numbers a wording may use; absent ones were not measured. */
function placeholders(claim: Claim, measurement: Measurement): Readonly<Record<string, number | undefined>> {
  const ascending = sorted(measurement.samples);
  const all = ascending.length < samplesForMiddle;
  const interval = toldInterval(claim, measurement);
  return {
    value: measurement.value,
    median: measurement.value,
    mean: measurement.value,
    peak: measurement.value,
    low: interval?.[0],
    high: interval?.[1],
    p90low: all ? ascending[0] : quantile(ascending, 0.05),
    p90high: all ? ascending.at(-1) : quantile(ascending, 0.95),
    min: ascending[0],
    max: ascending.at(-1),
  };
}

function decimalsOf(measurement: Measurement): number {
  const [low, high] = measurement.interval ?? [measurement.value, measurement.value];
  const coarse = measurement.unit === "s" ? measurement.resolution / 2 : 0;
  return deservedDecimals(Math.max((high - low) / 2, coarse), measurement.value);
}

/** The documented number, or both ends of a range. */
function documentedText({ documented }: Claim, to: string): string {
  const ends = documented.operator === "between" ? [documented.low, documented.high] : [documented.value];
  return ends.map((end) => formatNumber(end, deservedDecimals(0, end))).join(` ${to} `);
}

/** The two ends of a range. */
const ENDS: readonly (readonly [string, string])[] = [
  ["low", "high"],
  ["p90low", "p90high"],
  ["min", "max"],
];
const MOST_DECIMALS = 3;

/** As many more decimals as it takes for the ends of a range that a wording names not to read the same. */
function tellingDecimals(numbers: Readonly<Record<string, number | undefined>>, named: ReadonlySet<string>, decimals: number): number {
  const ranges = ENDS.flatMap(([low, high]) =>
    named.has(low) && named.has(high) ? [[numbers[low] ?? 0, numbers[high] ?? 0] as const] : [],
  );
  const isPoint = ([low, high]: readonly [number, number]) => low !== high && formatNumber(low, decimals) === formatNumber(high, decimals);
  return decimals < MOST_DECIMALS && ranges.some(isPoint) ? tellingDecimals(numbers, named, decimals + 1) : decimals;
}

/** Every placeholder of a wording, each once. */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([a-z0-9]+)\}/gi)].map((match) => match[1] ?? ""))];
}

/**
 * The proposed wording with the measured numbers in it; undefined where the claim has none, a number that it needs was not measured, or several
 * values are deployed, none of which is the one to write down.
 */
export function fillSuggestion(claim: Claim, measurement: Measurement): Bilingual | undefined {
  const { suggestion } = claim;
  // Of a run that went on at its highest count, that count is not where it stopped.
  const isCutOff = measurement.statistic === "peak" && measurement.censored > 0;
  if (suggestion === undefined || isCutOff || (measurement.settings?.length ?? 0) > 1) return undefined;
  const numbers = placeholders(claim, measurement);
  const needed = new Set([...placeholdersIn(suggestion.en), ...placeholdersIn(suggestion.he)]);
  const decimals = tellingDecimals(numbers, needed, decimalsOf(measurement));
  const texts: [string, string][] = [["n", formatNumber(measurement.n, 0)]];
  for (const [name, value] of Object.entries(numbers)) {
    if (value !== undefined) texts.push([name, formatNumber(value, decimals)]);
  }
  const textsWith = (to: string) => new Map([...texts, ["documented", documentedText(claim, to)]]);
  const [en, he] = [textsWith("to"), textsWith("עד")];
  if ([...needed].some((name) => !en.has(name))) return undefined;
  const fill = (text: string, known: ReadonlyMap<string, string>) =>
    text.replace(/\{([a-z0-9]+)\}/gi, (whole, name: string) => known.get(name) ?? whole);
  return { en: fill(suggestion.en, en), he: fill(suggestion.he, he) };
}
