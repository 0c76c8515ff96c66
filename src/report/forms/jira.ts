import type { Report } from "../../model/report.js";
import { type Language, localeOf } from "../locales/index.js";
import type { Phrase } from "../words/phrase.js";
import { type Block, fitting, textDocument } from "./text-document.js";

/** Characters that a Jira text field holds by default (jira.text.field.character.limit of Data Center); longer ones are refused whole. */
const MOST_CHARACTERS = 32_767;

/**
 * The report as the wiki markup of Jira Data Center in one language, no longer than a comment may be where that can be had by shortening tables.
 * No colours, since a verdict is a word with a sign, and no direction marks, of which Jira warns. The anchor at the top shows nothing; it names the maker.
 */
export function renderJira(report: Report, lang: Language): string {
  return fitting(
    (mostRows) => jira(report, lang, mostRows),
    (text) => text.length <= MOST_CHARACTERS,
  );
}

function jira(report: Report, lang: Language, mostRows: number): string {
  const [title = "", ...blocks] = textDocument(report, localeOf(report, lang), mostRows).map(blockJira);
  return `${[`${title}{anchor:postrun}`, ...blocks].filter((text) => text !== "").join("\n\n")}\n`;
}

function blockJira(block: Block): string {
  switch (block.kind) {
    case "title":
      return `h1. ${phraseJira(block.text)}`;
    case "heading":
      return `h2. ${phraseJira(block.text)}`;
    case "paragraph":
      return lineJira(phraseJira(block.text));
    case "list":
      return block.items.map((item) => `* ${lineJira(phraseJira(item))}`).join("\n");
    case "table":
      return [`||${block.headings.map(cell).join("||")}||`, ...block.rows.map((row) => `|${row.map(cell).join("|")}|`)].join("\n");
    case "wordings": {
      const texts = block.wordings.map(({ text, place }) => `${lineJira(escapeJira(text))}\n{{${escapeJira(place)}}}`);
      return `{panel:title=${escapeJira(toLine(block.heading))}}\n${texts.join("\n\n")}\n{panel}`;
    }
    case "command":
      return literal(block.text);
  }
}

/** A cell is never empty: `||` would begin a heading. */
function cell(phrase: Phrase): string {
  return phraseJira(phrase).trim() || " ";
}

function phraseJira(phrase: Phrase): string {
  return phrase
    .map(({ text, strong }) => (strong && text.trim() !== "" ? `*${escapeJira(text)}*` : escapeJira(text)))
    .join("")
    .replaceAll("**", "");
}

function toLine(phrase: Phrase): string {
  return phrase.map(({ text }) => text).join("");
}

/**
 * Text that the wiki renderer takes literally, on one line: no macro, link, table, picture, mention, style or smiley arises from it. A backslash
 * itself has no escape there, so it is an entity, as is an ampersand that would begin one.
 */
export function escapeJira(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/&(?=#?\w+;)/g, "&amp;")
    .replaceAll("\\", "&#92;")
    .replace(/[{}[\]|*_^~]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}\\])[-+!](?=\S)|\?(?=\?)|(?<=\S)!/gu, "\\$&")
    .replace(/[:;](?=[-()DPp])|\((?=[xyi!?/+*-])/g, "\\$&")
    .replace(/\b(https?|ftp|file|mailto|javascript|data):/gi, "$1&#58;");
}

/** A text that begins a line must not begin a list, a heading, a quotation or a rule. */
function lineJira(text: string): string {
  return text
    .trim()
    .replace(/^[#-]/, "\\$&")
    .replace(/^(h[1-6]|bq)\./, "$1&#46;");
}

/** A block without any markup, in a macro whose end the text does not hold. */
function literal(text: string): string {
  const macro = ["noformat", "code"].find((name) => !text.includes(`{${name}`));
  return macro === undefined ? escapeJira(text) : `{${macro}}\n${text}\n{${macro}}`;
}
