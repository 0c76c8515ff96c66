import type { DurationMs, EpochMs } from "../../model/time.js";

/** A moment and how coarse it was printed. */
export interface Stamp {
  readonly at: EpochMs;
  readonly resolutionMs: DurationMs;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:?\d\d)$/;

/** Reads an RFC 3339 stamp with all its digits, or undefined where the value is none. Where many are read: quick-stamps.ts. */
export function parseRfc3339(value: unknown): Stamp | undefined {
  if (typeof value !== "string") return undefined;
  const found = RFC3339.exec(value);
  if (!found) return undefined;
  const wall = wallTime(found.slice(1, 7));
  if (wall === undefined) return undefined;
  const digits = found[7] ?? "";
  return {
    at: wall + (digits === "" ? 0 : Number(`0.${digits}`) * 1000) - (zoneMinutes(found[8]) ?? 0) * 60_000,
    resolutionMs: resolutionOf(digits.length),
  };
}

/** How coarse a stamp with that many decimals of a second is [ms]. Finer than a microsecond is lost in a double. */
export function resolutionOf(decimals: number): DurationMs {
  return decimals >= 6 ? 0.001 : 1000 / 10 ** decimals;
}

/** Year, month, day, hour, minute, second as if UTC; undefined where they are no time of the calendar. */
export function wallTime(parts: readonly (string | undefined)[]): EpochMs | undefined {
  const midnight = midnightOf(Number(parts[0]), Number(parts[1]), Number(parts[2]));
  const inDay = timeOfDay(Number(parts[3]), Number(parts[4]), Number(parts[5]));
  return midnight === undefined || inDay === undefined ? undefined : midnight + inDay;
}

/** Where a day begins as if in UTC; undefined for a day that is none of the calendar. */
export function midnightOf(year: number, month: number, day: number): EpochMs | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  // Date.UTC carries the 31st of a shorter month over into the next.
  return day > 28 && new Date(midnight).getUTCDate() !== day ? undefined : midnight;
}

/** Since midnight; undefined where the numbers are no time of a day. */
export function timeOfDay(hour: number, minute: number, second: number): DurationMs | undefined {
  return hour > 23 || minute > 59 || second > 60 ? undefined : ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Stamps without a year are read in this one: it has every day that any year has. */
export const LEAP_YEAR = 2000;

/** The same day and time in another year; undefined for the 29th of February of a year without it. */
export function inYear(at: EpochMs, year: number): EpochMs | undefined {
  const date = new Date(at);
  const moved = Date.UTC(year, date.getUTCMonth(), date.getUTCDate());
  const midnight = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return new Date(moved).getUTCDate() === date.getUTCDate() ? moved + (at - midnight) : undefined;
}

/** Year in which a day and time come nearest to a moment. */
export function nearestYear(at: EpochMs, moment: EpochMs): number {
  const year = new Date(moment).getUTCFullYear();
  const away = (candidate: number) => Math.abs((inYear(at, candidate) ?? Number.POSITIVE_INFINITY) - moment);
  return [year, year - 1, year + 1].reduce((best, candidate) => (away(candidate) < away(best) ? candidate : best));
}

/** `Z` or `+02:00` as minutes east; undefined without a zone. */
export function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === "Z" || zone === "z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}

/** Plausible epochs: 2001 to 2065. Smaller numbers are durations and counters. */
const EPOCH_SECONDS = { from: 1e9, to: 3e9 };
/** The decimals of a second that one stands for of whatever an epoch counts: seconds, milliseconds, microseconds, nanoseconds. */
const UNIT_DECIMALS = [0, 3, 6, 9] as const;
const EPOCH = /^(\d{10,19})(?:\.(\d+))?$/;

/** Seconds, or parts of one, since 1970 as printed, told apart by their size, as fine as their decimals; undefined for texts that are none. */
export function epochStamp(printed: string): Stamp | undefined {
  const [, whole, decimals = ""] = EPOCH.exec(printed) ?? [];
  if (whole === undefined) return undefined;
  for (const unit of UNIT_DECIMALS) {
    const seconds = Number(whole) / 10 ** unit;
    if (seconds < EPOCH_SECONDS.from || seconds >= EPOCH_SECONDS.to) continue;
    // Whole seconds apart: with what is finer than milliseconds they have more digits than a double.
    const fine = `${whole.slice(whole.length - unit)}${decimals}`;
    const at = Number(whole.slice(0, whole.length - unit)) * 1000 + Number(`0.${fine}0`) * 1000;
    return { at, resolutionMs: resolutionOf(fine.length) };
  }
  return undefined;
}

const PRINTED = /^(\d{4})-?(\d\d)-?(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:([.,])(\d{1,9}))?\s?([Zz]|[+-]\d\d:?\d\d)?$/;

/** A stamp as loggers and test tools print it, with or without a zone: the wall time as if UTC, and the zone apart. */
export function parsePrintedStamp(text: string): (Stamp & { readonly zoneMinutes?: number }) | undefined {
  const found = PRINTED.exec(text);
  const wall = found === null ? undefined : wallTime(found.slice(1, 7));
  if (found === null || wall === undefined) return undefined;
  const [fractionMs, resolutionMs] = fraction(found[7], found[8]);
  const zone = zoneMinutes(found[9]);
  return { at: wall + fractionMs, resolutionMs, ...(zone === undefined ? {} : { zoneMinutes: zone }) };
}

/** Decimals of a second that a printed stamp keeps; finer ones, as Go prints them, are cut: a double does not hold them. */
export const MOST_DECIMALS = 6;

/** After a comma stands a number of milliseconds (Python's msecs: `,28` is 28 ms); after a dot stand decimals of a second. */
export function fraction(separator: string | undefined, digits: string | undefined): readonly [EpochMs, DurationMs] {
  if (digits === undefined) return [0, 1000];
  if (separator === "," && digits.length <= 3) return [Number(digits), 1];
  return [Number(`0.${digits.slice(0, MOST_DECIMALS)}`) * 1000, resolutionOf(digits.length)];
}
