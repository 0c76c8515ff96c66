/** One value of a table; null where the report has none. Times are ISO 8601 text, durations milliseconds. */
export type Cell = string | number | boolean | null;

/** A table as plain data: every row has a cell for each column. */
export interface TableRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A column is a name and where its cell comes from; `undefined` becomes null. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell | undefined>>;

/** Lays rows out under their columns, in the order in which the columns are written. */
export function layOut<Row>(columns: Columns<Row>, rows: readonly Row[]): TableRows {
  const cells = Object.values(columns);
  return { columns: Object.keys(columns), rows: rows.map((row) => cells.map((cell) => cell(row) ?? null)) };
}
