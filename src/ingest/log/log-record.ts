/**
 * The header of one record of a log, in the forms that stand side by side in one console:
 *   2025-12-07 10:51:15,323 - name - LEVEL - message        logging.Formatter("%(asctime)s - %(name)s - %(levelname)s - %(message)s")
 *   2025-12-07 10:51:15 [    INFO] name: message            pytest's live log, also `name:file.py:270 message`, and with no name
 *   10:51:15 [    INFO] name: message                       the same with pytest's own date format: a time without a date
 *   12-07 10:51:15,323 - name - LEVEL - message             a date without a year
 *   [2019-05-28 22:55:34.394] INFO f(19): message
 *   1764924603.712 - name - LEVEL - message                 seconds or milliseconds of the epoch
 *   {"time": 1764924603712, "msg": "message"}               JSON-lines loggers (json-record.ts)
 * Also with a dot, a `T`, or a zone; formats of a profile come first (log-format.ts). What a terminal does with the line is done before (terminal-line.ts).
 */
import type { DurationMs, EpochMs } from "../../model/time.js";
import { epochStamp, fraction, LEAP_YEAR, type Stamp, wallTime, zoneMinutes } from "../stamps/stamps.js";
import { parseJsonRecord } from "./json-record.js";

export interface LogRecord {
  /** Wall time as if UTC, a printed zone not applied; without a date the time since midnight, without a year in that of `LEAP_YEAR`. */
  readonly at: EpochMs;
  readonly resolutionMs: DurationMs;
  readonly zoneMinutes?: number;
  readonly timeOnly?: true;
  /** Month and day, but no year. */
  readonly yearless?: true;
  readonly logger: string;
  /** Which of the forms, by `variantOf`: the same record often stands in two. */
  readonly variant: string;
  readonly message: string;
}

const COMMA = ",";

/** A form whose stamps have a comma is one of its own: behind it stands a number of milliseconds, which never leaves zeros out as decimals may. */
export function variantOf(form: string, separator: string | undefined): string {
  return separator === COMMA ? form + COMMA : form;
}

/** The form of a variant. */
export function formOf(variant: string): string {
  return variant.endsWith(COMMA) ? variant.slice(0, -COMMA.length) : variant;
}

/** A log format of the profile. */
export interface LogFormat {
  parse(line: string): LogRecord | null;
  /** Whether the line has this form, but a time that cannot be read: the month has an unknown name, or the day does not exist. */
  hasUnreadTime(line: string): boolean;
}

