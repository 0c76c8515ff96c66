import type { Unit } from "../../model/measurement.js";
import type { ReportStage, StepCurve } from "../../model/report.js";
import { isOneNumber, type RangedMean } from "../../model/reports/open-jobs-mean.js";
import { roundTo } from "../../model/statistics/rounding.js";
import type { Locale } from "../locales/index.js";
import { ltr, type Phrase, say } from "./phrase.js";

/** The most decimals that a measured number is told with: of seconds, a millisecond. */
export const MOST_DECIMALS = 3;

/** Decimals that an interval of this width deserves: the last digit is about its half width. */
export function decimalsFor(width: number): number {
  if (!(width > 0)) return 0;
  return Math.min(MOST_DECIMALS, Math.max(0, Math.ceil(-Math.log10(width / 2))));
}

/** More digits than these of a written number come from calculating with binary ones. */
const EXACT_DIGITS = 12;
/** What every platform can write. */
const MOST_EXACT_DECIMALS = 20;

/** Decimals that it takes to write a number as it is, as a limit has to be: another number is another limit. */
export function exactDecimals(value: number): number {
  const [digits = "", exponent = "0"] = String(Number(value.toPrecision(EXACT_DIGITS))).split("e");
  return Math.min(MOST_EXACT_DECIMALS, Math.max(0, (digits.split(".")[1] ?? "").length - Number(exponent)));
}

/** Decimals that a documented number was written with, as far as a picture or a sentence about measured ones needs them. */
export function decimalsOf(value: number): number {
  return Math.min(MOST_DECIMALS, exactDecimals(value));
}

const formatters = new Map<string, Intl.NumberFormat>();

/** Making a formatter takes longer than a thousand uses of it, so each is made once. */
function formatter(locale: Locale, decimals: number): Intl.NumberFormat {
  const key = `${locale.intl} ${decimals}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale.intl, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  formatters.set(key, made);
  return made;
}

/** A number with so many decimals, a real minus and no direction marks. */
export function formatNumber(locale: Locale, value: number, decimals: number): string {
  const rounded = roundTo(value, decimals);
  const digits = formatter(locale, decimals).format(Math.abs(rounded));
  return rounded < 0 ? `\u2212${digits}` : digits;
}

/** A number as an isolated phrase. */
export function number(locale: Locale, value: number, decimals: number): Phrase {
  return ltr(formatNumber(locale, value, decimals));
}

/** `lo–hi`, one left-to-right style in every cell; sentences say "from … to" instead. */
export function range(locale: Locale, low: number, high: number, decimals: number): Phrase {
  return ltr(`${formatNumber(locale, low, decimals)}–${formatNumber(locale, high, decimals)}`);
}

/** The peak of a curve, for a sentence; where the ends of Jobs leave several open, from the lowest to the highest. */
export function peakNumber(locale: Locale, { peak, peakRange }: Pick<StepCurve, "peak" | "peakRange">): Phrase {
  return peakRange === undefined ? number(locale, peak, 0) : between(locale, peakRange, 0);
}

/** The mean of a curve, for a sentence; where it is not known as one number, from the lowest to the highest that it may be. */
export function meanNumber(locale: Locale, curve: RangedMean, decimals = meanDecimals(curve)): Phrase {
  return isOneNumber(curve) ? number(locale, curve.mean, decimals) : between(locale, curve.meanRange, 1);
}

/** From a number to another, in words, for a sentence. */
export function between(locale: Locale, [low, high]: readonly [number, number], decimals: number): Phrase {
  return say(locale, "curve.between", { a: number(locale, low, decimals), b: number(locale, high, decimals) });
}

/** A share of one as a percentage; one below half a percent is not none, and one that lacks as little not all. */
export function percent(locale: Locale, share: number): Phrase {
  const text = new Intl.NumberFormat(locale.intl, { style: "percent" }).format(share);
  if (share >= 0.995 && share < 1) return ltr(">99%");
  return ltr(share > 0 && share < 0.005 ? "<1%" : text.replace(/[\u200E\u200F]/g, ""));
}

/** A phrase of a number with its unit. */
export function withUnit(locale: Locale, value: Phrase, unit: Unit): Phrase {
  return say(locale, `unit.${unit}`, { x: value });
}

/** Finer than a microsecond no stamp is kept. */
const FINEST_DECIMALS = 6;

/** What stamps leave open of a duration; "1 ms" is said in seconds like everything else. */
export function resolutionPhrase(locale: Locale, resolutionMs: number): Phrase {
  const decimals = resolutionMs >= 1000 ? 0 : resolutionMs > 0 && resolutionMs < 1 ? FINEST_DECIMALS : MOST_DECIMALS;
  return withUnit(locale, number(locale, resolutionMs / 1000, decimals), "s");
}

/** Stamps as coarse as this leave a whole second open on either side. */
const COARSE_MS = 2000;

/** Decimals of a stage in seconds: what the interval of its median deserves, never finer than its stamps. */
export function stageDecimals(row: ReportStage): number {
  const least = row.resolutionMs < COARSE_MS ? 1 : 0;
  const finest = Math.max(least, Math.min(MOST_DECIMALS, Math.round(-Math.log10(row.resolutionMs / 1000))));
  if (row.ci95Ms !== undefined && row.ci95Ms[1] > row.ci95Ms[0])
    return Math.min(finest, decimalsFor((row.ci95Ms[1] - row.ci95Ms[0]) / 1000));
  return Math.min(finest, (row.p50Ms ?? 0) < 1000 ? 2 : 1);
}

/** Decimals of means of open Jobs that are told side by side: what the widest of their bands deserves, at least one, at most two. */
export function meanDecimals(...curves: readonly Pick<RangedMean, "meanRange">[]): number {
  const width = Math.max(...curves.map(({ meanRange: [low, high] }) => high - low));
  return width > 0 ? Math.min(2, Math.max(1, decimalsFor(width))) : 2;
}
