/**
 * The library: what the command line does, as functions on plain data.
 * Sources go in, a `Report` comes out; every renderer takes a `Report` and nothing else.
 */
export { exitCodes } from "./commands/exit-codes.js";
export { PostrunError, type PostrunErrorCode } from "./model/errors.js";
export type * from "./model/report.js";
export { type AnalyzeOptions, analyze, examineClaims } from "./postrun.js";
export { renderHtml } from "./report/html.js";
export { parseReport, serializeReport } from "./report/json.js";
export { renderMarkdown } from "./report/markdown.js";
export { renderTerminal } from "./report/terminal.js";
export { rowsOf, type TableName, tablesOf, writeCsvFolder } from "./table/index.js";
