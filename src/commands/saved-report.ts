import { readFile } from "node:fs/promises";
import { PostrunError } from "../model/errors.js";
import type { Report } from "../model/report.js";

/** Reads a report.json, or the report inside a page that postrun wrote. Throws a PostrunError (input) that names the file. */
export async function readSavedReport(path: string): Promise<Report> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new PostrunError("input", `${path}: cannot be read (${reason})`, "give a report.json or an HTML report that postrun wrote");
  });
  const { parseReport } = await import("../report/json.js");
  try {
    return parseReport(text);
  } catch (error) {
    throw error instanceof PostrunError ? new PostrunError(error.code, `${path}: ${error.message}`, error.hint) : error;
  }
}
