import { PostrunError } from "../model/errors.js";
import { STDOUT } from "./output.js";
import { assertReportWritable, type PageFlags, writePage } from "./page-files.js";
import { asksForForms, preparePictures, writeForms } from "./render-forms.js";
import { readSavedReport } from "./saved-report.js";

/** Renders a saved report (report.json, or an HTML report that carries it) again. */
export async function renderCommand(path: string, flags: PageFlags & { readonly output?: string }): Promise<void> {
  if (flags.output === undefined && !asksForForms(flags)) {
    throw new PostrunError(
      "usage",
      "no output was asked for",
      "give -o FILE for the page, or --json, --md, --jira, --junit, --csv, --xlsx or --png",
    );
  }
  await assertReportWritable(flags, { output: flags.output, inputs: [path] });
  const writePictures = await preparePictures(flags);
  const report = await readSavedReport(path);
  const pictures = writePictures(report);
  const page = flags.output === undefined ? Promise.resolve(undefined) : writePage(report, flags.output, flags);
  const [written] = await Promise.all([page, page.then(() => writeForms(report, flags)), pictures]);
  if (written !== undefined && written !== STDOUT) process.stderr.write(`Report: ${written}\n`);
}
