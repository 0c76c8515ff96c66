import { InvalidArgumentError } from "commander";
import { type MaskKind, maskKinds } from "../model/masking.js";
import { suggestion } from "../model/nearest.js";
import type { AnalyzeOptions } from "../postrun.js";

type RunLimit = NonNullable<NonNullable<AnalyzeOptions["limits"]>["from"]>;

/** Collects `k=v` pairs of a repeatable option. */
export function keyValue(text: string, before: Record<string, string>): Record<string, string> {
  const equals = text.indexOf("=");
  if (equals < 1) throw new InvalidArgumentError("expected name=value, for example delay=5.");
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}

/** `+02:00`, `-0330`, `UTC+2`, `Z`, or a name such as Asia/Jerusalem. */
export function zone(text: string): NonNullable<AnalyzeOptions["declaredClock"]> {
  if (/^(?:Z|UTC|GMT)$/i.test(text)) return { zoneOffsetMinutes: 0 };
  const [, sign, hours, minutes] = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?$/i.exec(text) ?? [];
  if (sign !== undefined && hours !== undefined) {
    const zoneOffsetMinutes = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
    // Beyond these nobody lives (IANA time zone database), and no offset found in the data would be believed.
    if (zoneOffsetMinutes >= -12 * 60 && zoneOffsetMinutes <= 14 * 60) return { zoneOffsetMinutes: zoneOffsetMinutes + 0 };
    throw new InvalidArgumentError("expected an offset from -12:00 to +14:00.");
  }
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
  } catch {
    throw new InvalidArgumentError("expected an offset such as +02:00, or a zone such as Asia/Jerusalem.");
  }
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

/** One end of a stretch of time: with a zone a moment, without one a wall time of the runner. */
export function limit(text: string): RunLimit {
  const [, date, time = "00:00", zoneText] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  const at = date === undefined ? Number.NaN : Date.parse(`${date}T${time}${zoneText ?? "Z"}`);
  if (Number.isNaN(at))
    throw new InvalidArgumentError("expected a time such as 2025-12-07T10:51:15 (the log's own) or 2025-12-07T08:51:15Z (any zone).");
  return { at, zoned: zoneText !== undefined };
}

/** Kinds of names, separated by commas. */
export function maskList(text: string): readonly MaskKind[] {
  return text.split(",").map((word) => {
    const kind = maskKinds.find((known) => known === word.trim());
    if (kind === undefined) throw new InvalidArgumentError(`expected some of ${maskKinds.join(",")}; ${suggestion(word, maskKinds)}`);
    return kind;
  });
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
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError("expected a time such as 2025-12-07T10:00:00Z.");
  return new Date(at).toISOString();
}
