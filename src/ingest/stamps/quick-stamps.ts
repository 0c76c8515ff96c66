/** Reads stamps in the two forms that Kubernetes writes (`2025-01-06T08:00:00Z`, `...:00.051764Z`) by their characters; leaves all others to parseRfc3339. */
import type { EpochMs } from "../../model/time.js";
import { parseRfc3339, resolutionOf, type Stamp } from "./stamps.js";

const DOT = 46;
const ZERO = 48;
/** Length of the date and time, and with the zone. */
const SECONDS = 19;
const WHOLE = 20;
/** With nine decimals. */
const LONGEST = 30;
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/** The moment and how coarse it is, or undefined. */
export function stampOf(value: unknown): Stamp | undefined {
  if (typeof value !== "string") return undefined;
  const at = quickEpoch(value);
  if (Number.isNaN(at)) return parseRfc3339(value);
  return { at, resolutionMs: value.length === WHOLE ? 1000 : resolutionOf(value.length - WHOLE - 1) };
}

/** The moment alone. */
export function epochOf(value: unknown): EpochMs | undefined {
  if (typeof value !== "string") return undefined;
  const at = quickEpoch(value);
  return Number.isNaN(at) ? parseRfc3339(value)?.at : at;
}

/** The stamp asked for last: one row often has the same several times. */
let lastText = "";
let lastEpoch = Number.NaN;

/** NaN where the text has another form or is no time. */
function quickEpoch(text: string): number {
  if (text === lastText) return lastEpoch;
  lastEpoch = readEpoch(text);
  lastText = text;
  return lastEpoch;
}

function readEpoch(text: string): number {
  const { length } = text;
  if (length < WHOLE || length > LONGEST || text.charCodeAt(length - 1) !== 90) return Number.NaN;
  const wall = wallSeconds(text);
  if (length === WHOLE || Number.isNaN(wall)) return wall;
  const decimals = length - WHOLE - 1;
  if (text.charCodeAt(SECONDS) !== DOT || decimals === 0) return Number.NaN;
  let fraction = 0;
  for (let at = WHOLE; at < length - 1; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    fraction = fraction * 10 + digit;
  }
  // The quotient of two whole numbers is the double nearest to the decimal fraction, as its text is read.
  return wall + (fraction / (POWERS[decimals] ?? 1)) * 1000;
}

/** `2025-01-06T08:00:00` [epoch ms]; days that not every month has and years that Date.UTC reads otherwise are left to the full reading. */
function wallSeconds(text: string): number {
  const hasForm =
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58;
  if (!hasForm) return Number.NaN;
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  if (!(year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour <= 23 && minute <= 59 && second <= 60)) return Number.NaN;
  return midnight(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** The day asked for last: neighbouring stamps are of one day. */
const latest = { year: 0, month: 0, day: 0, at: 0 };

function midnight(year: number, month: number, day: number): EpochMs {
  if (latest.day !== day || latest.month !== month || latest.year !== year) {
    latest.at = Date.UTC(year, month - 1, day);
    latest.year = year;
    latest.month = month;
    latest.day = day;
  }
  return latest.at;
}

/** Two digits; NaN where they are none. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
