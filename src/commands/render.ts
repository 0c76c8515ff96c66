import { PostrunError } from "../model/errors.js";
import { assertWritable, STDOUT } from "./output.js";
import { type PageFlags, pagePath, writePage } from "./page-files.js";
import { asksForForms, assertFormsWritable, preparePictures, writeForms } from "./render-forms.js";
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
  if (flags.output !== undefined) await assertWritable({ path: pagePath(flags.output, flags), force: flags.force === true });
  await assertFormsWritable(flags);
  const writePictures = await preparePictures(flags);
  const report = await readSavedReport(path);
  const pictures = writePictures(report);
  const page = flags.output === undefined ? Promise.resolve(undefined) : writePage(report, flags.output, flags);
  const [written] = await Promise.all([page, page.then(() => writeForms(report, flags)), pictures]);
  if (written !== undefined && written !== STDOUT) process.stderr.write(`Report: ${written}\n`);
}
