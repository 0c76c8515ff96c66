/**
 * A format string of Python's logging (`%(asctime)s - %(name)s - %(message)s`, or `{asctime} {message}`) turned into a reader of its records.
 * Fields: https://docs.python.org/3/library/logging.html#logrecord-attributes; dates: strftime. Read as RE2, so any format is read in linear time.
 */

import { PostrunError } from "../../model/errors.js";
import { compilePattern } from "../../model/patterns/safe-pattern.js";
import { type DatePart, dateFormatProblems, datePieces } from "../../model/text/date-format.js";
import { monthNumber } from "../stamps/month-names.js";
import { epochStamp, fraction, LEAP_YEAR, type Stamp, wallTime, zoneMinutes } from "../stamps/stamps.js";
import { type LogFormat, type LogRecord, variantOf } from "./log-record.js";

type Groups = Readonly<Record<string, string>>;

const PERCENT_FIELD = /%\((\w+)\)[-#0 +]{0,3}\d{0,4}(?:\.\d{1,4})?[a-zA-Z]|%%/g;
const BRACE_FIELD = /\{(\w+)(?:![rsa])?(?::[^{}]{0,40})?\}|\{\{|\}\}/g;
/** logging.Formatter.default_time_format and default_msec_format. */
const DEFAULT_TIME = "%Y-%m-%d %H:%M:%S";
const DEFAULT_FRACTION = "(?P<separator>[,.])(?P<fraction>\\d{1,9})";

/** How each part of a date is printed. A day, a month or an hour may have a space in place of its zero, as syslog has. */
const PARTS: Readonly<Record<DatePart, string>> = {
  year: "(?P<year>\\d{4})",
  shortYear: "(?P<shortYear>\\d\\d)",
  month: "(?P<month> ?\\d{1,2})",
  monthName: "(?P<monthName>[\\p{L}\\p{M}]{2,15}[.׳']?)",
  day: "(?P<day> ?\\d{1,2})",
  dayOfYear: "(?P<dayOfYear> {0,2}\\d{1,3})",
  weekday: "[\\p{L}\\p{M}]{1,20}[.׳']?",
  hour: "(?P<hour> ?\\d{1,2})",
  half: "(?P<half>[AaPp][Mm])",
  minute: "(?P<minute>\\d\\d)",
  second: "(?P<second>\\d\\d)",
  decimals: "(?P<decimals>\\d{1,9})",
  epoch: "(?P<epoch>\\d{13}|\\d{10})",
  zone: "(?P<zone>Z|[+-]\\d\\d:?\\d\\d)",
  zoneName: "(?P<zoneName>[A-Za-z+-]*)",
};
/** The same where zeros in front are left out. */
const UNPADDED: Partial<Readonly<Record<DatePart, string>>> = {
  shortYear: "(?P<shortYear> ?\\d{1,2})",
  minute: "(?P<minute> ?\\d{1,2})",
  second: "(?P<second> ?\\d{1,2})",
};

const FIELDS: Readonly<Record<string, string>> = {
  created: "(?P<epoch>(?:\\d{13}|\\d{10})(?:\\.\\d+)?)",
  msecs: "(?P<msecs>\\d{1,3}(?:\\.\\d+)?)",
  name: "(?P<logger>.*?)",
  levelname: "[A-Za-z]+",
  levelno: "\\d+",
  lineno: "\\d+",
  process: "\\d+",
  thread: "\\d+",
  message: "(?P<message>.*)",
};

/** Compiles a format. Throws a PostrunError ("config") for one without a message or a time, or that names a thing twice, and for a date format that cannot be read. */
export function compileLogFormat(format: string, datefmt: string | undefined, index: number): LogFormat {
  const [problem] = datefmt === undefined ? [] : dateFormatProblems(datefmt);
  if (problem !== undefined) throw new PostrunError("config", problem.message, problem.hint);
  const expression = compilePattern(`(?s)^${expressionOf(format, datefmt)}$`);
  for (const needed of ["(?P<message>", "(?P<hour>|(?P<epoch>"]) {
    if (needed.split("|").some((group) => expression.source.includes(group))) continue;
    throw new PostrunError(
      "config",
      `the log format "${format}" has no ${needed.includes("message") ? "message" : "time"}`,
      'A format as given to logging.Formatter or log_cli_format, for example "%(asctime)s - %(name)s - %(levelname)s - %(message)s".',
    );
  }
  const name = `format-${index + 1}`;
  return {
    parse(line) {
      const groups = expression.exec(line);
      return groups && toRecord(groups, name);
    },
    hasUnreadTime(line) {
      const groups = expression.exec(line);
      return groups !== null && groups.epoch === undefined && toRecord(groups, name) === null;
    },
  };
}

function expressionOf(format: string, datefmt: string | undefined): string {
  const field = format.includes("%(") ? PERCENT_FIELD : BRACE_FIELD;
  let expression = "";
  let at = 0;
  for (const found of format.matchAll(field)) {
    expression += literal(format.slice(at, found.index));
    at = found.index + found[0].length;
    const name = found[1];
    if (name === undefined) expression += literal(found[0].charAt(0));
    else
      expression += name === "message" ? (FIELDS.message ?? "") : ` *${name === "asctime" ? asctime(datefmt) : (FIELDS[name] ?? ".*?")} *`;
  }
  return expression + literal(format.slice(at));
}

function asctime(datefmt: string | undefined): string {
  return datefmt === undefined ? `${strftime(DEFAULT_TIME)}(?:${DEFAULT_FRACTION})?` : strftime(datefmt);
}

/** Printers that leave out zeros at the end of the decimals leave out what stands before them as well. */
const BEFORE_DECIMALS = /[.,]$/;

function strftime(datefmt: string): string {
  const pieces = datePieces(datefmt);
  return pieces
    .map((piece, index) => {
      const next = pieces[index + 1];
      const beforeDecimals = next !== undefined && "part" in next && next.part === "decimals";
      if ("text" in piece) return literal(beforeDecimals ? piece.text.replace(BEFORE_DECIMALS, "") : piece.text);
      const { part, unpadded } = piece;
      if (part === undefined) return "";
      const before = pieces[index - 1];
      const separator = part === "decimals" && before !== undefined && "text" in before ? BEFORE_DECIMALS.exec(before.text) : null;
      if (separator !== null) return `(?:${literal(separator[0])}${PARTS[part]})?`;
      return (unpadded ? UNPADDED[part] : undefined) ?? PARTS[part];
    })
    .join("");
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Null where the time is none of the calendar, or the month has a name that is not known. */
function toRecord(groups: Groups, form: string): LogRecord | null {
  const head = { logger: groups.logger ?? "", variant: variantOf(form, groups.separator), message: groups.message ?? "" };
  if (groups.epoch !== undefined) {
    const stamp = epochOf(groups.epoch, groups);
    return stamp ? { ...stamp, zoneMinutes: 0, ...head } : null;
  }
  const date = dateOf(groups);
  if (date === null) return null;
  const wall = wallTime([...(date ?? ["1970", "1", "1"]), String(hourOf(groups)), groups.minute ?? "0", groups.second ?? "0"]);
  if (wall === undefined) return null;
  const [fractionMs, resolutionMs] = fractionOf(groups);
  const zone = zoneMinutes(groups.zone) ?? zoneOfName(groups.zoneName);
  return {
    at: wall + fractionMs,
    resolutionMs,
    ...(zone === undefined ? {} : { zoneMinutes: zone }),
    ...(date === undefined ? { timeOnly: true } : yearOf(groups) === undefined ? { yearless: true } : {}),
    ...head,
  };
}

/** Whole seconds may have their fraction in a field of its own. */
function epochOf(epoch: string, groups: Groups): Stamp | undefined {
  const stamp = epochStamp(epoch);
  if (stamp === undefined || stamp.resolutionMs < 1000 || (groups.msecs ?? groups.decimals) === undefined) return stamp;
  const [fractionMs, resolutionMs] = fractionOf(groups);
  return { at: stamp.at + fractionMs, resolutionMs };
}

/** Names that mean the same wherever they are read; IST is India, Israel or Ireland. */
const NAMES_OF_UTC = /^(?:UTC|GMT|Z)$/i;

function zoneOfName(name = ""): number | undefined {
  return NAMES_OF_UTC.test(name) ? 0 : undefined;
}

function yearOf(groups: Groups): string | undefined {
  return groups.year ?? (groups.shortYear === undefined ? undefined : String(2000 + Number(groups.shortYear)));
}

/** Year, month, day; without a year, in that of `LEAP_YEAR`. Undefined without a date, null where it has a month that is not known. */
function dateOf({ monthName, month, day, dayOfYear, ...groups }: Groups): readonly string[] | null | undefined {
  const year = yearOf(groups) ?? String(LEAP_YEAR);
  const number = month ?? (monthName === undefined ? undefined : monthNumber(monthName));
  if (number === null) return null;
  if (number !== undefined && day !== undefined) return [year, String(number), day];
  return dayOfYear === undefined ? undefined : dateInYear(Number(year), Number(dayOfYear));
}

/** From the 1st of January on; null for a day that the year does not have. */
function dateInYear(year: number, day: number): readonly string[] | null {
  const date = new Date(Date.UTC(year, 0, day));
  return day >= 1 && date.getUTCFullYear() === year ? [String(year), String(date.getUTCMonth() + 1), String(date.getUTCDate())] : null;
}

function hourOf(groups: Groups): number {
  const hour = Number(groups.hour);
  if (groups.half === undefined) return hour;
  return (hour % 12) + (groups.half.toLowerCase() === "pm" ? 12 : 0);
}

function fractionOf(groups: Groups): readonly [number, number] {
  if (groups.msecs !== undefined) return [Number(groups.msecs), 1];
  if (groups.decimals !== undefined) return fraction(".", groups.decimals);
  if (groups.fraction !== undefined) return fraction(groups.separator, groups.fraction);
  return groups.second === undefined ? [0, 60_000] : [0, 1000];
}
