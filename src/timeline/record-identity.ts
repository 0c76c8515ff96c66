import type { LogMark } from "../model/event.js";

/** Keys that name one thing: a record with one of them does not truly occur twice in the same moment. */
const IDENTIFYING_GROUPS = ["jobId", "port", "index"];

export function isIdentified(mark: LogMark): boolean {
  return IDENTIFYING_GROUPS.some((key) => mark.groups[key] !== undefined);
}

const signatures = new WeakMap<LogMark, string>();

/** What the copies of a record have in common: decoration may be mangled in one of them, and a wrapped line may have lost a blank. */
export function signature(mark: LogMark): string {
  const known = signatures.get(mark);
  if (known !== undefined) return known;
  const made = `${mark.mark}/${mark.message.replace(/[^!-~]+/g, "")}`;
  signatures.set(mark, made);
  return made;
}

/** By time, then by place. */
export function inTimeOrder(a: LogMark | undefined, b: LogMark | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return a.at.at - b.at.at || a.evidence.source - b.evidence.source || a.evidence.line - b.evidence.line;
}
