import { PostrunError } from "../../model/errors.js";
import { isObject } from "../../model/text/json-object.js";
import { timeBetween } from "./embed-numbers.js";

/** No report holds more values; what claims to is damaged or hostile. */
const MOST_VALUES = 60_000_000;

/** The data that `packColumns` packed (see there for the form). Throws a PostrunError (input) for anything else. */
export function unpackColumns(packed: unknown): unknown {
  const { strings, numbers, data } = isObject(packed) ? packed : {};
  return new ColumnReader(list(strings), list(numbers)).column(data, 1)[0];
}

/** Whether data out of a page is packed as columns, rather than a report as it stands. */
export function isPacked(data: unknown): boolean {
  return isObject(data) && data.columns === 1;
}

function damaged(): PostrunError {
  return new PostrunError("input", "the report inside this HTML is damaged", "write the page again, or give its report.json");
}

class ColumnReader {
  private left = MOST_VALUES;

  constructor(
    private readonly strings: readonly unknown[],
    private readonly numbers: readonly unknown[],
  ) {}

  column(column: unknown, count: number): unknown[] {
    if (!Array.isArray(column) || !(count >= 0)) throw damaged();
    this.left -= count;
    if (this.left < 0) throw damaged();
    const [tag, first, second, third] = column as readonly unknown[];
    if (tag === "=") return new Array<unknown>(count).fill(first);
    if (tag === "i") return integers(Number(first), Number(second), list(this.numbers[Number(third)], count));
    if (tag === "f") return list(this.numbers[Number(first)], count);
    if (tag === "b") return this.column(first, count).map(Boolean);
    if (tag === "d") return this.column(first, count).map(String);
    if (tag === "t") return this.column(first, count).map((at) => new Date(Number(at)).toISOString());
    if (tag === "s") return this.column(first, count).map((index) => this.strings[Number(index)]);
    if (tag === "u") return this.tuples(column.slice(2), count);
    if (tag === "a") return this.arrays(this.column(first, count), second);
    if (tag === "o") return this.objects(column, count);
    if (tag === "?") return this.mixed(this.column(first, count), column.slice(2));
    throw damaged();
  }

  private tuples(columns: readonly unknown[], count: number): unknown[] {
    const parts = columns.map((column) => this.column(column, count));
    return Array.from({ length: count }, (_, index) => parts.map((part) => part[index]));
  }

  private arrays(lengths: readonly unknown[], column: unknown): unknown[] {
    const flat = this.column(
      column,
      lengths.reduce((sum: number, length) => sum + Number(length), 0),
    );
    let at = 0;
    return lengths.map((length) => {
      const from = at;
      at += Number(length);
      return flat.slice(from, at);
    });
  }

  private objects([, keys, shapes, which, ...columns]: readonly unknown[], count: number): unknown[] {
    if (!Array.isArray(keys) || !Array.isArray(shapes)) throw damaged();
    const chosen = this.column(which, count).map((index) => list(shapes[Number(index)]));
    const counts = keys.map(() => 0);
    for (const shape of chosen) for (const place of shape) counts[Number(place)] = (counts[Number(place)] ?? 0) + 1;
    const values = keys.map((_, place) => (isBetween(columns[place]) ? [] : this.column(columns[place], counts[place] ?? 0)));
    for (const [place, column] of columns.entries()) {
      if (!isBetween(column)) continue;
      const [later, earlier] = [column[1], column[2]].map((key) => values[keys.indexOf(key)] ?? []);
      values[place] = Array.from({ length: counts[place] ?? 0 }, (_, index) => timeBetween(later?.[index], earlier?.[index]));
    }
    const next = keys.map(() => 0);
    return chosen.map((shape) =>
      Object.fromEntries(
        shape.map((at) => {
          const place = Number(at);
          const index = next[place] ?? 0;
          next[place] = index + 1;
          return [String(keys[place]), values[place]?.[index]];
        }),
      ),
    );
  }

  private mixed(which: readonly unknown[], columns: readonly unknown[]): unknown[] {
    const values = columns.map((column, kind) => this.column(column, which.filter((index) => index === kind).length).values());
    return which.map((index) => values[Number(index)]?.next().value as unknown);
  }
}

function isBetween(column: unknown): column is readonly unknown[] {
  return Array.isArray(column) && column[0] === "-";
}

function integers(order: number, scale: number, numbers: readonly unknown[]): unknown[] {
  const values = numbers.map(Number);
  for (let pass = 0; pass < order; pass++) {
    for (let index = 1; index < values.length; index++) values[index] = (values[index] ?? 0) + (values[index - 1] ?? 0);
  }
  return values.map((value) => value / scale);
}

function list(data: unknown, count?: number): unknown[] {
  if (!Array.isArray(data) || (count !== undefined && data.length !== count)) throw damaged();
  return data;
}
