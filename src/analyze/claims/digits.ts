import { roundTo } from "../../model/statistics/rounding.js";

const mostDecimals = 3;

/** A document needs no more: three digits are finer than any tolerance here, however narrow the uncertainty. */
const mostDigits = 3;

/**
 * How many decimals a number deserves whose uncertainty is +-halfWidth: the last digit shown is the first that the uncertainty
 * touches (+-0.7 gives one decimal, +-0.05 two, +-3 none), but not more than three digits in all. Without uncertainty whole numbers stay whole, others get two decimals.
 */
export function deservedDecimals(halfWidth: number, value: number): number {
  const whole = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value))) + 1;
  const most = Math.max(0, Math.min(mostDecimals, mostDigits - whole));
  if (!(halfWidth > 0)) return Number.isInteger(value) ? 0 : Math.min(2, most);
  return Math.min(most, Math.max(0, Math.ceil(-Math.log10(halfWidth))));
}

const formats = new Map<number, Intl.NumberFormat>();

/** Making one takes a thousand times as long as using it; there are as many as numbers of decimals. */
function numberFormat(decimals: number): Intl.NumberFormat {
  const known =
    formats.get(decimals) ?? new Intl.NumberFormat("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  formats.set(decimals, known);
  return known;
}

/** All decimals that a written number has; it was not calculated. */
const writtenFormat = new Intl.NumberFormat("en-US", { maximumFractionDigits: 20 });

/** A number of the documents as it was written. */
export function formatWritten(value: number): string {
  return writtenFormat.format(value);
}

/** The number with that many decimals and commas between thousands, as both languages write it. */
export function formatNumber(value: number, decimals: number): string {
  return numberFormat(decimals).format(roundTo(value, decimals));
}
