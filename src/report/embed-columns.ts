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
import { betweenTimes, canonicalInteger, canonicalTime, isAskedAgain, type NumberColumn, numberColumn, timesOf } from "./embed-numbers.js";
import { gathered } from "./embed-shapes.js";
import { NumberTable } from "./number-table.js";

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
  private readonly table = new NumberTable();

  get numbers(): readonly (readonly number[])[] {
    return this.table.lists;
  }

  column(values: readonly unknown[]): Column {
    const [first] = values;
    if (values.length === 0) return ["=", null];
    if (isScalar(first) && values.every((value) => value === first)) return ["=", first];
    const kind = kindOf(first);
    const times = kind === "time" ? timesOf(values) : undefined;
    if (times !== undefined) return ["t", this.ofNumbers(times)];
    if (values.every((value) => kindOf(value) === kind)) return this.ofKind(kind, values);
    const parts = new Map<Kind, unknown[]>();
    const which = values.map((value) => {
      const own = kindOf(value);
      const part = parts.get(own);
      if (part === undefined) parts.set(own, [value]);
      else part.push(value);
      return own;
    });
    const present = [...parts.keys()];
    const places = this.ofNumbers(which.map((own) => present.indexOf(own)));
    return ["?", places, ...[...parts].map(([own, part]) => this.ofKind(own, part))];
  }

  /** A column of numbers; its list goes to the table, once. */
  private ofNumbers(values: readonly number[]): Column {
    const column: NumberColumn = numberColumn(values);
    if (column[0] === "=") return column;
    if (column[0] === "f") return ["f", this.table.index(column[1])];
    return ["i", column[1], column[2], this.table.index(column[3])];
  }

  private ofKind(kind: Kind, values: readonly unknown[]): Column {
    if (kind === "null") return ["=", null];
    if (kind === "boolean") return ["b", this.ofNumbers(values.map(Number))];
    if (kind === "number") return this.ofNumbers(values as readonly number[]);
    if (kind === "integer-text") return ["d", this.ofNumbers(values.map(Number))];
    if (kind === "time") return ["t", this.ofNumbers((values as readonly string[]).map(canonicalTime))];
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
    return ["a", this.ofNumbers(arrays.map((array) => array.length)), this.column(joined(arrays))];
  }

  private objects(objects: readonly object[]): Column {
    const { columns, shapes, which } = gathered(objects as readonly Readonly<Record<string, unknown>>[]);
    const keys = [...columns.keys()];
    const places = new Map(keys.map((key, place) => [key, place]));
    const lists = shapes.map((shape) => shape.map((key) => places.get(key)));
    // Lists go to the table in the order of the columns.
    const chosen = this.ofNumbers(which);
    const packed = keys.map((key) => {
      const values = columns.get(key) ?? [];
      const column = betweenTimes(key, columns) ?? this.column(values);
      // The values of a long run are let go of as they are packed.
      if (!isAskedAgain(key)) columns.delete(key);
      return column;
    });
    return ["o", keys, lists, chosen, ...packed];
  }
}

function joined(arrays: readonly (readonly unknown[])[]): readonly unknown[] {
  const [first] = arrays;
  if (first !== undefined && arrays.length === 1) return first;
  const values: unknown[] = [];
  for (const array of arrays) for (const value of array) values.push(value);
  return values;
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}

function kindOf(value: unknown): Kind {
  if (typeof value === "number") return Number.isFinite(value) ? "number" : "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return kindOfText(value);
  if (value === null || typeof value !== "object") return "null";
  return Array.isArray(value) ? "array" : "object";
}

function kindOfText(text: string): Kind {
  if (canonicalInteger(text)) return "integer-text";
  return Number.isNaN(canonicalTime(text)) ? "text" : "time";
}
