import type { LogMark } from "../../model/event.js";
import type { Pattern } from "../../model/profile.js";
import type { Draft } from "./draft.js";

/** A line without a key that may not follow the one before it, and what comes after that. */
export function noteEarly(owner: Draft, mark: LogMark, { after }: Pattern): void {
  const before = owner.points.at(-1)?.mark;
  if (owner.early !== undefined) owner.early.marks.push(mark);
  else if (before !== undefined && after.length > 0 && !after.includes(before)) owner.early = { from: owner.points.length, marks: [mark] };
}

/**
 * Lines that came before one that must come before them are not its own: they are of an investigation that began before the log, and overlaps this one. Takes them
 * from it, and gives them. Lines of one moment may only have changed places.
 */
export function takeEarly(
  owner: Draft,
  mark: LogMark,
  pattern: Pattern,
  patterns: ReadonlyMap<string, Pattern>,
  follows: (mark: string, pattern: Pattern) => boolean,
): readonly LogMark[] {
  const { early, points, mixUp } = owner;
  const [first] = early?.marks ?? [];
  delete owner.early;
  if (early === undefined || first === undefined || mixUp !== undefined) return [];
  const own = points.slice(0, early.from);
  const before = own.at(-1)?.mark;
  const then = patterns.get(first.mark);
  const isBetween = before !== undefined && then !== undefined && follows(before, pattern) && follows(pattern.id, then);
  const isAgain = own.some((point) => point.mark === pattern.id);
  const isSwapped = mark.at.at - first.at.at <= Math.max(mark.at.resolutionMs, first.at.resolutionMs);
  if (!isBetween || isAgain || isSwapped) return [];
  owner.points = own;
  return early.marks;
}
