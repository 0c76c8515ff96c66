import { z } from "zod";
import { PostrunError } from "../model/errors.js";
import type { Report } from "../model/report.js";
import { embeddedData } from "./embed/embed.js";
import { reportSchema } from "./schema/report.js";
import { joinRows, type PartRows, type SplitNote } from "./split.js";

export { serializeReport } from "./serialize.js";

const WHAT_TO_GIVE = "give a report.json, or the HTML file that postrun wrote";

/** Reads a report back from its JSON or from a page that postrun wrote. Throws a PostrunError (input) that says what is wrong and what to give instead. */
export function parseReport(text: string): Report {
  const data = dataOf(text);
  const split = splitOf(data);
  if (split === undefined) return checked(data);
  if (split.part > 0)
    throw new PostrunError("input", `this page is part ${split.part} of a report`, "give the overview, which links to its parts");
  throw new PostrunError("input", "the rows of this report stand in other pages", `give it beside ${split.files.join(", ")}`);
}

/** The same for a report that may stand in several pages; `read` gives the text of one by its name beside the first. */
export async function parseWithParts(text: string, read: (name: string) => Promise<string>): Promise<Report> {
  const data = dataOf(text);
  const split = splitOf(data);
  if (split === undefined || split.part > 0) return parseReport(text);
  const rows: PartRows[] = [];
  for (const name of split.files) {
    const part = dataOf(await read(name));
    const found = rowsSchema.safeParse(part);
    if (!found.success) throw new PostrunError("input", `${name}: is not a part of a report`, "give the pages that were written together");
    rows.push({ ...found.data, split: splitOf(part) });
  }
  return checked({ ...(data as object), split: undefined, ...joinRows(split, rows) });
}

function splitOf(data: unknown): SplitNote | undefined {
  if (data === null || typeof data !== "object" || !("split" in data)) return undefined;
  const found = splitSchema.safeParse(data.split);
  if (found.success) return found.data;
  throw new PostrunError("input", "what this page says of its parts is damaged", WHAT_TO_GIVE);
}

/** A name is that of a file beside the page, nothing that leads elsewhere. */
const splitSchema = z.object({
  id: z.string(),
  part: z.int().nonnegative(),
  files: z.array(z.string().regex(/^[^/\\\0]+\.html$/)),
  jobPlaces: z.array(z.int().nonnegative()),
});
/** The rows themselves are checked with the whole report. */
const rowsSchema = z.object({ investigations: z.array(z.unknown()), jobs: z.array(z.unknown()) });

function dataOf(text: string): unknown {
  return /^\s*</.test(text) ? embeddedData(text) : parseJson(text);
}

function checked(data: unknown): Report {
  const version = data !== null && typeof data === "object" && "schemaVersion" in data ? data.schemaVersion : undefined;
  if (version === undefined) throw new PostrunError("input", "this is not a postrun report: it has no schemaVersion", WHAT_TO_GIVE);
  if (version !== 1) {
    const message = `this report has schemaVersion ${JSON.stringify(version)}, this postrun reads schemaVersion 1`;
    throw new PostrunError("input", message, "use the postrun version that wrote it");
  }
  const result = reportSchema.safeParse(data);
  // The text's own order of keys stays, so that a saved report renders to the same bytes.
  if (result.success) return data as Report;
  const issue = result.error.issues[0];
  throw new PostrunError(
    "input",
    `this report does not follow schemaVersion 1: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`,
    WHAT_TO_GIVE,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new PostrunError("input", "this is not a postrun report: neither JSON nor a page that postrun wrote", WHAT_TO_GIVE);
  }
}
