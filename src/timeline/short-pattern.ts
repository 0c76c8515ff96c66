import { compilePattern, type SafePattern } from "../model/safe-pattern.js";

/** Longer texts are no names. */
const LONGEST = 256;

/**
 * The same as `compilePattern`, many times as fast where names of Jobs are read: there are as many as Jobs. An expression that is a plain row of
 * characters, classes and repetitions, none of which can take what the next one begins with, leaves the engine of JavaScript no choice to go back on.
 */
export function compileShortPattern(source: string): SafePattern {
  const plain = plainExpression(source);
  if (plain === undefined) return compilePattern(source);
  let compiled: SafePattern | undefined;
  const safe = () => {
    compiled ??= compilePattern(source);
    return compiled;
  };
  return {
    source,
    test: (text) => (text.length > LONGEST ? safe().test(text) : plain.test(text)),
    exec(text) {
      if (text.length > LONGEST) return safe().exec(text);
      const groups = plain.exec(text);
      return groups === null ? null : { ...groups.groups };
    },
  };
}

/** One place of an expression: what it may be, as ASCII codes, and whether its length is open. */
interface Place {
  readonly codes: ReadonlySet<number>;
  readonly repeats: boolean;
}

const DIGITS = "0123456789";
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const WORD = `${DIGITS}${LETTERS}${LETTERS.toUpperCase()}_`;

const codesOf = (chars: string): ReadonlySet<number> => new Set(Array.from(chars, (char) => char.charCodeAt(0)));

/** An opening of a group, its end, or one place with its repetition; RE2 and JavaScript read these alike. */
const PART = /\((?:\?:|\?P?<([a-zA-Z]\w*)>)?|\)|(?:\\d|\\w|\\[.\-/_]|[\w\-/:@])(\+?)/gy;

/** The expression for JavaScript; undefined where it is more than such a plain row. */
function plainExpression(source: string): RegExp | undefined {
  const begins = source.startsWith("^");
  const ends = source.endsWith("$") && !source.endsWith("\\$");
  const body = source.slice(begins ? 1 : 0, ends ? -1 : undefined);
  const places: Place[] = [];
  let translated = "";
  let at = 0;
  for (const match of body.matchAll(PART)) {
    const [whole, , plus] = match;
    at += whole.length;
    translated += whole.replace("(?P<", "(?<");
    if (whole.startsWith("(") || whole === ")") {
      // A repeated group is no plain row.
      if (whole === ")" && /[+*?{]/.test(body[at] ?? "")) return undefined;
      continue;
    }
    places.push({ codes: codesAt(whole), repeats: plus === "+" });
  }
  if (at < body.length || places.some((place, index) => !isDecided(place, places[index + 1]))) return undefined;
  return expressionOf(`${begins ? "^" : ""}${translated}${ends ? "$" : ""}`);
}

/** Undefined for what is wrong: `compilePattern` says what it is. */
function expressionOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

function codesAt(place: string): ReadonlySet<number> {
  if (place.startsWith("\\d")) return codesOf(DIGITS);
  if (place.startsWith("\\w")) return codesOf(WORD);
  return codesOf(place.startsWith("\\") ? place.charAt(1) : place.charAt(0));
}

/** A repetition ends where the next place begins, for no character fits both. */
function isDecided({ codes, repeats }: Place, next: Place | undefined): boolean {
  return !repeats || next === undefined || [...next.codes].every((code) => !codes.has(code));
}
