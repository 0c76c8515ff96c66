import type { Cell, TableRows } from "./rows.js";

/** Excel takes a CSV for UTF-8 only if it begins so. */
const BOM = "\uFEFF";

/** CSV (RFC 4180: CRLF, quotes doubled) with a BOM. Text that a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvText(table: Pick<TableRows, "columns" | "rows">): string {
  const lines = [table.columns, ...table.rows].map((row) => row.map(csvField).join(","));
  return `${BOM}${lines.join("\r\n")}\r\n`;
}

function csvField(cell: Cell): string {
  const text = typeof cell === "string" ? disarmed(cell) : String(cell ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets run text that begins with one of these characters (OWASP, "CSV Injection"); numbers such as -3.5 stay as they are. */
function disarmed(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}
