/** The marks of a profile by what their patterns do. */
import type { Pattern, Profile } from "./profile.js";

/** What a pattern says of the investigation, or the run, whose line it is. */
type Deed = "opens" | "closes" | "fails" | "answers" | "header" | "attempt" | "standalone" | "startsRun";

/** Every pattern by its mark. */
export function patternsByMark({ patterns }: Pick<Profile, "patterns">): ReadonlyMap<string, Pattern> {
  return new Map(patterns.map((pattern) => [pattern.id, pattern]));
}

/** Marks of patterns that do one of these. */
export function marksThat({ patterns }: Pick<Profile, "patterns">, ...deeds: readonly Deed[]): Set<string> {
  return new Set(patterns.filter((pattern) => deeds.some((deed) => pattern[deed])).map(({ id }) => id));
}
