import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PostrunError, systemReason } from "../model/errors.js";
import type { Report } from "../model/report.js";

/**
 * Reads a report.json, or the report inside a page that postrun wrote: alone, in several pages beside each other, or in an archive. Throws a
 * PostrunError (input) that names the file.
 */
export async function readSavedReport(path: string): Promise<Report> {
  const bytes = await bytesOf(path);
  const { parseWithParts } = await import("../report/json.js");
  try {
    if (!isZip(bytes))
      return await parseWithParts(bytes.toString("utf8"), async (name) => (await bytesOf(join(dirname(path), name))).toString("utf8"));
    const { zipEntries } = await import("../table/zip.js");
    const pages = new Map([...zipEntries(bytes)].filter(([name]) => name.endsWith(".html")));
    const [first = ""] = pages.values();
    return await parseWithParts(first, async (name) => pages.get(name) ?? "");
  } catch (error) {
    throw error instanceof PostrunError ? new PostrunError(error.code, `${path}: ${error.message}`, error.hint) : error;
  }
}

function bytesOf(path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    throw new PostrunError(
      "input",
      `${path}: cannot be read (${systemReason(error)})`,
      "give a report.json or an HTML report that postrun wrote",
    );
  });
}

/** Local file header of the ZIP format. */
function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004", "latin1"));
}
