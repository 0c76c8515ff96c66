import { PostrunError } from "../model/errors.js";
import { assertWritable, STDOUT, writeTarget } from "./output.js";
import { asksForForms, formFiles, type RenderFlags, renderPage, writeForms } from "./render-forms.js";
import { readSavedReport } from "./saved-report.js";

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
  const report = await readSavedReport(path);
  if (flags.output !== undefined) {
    await writeTarget({ path: flags.output, force }, await renderPage(report, flags));
    if (flags.output !== STDOUT) process.stderr.write(`Report: ${flags.output}\n`);
  }
  await writeForms(report, flags);
}
