/** What a claim says and what was measured of it, as values for sentences and cells. */

import type { ReportClaim } from "../../model/report.js";
import { isBandAlone } from "../../model/reports/open-jobs-mean.js";
import { roundEnd } from "../../model/statistics/rounding.js";
import type { Locale } from "../locales/index.js";
import { between, decimalsFor, exactDecimals, MOST_DECIMALS, number, percent, range, withUnit } from "./numbers.js";
import { type Phrase, plain, say } from "./phrase.js";

/** The documented side of a claim: "about 50 s", "6 to 7 s", "up to 13". */
export function documentedValue(locale: Locale, documented: ReportClaim["documented"]): Phrase {
  return documentedSide(locale, documented, (value) => withUnit(locale, value, documented.unit));
}

/** The same without its unit: "about 50", "6 to 7". */
export function documentedNumber(locale: Locale, documented: ReportClaim["documented"]): Phrase {
  return documentedSide(locale, documented, (value) => value);
}

function documentedSide(locale: Locale, documented: ReportClaim["documented"], unit: (value: Phrase) => Phrase): Phrase {
  const shown = (value: number): Phrase =>
    documented.unit === "share" ? percent(locale, value) : number(locale, value, exactDecimals(value));
  const { low, high } = documented;
  if (documented.operator === "between" && low !== undefined && high !== undefined) {
    return unit(say(locale, "operator.between", { a: shown(low), b: shown(high) }));
  }
  const value = documented.value ?? (documented.operator === "at-most" ? high : low) ?? low ?? high;
  if (value === undefined) return plain("–");
  return say(locale, `operator.${documented.operator}`, { x: unit(shown(value)) });
}

/** Digits beyond which no measurement here says anything. */
const MOST_SIGNIFICANT = 4;

/** The most decimals that a measured value of this size is told with. */
function mostDecimals(value: number): number {
  return Math.max(0, MOST_SIGNIFICANT - 1 - Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1))));
}

/** Decimals of a measured value. */
export function measuredDecimals(measured: NonNullable<ReportClaim["measured"]>): number {
  const { value, ci95, unit, statistic, resolution } = measured;
  if ((unit === "count" && Number.isInteger(value)) || statistic === "peak") return 0;
  const most = mostDecimals(value);
  const finest = resolution > 0 ? decimalsFor(resolution) : MOST_DECIMALS;
  if (ci95 !== null && ci95[1] > ci95[0]) return Math.min(unit === "jobs" ? 2 : most, finest, decimalsFor(ci95[1] - ci95[0]));
  return Number.isInteger(value) ? 0 : Math.min(most, finest, 2);
}

/**
 * The interval of a measured value as its verdict took it, where its reason tells that: with what the stamps leave open at both ends. A duration is not told to be below zero
 * because of it. A band has all that in its ends.
 */
export function intervalInReason({ measured, reason }: Pick<ReportClaim, "measured" | "reason">): readonly [number, number] | undefined {
  const { lower, upper } = reason.values;
  if (!measured?.ci95 || measured.intervalKind === "band" || typeof lower !== "number" || typeof upper !== "number") return undefined;
  const [low, high] = measured.ci95;
  if (lower > low || upper < high) return undefined;
  return [low < 0 ? lower : Math.max(0, lower), upper];
}

/** The interval beside a measured value; null where there is none. */
export function shownInterval(claim: Pick<ReportClaim, "measured" | "reason">): readonly [number, number] | null {
  return intervalInReason(claim) ?? claim.measured?.ci95 ?? null;
}

/** Decimals of an interval beside its value: a band in whole numbers would not say what it leaves open, unless it is of counts. */
export function intervalDecimals(claim: Pick<ReportClaim, "measured" | "reason">): number {
  const { measured } = claim;
  const [low, high] = shownInterval(claim) ?? [0, 0];
  if (measured === undefined) return 0;
  const { intervalKind, unit, statistic, value } = measured;
  const isWhole = unit === "count" || statistic === "peak";
  const deserved = intervalKind === "band" ? 1 : Math.min(mostDecimals(value), decimalsFor(high - low));
  return Math.max(measuredDecimals(measured), isWhole ? 0 : deserved);
}

/** An interval beside its value; undefined where there is none, it leaves nothing open, or the measured side says it. */
export function intervalRange(locale: Locale, claim: Pick<ReportClaim, "measured" | "reason">): Phrase | undefined {
  const ends = intervalEnds(claim);
  return ends === undefined ? undefined : range(locale, ...ends, intervalDecimals(claim));
}

/** The same in words, for plain text: beside other words a dash between numbers would turn with the line. */
export function intervalInWords(locale: Locale, claim: Pick<ReportClaim, "measured" | "reason">): Phrase | undefined {
  const ends = intervalEnds(claim);
  return ends === undefined ? undefined : between(locale, ends, intervalDecimals(claim));
}

function intervalEnds(claim: Pick<ReportClaim, "measured" | "reason">): readonly [number, number] | undefined {
  const { measured } = claim;
  const interval = shownInterval(claim);
  if (measured === undefined || interval === null || measured.atLeast !== undefined || isBandAlone(measured)) return undefined;
  const decimals = intervalDecimals(claim);
  const [low, high] = [roundEnd(interval[0], decimals, "low"), roundEnd(interval[1], decimals, "high")];
  return low === high && (measured.intervalKind === "band" || measured.unit === "count") ? undefined : [low, high];
}

/** The measured number, without its unit. */
export function measuredNumber(locale: Locale, measured: NonNullable<ReportClaim["measured"]>): Phrase {
  const { atLeast, ...seen } = measured;
  if (atLeast !== undefined)
    return say(locale, "operator.at-least", { x: measuredNumber(locale, { ...seen, value: atLeast, ci95: null }) });
  if (measured.ci95 !== null && isBandAlone(measured)) return between(locale, measured.ci95, measured.statistic === "peak" ? 0 : 1);
  return measured.unit === "share" ? percent(locale, measured.value) : number(locale, measured.value, measuredDecimals(measured));
}

/** The measured value with its unit. */
export function measuredValue(locale: Locale, measured: NonNullable<ReportClaim["measured"]>): Phrase {
  return withUnit(locale, measuredNumber(locale, measured), measured.unit);
}

/** The measured value of a claim; a deployed setting is a bare number until the claim says in what. */
export function measuredSide(locale: Locale, { measured, documented }: Pick<ReportClaim, "measured" | "documented">): Phrase {
  if (measured === undefined) return plain("–");
  const unit = measured.statistic === "setting" && measured.unit === "count" ? documented.unit : measured.unit;
  return withUnit(locale, measuredNumber(locale, measured), unit);
}
