/**
 * The library: what the command line does, as functions on plain data.
 * Sources go in, a `Report` comes out; every renderer takes a `Report` and nothing else.
 */
export { exitCodes } from "./commands/exit-codes.js";
export { PostrunError, type PostrunErrorCode } from "./model/errors.js";
export type * from "./model/prediction.js";
export type * from "./model/report.js";
export { type PoolOptions, pool } from "./pool-runs.js";
export { type AnalyzeOptions, analyze, examineClaims } from "./postrun.js";
export { type PredictionOptions, predictRun } from "./predict/predict.js";
export { renderJira } from "./report/forms/jira.js";
export { renderJunit } from "./report/forms/junit.js";
export { renderMarkdown } from "./report/forms/markdown.js";
export { renderPngs } from "./report/forms/png.js";
export { renderTerminal } from "./report/forms/terminal.js";
export { type WorkbookWords, workbookWords } from "./report/forms/workbook-words.js";
export { renderHtml } from "./report/html.js";
export { parseReport, serializeReport } from "./report/json.js";
export { reportWorkbook, rowsOf, type TableName, tablesOf, writeCsvFolder } from "./table/index.js";
