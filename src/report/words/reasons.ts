import type { Report, ReportClaim } from "../../model/report.js";
import type { Diagnostic, Reason } from "../../model/source.js";
import { roundEnd, roundTo } from "../../model/statistics/rounding.js";
import { isMoment } from "../../model/time.js";
import type { Locale } from "../locales/index.js";
import { documentedNumber, documentedValue, intervalDecimals, intervalInReason, measuredSide } from "./claim-values.js";
import { between, decimalsFor, exactDecimals, number, withUnit } from "./numbers.js";
import { join, ltr, type Phrase, say, sayIfKnown, type Values } from "./phrase.js";
import type { Times } from "./times.js";

/** The sentence of a reason, diagnostic or missing piece, with values that are better said in words and those decimals of its interval that stand beside the value; an unknown key shows itself with its values. */
export function reasonPhrase(
  locale: Locale,
  times: Times,
  reason: Reason,
  group: "reason" | "diagnostic" | "missing",
  { inWords = {}, intervalDecimals: ofInterval }: { readonly inWords?: Values; readonly intervalDecimals?: number | undefined } = {},
): Phrase {
  const known = sayIfKnown(locale, `${group}.${reason.key}`, {
    ...shownValues(locale, times, reason.values, ofInterval),
    ...inWords,
  });
  if (known !== undefined) return known;
  const values = Object.entries(reason.values)
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
  return values === "" ? ltr(reason.key) : say(locale, "diagnostics.unknown", { id: ltr(reason.key), values: ltr(values) });
}

/** Sentences about an interval, and those that say the same of one value. */
const OF_ONE_VALUE: Readonly<Record<string, string>> = { "bound-holds": "bound-holds-at", "bound-broken": "bound-broken-at" };

/** Why a claim has its verdict; its condition in the words of the claims file where it has some, what is documented with its operator. */
export function claimReason(locale: Locale, times: Times, claim: ReportClaim): Phrase {
  const { reason, condition, documented } = claim;
  const inWords = {
    documented: documentedNumber(locale, documented),
    ...(condition === undefined ? {} : { condition: condition[locale.language] }),
    ...(typeof reason.values.seen === "string" ? { seen: seenPhrase(locale, reason.values.seen) } : {}),
    // Each by itself: in a line of Hebrew that breaks, one left-to-right text of all of them would be read from its end.
    ...(typeof reason.values.fits === "string" ? { fits: join(reason.values.fits.split(", ").map(ltr), ", ") } : {}),
  };
  const { lower, upper } = reason.values;
  const key = (lower === upper ? OF_ONE_VALUE[reason.key] : undefined) ?? reason.key;
  return reasonPhrase(locale, times, { ...reason, key }, "reason", {
    inWords,
    intervalDecimals: intervalInReason(claim) && intervalDecimals(claim),
  });
}

/** Between what a claim was judged that has no single value: all that fits the data; undefined where it has one, or no such ends. */
export function judgedRange(locale: Locale, { measured, reason: { values }, documented }: ReportClaim): Phrase | undefined {
  const { lower, upper } = values;
  if (measured !== undefined || typeof lower !== "number" || typeof upper !== "number") return undefined;
  const decimals = decimalsByName(values, undefined)("lower", lower);
  const ends = [rounded("lower", lower, decimals), rounded("upper", upper, decimals)] as const;
  return withUnit(locale, ends[0] < ends[1] ? between(locale, ends, decimals) : number(locale, ends[0], decimals), documented.unit);
}

/** What the run has of what a condition names ("test=30, investigations=1"), as prose. */
function seenPhrase(locale: Locale, seen: string): Phrase {
  const parts = seen.split(", ").map((part): Phrase => {
    const [name = "", ...value] = part.split("=");
    const text = value.join("=");
    if (name === "investigations" && /^\d+$/.test(text)) return say(locale, "title.investigations", { n: Number(text) });
    return text === "?" ? [...ltr(name), { text: " " }, ...say(locale, "clocks.unknown")] : [{ text: `${name} ${text}`, isolate: "auto" }];
  });
  return join(parts, ", ");
}

