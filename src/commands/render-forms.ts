import type { Report } from "../model/report.js";
import type { Language } from "../report/locales/index.js";
import { type LanguageFlag, textLanguage } from "./language.js";
import { STDOUT, writeTarget } from "./output.js";
import { stderrLine } from "./standard-error.js";
import type { Content } from "./write-pieces.js";

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
  readonly lang?: LanguageFlag;
  readonly force?: boolean;
  readonly open?: boolean;
}

/** Forms that are written in one language, one file each; every one is loaded when it is asked for. */
const LANGUAGE_FORMS = {
  md: async (report, language) => (await import("../report/forms/markdown.js")).renderMarkdown(report, language),
  jira: async (report, language) => (await import("../report/forms/jira.js")).renderJira(report, language),
  junit: async (report, language) => (await import("../report/forms/junit.js")).renderJunit(report, language),
  xlsx: async (report, language) => {
    const { workbookWords } = await import("../report/forms/workbook-words.js");
    const { reportWorkbook } = await import("../table/report-workbook.js");
    return reportWorkbook(report, workbookWords(report, language));
  },
} satisfies Record<string, (report: Report, language: Language) => Promise<string | Uint8Array>>;

const LANGUAGE_FORM_NAMES = ["md", "jira", "junit", "xlsx"] as const satisfies readonly (keyof typeof LANGUAGE_FORMS)[];

/** Every file (folders apart) that the flags ask for. */
export function formFiles(flags: RenderFlags): readonly string[] {
  const files = LANGUAGE_FORM_NAMES.flatMap((name) => languageFiles(flags[name], flags.lang).map(([, path]) => path));
  return flags.json === undefined ? files : [flags.json, ...files];
}

/** Every folder that the flags ask for. */
export function formFolders({ csv, png }: RenderFlags): readonly string[] {
  return [csv, png].filter((folder) => folder !== undefined);
}

/** Marks a folder of pictures, see `FolderContents`. */
const PICTURES_MANIFEST = "postrun-pictures.json";

/** Checks that nothing of somebody else's is written over in the folders that the flags ask for, before any work is done. Throws a PostrunError (output). */
export async function assertFormFolders({ csv, png, force }: RenderFlags): Promise<void> {
  if (force === true) return;
  if (csv !== undefined) await (await import("../table/csv-folder.js")).assertCsvFolder(csv);
  if (png === undefined) return;
  const [{ assertFolderOurs }, { isPictureFile }] = await Promise.all([
    import("../table/marked-folder.js"),
    import("../report/forms/picture-names.js"),
  ]);
  await assertFolderOurs(png, PICTURES_MANIFEST, isPictureFile);
}

/** Whether any form beside the page is asked for. */
export function asksForForms(flags: RenderFlags): boolean {
  return formFiles(flags).length > 0 || flags.csv !== undefined || flags.png !== undefined;
}

/** One file a language where both are asked for (x.he.md, x.en.md); standard output takes one only. */
function languageFiles(path: string | undefined, lang: LanguageFlag | undefined): readonly (readonly [Language, string])[] {
  if (path === undefined) return [];
  if (lang === "both" && path !== STDOUT) return (["en", "he"] as const).map((language) => [language, withLanguage(path, language)]);
  return [[textLanguage(lang), path]];
}

/** Writes every form that was asked for but the pictures; says on the terminal which is too large for trackers. Throws a PostrunError (output). */
export async function writeForms(report: Report, flags: RenderFlags): Promise<void> {
  const force = flags.force === true;
  const { sizeWarnings } = await import("../report/size-warnings.js");
  const write = async (path: string, content: Content): Promise<void> => {
    const bytes = await writeTarget({ path, force }, content);
    if (path === STDOUT) return;
    for (const warning of sizeWarnings(path, bytes, "pack it before you attach it")) stderrLine(warning);
  };
  if (flags.json !== undefined) {
    const { serializedParts } = await import("../report/serialize.js");
    await write(flags.json, serializedParts(report));
  }
  for (const name of LANGUAGE_FORM_NAMES) {
    for (const [language, path] of languageFiles(flags[name], flags.lang)) await write(path, await LANGUAGE_FORMS[name](report, language));
  }
  if (flags.csv !== undefined) {
    const { writeCsvFolder } = await import("../table/csv-folder.js");
    await writeCsvFolder(report, flags.csv, { force });
  }
}

/**
 * Gets ready to draw pictures where they are asked for, and returns what writes those of a report. Another thread draws them, so this is best called before
 * the report is made, and other forms are best written meanwhile. What is returned throws a PostrunError (output).
 */
export async function preparePictures(flags: RenderFlags): Promise<(report: Report) => Promise<void>> {
  const { png: folder } = flags;
  if (folder === undefined) return () => Promise.resolve();
  const { prepareDrawing } = await import("../report/forms/picture-thread.js");
  const draw = prepareDrawing();
  return async (report) => {
    const files = await draw(report);
    const { writeMarkedFolder } = await import("../table/marked-folder.js");
    await writeMarkedFolder(report, folder, { manifest: PICTURES_MANIFEST, files }, { force: flags.force === true });
  };
}

function withLanguage(path: string, language: string): string {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") ? `${path.slice(0, dot)}.${language}${path.slice(dot)}` : `${path}.${language}`;
}

/** `postrun-<title>-<start>.html`, with nothing in it that a file system minds. */
export function reportFileName(report: Report): string {
  const title = (report.title ?? sizeName(report))
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  const { window, windowLocal } = report.pooled?.runs[0] ?? report;
  const start = (window?.from ?? windowLocal?.from ?? report.generatedAt).slice(0, 16).replace(/[-:]/g, "").replace("T", "-");
  return `postrun-${title || "run"}-${start}.html`;
}

/** "277-investigations", "12-jobs" where there is no log, "3-runs" of several. */
function sizeName({ pooled, investigations, jobs }: Report): string {
  if (pooled !== undefined) return `${pooled.runs.length}-runs`;
  return investigations.length > 0 ? `${investigations.length}-investigations` : `${jobs.length}-jobs`;
}
