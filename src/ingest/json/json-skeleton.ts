/** A JSON text taken apart into what varies from row to row (texts, numbers, booleans) and what stands around it (keys, brackets, `null`, white space). */
import type { JsonObject } from "../../model/text/json-object.js";

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

/** Of what stands in an object or array of the name `within`, what nobody reads; elements of an array have its name. */
export interface Unread {
  /** Nothing is read of the object or array of this name. */
  part(name: string, within: string): boolean;
  /** The text, number or boolean of this name is not read. */
  value(name: string, within: string): boolean;
}

export const READ_ALL: Unread = { part: () => false, value: () => false };

/** A text or a key, a number, a boolean, `null`, a bracket, a comma; for text that is known to be JSON. */
const TOKEN = /"((?:[^"\\]|\\.)*)"(\s*:)?|(-?\d[\d.eE+-]*)|(true|false)|null|[{}[\],]/g;

/**
 * Takes a text apart that is valid JSON. Null where a value has no place of its own: a key stands twice in one object.
 * @param object what JSON.parse makes of the text
 */
export function takeApart(text: string, object: JsonObject, unread: Unread): Skeleton | null {
  const literals: string[] = [];
  const kinds: ValueKind[] = [];
  const values: string[] = [];
  const slots: Slot[] = [];
  const skipped: boolean[] = [];
  const walk = new Walk(object, unread);
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
    skipped.push(walk.isUnread());
  }
  literals.push(text.slice(literalFrom).trimEnd());
  return { literals, kinds, values, slots, unread: skipped };
}

/** Follows the brackets, keys and commas of a text through the object that it became. */
class Walk {
  place: Place;
  private readonly open: Place[] = [];

  constructor(
    root: JsonObject,
    private readonly unread: Unread,
  ) {
    this.place = new Place({ root }, "root", "", false);
  }

  /** Whether nobody reads the value here. */
  isUnread(): boolean {
    return this.place.unread || this.unread.value(this.place.name, this.place.within);
  }

  /** False where a value would have no place of its own. */
  step(token: string, key: string | undefined): boolean {
    const { place } = this;
    if (key !== undefined) return place.enter(key.includes("\\") ? JSON.parse(`"${key}"`) : key);
    if (token === "{" || token === "[") {
      const inside = place.value();
      // Something else stands there in the end: a key around this place comes again further on.
      if (inside === undefined) return false;
      this.open.push(place);
      const { name } = place;
      this.place = new Place(inside, 0, name, place.unread || this.unread.part(name, place.within));
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

  /** The key of the value that follows; false where it has been there before. */
  enter(key: string): boolean {
    this.key = key;
    if (this.names.has(key)) return false;
    this.names.add(key);
    return true;
  }

  /** Elements of an array have its name. */
  get name(): string {
    return typeof this.key === "string" ? this.key : this.within;
  }

  next(): void {
    if (typeof this.key === "number") this.key += 1;
  }

  /** The object or array that stands here; undefined where something else does. */
  value(): Record<string | number, unknown> | undefined {
    const value = this.container[this.key];
    return typeof value === "object" && value !== null ? (value as Record<string | number, unknown>) : undefined;
  }

  slot(): Slot {
    return { container: this.container, key: this.key };
  }
}
