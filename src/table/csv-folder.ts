import type { Report } from "../model/report.js";
import { visibleReport } from "../model/reports/visible.js";
import { csvText } from "./csv.js";
import { assertFolderOurs, writeMarkedFolder } from "./marked-folder.js";
import { TABLE_NAMES } from "./report-tables.js";
import { tablesOf } from "./tables.js";

/** Marks a folder of tables, see `FolderContents`. */
export const MANIFEST = "postrun-tables.json";

/** Checks before any work that the tables may be written into a folder, which need not be there yet. Throws a PostrunError (output). */
export function assertCsvFolder(folder: string): Promise<void> {
  return assertFolderOurs(folder, MANIFEST, (name) => TABLE_NAMES.some((table) => name === `${table}.csv`));
}

/**
 * Writes one CSV a table and the manifest into a folder, which is created if need be; returns the names of the files. Characters
 * that would act on their surroundings are made visible.
 * @throws PostrunError `output` as `writeMarkedFolder` does.
 */
export async function writeCsvFolder(
  report: Report,
  folder: string,
  options: { readonly force?: boolean } = {},
): Promise<readonly string[]> {
  const tables = await tablesOf(visibleReport(report));
  const files = new Map(TABLE_NAMES.map((name) => [`${name}.csv`, csvText({ columns: tables[name].columns, rows: tables[name].values })]));
  return writeMarkedFolder(report, folder, { manifest: MANIFEST, files }, options);
}
