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
  /** Values that nobody reads. */
  readonly unread: readonly boolean[];
}

/** Whether nobody reads what stands in the object or array of this name, in one of that name. */
export type Unread = (name: string, around: string) => boolean;

/** A text or a key, a number, a boolean, `null`, a bracket, a comma; for text that is known to be JSON. */
const TOKEN = /"((?:[^"\\]|\\.)*)"(\s*:)?|(-?\d[\d.eE+-]*)|(true|false)|null|[{}[\],]/g;

/**
 * Takes a text apart that is valid JSON. Null where its values have no place of their own: a key that stands twice in one object, or the one
 * name that cannot be assigned to.
 * @param object what JSON.parse makes of the text
 */
export function takeApart(text: string, object: JsonObject, isUnread: Unread): Skeleton | null {
  const literals: string[] = [];
  const kinds: ValueKind[] = [];
  const values: string[] = [];
  const slots: Slot[] = [];
  const unread: boolean[] = [];
  const walk = new Walk(object, isUnread);
  let literalFrom = 0;
  for (const token of text.matchAll(TOKEN)) {
    const [whole, written, colon, number, boolean] = token;
    const value = colon === undefined ? (written ?? number ?? boolean) : undefined;
    if (value === undefined) {
      if (!walk.step(whole, colon === undefined ? undefined : written)) return null;
      continue;
    }
    literals.push(text.slice(literalFrom, token.index));
    literalFrom = token.index + whole.length;
    kinds.push(written !== undefined ? "text" : number !== undefined ? "number" : "boolean");
    values.push(value);
    slots.push(walk.place.slot());
    unread.push(walk.place.unread);
  }
  literals.push(text.slice(literalFrom).trimEnd());
  return { literals, kinds, values, slots, unread };
}

/** Follows the brackets, keys and commas of a text through the object that it became. */
class Walk {
  place: Place;
  private readonly open: Place[] = [];

  constructor(
    root: JsonObject,
    private readonly isUnread: Unread,
  ) {
    this.place = new Place({ root }, "root", "", false);
  }

  /** False where a value would have no place of its own. */
  step(token: string, key: string | undefined): boolean {
    const { place } = this;
    if (key !== undefined) return place.name(key.includes("\\") ? JSON.parse(`"${key}"`) : key);
    if (token === "{" || token === "[") {
      this.open.push(place);
      const name = typeof place.key === "string" ? place.key : place.within;
      this.place = new Place(place.value(), 0, name, place.unread || this.isUnread(name, place.within));
    } else if (token === "}" || token === "]") this.place = this.open.pop() ?? place;
    else if (token === ",") place.next();
    return true;
  }
}

/** A place in an object or array. */
class Place {
  private readonly names = new Set<string>();

  /** @param within name of the object or array; elements of an array have its name */
  constructor(
    private readonly container: Record<string | number, unknown>,
    public key: string | number,
    readonly within: string,
    readonly unread: boolean,
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
