/**
 * The longest text that every match of a regular expression must contain, or "" where none can be told.
 * Conservative: whatever is not plainly a required character ends the run; an expression with flags or `\Q` has none.
 */
export function requiredLiteral(source: string): string {
  if (/\(\?[a-zA-Z-]*[:)]/.test(source.replaceAll("(?:", "(")) || /\\[QE]/.test(source)) return "";
  const scan = new LiteralScan(source);
  const literals = scan.alternatives();
  return scan.at < source.length ? "" : longest(literals);
}

class LiteralScan {
  at = 0;

  constructor(private readonly source: string) {}

  /** Literals that each match of the group at the cursor contains; none where it has alternatives. Stops at `)` or the end. */
  alternatives(): readonly string[] {
    const literals: string[] = [];
    let run = "";
    let several = false;
    const flush = (): void => {
      if (run !== "") literals.push(run);
      run = "";
    };
    while (this.at < this.source.length && this.source[this.at] !== ")") {
      const char = this.source[this.at] ?? "";
      if (char === "|") {
        several = true;
        this.at += 1;
        continue;
      }
      const atom = this.atom();
      const quantifier = this.quantifier();
      if (atom.literal === undefined) {
        flush();
        if (quantifier === "none" || quantifier === "some") literals.push(...atom.inner);
      } else if (quantifier === "maybe") {
        flush();
      } else {
        run += atom.literal;
        if (quantifier === "some") flush();
      }
    }
    flush();
    return several ? [] : literals;
  }

  private atom(): { literal?: string; inner: readonly string[] } {
    const char = this.source[this.at] ?? "";
    if (char === "(") return { inner: this.group() };
    if (char === "[") {
      this.skipClass();
      return { inner: [] };
    }
    if (char === "\\") return this.escape();
    const length = (this.source.codePointAt(this.at) ?? 0) > 0xffff ? 2 : 1;
    const literal = this.source.slice(this.at, this.at + length);
    this.at += length;
    return ".^$*+?".includes(char) ? { inner: [] } : { literal, inner: [] };
  }

  private group(): readonly string[] {
    this.at += 1;
    const opening = /^\?(?::|P?<\w+>)/.exec(this.source.slice(this.at));
    if (opening) this.at += opening[0].length;
    const inner = this.alternatives();
    this.at += 1;
    return inner;
  }

  private skipClass(): void {
    this.at += 1;
    if (this.source[this.at] === "^") this.at += 1;
    let first = true;
    while (this.at < this.source.length && (first || this.source[this.at] !== "]")) {
      first = false;
      const named = /^\[:\^?\w+:\]/.exec(this.source.slice(this.at, this.at + 20));
      this.at += named ? named[0].length : this.source[this.at] === "\\" ? 2 : 1;
    }
    this.at += 1;
  }

  private escape(): { literal?: string; inner: readonly string[] } {
    const rest = this.source.slice(this.at, this.at + 40);
    const coded = /^\\(?:x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|[pP]\{[^}]*\}|[pP].|[0-7]{1,3})/.exec(rest);
    this.at += coded ? coded[0].length : 2;
    const next = rest[1] ?? "";
    return !coded && /^[^\w\s]$/.test(next) ? { literal: next, inner: [] } : { inner: [] };
  }

  /** none: exactly once; some: at least once; maybe: perhaps never. */
  private quantifier(): "none" | "some" | "maybe" {
    const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(this.source.slice(this.at, this.at + 24));
    if (!found) return "none";
    this.at += found[0].length;
    return found[0].startsWith("+") ? "some" : "maybe";
  }
}

function longest(literals: readonly string[]): string {
  return literals.reduce((best, literal) => (literal.length > best.length ? literal : best), "");
}
