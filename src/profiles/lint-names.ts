import { PostrunError } from "../model/errors.js";
import { compilePattern } from "../model/patterns/safe-pattern.js";
import { suggestion } from "../model/text/nearest.js";
import type { LintProblem } from "./lint-problem.js";

/** A problem for each name that is not among the known ones. */
export function unknown(place: string, names: readonly string[], known: readonly string[], what: string): LintProblem[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      place,
      message: `unknown ${what} "${name}"`,
      hint: suggestion(name, known),
    }));
}

/** What YAML makes of a backslash in double quotes; a tab or the end of a line stands for itself either way. */
const CONTROL_CHARACTER = /(?![\t\n\r])\p{Cc}/u;

/** The problem of an expression that does not compile, or that holds what no log has. */
export function badPattern(place: string, pattern: string): LintProblem[] {
  const [control] = CONTROL_CHARACTER.exec(pattern) ?? [];
  if (control !== undefined) {
    const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return [{ place, message: `the expression ${JSON.stringify(pattern)} holds the control character U+${code}`, hint: SINGLE_QUOTES }];
  }
  try {
    compilePattern(pattern);
    return [];
  } catch (error) {
    if (!(error instanceof PostrunError)) throw error;
    return [{ place, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) }];
  }
}

const SINGLE_QUOTES = 'write the expression in single quotes: in double quotes YAML reads a backslash itself, so "\\b" is a backspace';

/** Names of the groups of an expression; none where it does not compile, which is a problem of its own. */
export function groupsOf(pattern: string): readonly string[] {
  return badPattern("", pattern).length > 0 ? [] : compilePattern(pattern).names;
}
