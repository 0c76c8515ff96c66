import { once } from "node:events";
import type { Readable } from "node:stream";
import { isVerdictContradicted, printVerdicts } from "./check.js";
import { allowsColor } from "./color.js";
import { exitCodes } from "./exit-codes.js";
import { filesRead } from "./files-read.js";
import { textLanguage } from "./language.js";
import { isStandardOutput, STDOUT, writeTarget } from "./output.js";
import { assertReportWritable, type PageFlags, writePage } from "./page-files.js";
import { poolSaved } from "./pool-saved.js";
import { formFiles, preparePictures, reportFileName, writeForms } from "./render-forms.js";
import { type AnalysisFlags, runAnalysis } from "./run-analysis.js";
import { stderrLine } from "./standard-error.js";

export interface AnalyzeFlags extends AnalysisFlags, PageFlags {
  readonly output?: string;
  readonly timeline?: string;
  readonly check?: boolean;
  /** The inputs are saved reports. */
  readonly pool?: boolean;
}

/** The main job: reads what a run left behind and writes the report. */
export async function analyzeCommand(inputs: readonly string[], flags: AnalyzeFlags): Promise<void> {
  const { timeline, force = false } = flags;
  // Before the work, so that a long analysis does not end in a refusal.
  const read = flags.pool === true ? { paths: inputs, redact: flags.redact } : await filesRead(inputs, flags);
  const outputs = { beside: timeline === undefined ? [] : [timeline], inputs: read.paths };
  await assertReportWritable(flags, { ...outputs, output: flags.output });
  const writePictures = await preparePictures(flags);
  const onTimeline =
    timeline === undefined
      ? undefined
      : async (ndjson: Readable): Promise<void> => void (await writeTarget({ path: timeline, force }, ndjson));
  const report = flags.pool === true ? await poolSaved(inputs, flags) : await runAnalysis(inputs, flags, onTimeline);
  const pagePlace = flags.output ?? reportFileName(report);
  // A page without a name has one only now.
  if (flags.output === undefined) await assertReportWritable(flags, { ...outputs, output: pagePlace });
  const language = textLanguage(flags.lang);
  const pictures = writePictures(report);
  const page = writePage(report, pagePlace, flags);
  const [output] = await Promise.all([page, page.then(() => writeForms(report, flags)), pictures]);
  const { renderTerminal } = await import("../report/forms/terminal.js");
  const stderr = process.stderr;
  stderr.write(`${renderTerminal(report, { lang: language, color: allowsColor(stderr), width: stderr.columns ?? 100 })}\n`);
  const { namesLine } = await import("./names-line.js");
  const names = namesLine(report, language, read.redact);
  if (names !== "") stderr.write(`\n${names}\n`);
  if (output !== STDOUT) stderr.write(`\nReport: ${output}\n`);
  if (flags.check === true) {
    const toStdout = await Promise.all([output, ...outputs.beside, ...formFiles(flags)].map(isStandardOutput));
    // Lines of another kind would spoil what stands there already.
    await printVerdicts(report.claims, toStdout.includes(true) ? stderr : process.stdout);
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
    stderrLine(`${program} could not open the report; it is in ${path}`);
  }
}
