/**
 * A date format of strftime, taken apart: https://docs.python.org/3/library/datetime.html#format-codes, and of glibc those that loggers of other
 * languages use (%e, %k, %l, %h, %s, and the flags of %-d and %_H). What depends on a locale (%c, %x, %X) or counts weeks is refused.
 */

/** What a directive tells. */
export type DatePart =
  | "year"
  | "shortYear"
  | "month"
  | "monthName"
  | "day"
  | "dayOfYear"
  | "weekday"
  | "hour"
  | "half"
  | "minute"
  | "second"
  | "decimals"
  | "epoch"
  | "zone"
  | "zoneName";

/** A directive, or the text between two. */
export type DatePiece =
  | { readonly text: string }
  | {
      readonly directive: string;
      /** Undefined for a directive that is not known. */
      readonly part: DatePart | undefined;
      /** Small numbers may have one digit. */
      readonly unpadded: boolean;
    };

const PARTS: Readonly<Record<string, DatePart>> = {
  Y: "year",
  y: "shortYear",
  m: "month",
  b: "monthName",
  h: "monthName",
  B: "monthName",
  d: "day",
  e: "day",
  j: "dayOfYear",
  a: "weekday",
  A: "weekday",
  H: "hour",
  k: "hour",
  I: "hour",
  l: "hour",
  p: "half",
  P: "half",
  M: "minute",
  S: "second",
  f: "decimals",
  s: "epoch",
  z: "zone",
  Z: "zoneName",
};
/** Directives that stand for several. */
const SHORTHANDS: Readonly<Record<string, string>> = { F: "%Y-%m-%d", T: "%H:%M:%S", R: "%H:%M", D: "%m/%d/%y", r: "%I:%M:%S %p" };
const TOKEN = /%([-_0^#]?)([A-Za-z])|%%|%.?|[^%]+/gsu;

/** The pieces of a format, in order. */
export function datePieces(datefmt: string): readonly DatePiece[] {
  return [...datefmt.matchAll(TOKEN)].flatMap(([token, flag, letter]): readonly DatePiece[] => {
    if (!token.startsWith("%")) return [{ text: token }];
    if (token === "%%") return [{ text: "%" }];
    if (letter === undefined) return [{ directive: token, part: undefined, unpadded: false }];
    const shorthand = flag === "" ? SHORTHANDS[letter] : undefined;
    if (shorthand !== undefined) return datePieces(shorthand);
    return [{ directive: token, part: PARTS[letter], unpadded: flag === "-" || flag === "_" || flag === "#" }];
  });
}

/** Whether it tells the hour, or all of the time. */
export function tellsTime(datefmt: string): boolean {
  return datePieces(datefmt).some((piece) => "part" in piece && (piece.part === "hour" || piece.part === "epoch"));
}

/** Why a format cannot be read, and what to write instead. */
export interface DateFormatProblem {
  readonly message: string;
  readonly hint: string;
}

/** What is wrong with a format; nothing where each time that it prints can be read again without a guess. */
export function dateFormatProblems(datefmt: string): readonly DateFormatProblem[] {
  const directives = datePieces(datefmt).flatMap((piece) => ("directive" in piece ? [piece] : []));
  if (directives.length === 0) return [{ message: `the datefmt "${datefmt}" has no directive`, hint: KNOWN }];
  const unknown = directives.filter(({ part }) => part === undefined);
  if (unknown.length > 0) {
    return unknown.map(({ directive }) => {
      const instead = INSTEAD[directive.slice(-1)];
      return {
        message: `the datefmt "${datefmt}" has the unknown directive ${directive}`,
        hint: instead === undefined ? KNOWN : `${instead}; ${KNOWN}`,
      };
    });
  }
  const named = directives.flatMap(({ directive, part }) => (part === undefined || part === "weekday" ? [] : [{ directive, part }]));
  const problem = twice(named) ?? besideEpoch(named) ?? outOfOrder(named) ?? incomplete(named);
  return problem === undefined ? [] : [{ message: `the datefmt "${datefmt}" ${problem.message}`, hint: problem.hint }];
}

const KNOWN = `known: ${[...Object.keys(PARTS), ...Object.keys(SHORTHANDS)].map((letter) => `%${letter}`).join(" ")}`;
/** What was meant by a directive of another language, or one that depends on a locale. */
const INSTEAD: Readonly<Record<string, string>> = {
  L: "decimals of a second are %f",
  N: "decimals of a second are %f",
  c: "write out its parts",
  x: "write out its parts",
  X: "write out its parts",
};

interface Named {
  readonly directive: string;
  readonly part: DatePart;
}

function twice(named: readonly Named[]): DateFormatProblem | undefined {
  const again = named.find(({ part }, index) => named.findIndex((other) => other.part === part) < index);
  if (again === undefined) return undefined;
  const first = named.find(({ part }) => part === again.part);
  return {
    message: `tells the ${NAMES[again.part]} twice (${first?.directive}, ${again.directive})`,
    hint: `name it once; ${MONTH_OR_MINUTE}`,
  };
}

/** Seconds since 1970 tell all but decimals and a zone. */
function besideEpoch(named: readonly Named[]): DateFormatProblem | undefined {
  const other = named.find(({ part }) => part !== "epoch" && part !== "decimals" && part !== "zone" && part !== "zoneName");
  if (other === undefined || named.every(({ part }) => part !== "epoch")) return undefined;
  const message = `has seconds since 1970 (%s) beside the ${NAMES[other.part]} (${other.directive})`;
  return { message, hint: "%S is the second of a minute" };
}

/** What comes directly before each part of a time of day. */
const BEFORE: Partial<Readonly<Record<DatePart, readonly DatePart[]>>> = {
  minute: ["hour"],
  second: ["minute"],
  decimals: ["second", "epoch"],
};

/** A minute that does not follow an hour is a month, and a month between the two a minute. */
function outOfOrder(named: readonly Named[]): DateFormatProblem | undefined {
  const inOrder = named.filter(({ part }) => part !== "half" && part !== "zone" && part !== "zoneName");
  for (const [index, { directive, part }] of inOrder.entries()) {
    const expected = BEFORE[part];
    const before = inOrder[index - 1];
    if (expected === undefined || (before !== undefined && expected.includes(before.part))) continue;
    const place = before === undefined ? "first" : `behind the ${NAMES[before.part]} (${before.directive})`;
    const message = `has the ${NAMES[part]} (${directive}) ${place}, not behind the ${expected.map((one) => NAMES[one]).join(" or ")}`;
    return { message, hint: MONTH_OR_MINUTE };
  }
  return undefined;
}

const MONTH_OR_MINUTE = "%m is the month, %M the minute, %S the second, %f its decimals";

/** Half of a date, or of a time of day, leaves open what is measured. */
function incomplete(named: readonly Named[]): DateFormatProblem | undefined {
  const of = (...parts: DatePart[]) => named.find(({ part }) => parts.includes(part));
  const [year, month, day, ofYear] = [of("year", "shortYear"), of("month", "monthName"), of("day"), of("dayOfYear")];
  const [hour, minute] = [of("hour"), of("minute")];
  if (hour !== undefined && minute === undefined) return { message: `has the hour (${hour.directive}) without the minute`, hint: "add %M" };
  if (hour !== undefined && /[Il]$/.test(hour.directive) && of("half") === undefined) {
    const message = `has hours of 12 (${hour.directive}) without AM or PM`;
    return { message, hint: "add %p, or write %H for hours of 24" };
  }
  if (ofYear !== undefined && month === undefined && day === undefined) {
    return year === undefined ? { message: `has the day of the year (${ofYear.directive}) without the year`, hint: "add %Y" } : undefined;
  }
  if (month !== undefined && day === undefined) return { message: `has the month (${month.directive}) without the day`, hint: "add %d" };
  const alone = month === undefined ? (day ?? year) : undefined;
  return alone && { message: `has the ${NAMES[alone.part]} (${alone.directive}) without the month`, hint: "add %m or %b" };
}

const NAMES: Readonly<Record<DatePart, string>> = {
  year: "year",
  shortYear: "year",
  month: "month",
  monthName: "name of the month",
  day: "day",
  dayOfYear: "day of the year",
  weekday: "day of the week",
  hour: "hour",
  half: "half of the day",
  minute: "minute",
  second: "second",
  decimals: "decimals",
  epoch: "seconds since 1970",
  zone: "zone",
  zoneName: "name of the zone",
};
