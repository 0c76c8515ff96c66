/** Texts of which every match of an expression contains at least one. */
export interface RequiredLiterals {
  readonly anyOf: readonly string[];
  /** The expression ignores case, so these are to be searched so too. */
  readonly ignoreCase: boolean;
}

/**
 * What every match of a regular expression must contain, or null where nothing can be told. Conservative: whatever is not plainly a required
 * character ends a literal; an expression with flags other than at its beginning, or with `\Q`, has none.
 */
export function requiredLiterals(source: string): RequiredLiterals | null {
  // Of the flags of RE2 only `i` says what a character stands for.
  const flags = /^\(\?([imsU]{1,9})\)/.exec(source);
  const ignoreCase = flags?.[1]?.includes("i") === true;
  const body = source.slice(flags?.[0].length ?? 0);
  if (/\(\?[a-zA-Z-]+[:)]/.test(body) || /\\[QE]/.test(body)) return null;
  const scan = new LiteralParser(body);
  const best = scan.alternatives();
  return scan.at < body.length || best === null ? null : { anyOf: best, ignoreCase };
}

/** One of these must occur; null: nothing is known. */
type AnyOf = readonly string[] | null;

class LiteralParser {
  at = 0;

  constructor(private readonly source: string) {}

  /** What each match of the group at the cursor contains: one literal of each alternative. Stops at `)` or the end. */
  alternatives(): AnyOf {
    const found: AnyOf[] = [this.sequence()];
    while (this.source[this.at] === "|") {
      this.at += 1;
      found.push(this.sequence());
    }
    const known = found.filter((literals) => literals !== null);
    return known.length === found.length ? [...new Set(known.flat())] : null;
  }

  /** The most telling of the literals that one alternative requires. */
  private sequence(): AnyOf {
    let best: AnyOf = null;
    let run = "";
    const offer = (literals: AnyOf): void => {
      if (literals && shortest(literals) > shortest(best ?? [""])) best = literals;
    };
    const flush = (): void => {
      offer([run]);
      run = "";
    };
    while (this.at < this.source.length && this.source[this.at] !== ")" && this.source[this.at] !== "|") {
      const atom = this.atom();
      const quantifier = this.quantifier();
      if (typeof atom !== "string") {
        flush();
        if (quantifier !== "maybe") offer(atom);
      } else if (quantifier === "maybe") {
        flush();
      } else {
        run += atom;
        if (quantifier === "some") flush();
      }
    }
    flush();
    return best;
  }

  /** A plain character as itself; anything else as what it requires. */
  private atom(): string | AnyOf {
    const char = this.source[this.at] ?? "";
    if (char === "(") return this.group();
    if (char === "[") return this.skipClass();
    if (char === "\\") return this.escape();
    const length = (this.source.codePointAt(this.at) ?? 0) > 0xffff ? 2 : 1;
    const literal = this.source.slice(this.at, this.at + length);
    this.at += length;
    return ".^$*+?".includes(char) ? null : literal;
  }

  private group(): AnyOf {
    this.at += 1;
    const opening = /^\?(?::|P?<\w+>)/.exec(this.source.slice(this.at, this.at + 100));
    if (opening) this.at += opening[0].length;
    const inner = this.alternatives();
    this.at += 1;
    return inner;
  }

  private skipClass(): null {
    this.at += 1;
    if (this.source[this.at] === "^") this.at += 1;
    let first = true;
    while (this.at < this.source.length && (first || this.source[this.at] !== "]")) {
      first = false;
      const named = /^\[:\^?\w+:\]/.exec(this.source.slice(this.at, this.at + 20));
      this.at += named ? named[0].length : this.source[this.at] === "\\" ? 2 : 1;
    }
    this.at += 1;
    return null;
  }

  private escape(): string | null {
    const rest = this.source.slice(this.at, this.at + 40);
    const coded = /^\\(?:x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|[pP]\{[^}]*\}|[pP].|[0-7]{1,3})/.exec(rest);
    this.at += coded ? coded[0].length : 2;
    const next = rest[1] ?? "";
    return !coded && /^[^\w\s]$/.test(next) ? next : null;
  }

  /** once: exactly so; some: at least once; maybe: perhaps never. */
  private quantifier(): "once" | "some" | "maybe" {
    const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(this.source.slice(this.at, this.at + 24));
    if (!found) return "once";
    this.at += found[0].length;
    return found[0].startsWith("+") ? "some" : "maybe";
  }
}

function shortest(literals: readonly string[]): number {
  return Math.min(...literals.map((literal) => literal.length));
}
