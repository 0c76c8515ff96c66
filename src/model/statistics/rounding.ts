import type { DurationMs } from "../time.js";

const formats = new Map<number, Intl.NumberFormat>();

/** Making one takes a thousand times as long as using it; there are as many as numbers of decimals. */
function formatOf(decimals: number): Intl.NumberFormat {
  const known =
    formats.get(decimals) ??
    new Intl.NumberFormat("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: false });
  formats.set(decimals, known);
  return known;
}

/**
 * The number as it reads with so many decimals, halves away from zero. What is rounded is the number as it is written (0.1055 becomes 0.106, 2.005
 * becomes 2.01), not the binary one beneath it, which `toFixed` rounds: so the same number reads the same in every form. Never -0.
 */
export function roundTo(value: number, decimals: number): number {
  const rounded = Number(formatOf(decimals).format(value));
  return rounded === 0 ? 0 : rounded;
}

/** Which end of an interval a number is. */
export type IntervalEnd = "low" | "high";

/** Of a unit of the last digit: closer to a half is a half, for what was calculated with binary numbers misses it. */
const HALF_TOLERANCE = 1e-6;

/**
 * The end of an interval as it reads with so many decimals, a half going inward. Stamps leave half a unit of their last digit open at both ends; where that digit is the last
 * one told, it says so itself, and the interval reads as it does without.
 */
export function roundEnd(value: number, decimals: number, end: IntervalEnd): number {
  const unit = 10 ** -decimals;
  const inward = end === "low" ? 1 : -1;
  const rounded = roundTo(value, decimals);
  const outwardUnits = ((value - rounded) * inward) / unit;
  return Math.abs(outwardUnits - 0.5) < HALF_TOLERANCE ? roundTo(rounded + inward * unit, decimals) : rounded;
}

/** A length of time in seconds to a tenth: as finely as a sentence says it. */
export function secondsToTenth(ms: DurationMs): number {
  return Math.round(ms / 100) / 10;
}
