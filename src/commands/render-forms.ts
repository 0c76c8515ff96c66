import type { Report } from "../model/report.js";
import { STDOUT, writeTarget } from "./output.js";

/** Forms of a report beside the HTML page; shared by `analyze` and `render`. */
export interface RenderFlags {
  readonly json?: string;
  readonly md?: string;
  readonly jira?: string;
  readonly junit?: string;
  readonly csv?: string;
  readonly xlsx?: string;
  readonly png?: string;
  /** Folder of own templates for the page. */
  readonly templates?: string;
  readonly lang?: "he" | "en" | "both";
  readonly force?: boolean;
  readonly open?: boolean;
}

/** Forms that are written in one language, one file each; every one is loaded when it is asked for. */
const LANGUAGE_FORMS = {
  md: async (report, language) => (await import("../report/markdown.js")).renderMarkdown(report, language),
  jira: async (report, language) => (await import("../report/forms/jira.js")).renderJira(report, language),
  junit: async (report, language) => (await import("../report/forms/junit.js")).renderJunit(report, language),
  xlsx: async (report, language) => {
    const { workbookWords } = await import("../report/forms/workbook-words.js");
    const { reportWorkbook } = await import("../table/report-workbook.js");
    return reportWorkbook(report, workbookWords(report, language));
  },
} satisfies Record<string, (report: Report, language: "he" | "en") => Promise<string | Uint8Array>>;

const LANGUAGE_FORM_NAMES = ["md", "jira", "junit", "xlsx"] as const satisfies readonly (keyof typeof LANGUAGE_FORMS)[];

/** Every file (folders apart) that the flags ask for. */
export function formFiles(flags: RenderFlags): readonly string[] {
  const files = LANGUAGE_FORM_NAMES.flatMap((name) => languageFiles(flags[name], flags.lang).map(([, path]) => path));
  return flags.json === undefined ? files : [flags.json, ...files];
}

/** Whether any form beside the page is asked for. */
export function asksForForms(flags: RenderFlags): boolean {
  return formFiles(flags).length > 0 || flags.csv !== undefined || flags.png !== undefined;
}

/** One file a language where both are asked for (x.he.md, x.en.md); standard output takes one only. */
function languageFiles(path: string | undefined, lang: RenderFlags["lang"]): readonly (readonly ["he" | "en", string])[] {
  if (path === undefined) return [];
  if (lang === "both" && path !== STDOUT) return (["en", "he"] as const).map((language) => [language, withLanguage(path, language)]);
  return [[lang === "he" ? "he" : "en", path]];
}

/** The page always holds both languages; the flag says which one it opens in. */
function pageLanguages(lang: RenderFlags["lang"]): readonly ["he", "en"] | readonly ["en", "he"] {
  return lang === "he" ? ["he", "en"] : ["en", "he"];
}

/** The page in both languages; says on the terminal where it is too large for trackers. */
export async function renderPage(report: Report, flags: RenderFlags): Promise<string> {
  const { renderHtml } = await import("../report/html.js");
  const { sizeWarnings } = await import("../report/size-warnings.js");
  const languages = pageLanguages(flags.lang);
  const page = await renderHtml(report, flags.templates === undefined ? { languages } : { languages, templates: flags.templates });
  for (const warning of sizeWarnings(Buffer.byteLength(page))) process.stderr.write(`postrun: ${warning}\n`);
  return page;
}

/** Writes every form that was asked for. Throws a PostrunError (output). */
export async function writeForms(report: Report, flags: RenderFlags): Promise<void> {
  const force = flags.force === true;
  if (flags.json !== undefined) {
    const { serializeReport } = await import("../report/json.js");
    await writeTarget({ path: flags.json, force }, serializeReport(report));
  }
  for (const name of LANGUAGE_FORM_NAMES) {
    for (const [language, path] of languageFiles(flags[name], flags.lang)) {
      await writeTarget({ path, force }, await LANGUAGE_FORMS[name](report, language));
    }
  }
  if (flags.csv !== undefined) {
    const { writeCsvFolder } = await import("../table/csv-folder.js");
    await writeCsvFolder(report, flags.csv, { force });
  }
  if (flags.png !== undefined) {
    const { renderPngs } = await import("../report/forms/png.js");
    const { writeMarkedFolder } = await import("../table/marked-folder.js");
    await writeMarkedFolder(report, flags.png, { manifest: "postrun-pictures.json", files: await renderPngs(report) }, { force });
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
