/**
 * The stamp at the beginning of a record (log-record.ts), read from the bytes of a line: `2025-12-07 10:51:15,323`, also with a `T`, a dot, fewer or more
 * decimals or none, without the year, without the date. A zone behind it is none of its business.
 */
import type { DurationMs, EpochMs } from "../model/time.js";
import { LEAP_YEAR, midnightOf, resolutionOf, timeOfDay } from "./stamps.js";

/** What a stamp says of its day. */
export type StampDate = "day" | "yearless" | "none";

/** Longest stamp [bytes]; a block must go on so far behind where one is read. */
export const STAMP_BYTES = 32;
const MOST_DECIMALS = 6;
const POWERS = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];

const [SPACE, COMMA, DASH, DOT, COLON, LETTER_T] = [32, 44, 45, 46, 58, 84];

/** The stamp that was read last; one object for all of them. */
export class ByteStamp {
  /** Wall time as if UTC; without a date since midnight, without a year in that of `LEAP_YEAR`. */
  at: EpochMs = 0;
  resolutionMs: DurationMs = 1;
  date: StampDate = "day";
  /** Offset behind it. */
  end = 0;
  /** Most stamps are of the day of the one before. */
  private day = Number.NaN;
  private midnight: EpochMs = 0;

  /** Whether a stamp of the calendar begins there. */
  read(block: Buffer, from: number): boolean {
    const first = two(block, from);
    if (first === -1) return false;
    const third = block[from + 2];
    if (third === COLON) return this.startDay(1970, 1, 1, "none") && this.time(block, from);
    if (third === DASH) {
      return separates(block[from + 5]) && this.startDay(LEAP_YEAR, first, two(block, from + 3), "yearless") && this.time(block, from + 6);
    }
    const last = two(block, from + 2);
    if (last === -1 || block[from + 4] !== DASH || block[from + 7] !== DASH || !separates(block[from + 10])) return false;
    return this.startDay(first * 100 + last, two(block, from + 5), two(block, from + 8), "day") && this.time(block, from + 11);
  }

  /** Says the same as another. */
  copy({ at, resolutionMs, date, end }: ByteStamp): void {
    this.at = at;
    this.resolutionMs = resolutionMs;
    this.date = date;
    this.end = end;
  }

  private startDay(year: number, month: number, day: number, date: StampDate): boolean {
    if (month === -1 || day === -1) return false;
    this.date = date;
    const key = (year * 100 + month) * 100 + day;
    if (key === this.day) return true;
    const midnight = midnightOf(year, month, day);
    if (midnight === undefined) return false;
    this.day = key;
    this.midnight = midnight;
    return true;
  }

  private time(block: Buffer, from: number): boolean {
    if (block[from + 2] !== COLON || block[from + 5] !== COLON) return false;
    const [hour, minute, second] = [two(block, from), two(block, from + 3), two(block, from + 6)];
    if (hour === -1 || minute === -1 || second === -1) return false;
    const inDay = timeOfDay(hour, minute, second);
    if (inDay === undefined) return false;
    this.at = this.midnight + inDay;
    this.resolutionMs = 1000;
    this.end = from + 8;
    this.fraction(block, this.end);
    return true;
  }

  /** As `fraction` in stamps.ts reads it. */
  private fraction(block: Buffer, from: number): void {
    const separator = block[from];
    if (separator !== COMMA && separator !== DOT) return;
    let at = from + 1;
    let value = 0;
    for (; at <= from + MOST_DECIMALS; at += 1) {
      const digit = (block[at] as number) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    const decimals = at - from - 1;
    if (decimals === 0) return;
    const isMilliseconds = separator === COMMA && decimals <= 3;
    // Two whole numbers divided give the same double as the digits behind a dot.
    this.at += isMilliseconds ? value : (value / (POWERS[decimals] as number)) * 1000;
    this.resolutionMs = isMilliseconds ? 1 : resolutionOf(decimals);
    this.end = at;
  }
}

/** Two digits as a number; -1 where there are none. */
function two(block: Buffer, at: number): number {
  const tens = (block[at] as number) - 48;
  const ones = (block[at + 1] as number) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

function separates(byte: number | undefined): boolean {
  return byte === SPACE || byte === LETTER_T;
}
