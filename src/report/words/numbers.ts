import type { Unit } from "../../model/measurement.js";
import { isBandAlone, isOneNumber, type RangedMean } from "../../model/open-jobs-mean.js";
import type { ReportClaim, ReportStage, StepCurve } from "../../model/report.js";
import { roundEnd, roundTo } from "../../model/rounding.js";
import type { Locale } from "../locales/index.js";
import { ltr, type Phrase, plain, say } from "./phrase.js";

const MOST_DECIMALS = 3;

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
  const { measured } = claim;
  const interval = shownInterval(claim);
  if (measured === undefined || interval === null || measured.atLeast !== undefined || isBandAlone(measured)) return undefined;
  const decimals = intervalDecimals(claim);
  const [low, high] = [roundEnd(interval[0], decimals, "low"), roundEnd(interval[1], decimals, "high")];
  return low === high && (measured.intervalKind === "band" || measured.unit === "count") ? undefined : range(locale, low, high, decimals);
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
