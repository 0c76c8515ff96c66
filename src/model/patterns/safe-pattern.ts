import { RE2JS } from "re2js";
import { errorMessage, PostrunError } from "../errors.js";
import { isForNative, nativePattern } from "./native-pattern.js";
import { requiredLiterals } from "./required-literal.js";

/** A user's expression, searched in time linear in the text (RE2), so that no pattern can hang the program. */
export interface SafePattern {
  readonly source: string;
  /** Names of its groups. */
  readonly names: readonly string[];
  /** Searches the text: the named groups that took part, or null where nothing matches. */
  exec(text: string): Readonly<Record<string, string>> | null;
  /** Whether the text matches; several times as fast as asking for the groups. */
  test(text: string): boolean;
}

/**
 * Compiles an RE2 expression (syntax: https://github.com/google/re2/wiki/Syntax); named groups as `(?P<name>...)` or `(?<name>...)`.
 * A text without a literal that every match must contain costs one plain search.
 * Throws a PostrunError ("config") for a pattern that is wrong or not supported.
 */
export function compilePattern(source: string): SafePattern {
  const native = nativePattern(source);
  let compiled = native === null ? compile(source) : undefined;
  // What has a native pattern is an expression of RE2 for certain, which few texts need: it is compiled for the first of them.
  const expression = (): RE2JS => {
    compiled ??= compile(source);
    return compiled;
  };
  const names = native?.names ?? Object.keys(expression().namedGroups());
  const mayMatch = prefilter(source);
  const places = new Map(native?.names.map((name, index) => [name, index + 1]));
  return {
    source,
    names,
    test: (text) => mayMatch(text) && (native !== null && isForNative(text) ? native.expression : expression()).test(text),
    exec(text) {
      if (!mayMatch(text)) return null;
      if (native !== null && isForNative(text)) {
        const found = native.expression.exec(text);
        return found && namedGroups(names, (name) => found[places.get(name) ?? 0]);
      }
      const matcher = expression().matcher(text);
      return matcher.find() ? namedGroups(names, (name) => matcher.group(name)) : null;
    },
  };
}

/** Those that took part. */
function namedGroups(names: readonly string[], groupOf: (name: string) => string | null | undefined): Readonly<Record<string, string>> {
  const groups: Record<string, string> = {};
  for (const name of names) {
    const value = groupOf(name);
    if (typeof value === "string") Object.defineProperty(groups, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return groups;
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    const reason = errorMessage(error);
    throw new PostrunError(
      "config",
      `the pattern "${source}" cannot be used: ${reason}`,
      "Patterns are RE2 expressions: no look-around, no back-references. In YAML, quote them with single quotes.",
    );
  }
}

/** A plain search that tells most texts apart from those worth a try. Alternatives of literals alone cannot make a RegExp slow. */
function prefilter(source: string): (text: string) => boolean {
  const required = requiredLiterals(source);
  if (!required) return () => true;
  const [only = "", ...others] = required.anyOf;
  if (others.length === 0 && !required.ignoreCase) return (text) => text.includes(only);
  const escaped = required.anyOf.map((literal) => literal.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const search = new RegExp(escaped.join("|"), required.ignoreCase ? "iu" : "u");
  return (text) => search.test(text);
}
