/** A JSON text taken apart into what varies from row to row (texts, numbers, booleans) and what stands around it (keys, brackets, `null`, white space). */
import type { JsonObject } from "./json-fields.js";

export type ValueKind = "text" | "number" | "boolean";

/** Where in a parsed object a value stands. */
export interface Slot {
  readonly container: Record<string | number, unknown>;
  readonly key: string | number;
}

export interface Skeleton {
  /** What stands before each value, and after the last one. */
  readonly literals: readonly string[];
  readonly kinds: readonly ValueKind[];
  /** As written, texts without their quotes. */
  readonly values: readonly string[];
  /** Places of the values in the object that was given. */
  readonly slots: readonly Slot[];
}

/** A text or a key, a number, a boolean, `null`, a bracket, a comma; for text that is known to be JSON. */
const TOKEN = /"((?:[^"\\]|\\.)*)"(\s*:)?|(-?\d[\d.eE+-]*)|(true|false)|null|([{[])|[}\]]|,/g;

/**
 * Takes a text apart that is valid JSON. Null where its values have no place of their own: a key that stands twice in one object, or the one
 * name that cannot be assigned to.
 * @param object what JSON.parse makes of the text
 */
export function takeApart(text: string, object: JsonObject): Skeleton | null {
  const literals: string[] = [];
  const kinds: ValueKind[] = [];
  const values: string[] = [];
  const slots: Slot[] = [];
  const open: Place[] = [];
  let place = new Place({ root: object }, "root");
  let literalFrom = 0;
  for (const token of text.matchAll(TOKEN)) {
    const [whole, written, colon, number, boolean, bracket] = token;
    const last = token.index + whole.length;
    if (colon !== undefined) {
      if (!place.name(JSON.parse(`"${written}"`))) return null;
    } else if (bracket !== undefined) {
      open.push(place);
      place = new Place(place.value(), 0);
    } else if (whole === "}" || whole === "]") {
      const around = open.pop();
      if (around === undefined) return null;
      place = around;
    } else if (whole === ",") place.next();
    else if (whole !== "null") {
      literals.push(text.slice(literalFrom, token.index));
      literalFrom = last;
      kinds.push(written !== undefined ? "text" : number !== undefined ? "number" : "boolean");
      values.push(written ?? number ?? boolean ?? "");
      slots.push(place.slot());
    }
  }
  literals.push(text.slice(literalFrom).trimEnd());
  return { literals, kinds, values, slots };
}

/** A place in an object or array while its text is gone through. */
class Place {
  private readonly names = new Set<string>();

  constructor(
    private readonly container: Record<string | number, unknown>,
    private key: string | number,
  ) {}

  /** The key of the value that follows; false where it has been there before or is no plain name. */
  name(key: string): boolean {
    this.key = key;
    if (key === "__proto__" || this.names.has(key)) return false;
    this.names.add(key);
    return true;
  }

  next(): void {
    if (typeof this.key === "number") this.key += 1;
  }

  value(): Record<string | number, unknown> {
    return this.container[this.key] as Record<string | number, unknown>;
  }

  slot(): Slot {
    return { container: this.container, key: this.key };
  }
}
