import { readFileSync, writeFileSync } from "node:fs";

/** Replaces the table of a section of a Markdown file, the words around it stay. Errors: the file has no such section with a table. */
export function replaceSection(path: string, heading: string, table: string): void {
  const text = readFileSync(path, "utf8");
  const from = text.indexOf(`\n## ${heading}\n`);
  const tableFrom = text.indexOf("\n| ", from) + 1;
  const tableTo = text.indexOf("\n\n", tableFrom);
  if (from === -1 || tableFrom === 0 || tableTo === -1) throw new Error(`${path}: no section "${heading}" with a table`);
  writeFileSync(path, text.slice(0, tableFrom) + table + text.slice(tableTo));
}
