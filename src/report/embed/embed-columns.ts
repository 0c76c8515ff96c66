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
import { type Cells, type Column, GrowingColumn, type Texts } from "./embed-cells.js";
import { betweenTimes, type NumberColumn, numberColumn } from "./embed-numbers.js";
import { selectColumn } from "./embed-select.js";
import { NumberTable } from "./number-table.js";

type PackedColumn = readonly [tag: string, ...parts: unknown[]];

/** Arrays of one length up to this are tuples: a column for each position. */
const LONGEST_TUPLE = 8;

/**
 * Packs plain data (what JSON can hold; properties without a value are left out, as JSON does), as JSON text: `columns`, the version of the packing;
 * `strings`, every string once, in the order of its first appearance; `numbers`, every list of numbers once; `data`, a column of one value.
 */
export function packColumns(data: unknown): string {
  const texts: Texts = new Map();
  const column = new GrowingColumn(texts);
  column.add(data);
  const packer = new ColumnPacker([...texts.keys()]);
  const packed = packer.column(column.finish());
  const strings = JSON.stringify(packer.strings);
  const numbers = packer.table.lists.map((list) => `[${list.join(",")}]`).join(",");
  return `{"columns":1,"strings":${strings},"numbers":[${numbers}],"data":${JSON.stringify(packed)}}`;
}

class ColumnPacker {
  /** In the order in which their columns come to them. */
  readonly strings: string[] = [];
  readonly table = new NumberTable();
  /** Of each text its place among the strings; -1 before a column has come to it. */
  private readonly places: Int32Array;

  constructor(private readonly texts: readonly string[]) {
    this.places = new Int32Array(texts.length).fill(-1);
  }

  column(column: Column): PackedColumn {
    const [first] = column.parts;
    if (first === undefined) return ["=", null];
    if (column.which === undefined) return this.single(first) ?? this.ofKind(first);
    const places = this.ofNumbers(column.which);
    return ["?", places, ...column.parts.map((part) => this.ofKind(part))];
  }

  /** A column of numbers; its list goes to the table, once. */
  private ofNumbers(values: Float64Array): PackedColumn {
    const column: NumberColumn = numberColumn(values);
    if (column[0] === "=") return column;
    if (column[0] === "f") return ["f", this.table.index(column[1])];
    return ["i", column[1], column[2], this.table.index(column[3])];
  }

  private ofKind(cells: Cells): PackedColumn {
    if (cells.kind === "null") return ["=", null];
    if (cells.kind === "array") return this.arrays(cells);
    if (cells.kind === "object") return this.objects(cells);
    if (cells.kind === "text") return ["s", this.ofNumbers(cells.numbers.map((text) => this.index(text)))];
    const numbers = this.ofNumbers(cells.numbers);
    return cells.kind === "number" ? numbers : [TAGS[cells.kind], numbers];
  }

  private index(text: number): number {
    if (this.places[text] === -1) this.places[text] = this.strings.push(this.texts[text] as string) - 1;
    return this.places[text] as number;
  }

  /** Where all values are one and the same. */
  private single(cells: Cells): PackedColumn | undefined {
    if (cells.kind === "null" || cells.kind === "array" || cells.kind === "object") return undefined;
    const [first = 0] = cells.numbers;
    return cells.numbers.every((value) => value === first) ? ["=", this.scalar(cells.kind, first)] : undefined;
  }

  private scalar(kind: Extract<Cells, { numbers: Float64Array }>["kind"], number: number): string | number | boolean | undefined {
    switch (kind) {
      case "boolean":
        return number === 1;
      case "number":
        return number;
      case "integer-text":
        return String(number);
      case "time":
        return new Date(number).toISOString();
      case "text":
        return this.texts[number];
    }
  }

  private arrays({ lengths, items }: Extract<Cells, { kind: "array" }>): PackedColumn {
    const length = lengths[0] ?? 0;
    const isTuple = lengths.length > 1 && length > 0 && length <= LONGEST_TUPLE && lengths.every((own) => own === length);
    if (!isTuple) return ["a", this.ofNumbers(lengths), this.column(items)];
    const positions = Array.from({ length }, (_, position) => lengths.map((__, array) => array * length + position));
    return ["u", length, ...positions.map((places) => this.column(selectColumn(items, places)))];
  }

  private objects({ shapes, which, columns }: Extract<Cells, { kind: "object" }>): PackedColumn {
    const keys = [...columns.keys()];
    const places = new Map(keys.map((key, place) => [key, place]));
    const lists = shapes.map((shape) => shape.keys.map((key) => places.get(key)));
    // Lists go to the table in the order of the columns.
    const chosen = this.ofNumbers(which);
    const packed = [...columns].map(([key, column]) => betweenTimes(key, columns) ?? this.column(column));
    return ["o", keys, lists, chosen, ...packed];
  }
}

const TAGS = { boolean: "b", "integer-text": "d", time: "t" } as const;
