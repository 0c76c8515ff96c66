import type { DurationMs, EpochMs } from "../model/time.js";

/** A moment and how coarse it was printed. */
export interface Stamp {
  readonly at: EpochMs;
  readonly resolutionMs: DurationMs;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:?\d\d)$/;

/** Reads an RFC 3339 stamp with all its digits, or undefined where the value is none. */
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
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(at);
  return second < 60 && (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) ? undefined : at;
}

/** `Z` or `+02:00` as minutes east; undefined without a zone. */
export function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === "Z" || zone === "z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}
