/**
 * A format string of Python's logging (`%(asctime)s - %(name)s - %(message)s`, or `{asctime} {message}`) turned into a reader of its records.
 * Fields: https://docs.python.org/3/library/logging.html#logrecord-attributes; dates: strftime. Read as RE2, so any format is read in linear time.
 */
import { PostrunError } from "../model/errors.js";
import { compilePattern } from "../model/safe-pattern.js";
import { type LogFormat, type LogRecord, variantOf } from "./log-record.js";
import { epochStamp, fraction, LEAP_YEAR, wallTime, zoneMinutes } from "./stamps.js";

type Groups = Readonly<Record<string, string>>;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const PERCENT_FIELD = /%\((\w+)\)[-#0 +]{0,3}\d{0,4}(?:\.\d{1,4})?[a-zA-Z]|%%/g;
const BRACE_FIELD = /\{(\w+)(?:![rsa])?(?::[^{}]{0,40})?\}|\{\{|\}\}/g;
/** logging.Formatter.default_time_format and default_msec_format. */
const DEFAULT_TIME = "%Y-%m-%d %H:%M:%S";
const DEFAULT_FRACTION = "(?P<separator>[,.])(?P<fraction>\\d{1,9})";

const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: "(?P<year>\\d{4})",
  y: "(?P<shortYear>\\d\\d)",
  m: "(?P<month>\\d{1,2})",
  b: "(?P<monthName>[A-Za-z]{3})",
  B: "(?P<monthName>[A-Za-z]{3,9})",
  d: "(?P<day>\\d{1,2})",
  H: "(?P<hour>\\d{1,2})",
  I: "(?P<hour>\\d{1,2})",
  p: "(?P<half>[AaPp][Mm])",
  M: "(?P<minute>\\d\\d)",
  S: "(?P<second>\\d\\d)",
  f: "(?P<decimals>\\d{1,9})",
  z: "(?P<zone>Z|[+-]\\d\\d:?\\d\\d)",
  Z: "(?P<zoneName>[A-Za-z+-]*)",
  a: "[A-Za-z]+",
  A: "[A-Za-z]+",
  j: "\\d{1,3}",
  s: "(?P<epoch>\\d{10})",
  "%": "%",
};
/** Directives that stand for several. */
const SHORTHANDS: Readonly<Record<string, string>> = { F: "%Y-%m-%d", T: "%H:%M:%S", R: "%H:%M", D: "%m/%d/%y" };

const FIELDS: Readonly<Record<string, string>> = {
  created: "(?P<epoch>\\d{10}(?:\\.\\d+)?)",
  msecs: "(?P<msecs>\\d{1,3}(?:\\.\\d+)?)",
  name: "(?P<logger>.*?)",
  levelname: "[A-Za-z]+",
  levelno: "\\d+",
  lineno: "\\d+",
  process: "\\d+",
  thread: "\\d+",
  message: "(?P<message>.*)",
};

/** Compiles a format. Throws a PostrunError ("config") for one without a message or a time, or that names a thing twice. */
export function compileLogFormat(format: string, datefmt: string | undefined, index: number): LogFormat {
  const expression = compilePattern(`(?s)^${expressionOf(format, datefmt)}$`);
  for (const needed of ["(?P<message>", "(?P<hour>|(?P<epoch>"]) {
    if (needed.split("|").some((group) => expression.source.includes(group))) continue;
    throw new PostrunError(
      "config",
      `the log format "${format}" has no ${needed.includes("message") ? "message" : "time"}`,
      'A format as given to logging.Formatter or log_cli_format, for example "%(asctime)s - %(name)s - %(levelname)s - %(message)s".',
    );
  }
  return {
    parse(line) {
      const groups = expression.exec(line);
      return groups && toRecord(groups, `format-${index + 1}`);
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

function strftime(format: string): string {
  return format
    .replace(/%([FTRD])/g, (_all, letter: string) => SHORTHANDS[letter] ?? "")
    .split(/(%[A-Za-z%])/)
    .map((part) => (/^%[A-Za-z%]$/.test(part) ? (DIRECTIVES[part.slice(1)] ?? ".*?") : literal(part)))
    .join("");
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function toRecord(groups: Groups, form: string): LogRecord | null {
  const head = { logger: groups.logger ?? "", variant: variantOf(form, groups.separator), message: groups.message ?? "" };
  if (groups.epoch !== undefined) {
    const stamp = epochStamp(groups.epoch);
    return stamp ? { ...stamp, zoneMinutes: 0, ...head } : null;
  }
  const date = dateOf(groups);
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

/** Names that mean the same wherever they are read; IST is India, Israel or Ireland. */
const NAMES_OF_UTC = /^(?:UTC|GMT|Z)$/i;

function zoneOfName(name = ""): number | undefined {
  return NAMES_OF_UTC.test(name) ? 0 : undefined;
}

function yearOf(groups: Groups): string | undefined {
  return groups.year ?? (groups.shortYear === undefined ? undefined : `20${groups.shortYear}`);
}

/** Without a year, in that of `LEAP_YEAR`. */
function dateOf(groups: Groups): readonly string[] | undefined {
  const year = yearOf(groups) ?? String(LEAP_YEAR);
  const named = MONTHS.indexOf((groups.monthName ?? "").slice(0, 3).toLowerCase());
  const month = groups.month ?? (named === -1 ? undefined : String(named + 1));
  return month === undefined || groups.day === undefined ? undefined : [year, month, groups.day];
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
