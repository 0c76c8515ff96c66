import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { PostrunError } from "../model/errors.js";
import type { Report } from "../model/report.js";
import { pageLanguages, textLanguage } from "./language.js";
import { assertOutputs, assertWritable, STDOUT, writeTarget } from "./output.js";
import { assertFormFolders, formFiles, formFolders, type RenderFlags } from "./render-forms.js";
import { stderrLine } from "./standard-error.js";

/** What the page becomes beside a single file. */
export interface PageFlags extends RenderFlags {
  /** Several pages: an overview, and its rows in parts. */
  readonly split?: boolean;
  /** One archive with the page and a summary in Markdown. */
  readonly zip?: boolean;
}

/** Where the page goes: what was named, or an archive of that name. Throws a PostrunError (usage) where several files have one place. */
export function pagePath(output: string, flags: PageFlags): string {
  if (flags.split === true && flags.zip !== true && output === STDOUT)
    throw new PostrunError("usage", "--split writes several files, standard output takes one", "name a file, or add --zip");
  if (flags.zip !== true || output === STDOUT) return output;
  return /\.zip$/i.test(output) ? output : `${output.replace(/\.html?$/i, "")}.zip`;
}

/**
 * Checks everything that the flags ask for before any work is done for it. `beside` are more files, `inputs` what none of them may replace. Throws a
 * PostrunError: output for what cannot be written, usage for what would be lost.
 */
export async function assertReportWritable(
  flags: PageFlags,
  {
    output,
    beside = [],
    inputs,
  }: { readonly output?: string | undefined; readonly beside?: readonly string[]; readonly inputs: readonly string[] },
): Promise<void> {
  const pages = output === undefined ? [] : [pagePath(output, flags), ...(await partsOf(output, flags))];
  const force = flags.force === true;
  await assertOutputs(
    [...pages, ...beside, ...formFiles(flags)].map((path) => ({ path, force })),
    inputs,
    formFolders(flags),
  );
  await assertFormFolders(flags);
}

/** The first part of several pages, and those that are there already. */
async function partsOf(output: string, { split, zip }: PageFlags): Promise<readonly string[]> {
  if (split !== true || zip === true) return [];
  const [folder, stem] = [dirname(output), stemOf(output)];
  const present = await readdir(folder).catch(() => []);
  const isPart = (name: string): boolean => name.startsWith(`${stem}.part-`) && /^\d+\.html$/.test(name.slice(`${stem}.part-`.length));
  return [...new Set([`${stem}.part-1.html`, ...present.filter(isPart)])].map((name) => join(folder, name));
}

/** Writes the page in the form that the flags ask for; says on the terminal where it is too large for trackers. Returns where it went. Throws a PostrunError (output). */
export async function writePage(report: Report, output: string, flags: PageFlags): Promise<string> {
  const path = pagePath(output, flags);
  const name = output === STDOUT ? "report.html" : `${stemOf(output)}.html`;
  const pages = await pagesOf(report, name, flags);
  const files = flags.zip === true ? new Map([[path, await archive(report, pages, name, flags)]]) : placed(pages, path);
  const { sizeWarnings } = await import("../report/size-warnings.js");
  const force = flags.force === true;
  for (const file of files.keys()) await assertWritable({ path: file, force });
  for (const [file, content] of files) {
    await writeTarget({ path: file, force }, content);
    for (const warning of sizeWarnings(file, Buffer.byteLength(content), remedyFor(flags))) stderrLine(warning);
  }
  return path;
}

/** Of the names of the pages: that of the output without its ending. */
function stemOf(output: string): string {
  return basename(output).replace(/\.(?:html?|zip)$/i, "");
}

async function pagesOf(report: Report, name: string, flags: PageFlags): Promise<ReadonlyMap<string, string>> {
  const options = { languages: pageLanguages(flags.lang), ...(flags.templates === undefined ? {} : { templates: flags.templates }) };
  if (flags.split === true) return (await import("../report/split-pages.js")).renderSplit(report, name, options);
  return new Map([[name, await (await import("../report/html.js")).renderHtml(report, options)]]);
}

/** The first page where the output was named, the others beside it. */
function placed(pages: ReadonlyMap<string, string>, path: string): Map<string, string | Uint8Array> {
  const [first, ...rest] = [...pages];
  const beside = rest.map(([name, text]): [string, string] => [join(dirname(path), name), text]);
  return new Map(first === undefined ? [] : [[path, first[1]], ...beside]);
}

/** The summary comes first and is stored as it is: it shows at once what the archive holds, and that postrun made it. */
async function archive(report: Report, pages: ReadonlyMap<string, string>, name: string, flags: PageFlags): Promise<Uint8Array> {
  const { zipBytes } = await import("../table/zip.js");
  const { renderMarkdown } = await import("../report/forms/markdown.js");
  const summary = { name: name.replace(/\.html$/, ".md"), text: renderMarkdown(report, textLanguage(flags.lang)), stored: true };
  return zipBytes([summary, ...[...pages].map(([file, text]) => ({ name: file, text }))]);
}

function remedyFor({ zip, split }: PageFlags): string {
  if (split === true && zip === true) return "attach the pages one by one (--split without --zip)";
  if (split === true) return "add --zip, or attach Markdown (--md) instead";
  return zip === true ? "attach the pages one by one (--split without --zip)" : "write it packed (--zip) or in several pages (--split)";
}
