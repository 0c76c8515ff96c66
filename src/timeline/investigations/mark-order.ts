import type { Pattern } from "../../model/profile.js";

/** Whether a line may follow a mark in the same investigation, at once or after others. */
export function mayFollow(patterns: ReadonlyMap<string, Pattern>): (mark: string, pattern: Pattern) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  const reachOf = (from: string) => {
    const reach = new Set([from]);
    for (const mark of reach) for (const { id, after } of patterns.values()) if (after.includes(mark)) reach.add(id);
    known.set(from, reach);
    return reach;
  };
  return (mark, pattern) => {
    const reach = known.get(mark) ?? reachOf(mark);
    return pattern.after.some((before) => reach.has(before));
  };
}
