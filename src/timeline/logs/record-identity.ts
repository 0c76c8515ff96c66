import type { LogMark } from "../../model/event.js";
import type { DurationMs } from "../../model/time.js";

/** Two handlers stamp a record apart by at most this, beside the resolution of the coarser, where one is known to double the other: each record has its partner, so nothing true is lost. */
export const DOUBLED_LAG_MS: DurationMs = 250;
/** Of two streams or logs of which one doubles the other, this share of the records (that name a thing, where such are asked for) stands in both. */
export const DOUBLED_SHARE = 0.5;

/** Keys that name one thing: a record with one of them does not truly occur twice in the same moment. */
const IDENTIFYING_GROUPS = ["jobId", "port", "index"];

/** Whether a record names one thing. */
export function isIdentified(mark: LogMark): boolean {
  return IDENTIFYING_GROUPS.some((key) => mark.groups[key] !== undefined);
}

/** What was worked out for a message; forgotten when it is too much, as most messages of a run are few. */
const MOST_REMEMBERED = 20_000;
const bare = new Map<string, string>();

/** What the copies of a record have in common: decoration may be mangled in one of them, and a wrapped line may have lost a blank. */
export function signature(mark: LogMark): string {
  return `${mark.mark}/${bareText(mark.message)}`;
}

function bareText(message: string): string {
  const known = bare.get(message);
  if (known !== undefined) return known;
  if (bare.size >= MOST_REMEMBERED) bare.clear();
  const made = message.replace(/[^!-~]+/g, "");
  bare.set(message, made);
  return made;
}

/** By time, then by place. */
export function inTimeOrder(a: LogMark | undefined, b: LogMark | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return a.at.at - b.at.at || a.evidence.source - b.evidence.source || a.evidence.line - b.evidence.line;
}
