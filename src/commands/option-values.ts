import { InvalidArgumentError } from "commander";
import { WATCHED_KINDS, type WatchedKind } from "../collect/collect-types.js";
import { LONGEST_DELAY_MS, MOST_DELAYS, MOST_INVESTIGATIONS } from "../model/prediction.js";
import { type MaskKind, maskKinds } from "../model/privacy/identifiers.js";
import { suggestion } from "../model/text/nearest.js";
import { isZoneName, isZoneOffset } from "../model/time.js";
import type { AnalyzeOptions } from "../postrun.js";

/** An end of the stretch that `--from` and `--to` leave. */
export type RunLimit = NonNullable<NonNullable<AnalyzeOptions["limits"]>["from"]>;

/** Collects `k=v` pairs of a repeatable option. */
export function keyValue(text: string, before: Record<string, string>): Record<string, string> {
  const equals = text.indexOf("=");
  if (equals < 1) throw new InvalidArgumentError(`expected name=value, for example ${equals < 0 && text !== "" ? text : "name"}=5.`);
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}

/** Collects the values of a repeatable option. */
export function appended(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

/** `+02:00`, `-0330`, `UTC+2`, `Z`, or a name such as Asia/Jerusalem. */
export function zone(text: string): NonNullable<AnalyzeOptions["declaredClock"]> {
  if (/^(?:Z|UTC|GMT)$/i.test(text)) return { zoneOffsetMinutes: 0 };
  const [, sign, hours, minutes] = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?$/i.exec(text) ?? [];
  if (sign !== undefined && hours !== undefined) {
    const zoneOffsetMinutes = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
    // No offset beyond that found in the data would be believed.
    if (isZoneOffset(zoneOffsetMinutes)) return { zoneOffsetMinutes: zoneOffsetMinutes + 0 };
    throw new InvalidArgumentError("expected an offset from -12:00 to +14:00.");
  }
  if (!isZoneName(text)) throw new InvalidArgumentError("expected an offset such as +02:00, or a zone such as Asia/Jerusalem.");
  return { zoneName: text };
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A signed duration with its unit, in milliseconds: -3.7s, 250ms. */
export function signedDurationMs(text: string): number {
  const [, number, unit] = /^([+-]?\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (number === undefined || unit === undefined)
    throw new InvalidArgumentError("expected a duration with its unit, for example -3.7s (the runner's clock is 3.7 s behind).");
  return Number(number) * (UNIT_MS[unit] ?? 1);
}

/** A duration with its unit, in milliseconds: 90s, 10m. */
export function durationMs(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (number === undefined || unit === undefined)
    throw new InvalidArgumentError("expected a duration with its unit, for example 90s or 10m.");
  return Number(number) * (UNIT_MS[unit] ?? 1);
}

/** One end of a stretch of time: with a zone a moment, without one a wall time of the runner. */
export function limit(text: string): RunLimit {
  const [, date, time = "00:00", zoneText] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  const at = date === undefined || !isDate(date) ? Number.NaN : Date.parse(`${date}T${time}${zoneText ?? "Z"}`);
  if (Number.isNaN(at))
    throw new InvalidArgumentError("expected a time such as 2025-12-07T10:51:15 (the log's own) or 2025-12-07T08:51:15Z (any zone).");
  return { at, zoned: zoneText !== undefined };
}

/** Whether there is such a day: Date.parse takes 2025-02-30 for the second of March. */
function isDate(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

/** Kinds of names, separated by commas; those of a repeated option are added. */
export function maskList(text: string, before: readonly MaskKind[] = []): readonly MaskKind[] {
  const kinds = text.split(",").map((word) => {
    const kind = maskKinds.find((known) => known === word.trim());
    if (kind === undefined) throw new InvalidArgumentError(`expected some of ${maskKinds.join(",")}; ${suggestion(word, maskKinds)}`);
    return kind;
  });
  return [...new Set([...before, ...kinds])];
}

/** Ids of claims, separated by commas; those of a repeated option are added. */
export function claimIds(text: string, before: readonly string[] = []): readonly string[] {
  const ids = text
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  if (ids.length === 0) throw new InvalidArgumentError("It names no claim; for example cleanup-after-disconnect.");
  return [...new Set([...before, ...ids])];
}

/** A whole number from 0. */
export function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("expected a whole number.");
  return Number(text);
}

const MOST_WORKERS = 64;

/** How many threads read files; 1 is none beside the main one. */
export function workers(text: string): number {
  const threads = wholeNumber(text);
  if (threads === undefined || threads < 1 || threads > MOST_WORKERS)
    throw new InvalidArgumentError(`expected a whole number of threads from 1 to ${MOST_WORKERS}.`);
  return threads;
}

/** A number of a run, or all. */
export function runNumber(text: string): number | "all" {
  if (text === "all") return "all";
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("expected the number of a run (from 1), or all.");
  return Number(text);
}

/** A moment in ISO 8601, as UTC milliseconds; without a zone it is UTC, not the zone of this machine. */
export function moment(text: string): string {
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`;
  const [, date] = /^(\d{4}-\d{2}-\d{2})T/.exec(text) ?? [];
  const at = date !== undefined && isDate(date) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError("expected a time such as 2025-12-07T10:00:00Z.");
  return new Date(at).toISOString();
}

/** How many investigations a predicted run has. */
export function investigations(text: string): number {
  const n = wholeNumber(text);
  if (n === undefined || n < 1 || n > MOST_INVESTIGATIONS)
    throw new InvalidArgumentError(`expected a whole number of investigations from 1 to ${MOST_INVESTIGATIONS}.`);
  return n;
}

/** Delays in seconds, separated by commas, in milliseconds; those of a repeated option are added. */
export function delayList(text: string, before: readonly number[] = []): readonly number[] {
  const asMs = (word: string) => (/^\s*\d+(?:\.\d{1,3})?\s*$/.test(word) ? Math.round(Number(word) * 1000) : Number.NaN);
  const delays = [...before, ...text.split(",").map(asMs)];
  if (delays.length > MOST_DELAYS || !delays.every((ms) => ms <= LONGEST_DELAY_MS))
    throw new InvalidArgumentError(`expected up to ${MOST_DELAYS} delays in seconds, from 0 to a day, for example 1,2.5,10.`);
  return delays;
}

/** A limit for the number of open Jobs. */
export function openJobs(text: string): number {
  const jobs = wholeNumber(text);
  if (jobs === undefined || jobs < 1) throw new InvalidArgumentError("expected a whole number of Jobs from 1.");
  return jobs;
}

/** A seed of simulated runs. */
export function seed(text: string): number {
  const value = wholeNumber(text);
  if (value === undefined) throw new InvalidArgumentError("expected a whole number from 0.");
  return value;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Names separated by commas, or all; those of a repeated option are added. */
export function namespaceList(text: string, before: readonly string[] | "all" = []): readonly string[] | "all" {
  if (text === "all" || before === "all") return "all";
  const names = [...new Set([...before, ...text.split(",").map((name) => name.trim())])];
  // RFC 1123 labels, as Kubernetes asks of namespaces.
  if (names.every((name) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name))) return names;
  throw new InvalidArgumentError("expected names of namespaces, separated by commas, or all.");
}

/** Kinds to watch, in any case and number: jobs, Pod; those of a repeated option are added. */
export function kindList(text: string, before: readonly WatchedKind[] = []): readonly WatchedKind[] {
  const kinds = text.split(",").map((word) => {
    const singular = word.trim().toLowerCase().replace(/s$/, "");
    const kind = WATCHED_KINDS.find((known) => known.toLowerCase() === singular);
    if (kind === undefined)
      throw new InvalidArgumentError(`expected some of ${WATCHED_KINDS.join(",")}; ${suggestion(word, WATCHED_KINDS)}`);
    return kind;
  });
  return [...new Set([...before, ...kinds])];
}
