import { PostrunError } from "../model/errors.js";
import type { Report } from "../model/report.js";
import { embeddedData } from "./embed.js";
import { reportSchema } from "./schema/report.js";

/** The report as JSON: keys in the order they were made in, two spaces, a line feed at the end. */
export function serializeReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

const WHAT_TO_GIVE = "give a report.json, or the HTML file that postrun wrote";

/** Reads a report back from its JSON or from a page that postrun wrote. Throws a PostrunError (input) that says what is wrong and what to give instead. */
export function parseReport(text: string): Report {
  const data = /^\s*</.test(text) ? embeddedData(text) : parseJson(text);
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
