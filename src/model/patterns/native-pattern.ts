/**
 * RE2 expressions that the engine's own RegExp can search as safely, and many times as fast: those in which a search never has to try again what it has
 * tried. Where a repetition ends, the character tells: none of its characters may begin what follows. Only single characters are repeated, groups at most left out.
 * Then a search from one place takes time linear in the text, and from all places, for texts of limited length, no more than RE2 itself. Texts are of ASCII:
 * what RE2 and RegExp make of other letters differs in many ways.
 */
import { type CodeRanges, classOf, complement, inBothCases, LAST_CODE, overlap, union } from "./code-ranges.js";

export interface NativePattern {
  readonly expression: RegExp;
  /** Names of the groups, in the order of their numbers. */
  readonly names: readonly string[];
}

/** Longest text searched so [characters]. */
export const NATIVE_LONGEST = 256;
const BEYOND_ASCII = /[^\0-\x7f]/;

/** Whether a text is one that a native pattern may be searched in. */
export function isForNative(text: string): boolean {
  return text.length <= NATIVE_LONGEST && !BEYOND_ASCII.test(text);
}

/** Ways that a search may have to try at one place. */
const MOST_WAYS = 4;

const DIGIT: CodeRanges = [[48, 57]];
const WORD: CodeRanges = [...DIGIT, [65, 90], [95, 95], [97, 122]];
/** RE2 knows no more white space than this. */
const WHITE: CodeRanges = [
  [9, 10],
  [12, 13],
  [32, 32],
];
const CLASSES: Readonly<Record<string, CodeRanges>> = {
  d: DIGIT,
  D: complement(DIGIT),
  w: WORD,
  W: complement(WORD),
  s: WHITE,
  S: complement(WHITE),
};
const CONTROLS: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12 };
const ANY: CodeRanges = [[0, LAST_CODE]];
const NEWLINE: CodeRanges = [[10, 10]];

/** What may stand at some place of a match. */
interface Follow {
  /** The characters that may begin it. */
  readonly codes: CodeRanges;
  /** From there on to its end, the match cannot fail. */
  readonly sure: boolean;
}

/** A part of an expression, in the syntax of RegExp. */
interface Part {
  readonly text: string;
  /** Matches nothing as well. */
  readonly empty: boolean;
  /** What may stand where it begins, given what follows it. */
  first(follow: Follow): Follow;
}

/** RE2 refuses to repeat anything more often; here it bounds all repetitions of an expression together. */
const MOST_REPETITIONS = 1000;
/** Longer expressions are too large for RE2, or nested too deeply, in ways that are left to itself [characters]. */
const LONGEST_SOURCE = 1000;

/** The same expression for RegExp; null where it is not certain that RE2 takes it, that it means the same and is as safe. */
export function nativePattern(source: string): NativePattern | null {
  if (source.length > LONGEST_SOURCE) return null;
  const flags = /^\(\?(i|s|is|si)\)/.exec(source)?.[0] ?? "";
  const translation = new Translation(source.slice(flags.length), flags.includes("i"), flags.includes("s"));
  try {
    const { text, names } = translation.whole();
    return { expression: new RegExp(text), names };
  } catch (error) {
    if (error instanceof NotNative) return null;
    throw error;
  }
}

class NotNative extends Error {}

class Translation {
  private at = 0;
  private readonly names: string[] = [];
  private ways = 1;
  private repetitions = 0;

  constructor(
    private readonly source: string,
    private readonly ignoreCase: boolean,
    private readonly dotAll: boolean,
  ) {}

  whole(): { readonly text: string; readonly names: readonly string[] } {
    const all = this.alternatives();
    if (this.at < this.source.length) throw new NotNative();
    all.first({ codes: [], sure: true });
    if (this.ways > MOST_WAYS) throw new NotNative();
    return { text: all.text, names: this.names };
  }

  private alternatives(): Part {
    const parts = [this.sequence()];
    while (this.source[this.at] === "|") {
      this.at += 1;
      parts.push(this.sequence());
    }
    return {
      text: parts.map(({ text }) => text).join("|"),
      empty: parts.some(({ empty }) => empty),
      first: (follow) => {
        const firsts = parts.map((part) => part.first(follow));
        // Alternatives that begin alike may all have to be tried.
        const alike = firsts.some(({ codes }, index) => firsts.slice(0, index).some((earlier) => overlap(codes, earlier.codes)));
        if (alike) this.ways *= parts.length;
        return { codes: union(...firsts.map(({ codes }) => codes)), sure: firsts.every(({ sure }) => sure) };
      },
    };
  }

  private sequence(): Part {
    const parts: Part[] = [];
    while (this.at < this.source.length && this.source[this.at] !== ")" && this.source[this.at] !== "|") parts.push(this.repeated());
    return {
      text: parts.map(({ text }) => text).join(""),
      empty: parts.every(({ empty }) => empty),
      first: (follow) => parts.reduceRight((next, part) => part.first(next), follow),
    };
  }

