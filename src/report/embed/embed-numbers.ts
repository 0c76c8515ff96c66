/** Numbers and texts that stand for numbers, as packed columns write them. */
import type { Column } from "./embed-cells.js";

const SCALES = [1, 10, 100, 1000] as const;
const MOST_DIGITS = 15;

/** Whether a text is an integer exactly as `String` writes it. */
export function canonicalInteger(text: string): boolean {
  return text.length <= MOST_DIGITS && /^(?:0|-?[1-9]\d*)$/.test(text);
}

const CODE = { minus: 45, dot: 46, zero: 48, colon: 58, T: 84, Z: 90 } as const;
const TIME_LENGTH = 24;
const DATE_LENGTH = 10;

/** The day that was asked for last, as digits and in epoch milliseconds: rows go from one time to the next. NaN: there is no such day. */
const lastDay = { digits: -1, at: Number.NaN };

/** Epoch milliseconds of a text that is a time exactly as `Date.toISOString` writes it; NaN of any other. */
export function canonicalTime(text: string): number {
  if (text.length !== TIME_LENGTH || text.charCodeAt(4) !== CODE.minus || text.charCodeAt(7) !== CODE.minus) return Number.NaN;
  if (text.charCodeAt(10) !== CODE.T || text.charCodeAt(13) !== CODE.colon || text.charCodeAt(16) !== CODE.colon) return Number.NaN;
  if (text.charCodeAt(19) !== CODE.dot || text.charCodeAt(23) !== CODE.Z) return Number.NaN;
  const hours = twoDigits(text, 11);
  const minutes = twoDigits(text, 14);
  const seconds = twoDigits(text, 17);
  const hundredths = twoDigits(text, 20);
  const thousandths = text.charCodeAt(22) - CODE.zero;
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return Number.NaN;
  if (hundredths < 0 || thousandths < 0 || thousandths > 9) return Number.NaN;
  return dayOf(text) + ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10 + thousandths;
}

function dayOf(text: string): number {
  const [century, year, month, day] = [twoDigits(text, 0), twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8)];
  if (century < 0 || year < 0 || month < 0 || day < 0) return Number.NaN;
  const digits = ((century * 100 + year) * 100 + month) * 100 + day;
  if (digits === lastDay.digits) return lastDay.at;
  const midnight = `${text.slice(0, DATE_LENGTH)}T00:00:00.000Z`;
  const at = Date.parse(midnight);
  lastDay.digits = digits;
  // February has no 30th, though `Date` finds one.
  lastDay.at = Number.isFinite(at) && new Date(at).toISOString() === midnight ? at : Number.NaN;
  return lastDay.at;
}

/** -1 where there are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - CODE.zero;
  const ones = text.charCodeAt(at + 1) - CODE.zero;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

export type NumberColumn =
  | readonly ["=", number | undefined]
  | readonly ["f", Float64Array]
  | readonly ["i", order: number, scale: number, Float64Array];

/** Values by which the shortest way to write a list is chosen. */
const LOOKED_AT = 2000;

/** A column of numbers: integers over the smallest scale that gives each back exactly, as the differences that are shortest to write. */
export function numberColumn(values: Float64Array): NumberColumn {
  const [first] = values;
  if (values.every((value) => value === first)) return ["=", first];
  const scale = SCALES.find((candidate) => areScaled(values, candidate));
  if (scale === undefined) return ["f", values];
  const list = values.map((value) => Math.round(value * scale));
  const order = shortestOrder(list.slice(0, LOOKED_AT));
  for (let pass = 0; pass < order; pass++) toDifferences(list);
  return ["i", order, scale, list];
}

function areScaled(values: Float64Array, scale: number): boolean {
  for (const value of values) {
    const scaled = Math.round(value * scale);
    if (!(Math.abs(scaled) < Number.MAX_SAFE_INTEGER / 4 && scaled / scale === value)) return false;
  }
  return true;
}

/** How many times to take differences, so that the list is short to write: 0, 1 or 2. */
function shortestOrder(sample: Float64Array): number {
  const lengths = [0, 1, 2].map((order) => {
    if (order > 0) toDifferences(sample);
    return sample.reduce((sum, value) => sum + String(value).length, 0);
  });
  return lengths.indexOf(Math.min(...lengths));
}

/** Each value but the first less the one before it. */
function toDifferences(values: Float64Array): void {
  for (let index = values.length - 1; index > 0; index--) values[index] = (values[index] as number) - (values[index - 1] as number);
}

/** Keys whose number, where objects have them, is the time between two others. */
const BETWEEN: Readonly<Record<string, readonly [later: string, earlier: string]>> = { durationMs: ["to", "from"] };

/** A column that says no more than the times of two other keys; undefined where it does. */
export function betweenTimes(
  key: string,
  columns: ReadonlyMap<string, Column>,
): readonly ["-", later: string, earlier: string] | undefined {
  const pair = Object.hasOwn(BETWEEN, key) ? BETWEEN[key] : undefined;
  if (pair === undefined) return undefined;
  const [laterKey, earlierKey] = pair;
  const values = orNaN(columns.get(key), "number");
  const later = orNaN(columns.get(laterKey), "time");
  const earlier = orNaN(columns.get(earlierKey), "time");
  if (values === undefined || later?.length !== values.length || earlier?.length !== values.length) return undefined;
  const same = values.every((value, index) => {
    const between = (later[index] as number) - (earlier[index] as number);
    return value === between || (Number.isNaN(value) && Number.isNaN(between));
  });
  return same ? ["-", ...pair] : undefined;
}

/** The numbers of a column in which stand only those of this kind and nulls, which are NaN here; undefined of any other. */
function orNaN(column: Column | undefined, kind: "number" | "time"): Float64Array | undefined {
  if (column?.parts.every((part) => part.kind === kind || part.kind === "null") !== true) return undefined;
  const { count, parts, which } = column;
  const values = new Float64Array(count).fill(Number.NaN);
  const place = parts.findIndex((part) => part.kind === kind);
  const own = parts[place];
  if (own === undefined || !("numbers" in own)) return values;
  let taken = 0;
  for (let index = 0; index < count; index += 1) {
    if (which !== undefined && which[index] !== place) continue;
    values[index] = own.numbers[taken] as number;
    taken += 1;
  }
  return values;
}

/** Milliseconds between two times; null where one is not known. */
export function timeBetween(later: unknown, earlier: unknown): number | null {
  return typeof later === "string" && typeof earlier === "string" ? epochOf(later) - epochOf(earlier) : null;
}

function epochOf(text: string): number {
  const at = canonicalTime(text);
  return Number.isNaN(at) ? Date.parse(text) : at;
}