/** What there is to know about the input; where it speaks of a claim, with both sides as its row has them. */
export function diagnosticPhrase(locale: Locale, times: Times, report: Report, diagnostic: Diagnostic): Phrase {
  const claim = report.claims.find((one) => one.id === diagnostic.values.claim);
  const sides = claim && { documented: documentedValue(locale, claim.documented), measured: measuredSide(locale, claim) };
  return reasonPhrase(locale, times, diagnosticReason(diagnostic), "diagnostic", sides && { inWords: sides });
}

/** The files that a diagnostic is about, where its sentence does not name them. */
export function filesBeside(sentence: Phrase, { values }: Diagnostic): string | undefined {
  const files = values.paths ?? values.path;
  return files === undefined || sentence.some(({ text }) => text === files) ? undefined : String(files);
}

/** A diagnostic as what its sentence is made from: how often it was met is a value like the others. */
export function diagnosticReason({ id, count, values }: Diagnostic): Reason {
  return { key: id, values: { count, ...values } };
}

/** Medians of two groups of Jobs, as everywhere else in tenths of a second. */
const TENTHS: ReadonlySet<string> = new Set(["earlyS", "lateS"]);

/** Moments; any other text is shown as it stands, for a setting or a file may be called like one. */
const TIMES: ReadonlySet<string> = new Set(["at", "runEnd"]);

/** What is documented or follows from it: written as it is, for rounded to the digits of what is measured it would be another limit. */
const LIMITS: ReadonlySet<string> = new Set(["limit", "bound", "allowedLow", "allowedHigh"]);
/** Microseconds: no source has finer stamps. */
const MOST_DECIMALS = 6;

/** How a number of a reason reads, by its name. */
function rounded(name: string, value: number, decimals: number): number {
  if (name === "lower") return roundEnd(value, decimals, "low");
  return name === "upper" ? roundEnd(value, decimals, "high") : roundTo(value, decimals);
}

/** As many more decimals as it takes for each number, by name, to read on that side of each limit on which it is; where none do, no more. */
function tellingDecimals(numbers: readonly (readonly [string, number])[], limits: readonly number[], decimals: number): number {
  for (let more = decimals; more <= MOST_DECIMALS; more += 1) {
    const isTold = ([name, value]: readonly [string, number]) =>
      limits.every((limit) => Math.sign(rounded(name, value, more) - limit) === Math.sign(value - limit));
    if (numbers.every(isTold)) return more;
  }
  return decimals;
}

/** Decimals of each number of a reason by its name; `ofInterval`: those with which its interval stands beside the value. */
function decimalsByName(values: Reason["values"], ofInterval: number | undefined): (name: string, value: number) => number {
  const ends = ["lower", "upper"].flatMap((name) => (typeof values[name] === "number" ? [[name, values[name]] as const] : []));
  const [low = 0, high = 0] = ends.map(([, end]) => end);
  const deserved = ofInterval ?? (ends.length === 2 && high > low ? decimalsFor(high - low) : 2);
  const limits = Object.entries(values).flatMap(([name, value]) => (LIMITS.has(name) && typeof value === "number" ? [value] : []));
  const ofEnds = tellingDecimals(ends, limits, deserved);
  return (name, value) => {
    if (LIMITS.has(name)) return exactDecimals(value);
    if (name === "lower" || name === "upper") return ofEnds;
    if (name === "value") return tellingDecimals([[name, value]], limits, deserved);
    return TENTHS.has(name) ? 1 : deserved;
  };
}

/** Values as a reader sees them: times in the run's zone, numbers with the digits they deserve, text isolated. */
function shownValues(locale: Locale, times: Times, values: Reason["values"], ofInterval?: number): Record<string, Phrase | number> {
  const decimals = decimalsByName(values, ofInterval);
  const shown = Object.entries(values).map(([name, value]): [string, Phrase | number] => {
    if (typeof value === "number") {
      const places = decimals(name, value);
      return [name, Number.isInteger(value) ? value : number(locale, rounded(name, value, places), places)];
    }
    if (TIMES.has(name) && isMoment(value)) return [name, ltr(times.second(value))];
    return [name, [{ text: value, isolate: "auto" }]];
  });
  return Object.fromEntries(shown);
}
