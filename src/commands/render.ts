import { readFile } from "node:fs/promises";
import { PostrunError } from "../model/errors.js";
import { assertWritable, STDOUT, writeTarget } from "./output.js";
import { asksForForms, formFiles, type RenderFlags, renderPage, writeForms } from "./render-forms.js";

/** Renders a saved report (report.json, or an HTML report that carries it) again. */
export async function renderCommand(path: string, flags: RenderFlags & { readonly output?: string }): Promise<void> {
  const force = flags.force === true;
  if (flags.output === undefined && !asksForForms(flags)) {
    throw new PostrunError(
      "usage",
      "no output was asked for",
      "give -o FILE for the page, or --json, --md, --jira, --junit, --csv, --xlsx or --png",
    );
  }
  const files = formFiles(flags);
  for (const path of flags.output === undefined ? files : [flags.output, ...files]) await assertWritable({ path, force });
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new PostrunError("input", `${path}: cannot be read (${reason})`, "give a report.json or an HTML report that postrun wrote");
  });
  const { parseReport } = await import("../report/json.js");
  const report = parseReport(text);
  if (flags.output !== undefined) {
    await writeTarget({ path: flags.output, force }, await renderPage(report, flags));
    if (flags.output !== STDOUT) process.stderr.write(`Report: ${flags.output}\n`);
  }
  await writeForms(report, flags);
}
