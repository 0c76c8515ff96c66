export { MANIFEST, writeCsvFolder } from "./csv-folder.js";
export { rowsOf, TABLE_NAMES, type TableName } from "./report-tables.js";
export { reportWorkbook } from "./report-workbook.js";
export { tablesOf } from "./tables.js";
