/**
 * The values of a column while they are added one after the other: what a report says again and again takes a number each, so that nothing of a long
 * run has to be held twice. Values are of plain JSON data (properties without a value are left out, as JSON does).
 */
import { canonicalInteger, canonicalTime } from "./embed-numbers.js";
import { type Shape, Shapes } from "./embed-shapes.js";

type Fields = Readonly<Record<string, unknown>>;

const FIRST_ROOM = 16;

/** A list of numbers that grows. */
class NumberList {
  #values = new Float64Array(FIRST_ROOM);
  length = 0;

  add(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}

export type Kind = "null" | "boolean" | "number" | "integer-text" | "time" | "text" | "array" | "object";

/** Of one kind each; `numbers` are 0 and 1 for booleans, milliseconds for times, and for texts their places among all of the data. */
export type Cells =
  | { readonly kind: "null"; readonly count: number }
  | { readonly kind: "boolean" | "number" | "integer-text" | "time" | "text"; readonly numbers: Float64Array }
  | { readonly kind: "array"; readonly lengths: Float64Array; readonly items: Column }
  | {
      readonly kind: "object";
      readonly shapes: readonly Shape[];
      readonly which: Float64Array;
      readonly columns: ReadonlyMap<string, Column>;
    };

/** Values of any kinds in their order. */
export interface Column {
  readonly count: number;
  /** In the order of their first appearance. */
  readonly parts: readonly Cells[];
  /** Of each value the place of its part; absent where there is one part only. */
  readonly which?: Float64Array;
}

/** Each text of the data with its place, in order of first appearance. */
export type Texts = Map<string, number>;

/** A column that grows. */
export class GrowingColumn {
  #count = 0;
  readonly #kinds: Kind[] = [];
  /** Which of the kinds each value is of; begun when a second kind appears. */
  #which: NumberList | undefined;
  #nulls = 0;
  readonly #numbers: Partial<Record<Kind, NumberList>> = {};
  readonly #lengths = new NumberList();
  #items: GrowingColumn | undefined;
  #objects: GrowingObjects | undefined;
  readonly #texts: Texts;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  add(value: unknown): void {
    if (typeof value === "string") this.#addText(value);
    else if (typeof value === "number" && Number.isFinite(value)) this.#addNumber("number", value);
    else if (typeof value === "boolean") this.#addNumber("boolean", value ? 1 : 0);
    else if (value === null || typeof value !== "object") {
      this.#note("null");
      this.#nulls += 1;
    } else if (Array.isArray(value)) this.#addArray(value);
    else {
      this.#note("object");
      this.#objects ??= new GrowingObjects(this.#texts);
      this.#objects.add(value as Fields);
    }
  }

  finish(): Column {
    const parts = this.#kinds.map((kind) => this.#cells(kind));
    return { count: this.#count, parts, ...(this.#which === undefined ? {} : { which: this.#which.values }) };
  }

  #addText(text: string): void {
    if (canonicalInteger(text)) {
      this.#addNumber("integer-text", Number(text));
      return;
    }
    const time = canonicalTime(text);
    if (!Number.isNaN(time)) {
      this.#addNumber("time", time);
      return;
    }
    const known = this.#texts.get(text);
    if (known === undefined) this.#texts.set(text, this.#texts.size);
    this.#addNumber("text", known ?? this.#texts.size - 1);
  }

  #addArray(items: readonly unknown[]): void {
    this.#note("array");
    this.#lengths.add(items.length);
    this.#items ??= new GrowingColumn(this.#texts);
    for (let index = 0; index < items.length; index += 1) this.#items.add(items[index]);
  }

  #addNumber(kind: Kind, value: number): void {
    this.#note(kind);
    const list = this.#numbers[kind] ?? new NumberList();
    this.#numbers[kind] = list;
    list.add(value);
  }

  #note(kind: Kind): void {
    let place = this.#kinds.indexOf(kind);
    if (place < 0) place = this.#kinds.push(kind) - 1;
    if (place > 0 && this.#which === undefined) {
      this.#which = new NumberList();
      for (let before = 0; before < this.#count; before += 1) this.#which.add(0);
    }
    this.#which?.add(place);
    this.#count += 1;
  }

  #cells(kind: Kind): Cells {
    if (kind === "null") return { kind, count: this.#nulls };
    if (kind === "array") return { kind, lengths: this.#lengths.values, items: (this.#items ?? new GrowingColumn(this.#texts)).finish() };
    if (kind === "object") return { kind, ...(this.#objects ?? new GrowingObjects(this.#texts)).finish() };
    return { kind, numbers: this.#numbers[kind]?.values ?? new Float64Array(0) };
  }
}

/** Objects taken apart: a column for each key, and which keys each object has. */
class GrowingObjects {
  readonly #columns = new Map<string, GrowingColumn>();
  readonly #shapes = new Shapes();
  readonly #targets: (readonly GrowingColumn[])[] = [];
  readonly #which = new NumberList();
  #last: Shape | undefined;
  /** Those of the object that is added: each is asked for once, since it may be made then. */
  readonly #keys: string[] = [];
  readonly #values: unknown[] = [];
  readonly #texts: Texts;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  add(fields: Fields): void {
    let count = 0;
    // Mostly an object has the keys of the one before it.
    let isAlike = true;
    for (const key in fields) {
      const value = fields[key];
      if (value === undefined) continue;
      this.#keys[count] = key;
      this.#values[count] = value;
      isAlike &&= this.#last?.keys[count] === key;
      count += 1;
    }
    const shape = isAlike && this.#last?.keys.length === count ? this.#last : this.#shapes.of(this.#keys.slice(0, count));
    this.#last = shape;
    const targets = this.#targets[shape.index] ?? this.#begin(shape);
    for (let place = 0; place < count; place += 1) targets[place]?.add(this.#values[place]);
    this.#which.add(shape.index);
  }

  finish(): Omit<Extract<Cells, { kind: "object" }>, "kind"> {
    const columns = new Map([...this.#columns].map(([key, column]) => [key, column.finish()] as const));
    return { shapes: this.#shapes.all, which: this.#which.values, columns };
  }

  #begin(shape: Shape): readonly GrowingColumn[] {
    const targets = shape.keys.map((key) => {
      const column = this.#columns.get(key) ?? new GrowingColumn(this.#texts);
      this.#columns.set(key, column);
      return column;
    });
    this.#targets[shape.index] = targets;
    return targets;
  }
}
