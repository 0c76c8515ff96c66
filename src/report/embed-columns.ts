/**
 * Plain JSON data as columns: all values that stand at the same place of an array's items form one list, which is written in the shortest of a
 * few ways. A report of 40,000 investigations packs to a few megabytes this way. `unpackColumns` gives back the same data with the same order
 * of keys; templates/scripts/columns.js does the same in the page.
 *
 * A column is one of:
 * `["=", value]` every value is this one; `["i", order, scale, index]` integers of the table of numbers divided by scale, as differences of
 * this order; `["f", index]` numbers of the table as they stand; `["-", later, earlier]` in objects: milliseconds between the times of two keys; `["b", column]` booleans as 0 and 1; `["d", column]` integers as text; `["t", column]` ISO 8601 times with
 * milliseconds as epoch milliseconds; `["s", column]` indexes into the table of strings; `["u", length, ...columns]` arrays of one length, a
 * column for each position; `["a", lengths, column]` arrays one after the other; `["o", shapes, column, ...columns]` objects: lists of keys,
 * which of them each object has, and a column for each key; `["?", column, ...columns]` values of several kinds: which kind, and a column for each.
 */
import { betweenTimes, canonicalInteger, canonicalTime, type NumberColumn, numberColumn } from "./embed-numbers.js";

export type Column = readonly [tag: string, ...parts: unknown[]];

export interface PackedColumns {
  /** Version of the packing. */
  readonly columns: 1;
  /** Every string once, in the order of its first appearance. */
  readonly strings: readonly string[];
  /** Every list of numbers once. */
  readonly numbers: readonly (readonly number[])[];
  readonly data: Column;
}

type Kind = "null" | "boolean" | "number" | "integer-text" | "time" | "text" | "array" | "object";

/** Arrays of one length up to this are tuples: a column for each position. */
const LONGEST_TUPLE = 8;

/** Packs plain data (what JSON can hold; properties without a value are left out, as JSON does). */
export function packColumns(data: unknown): PackedColumns {
  const packer = new ColumnPacker();
  const column = packer.column([data]);
  return { columns: 1, strings: [...packer.strings.keys()], numbers: packer.numbers, data: column };
}

class ColumnPacker {
  readonly strings = new Map<string, number>();
  readonly numbers: (readonly number[])[] = [];
  private readonly known = new Map<string, number>();

  column(values: readonly unknown[]): Column {
    const [first] = values;
    if (values.length === 0) return ["=", null];
    if (isScalar(first) && values.every((value) => value === first)) return ["=", first];
    const kinds = values.map(kindOf);
    const parts = new Map<Kind, unknown[]>();
    for (const [index, kind] of kinds.entries()) {
      const part = parts.get(kind);
      if (part === undefined) parts.set(kind, [values[index]]);
      else part.push(values[index]);
    }
    const present = [...parts.keys()];
    const [only] = present;
    if (present.length === 1 && only !== undefined) return this.ofKind(only, values);
    const which = this.ofNumbers(kinds.map((kind) => present.indexOf(kind)));
    return ["?", which, ...[...parts].map(([kind, part]) => this.ofKind(kind, part))];
  }

  /** A column of numbers; its list goes to the table, once. */
  private ofNumbers(values: readonly number[]): Column {
    const column: NumberColumn = numberColumn(values);
    if (column[0] === "=") return column;
    const list = column[0] === "f" ? column[1] : column[3];
    const text = String(list);
    const index = this.known.get(text) ?? this.numbers.push(list) - 1;
    this.known.set(text, index);
    return column[0] === "f" ? ["f", index] : ["i", column[1], column[2], index];
  }

  private ofKind(kind: Kind, values: readonly unknown[]): Column {
    if (kind === "null") return ["=", null];
    if (kind === "boolean") return ["b", this.ofNumbers(values.map(Number))];
    if (kind === "number") return this.ofNumbers(values as readonly number[]);
    if (kind === "integer-text") return ["d", this.ofNumbers(values.map(Number))];
    if (kind === "time") return ["t", this.ofNumbers((values as readonly string[]).map((text) => Date.parse(text)))];
    if (kind === "text") return ["s", this.ofNumbers((values as readonly string[]).map((text) => this.index(text)))];
    return kind === "array" ? this.arrays(values as readonly (readonly unknown[])[]) : this.objects(values as readonly object[]);
  }

  private index(text: string): number {
    const known = this.strings.get(text);
    if (known !== undefined) return known;
    this.strings.set(text, this.strings.size);
    return this.strings.size - 1;
  }

  private arrays(arrays: readonly (readonly unknown[])[]): Column {
    const length = arrays[0]?.length ?? 0;
    const isTuple = arrays.length > 1 && length > 0 && length <= LONGEST_TUPLE && arrays.every((array) => array.length === length);
    if (isTuple) return ["u", length, ...Array.from({ length }, (_, position) => this.column(arrays.map((array) => array[position])))];
    return ["a", this.ofNumbers(arrays.map((array) => array.length)), this.column(arrays.flat(1))];
  }

  private objects(objects: readonly object[]): Column {
    const shapes = new Shapes();
    const columns = new Map<string, unknown[]>();
    const which = objects.map((object) => {
      const values = object as Readonly<Record<string, unknown>>;
      const present = Object.keys(values).filter((key) => values[key] !== undefined);
      for (const key of present) {
        const column = columns.get(key);
        if (column === undefined) columns.set(key, [values[key]]);
        else column.push(values[key]);
      }
      return shapes.index(present);
    });
    const keys = [...columns.keys()];
    const places = new Map(keys.map((key, place) => [key, place]));
    const lists = shapes.all.map((shape) => shape.map((key) => places.get(key)));
    return [
      "o",
      keys,
      lists,
      this.ofNumbers(which),
      ...[...columns].map(([key, values]) => betweenTimes(key, columns) ?? this.column(values)),
    ];
  }
}

interface ShapeNode {
  readonly next: Map<string, ShapeNode>;
  index?: number;
}

/** Lists of keys in their order, each known by a number; a tree, because this is asked once for every object of a report. */
class Shapes {
  readonly all: (readonly string[])[] = [];
  private readonly root: ShapeNode = { next: new Map() };

  index(keys: readonly string[]): number {
    let node = this.root;
    for (const key of keys) {
      const next = node.next.get(key) ?? { next: new Map() };
      node.next.set(key, next);
      node = next;
    }
    node.index ??= this.all.push(keys) - 1;
    return node.index;
  }
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}

function kindOf(value: unknown): Kind {
  if (typeof value === "number") return Number.isFinite(value) ? "number" : "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return canonicalInteger(value) ? "integer-text" : canonicalTime(value) ? "time" : "text";
  if (value === null || typeof value !== "object") return "null";
  return Array.isArray(value) ? "array" : "object";
}
