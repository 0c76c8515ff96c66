import { once } from "node:events";
import type { Readable } from "node:stream";
import { isVerdictContradicted, printVerdicts } from "./check.js";
import { exitCodes } from "./exit-codes.js";
import { assertWritable, STDOUT, type Target, writeTarget } from "./output.js";
import { type PageFlags, pagePath, writePage } from "./page-files.js";
import { poolSaved } from "./pool-saved.js";
import { assertFormsWritable, preparePictures, reportFileName, writeForms } from "./render-forms.js";
import { type AnalysisFlags, runAnalysis } from "./run-analysis.js";

export interface AnalyzeFlags extends AnalysisFlags, PageFlags {
  readonly output?: string;
  readonly timeline?: string;
  readonly check?: boolean;
  /** The inputs are saved reports. */
  readonly pool?: boolean;
}

/** The main job: reads what a run left behind and writes the report. */
export async function analyzeCommand(inputs: readonly string[], flags: AnalyzeFlags): Promise<void> {
  const target = (path: string): Target => ({ path, force: flags.force === true });
  // Before the work, so that a long analysis does not end in a refusal.
  const named = flags.output === undefined ? undefined : pagePath(flags.output, flags);
  for (const path of [named, flags.timeline]) if (path !== undefined) await assertWritable(target(path));
  await assertFormsWritable(flags);
  const writePictures = await preparePictures(flags);
  const { timeline } = flags;
  const onTimeline = timeline === undefined ? undefined : (ndjson: Readable) => writeTarget(target(timeline), ndjson);
  const report = flags.pool === true ? await poolSaved(inputs, flags) : await runAnalysis(inputs, flags, onTimeline);
  const language = flags.lang === "he" ? "he" : "en";
  const pictures = writePictures(report);
  const page = writePage(report, flags.output ?? reportFileName(report), flags);
  const [output] = await Promise.all([page, page.then(() => writeForms(report, flags)), pictures]);
  const { renderTerminal } = await import("../report/terminal.js");
  const stderr = process.stderr;
  const color = stderr.isTTY === true && (process.env.NO_COLOR ?? "") === "";
  stderr.write(`${renderTerminal(report, { lang: language, color, width: stderr.columns ?? 100 })}\n`);
  const { namesLine } = await import("./names-line.js");
  const names = namesLine(report, language);
  if (names !== "") stderr.write(`\n${names}\n`);
  if (output !== STDOUT) stderr.write(`\nReport: ${output}\n`);
  if (flags.check === true) {
    printVerdicts(report.claims);
    if (report.claims.some(isVerdictContradicted)) process.exitCode = exitCodes.contradicted;
  }
  if (flags.open === true && output !== STDOUT) await openInBrowser(output);
}

/** Opens the report with whatever the system opens HTML with. A report that cannot be opened here has been written all the same. */
async function openInBrowser(path: string): Promise<void> {
  const { spawn } = await import("node:child_process");
  const [program, ...args] =
    process.platform === "win32" ? ["cmd", "/c", "start", "", path] : [process.platform === "darwin" ? "open" : "xdg-open", path];
  const child = spawn(program as string, args, { detached: true, stdio: "ignore" });
  child.unref();
  try {
    await once(child, "spawn");
  } catch {
    process.stderr.write(`postrun: ${program} could not open the report; it is in ${path}\n`);
  }
}
