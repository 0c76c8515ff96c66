import { suggestion } from "../model/nearest.js";
import { compilePattern } from "../model/safe-pattern.js";
import type { LintProblem } from "./lint-claims.js";

/** A problem for each name that is not among the known ones. */
export function unknown(place: string, names: readonly string[], known: readonly string[], what: string): LintProblem[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      place,
      message: `unknown ${what} "${name}"`,
      hint: known.length === 0 ? `there is no ${what} here` : suggestion(name, known),
    }));
}

/** The problem of an expression that does not compile. */
export function badPattern(place: string, pattern: string): LintProblem[] {
  try {
    compilePattern(pattern);
    return [];
  } catch (error) {
    return [{ place, message: error instanceof Error ? error.message : `not a regular expression: ${pattern}` }];
  }
}

/** Names of the groups of an expression; none where it does not compile, which is a problem of its own. */
export function groupsOf(pattern: string): readonly string[] {
  return badPattern("", pattern).length > 0 ? [] : compilePattern(pattern).names;
}