const TIME = String.raw`(\d\d):(\d\d):(\d\d)(?:([.,])(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?`;
const STAMP = String.raw`(?:(?:(\d{4})-)?(\d\d)-(\d\d)[ T])?${TIME}`;
const DATED = new RegExp(String.raw`^\[?\d{4}-\d\d-\d\d[ T]${TIME}`);
/** The part of a stamp that a cut leaves. */
const CUT_STAMP = /^\[?\d{4}-[\d :T,.-]{0,23}$/;
const LEVEL = "([A-Z]{3,9})";
const LOGGING = new RegExp(`^${STAMP} - (.{0,200}?) - ${LEVEL} - ?(.*)$`, "s");
const PYTEST_LIVE = new RegExp(
  String.raw`^${STAMP} \[ {0,9}${LEVEL} {0,9}\] (?:([^\s:]{1,200}):(?:[^\s:]{1,200}\.py:\d+:?)? ?)?(.*)$`,
  "s",
);
const BRACKETED = new RegExp(
  String.raw`^\[${STAMP}\] {0,9}\[?${LEVEL}\]? {1,9}\[?([^\s:()[\]]{1,200})\]?(?:\(\d+\)|:\d+)? ?[:-] ?(.*)$`,
  "s",
);
const EPOCH = new RegExp(String.raw`^(\d{10}(?:\.\d{1,9})?|\d{13}) - (.{0,200}?) - ${LEVEL} - ?(.*)$`, "s");

/** Whether the line begins with a date and time, as records do. */
export function startsWithStamp(line: string): boolean {
  return mayBeStamp(line) && DATED.test(line);
}

/** Whether the line is nothing but the beginning of a stamp. */
export function isCutStamp(line: string): boolean {
  return mayBeStamp(line) && CUT_STAMP.test(line);
}

/** Reads a line as a record, or null where it has no header of these forms. */
export function parseLogRecord(line: string, formats: readonly LogFormat[] = []): LogRecord | null {
  for (const format of formats) {
    const record = format.parse(line);
    if (record) return record;
  }
  const first = line.charCodeAt(0);
  if (first === OPEN_BRACE) return parseJsonRecord(line);
  if (first === OPEN_BRACKET) return form(BRACKETED.exec(line), "bracketed", [11, 12]);
  if (!isDigit(first)) return null;
  return (
    commonForm(line) ??
    form(LOGGING.exec(line), "logging", [10, 12]) ??
    form(PYTEST_LIVE.exec(line), "pytest-live", [11, 12]) ??
    epochForm(line)
  );
}

/** Shape of the commonest stamp, `2025-12-07 10:51:15,323`: 0 stands for a digit. */
const COMMON_STAMP = "0000-00-00 00:00:00,000";
const COMMON_VARIANT = variantOf("logging", COMMA);
const SEPARATOR = " - ";
const LONGEST_LOGGER = 200;

/**
 * The commonest form, `STAMP - LOGGER - LEVEL - MESSAGE` with milliseconds and no zone, without a regular expression: most lines of most logs are
 * records of this form, and this is three times as fast. Null where the line differs in any way: the expressions decide then.
 */
function commonForm(line: string): LogRecord | null {
  for (let at = 0; at < COMMON_STAMP.length; at += 1) {
    const code = line.charCodeAt(at);
    const expected = COMMON_STAMP.charCodeAt(at);
    if (expected === ZERO ? !isDigit(code) : code !== expected) return null;
  }
  const loggerFrom = COMMON_STAMP.length + SEPARATOR.length;
  if (!line.startsWith(SEPARATOR, COMMON_STAMP.length)) return null;
  for (let at = line.indexOf(SEPARATOR, loggerFrom); at !== -1 && at - loggerFrom <= LONGEST_LOGGER; at = line.indexOf(SEPARATOR, at + 1)) {
    const levelEnd = levelEndAt(line, at + SEPARATOR.length);
    if (levelEnd === -1) continue;
    const wall = wallTime([
      line.slice(0, 4),
      line.slice(5, 7),
      line.slice(8, 10),
      line.slice(11, 13),
      line.slice(14, 16),
      line.slice(17, 19),
    ]);
    if (wall === undefined) return null;
    const messageFrom = levelEnd + 2 + (line.charCodeAt(levelEnd + 2) === SPACE ? 1 : 0);
    return {
      at: wall + Number(line.slice(20, 23)),
      resolutionMs: 1,
      logger: line.slice(loggerFrom, at),
      variant: COMMON_VARIANT,
      message: line.slice(messageFrom),
    };
  }
  return null;
}

/** Where the level that begins here ends: 3 to 9 capital letters before " -"; -1 where none does. */
function levelEndAt(line: string, from: number): number {
  let at = from;
  while (at - from < 10 && isCapital(line.charCodeAt(at))) at += 1;
  const length = at - from;
  return length >= 3 && length <= 9 && line.startsWith(" -", at) ? at : -1;
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;
const SPACE = 32;
const ZERO = 48;

function form(found: RegExpExecArray | null, name: string, [logger, message]: readonly [number, number]): LogRecord | null {
  const stamp = found && stampOf(found);
  if (!found || !stamp) return null;
  const zone = zoneMinutes(found[9]);
  return {
    ...stamp,
    ...(zone === undefined ? {} : { zoneMinutes: zone }),
    ...(found[1] !== undefined ? {} : found[2] === undefined ? { timeOnly: true } : { yearless: true }),
    logger: found[logger] ?? "",
    variant: variantOf(name, found[7]),
    message: found[message] ?? "",
  };
}

function epochForm(line: string): LogRecord | null {
  const found = EPOCH.exec(line);
  const stamp = epochStamp(found?.[1] ?? "");
  if (!found || !stamp) return null;
  return { ...stamp, zoneMinutes: 0, logger: found[2] ?? "", variant: "logging", message: found[4] ?? "" };
}

/** Groups 1 to 8 of a stamp; without the date, a time since midnight; without the year, in that of `LEAP_YEAR`. */
function stampOf(found: RegExpExecArray): Stamp | null {
  const date = found[2] === undefined ? ["1970", "01", "01"] : [found[1] ?? String(LEAP_YEAR), ...found.slice(2, 4)];
  const wall = wallTime([...date, ...found.slice(4, 7)]);
  if (wall === undefined) return null;
  const [fractionMs, resolutionMs] = fraction(found[7], found[8]);
  return { at: wall + fractionMs, resolutionMs };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function mayBeStamp(line: string): boolean {
  const code = line.charCodeAt(0);
  return isDigit(code) || code === OPEN_BRACKET;
}
