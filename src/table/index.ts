export { MANIFEST, writeCsvFolder } from "./csv-folder.js";
export type { DataFrame, Series } from "./data-frames.js";
export { rowsOf, TABLE_NAMES, type TableName } from "./report-tables.js";
export { reportWorkbook, type WorkbookFrame } from "./report-workbook.js";
export type { Cell, TableRows } from "./rows.js";
export { tablesOf } from "./tables.js";
