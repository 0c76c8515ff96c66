import type { Report } from "../model/report.js";
import { assertWritable, STDOUT, writeTarget } from "./output.js";

/** Forms of a report beside the HTML page; shared by `analyze` and `render`. */
export interface RenderFlags {
  readonly json?: string;
  readonly md?: string;
  readonly csv?: string;
  readonly lang?: "he" | "en" | "both";
  readonly force?: boolean;
  readonly open?: boolean;
}

/** The page always holds both languages; the flag says which one it opens in. */
export function pageLanguages(lang: RenderFlags["lang"]): readonly ["he", "en"] | readonly ["en", "he"] {
  return lang === "he" ? ["he", "en"] : ["en", "he"];
}

/** Writes every form that was asked for. With both languages, text forms are one file per language (x.he.md, x.en.md). */
export async function writeForms(report: Report, flags: RenderFlags): Promise<void> {
  const force = flags.force === true;
  if (flags.json !== undefined) {
    const { serializeReport } = await import("../report/json.js");
    await writeTarget({ path: flags.json, force }, serializeReport(report));
  }
  if (flags.md !== undefined) {
    const { renderMarkdown } = await import("../report/markdown.js");
    const languages =
      flags.lang === "both" && flags.md !== STDOUT ? (["en", "he"] as const) : ([flags.lang === "he" ? "he" : "en"] as const);
    for (const language of languages) {
      const path = languages.length === 1 ? flags.md : withLanguage(flags.md, language);
      await assertWritable({ path, force });
      await writeTarget({ path, force }, renderMarkdown(report, language));
    }
  }
  if (flags.csv !== undefined) {
    const { writeCsvFolder } = await import("../table/csv-folder.js");
    await writeCsvFolder(report, flags.csv, { force });
  }
}

function withLanguage(path: string, language: string): string {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") ? `${path.slice(0, dot)}.${language}${path.slice(dot)}` : `${path}.${language}`;
}

/** `postrun-<title>-<start>.html`, with nothing in it that a file system minds. */
export function reportFileName(report: Report): string {
  const title = (
    report.title ?? `${report.investigations.length || report.jobs.length}-${report.investigations.length > 0 ? "investigations" : "jobs"}`
  )
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  const start = (report.window?.from ?? report.windowLocal?.from ?? report.generatedAt).slice(0, 16).replace(/[-:]/g, "").replace("T", "-");
  return `postrun-${title || "run"}-${start}.html`;
}
