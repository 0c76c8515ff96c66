/**
 * The only file that imports danfojs-node: load it lazily, it takes the better part of a second. Its own types are full of `any`, and parts of it
 * count a missing value as 0 (groupby, arithmetic) or stop at one (describe); `DataFrame` offers what holds with missing values.
 */
import { DataFrame as DanfoFrame } from "danfojs-node";
import type { Cell, TableRows } from "./rows.js";

/** One column. The statistics leave missing values out. */
interface Series {
  readonly values: readonly Cell[];
  /** Number of values that are not missing. */
  count(): number;
  mean(): number;
  median(): number;
  /** Sample standard deviation (n - 1). */
  std(): number;
  min(): number;
  max(): number;
}

/** A table view of danfojs, as far as it can be relied on for reports. Nothing changes a frame: every method returns a new one. */
export interface DataFrame {
  readonly columns: readonly string[];
  /** Rows, columns. */
  readonly shape: readonly number[];
  /** `string`, `float32` or `boolean`, by column. Numbers keep double precision all the same. */
  readonly dtypes: readonly string[];
  readonly values: readonly (readonly Cell[])[];
  column(name: string): Series;
  head(rows?: number): DataFrame;
  loc(selection: { readonly columns: readonly string[] }): DataFrame;
  /** Rows for which the mask is true. */
  query(mask: readonly boolean[]): DataFrame;
  sortValues(column: string, options?: { readonly ascending?: boolean }): DataFrame;
  /** Drawn as text, for a terminal. */
  toString(): string;
}

/** A frame of a table. The types of columns are given, since danfojs would guess from the first rows. */
export function frameOf(table: TableRows): DataFrame {
  const dtypes = table.columns.map((_, index) => dtypeOf(table.rows.map((row) => row[index] ?? null)));
  const rows = table.rows.map((row) => [...row]);
  return view(new DanfoFrame(rows, { columns: [...table.columns], dtypes }));
}

function dtypeOf(cells: readonly Cell[]): string {
  const kinds = new Set(cells.filter((cell) => cell !== null).map((cell) => typeof cell));
  if (kinds.size === 1 && kinds.has("number")) return "float32";
  return kinds.size === 1 && kinds.has("boolean") ? "boolean" : "string";
}

function view(frame: DanfoFrame): DataFrame {
  return {
    columns: frame.columns,
    shape: frame.shape,
    dtypes: frame.dtypes,
    values: frame.values.map((row) => (Array.isArray(row) ? row : [row])),
    column(name) {
      const series = frame.column(name);
      return {
        values: series.values.flat(),
        count: () => series.count(),
        mean: () => series.mean(),
        median: () => series.median(),
        std: () => series.std(),
        min: () => series.min(),
        max: () => series.max(),
      };
    },
    head: (rows) => view(frame.head(rows)),
    loc: ({ columns }) => view(frame.loc({ columns: [...columns] })),
    query: (mask) => view(frame.query([...mask])),
    sortValues: (column, options = {}) => view(frame.sortValues(column, { ...options, inplace: false })),
    toString: () => frame.toString(),
  };
}