  private repeated(): Part {
    const from = this.at;
    const single = this.single();
    const part = single === null ? this.groupOrPlace() : this.characters(single);
    const found = /^(?:[*+?]|\{\d{1,4}(?:,\d{0,4})?\})\??/.exec(this.source.slice(this.at, this.at + 16));
    if (!found) return part;
    this.at += found[0].length;
    if (/^[*+?{]/.test(this.source.slice(this.at))) throw new NotNative();
    const counts = (found[0].match(/\d+/g) ?? []).map(Number);
    this.repetitions += Math.max(0, ...counts);
    if (this.repetitions > MOST_REPETITIONS || (counts[0] ?? 0) > (counts[1] ?? MOST_REPETITIONS)) throw new NotNative();
    const least = found[0].startsWith("+") ? 1 : (counts[0] ?? 0);
    const once = found[0].startsWith("?");
    const exact = /^\{\d+\}/.test(found[0]);
    // A group that is left out must be told from one that holds nothing; a place cannot be repeated.
    if (single === null && (!once || part.empty || this.source[from] !== "(")) throw new NotNative();
    return {
      text: part.text + found[0],
      empty: part.empty || least === 0,
      first: (follow) => {
        const own = part.first(follow);
        if (!exact && !follow.sure && overlap(own.codes, follow.codes)) {
          if (!once) throw new NotNative();
          this.ways *= 2;
        }
        return least === 0 ? { codes: union(own.codes, follow.codes), sure: follow.sure } : { codes: own.codes, sure: false };
      },
    };
  }

  private characters(ranges: CodeRanges): Part {
    const set = this.ignoreCase ? inBothCases(ranges) : ranges;
    if (set.length === 0) throw new NotNative();
    return { text: classOf(set), empty: false, first: () => ({ codes: set, sure: false }) };
  }

  /** A character, or one of several; null where something else stands. */
  private single(): CodeRanges | null {
    const char = this.source[this.at] ?? "";
    if ("(^$".includes(char) || (char === "\\" && /^[bB]$/.test(this.source[this.at + 1] ?? ""))) return null;
    if ("*+?{}]".includes(char)) throw new NotNative();
    if (char === "[") return this.class();
    if (char === ".") {
      this.at += 1;
      return this.dotAll ? ANY : complement(NEWLINE);
    }
    return char === "\\" ? this.escape() : this.literal();
  }

  private literal(): CodeRanges {
    const code = this.source.charCodeAt(this.at);
    if (code > LAST_CODE) throw new NotNative();
    this.at += 1;
    return [[code, code]];
  }

  private escape(): CodeRanges {
    const letter = this.source[this.at + 1] ?? "";
    this.at += 2;
    const known = CLASSES[letter];
    if (known) return known;
    const code = CONTROLS[letter] ?? (/^[!-/:-@[-`{-~]$/.test(letter) ? letter.charCodeAt(0) : undefined);
    if (code === undefined) throw new NotNative();
    return [[code, code]];
  }

  private class(): CodeRanges {
    this.at += 1;
    const negated = this.source[this.at] === "^";
    if (negated) this.at += 1;
    const members: CodeRanges[] = [];
    do members.push(this.member());
    while (this.source[this.at] !== "]");
    this.at += 1;
    const all = union(...members);
    if (!negated) return all;
    return complement(this.ignoreCase ? inBothCases(all) : all);
  }

  /** A character of a class, or a range of them. */
  private member(): CodeRanges {
    const from = this.memberCharacter();
    if (this.source[this.at] !== "-" || this.source[this.at + 1] === "]") return from;
    this.at += 1;
    const to = this.memberCharacter();
    const [first, last] = [from[0]?.[0] ?? 0, to[0]?.[1] ?? 0];
    const isOne = (set: CodeRanges): boolean => set.length === 1 && set[0]?.[0] === set[0]?.[1];
    if (!isOne(from) || !isOne(to) || first > last) throw new NotNative();
    return [[first, last]];
  }

  private memberCharacter(): CodeRanges {
    const char = this.source[this.at];
    // `[]a]`, `[[:alpha:]]` and an end that is missing: rare, and read in their own ways.
    if (char === undefined || char === "]" || char === "[" || char === "-") throw new NotNative();
    return char === "\\" ? this.escape() : this.literal();
  }

  private groupOrPlace(): Part {
    const char = this.source[this.at];
    if (char !== "(") {
      const text = char === "\\" ? this.source.slice(this.at, this.at + 2) : (char ?? "");
      this.at += text.length;
      return { text, empty: true, first: ({ codes }) => ({ codes, sure: false }) };
    }
    const opening = /^\((?:\?:|\?P?<(\w+)>)?/.exec(this.source.slice(this.at, this.at + 100));
    this.at += opening?.[0].length ?? 0;
    if (this.source[this.at] === "?") throw new NotNative();
    const name = opening?.[1];
    if (name !== undefined) this.#take(name);
    const inner = this.alternatives();
    if (this.source[this.at] !== ")") throw new NotNative();
    this.at += 1;
    return { text: `${name === undefined ? "(?:" : "("}${inner.text})`, empty: inner.empty, first: inner.first };
  }

  /** A name that RE2 takes: once, and a word. */
  #take(name: string): void {
    if (this.names.includes(name) || !/^[A-Za-z_]/.test(name)) throw new NotNative();
    this.names.push(name);
  }
}
