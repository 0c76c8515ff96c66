/**
 * Finds the shape of a row in one pass of the regular expression engine, several times faster than JSON.parse: shapes that begin alike share a
 * branch, whose expression holds what is the same in all of them and a group for each value that varies. At most one branch fits a text: two differ
 * in the first character, or in the kind of the value there.
 */
import type { ValueKind } from "./json-skeleton.js";
import type { RowShape } from "./row-shape.js";

/** As JSON allows, escapes and exponents apart; what stands behind a value in a shape ends it. */
const PATTERNS: Readonly<Record<ValueKind, string>> = {
  text: String.raw`"([^"\\\x00-\x1f]*)"`,
  number: String.raw`(-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?)`,
  boolean: "(true|false)",
};
/** A text with escapes, few enough for the engine's stack. */
const ESCAPED = String.raw`"([^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[^"\\\x00-\x1f]*){0,100})"`;

interface Branch {
  readonly pattern: RegExp;
  /** Which value each group of the pattern is. */
  readonly groups: readonly number[];
  readonly branches: Branch[];
  /** Set where the row is over. */
  readonly shape: RowShape | undefined;
}

export class ShapeTree {
  /** Where the row that was found last ends. */
  end = 0;
  private branches: Branch[] = [];
  private readonly path: Branch[] = [];
  private readonly found: RegExpExecArray[] = [];

  grow(shapes: readonly RowShape[]): void {
    this.branches = split(shapes, 0, 0);
  }

  /** The shape of the row that begins here, its object holding the row's values; undefined where no shape fits. */
  find(text: string, from: number): RowShape | undefined {
    let branches = this.branches;
    let at = from;
    for (let depth = 0; ; depth += 1) {
      const branch = this.follow(branches, text, at, depth);
      if (branch === undefined) return undefined;
      at = branch.pattern.lastIndex;
      if (branch.shape !== undefined) {
        this.end = at;
        this.fill(branch.shape, depth);
        return branch.shape;
      }
      branches = branch.branches;
    }
  }

  private follow(branches: Branch[], text: string, at: number, depth: number): Branch | undefined {
    for (let index = 0; index < branches.length; index += 1) {
      const branch = branches[index];
      if (branch === undefined) break;
      branch.pattern.lastIndex = at;
      const found = branch.pattern.exec(text);
      if (found === null) continue;
      this.path[depth] = branch;
      this.found[depth] = found;
      if (index > 0) {
        // What came last will often come next.
        branches.copyWithin(1, 0, index);
        branches[0] = branch;
      }
      return branch;
    }
    return undefined;
  }

  private fill(shape: RowShape, depth: number): void {
    for (let level = 0; level <= depth; level += 1) {
      const groups = this.path[level]?.groups ?? [];
      const found = this.found[level];
      for (let index = 0; index < groups.length; index += 1) shape.write(groups[index] ?? -1, found?.[index + 1] ?? "");
    }
  }
}

/** Branches for shapes that are alike before this value and up to this character of the literal before it. */
function split(shapes: readonly RowShape[], value: number, offset: number): Branch[] {
  const parts = new Map<string, RowShape[]>();
  for (const shape of shapes) {
    const next = shape.skeleton.literals[value]?.charAt(offset) || (shape.skeleton.kinds[value] ?? "end");
    const part = parts.get(next);
    if (part === undefined) parts.set(next, [shape]);
    else part.push(shape);
  }
  return [...parts.values()].map((part) => branchOf(part, value, offset));
}

/** One branch for shapes that go on with the same character, or the same kind of value. */
function branchOf(shapes: readonly RowShape[], value: number, offset: number): Branch {
  const [first] = shapes;
  const groups: number[] = [];
  let source = "";
  let at = value;
  let from = offset;
  for (;;) {
    const common = commonLength(
      shapes.map(({ skeleton }) => skeleton.literals[at] ?? ""),
      from,
    );
    source += escaped(first?.skeleton.literals[at]?.slice(from, common) ?? "");
    from = common;
    const kind = first?.skeleton.kinds[at];
    const alike = shapes.every(({ skeleton }) => skeleton.literals[at]?.length === from && skeleton.kinds[at] === kind);
    if (alike && kind !== undefined) {
      source += valuePattern(shapes, at, kind, groups);
      at += 1;
      from = 0;
    } else {
      const shape = alike ? first : undefined;
      return { pattern: new RegExp(source, "y"), groups, shape, branches: alike ? [] : split(shapes, at, from) };
    }
  }
}

/** A group where the value varies, else the value itself. */
function valuePattern(shapes: readonly RowShape[], at: number, kind: ValueKind, groups: number[]): string {
  const value = shapes[0]?.skeleton.values[at] ?? "";
  if (shapes.every((shape) => shape.varies[at] !== true && shape.skeleton.values[at] === value)) {
    return escaped(kind === "text" ? `"${value}"` : value);
  }
  const escapes = shapes.some((shape) => shape.escapes[at] === true);
  for (const shape of shapes) {
    shape.varies[at] = true;
    if (escapes) shape.escapes[at] = true;
  }
  const pattern = kind === "text" && escapes ? ESCAPED : PATTERNS[kind];
  if (shapes.every(({ skeleton }) => skeleton.unread[at] === true)) return pattern.replace("(", "(?:");
  groups.push(at);
  return pattern;
}

function commonLength(texts: readonly string[], from: number): number {
  const [first = ""] = texts;
  let length = from;
  while (length < first.length && texts.every((text) => text.charCodeAt(length) === first.charCodeAt(length))) length += 1;
  return length;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
