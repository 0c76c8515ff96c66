import type { Report } from "../model/report.js";
import type { TableName } from "./report-tables.js";
import { tablesOf } from "./tables.js";
import { type Sheet, type Workbook, xlsxBytes } from "./workbook.js";

/** What a workbook of a report says in words; the rest are its tables. */
export interface WorkbookFrame {
  readonly direction: Workbook["direction"];
  readonly summary: Sheet;
  readonly sheets: readonly { readonly table: TableName; readonly name: string }[];
}

/** The tables of a report as the bytes of an XLSX file, after a summary. Columns carry the names of report.json; times are UTC. */
export async function reportWorkbook(report: Report, { direction, summary, sheets }: WorkbookFrame): Promise<Buffer> {
  const tables = await tablesOf(report);
  return xlsxBytes({
    direction,
    sheets: [summary, ...sheets.map(({ table, name }) => ({ name, columns: tables[table].columns, rows: tables[table].values }))],
  });
}
