/**
 * The stamp at the beginning of a record (log-record.ts), read from the bytes of a line: `2025-12-07 10:51:15,323`, also with a `T`, a dot, fewer or more
 * decimals or none, without the year, without the date. A zone behind it is none of its business.
 */
import type { DurationMs, EpochMs } from "../../model/time.js";
import type { ByteBlock } from "../bytes/byte-block.js";
import { LEAP_YEAR, MOST_DECIMALS, midnightOf, resolutionOf, timeOfDay } from "./stamps.js";

/** What a stamp says of its day. */
export type StampDate = "day" | "yearless" | "none";

/** Longest stamp [bytes]; a block must go on so far behind where one is read. */
export const STAMP_BYTES = 32;
/** Words that `2025-12-07 10:51` fills, and where the parts behind it stand. */
const MINUTE_WORDS = 4;
const [MINUTE_END, SECOND, STAMP_END] = [16, 17, 19];
const LAST_SECOND = 60;
/** With those that are cut. */
const MOST_PRINTED = 9;
const POWERS = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];

const [SPACE, COMMA, DASH, DOT, COLON, LETTER_T] = [32, 44, 45, 46, 58, 84];

/** The stamp that was read last; one object for all of them. Its fields with fractions stand in an array, where a new value needs no new place. */
export class ByteStamp {
  private readonly numbers = new Float64Array(3);
  date: StampDate = "day";
  /** What stands before its fraction. */
  separator: "," | "." | undefined;
  /** Offset behind it. */
  end = 0;
  /** The bytes of the last minute with a whole date (at first some that no text has), and when it began. */
  private readonly minute = new Int32Array(MINUTE_WORDS).fill(-1);

  /** Wall time as if UTC; without a date since midnight, without a year in that of `LEAP_YEAR`. */
  get at(): EpochMs {
    return this.numbers[0] as number;
  }

  get resolutionMs(): DurationMs {
    return this.numbers[1] as number;
  }

  private set at(at: EpochMs) {
    this.numbers[0] = at;
  }

  private set resolutionMs(resolutionMs: DurationMs) {
    this.numbers[1] = resolutionMs;
  }

  private get minuteAt(): EpochMs {
    return this.numbers[2] as number;
  }

  private set minuteAt(at: EpochMs) {
    this.numbers[2] = at;
  }

  /** Whether a stamp of the calendar begins there. */
  read(block: ByteBlock, from: number): boolean {
    // Most stamps are of the minute of the one before.
    if (this.isLastMinute(block, from)) {
      const second = two(block.bytes, from + SECOND);
      if (second === -1 || second > LAST_SECOND) return false;
      this.at = this.minuteAt + second * 1000;
      this.date = "day";
    } else if (!this.readWhole(block, from)) return false;
    this.fraction(block.bytes, this.end);
    return true;
  }

  /** Says the same as another. */
  copy(other: ByteStamp): void {
    this.at = other.at;
    this.resolutionMs = other.resolutionMs;
    this.date = other.date;
    this.separator = other.separator;
    this.end = other.end;
  }

  private isLastMinute({ bytes, words }: ByteBlock, from: number): boolean {
    for (let index = 0; index < MINUTE_WORDS; index += 1) if (words.getInt32(from + 4 * index) !== this.minute[index]) return false;
    this.end = from + STAMP_END;
    return bytes[from + MINUTE_END] === COLON;
  }

  private readWhole({ bytes, words }: ByteBlock, from: number): boolean {
    const first = two(bytes, from);
    if (first === -1) return false;
    const third = bytes[from + 2];
    if (third === COLON) return this.time(bytes, from, midnightOf(1970, 1, 1), "none");
    if (third === DASH) {
      return separates(bytes[from + 5]) && this.time(bytes, from + 6, midnightOf(LEAP_YEAR, first, two(bytes, from + 3)), "yearless");
    }
    const last = two(bytes, from + 2);
    if (last === -1 || bytes[from + 4] !== DASH || bytes[from + 7] !== DASH || !separates(bytes[from + 10])) return false;
    if (!this.time(bytes, from + 11, midnightOf(first * 100 + last, two(bytes, from + 5), two(bytes, from + 8)), "day")) return false;
    for (let index = 0; index < MINUTE_WORDS; index += 1) this.minute[index] = words.getInt32(from + 4 * index);
    this.minuteAt = this.at - two(bytes, from + SECOND) * 1000;
    return true;
  }

  private time(bytes: Buffer, from: number, midnight: EpochMs | undefined, date: StampDate): boolean {
    const [hour, minute, second] = [two(bytes, from), two(bytes, from + 3), two(bytes, from + 6)];
    if (hour === -1 || minute === -1 || second === -1 || bytes[from + 2] !== COLON || bytes[from + 5] !== COLON) return false;
    const inDay = timeOfDay(hour, minute, second);
    if (midnight === undefined || inDay === undefined) return false;
    this.at = midnight + inDay;
    this.date = date;
    this.end = from + 8;
    return true;
  }

  /** As `fraction` in stamps.ts reads it. */
  private fraction(bytes: Buffer, from: number): void {
    this.resolutionMs = 1000;
    this.separator = undefined;
    const separator = bytes[from];
    if (separator !== COMMA && separator !== DOT) return;
    let at = from + 1;
    let value = 0;
    for (; at <= from + MOST_DECIMALS; at += 1) {
      const digit = (bytes[at] as number) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    const decimals = at - from - 1;
    if (decimals === 0) return;
    this.separator = separator === COMMA ? "," : ".";
    const isMilliseconds = separator === COMMA && decimals <= 3;
    // Two whole numbers divided give the same double as the digits behind a dot.
    this.at += isMilliseconds ? value : (value / (POWERS[decimals] as number)) * 1000;
    this.resolutionMs = isMilliseconds ? 1 : resolutionOf(decimals);
    if (decimals === MOST_DECIMALS) while (at <= from + MOST_PRINTED && isDigit(bytes[at] as number)) at += 1;
    this.end = at;
  }
}

/** Two digits as a number; -1 where there are none. */
function two(bytes: Buffer, at: number): number {
  const tens = (bytes[at] as number) - 48;
  const ones = (bytes[at + 1] as number) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function separates(byte: number | undefined): boolean {
  return byte === SPACE || byte === LETTER_T;
}
