import type { Report } from "../model/report.js";
import { embeddedText } from "./embed.js";
import { reportSchema } from "./schema.js";

/** The report as JSON: keys in the order they were made in, two spaces, a line feed at the end. */
export function serializeReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Reads a report back from its JSON or from a page that postrun wrote. Throws with what is wrong and what to give instead. */
export function parseReport(text: string): Report {
  const json = /^\s*</.test(text) ? embeddedText(text) : text;
  const data = parseJson(json);
  const version = data !== null && typeof data === "object" && "schemaVersion" in data ? data.schemaVersion : undefined;
  if (version === undefined)
    throw new Error("this is not a postrun report: it has no schemaVersion; give a report.json or the HTML that postrun wrote");
  if (version !== 1) {
    throw new Error(
      `this report has schemaVersion ${JSON.stringify(version)}, this postrun reads schemaVersion 1; use the postrun version that wrote it`,
    );
  }
  const result = reportSchema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(`this report does not follow schemaVersion 1: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unknown"}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new Error("this is not a postrun report: neither JSON nor a page that postrun wrote", { cause });
  }
}
