import type { Report } from "../../model/report.js";
import { type Language, localeOf } from "../locales/index.js";
import type { Phrase } from "../words/phrase.js";
import { type Block, fitting, textDocument } from "./text-document.js";

/** What a GitHub job summary may hold; longer ones are refused whole. */
const MOST_BYTES = 1024 * 1024;

/**
 * The report as Markdown (tables as GitHub and GitLab have them) in one language: no HTML but a comment that names its maker, no direction
 * marks; Hebrew sentences begin with a Hebrew letter instead. Never longer than a job summary may be, unless a single text is.
 */
export function renderMarkdown(report: Report, lang: Language): string {
  return fitting(
    (mostRows) => markdown(report, lang, mostRows),
    (text) => Buffer.byteLength(text) <= MOST_BYTES,
  );
}

function markdown(report: Report, lang: Language, mostRows: number): string {
  const [title, ...blocks] = textDocument(report, localeOf(report, lang), mostRows).map(blockMarkdown);
  return `${[title, "<!-- postrun -->", ...blocks].filter((text) => text !== "").join("\n\n")}\n`;
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case "title":
      return `# ${phraseMarkdown(block.text)}`;
    case "heading":
      return `## ${phraseMarkdown(block.text)}`;
    case "paragraph":
      return lineMarkdown(phraseMarkdown(block.text));
    case "list":
      return block.items.map((item) => `- ${lineMarkdown(phraseMarkdown(item))}`).join("\n");
    case "table":
      return table(
        block.headings.map(phraseMarkdown),
        block.rows.map((row) => row.map(phraseMarkdown)),
      );
    case "wordings": {
      const items = block.wordings.map(({ text, place }) => `- ${lineMarkdown(escapeMarkdown(text))} (${inlineCode(place)})`);
      return `### ${phraseMarkdown(block.heading)}\n\n${items.join("\n")}`;
    }
    case "command":
      return fence(block.text, block.shell);
  }
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

function phraseMarkdown(phrase: Phrase): string {
  return phrase
    .map((piece) => (piece.strong ? `**${escapeMarkdown(piece.text)}**` : escapeMarkdown(piece.text)))
    .join("")
    .replaceAll("****", "");
}

/** Splits what GitHub and GitLab would make a mention or a reference of, after they have read the Markdown; a reader sees nothing of it. */
const SPLIT = "<!-- -->";

/** Text that Markdown takes literally, on one line; links, HTML, mentions and references to issues cannot arise from it. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>|~#]/g, "\\$&")
    .replace(/&(?=#?\w+;)/g, "&amp;")
    .replace(/@(?=\w)|#(?=\d)|(?<!\w)[!$%](?=\d)/g, `$&${SPLIT}`)
    .replace(/\b(https?|ftp|mailto|javascript|data):/gi, "$1\\:")
    .replace(/\bwww\./gi, (word) => `${word.slice(0, -1)}\\.`);
}

/** A text that begins a line must not begin a list or underline a heading. */
function lineMarkdown(text: string): string {
  return text
    .trim()
    .replace(/^[-+=]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}

/** A span of code whose fence is longer than any run of backticks inside. */
function inlineCode(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(longest + 1);
  const space = /^`|`$/.test(text) ? " " : "";
  return `${ticks}${space}${text.replace(/\s+/g, " ")}${space}${ticks}`;
}

/** A block of code whose fence is longer than any run of backticks inside. */
function fence(text: string, language = ""): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}
