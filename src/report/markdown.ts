import type { Report } from "../model/report.js";
import { leadPhrases } from "./lead.js";
import { type Language, LOCALES, type Locale, type MessageKey } from "./locales/index.js";
import { formatNumber, measuredDecimals } from "./numbers.js";
import { capitalised, type Phrase, type Piece, say } from "./phrase.js";
import { reasonPhrase } from "./reasons.js";
import { claimSides, stageCells, stageHeadings } from "./summary.js";
import { timesOf } from "./times.js";
import { afterwordPhrase, titlePhrase } from "./title.js";
import { sortedClaims, VERDICT_SIGNS, verdictCounts } from "./verdicts.js";
import { visibleData } from "./visible.js";

/** The report as Markdown (GitHub's tables) in one language: no HTML, no direction marks; Hebrew sentences begin with a Hebrew letter instead. */
export function renderMarkdown(report: Report, lang: Language): string {
  const shown = visibleData(report);
  const locale = LOCALES[lang];
  const word = (key: MessageKey): string => phraseMarkdown(say(locale, key));
  const parts = [
    `# ${phraseMarkdown(titlePhrase(shown, locale))}`,
    leadPhrases(shown, locale).map(phraseMarkdown).join(" "),
    phraseMarkdown(afterwordPhrase(shown, locale)),
    verdictCounts(shown)
      .filter(([, n]) => n > 0)
      .map(([verdict, n]) => `${phraseMarkdown(say(locale, `chip.${verdict}`, { n }))} ${VERDICT_SIGNS[verdict]}`)
      .join(", "),
    `## ${word("claims.heading")}`,
    claimsTable(shown, locale),
    suggestions(shown, locale),
    `## ${word("stages.heading")}`,
    shown.stages.length === 0 ? word("stages.none") : stagesTable(shown, locale),
    ...consistency(shown, locale),
    `## ${word("missing.heading")}`,
    missing(shown, locale),
    `## ${word("method.command")}`,
    fence(shown.command),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function claimsTable(report: Report, locale: Locale): string {
  if (report.claims.length === 0) return phraseMarkdown(say(locale, "claims.none"));
  const headings = (["claims.claim", "claims.result", "claims.documented", "claims.measured", "claims.interval"] as const).map((key) =>
    phraseMarkdown(say(locale, key)),
  );
  const rows = sortedClaims(report).map((claim) => {
    const { documented, measured } = claimSides(claim, locale);
    const { measured: found } = claim;
    const interval = found?.intervalKind === "confidence" ? found.ci95 : null;
    const decimals = found === undefined ? 0 : measuredDecimals(found);
    const shownInterval = interval ? `${formatNumber(locale, interval[0], decimals)}–${formatNumber(locale, interval[1], decimals)}` : "-";
    return [
      escapeMarkdown(capitalised(claim.title[locale.language])),
      phraseMarkdown(say(locale, `verdict.${claim.verdict}`)),
      escapeMarkdown(documented),
      escapeMarkdown(measured),
      shownInterval,
    ];
  });
  return table(headings, rows);
}

function suggestions(report: Report, locale: Locale): string {
  const suggested = sortedClaims(report).filter((claim) => claim.verdict === "contradicted" && claim.suggestion !== undefined);
  if (suggested.length === 0) return "";
  const items = suggested.map((claim) => {
    const text = escapeMarkdown(claim.suggestion?.[locale.language] ?? "");
    return `- ${text} (${inlineCode(`${claim.source.file}:${claim.source.lines}`)})`;
  });
  return [`### ${phraseMarkdown(say(locale, "claims.suggestion"))}`, items.join("\n")].join("\n\n");
}

function stagesTable(report: Report, locale: Locale): string {
  const headings = [phraseMarkdown(say(locale, "stages.stage")), ...stageHeadings(locale).map(escapeMarkdown)];
  return table(
    headings,
    report.stages.map((stage) => [escapeMarkdown(capitalised(stage.title[locale.language])), ...stageCells(stage, locale)]),
  );
}

function consistency(report: Report, locale: Locale): string[] {
  const broken = report.consistency.filter((relation) => relation.holds !== "yes");
  if (broken.length === 0) return [];
  const items = broken.map((relation) => {
    const holds = phraseMarkdown(say(locale, `holds.${relation.holds}`));
    return `- ${escapeMarkdown(relation.statement[locale.language])}: **${holds}**. ${escapeMarkdown(relation.explanation[locale.language])}`;
  });
  return [`## ${phraseMarkdown(say(locale, "consistency.heading"))}`, items.join("\n")];
}

function missing(report: Report, locale: Locale): string {
  if (report.missing.length === 0) return phraseMarkdown(say(locale, "missing.none"));
  const times = timesOf(report, locale);
  return report.missing
    .map((piece) => {
      const commands = piece.commands.map((command) => fence(command.text, command.shell));
      return [phraseMarkdown(reasonPhrase(locale, times, piece, "missing")), ...commands].join("\n\n");
    })
    .join("\n\n");
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

function phraseMarkdown(phrase: Phrase): string {
  return phrase
    .map((piece: Piece) => (piece.strong ? `**${escapeMarkdown(piece.text)}**` : escapeMarkdown(piece.text)))
    .join("")
    .replaceAll("****", "");
}

/** Text that Markdown takes literally, on one line; links and HTML cannot arise from it. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>|~#]/g, "\\$&")
    .replace(/(https?|javascript|data):/gi, "$1\\:");
}

/** A span of code whose fence is longer than any run of backticks inside. */
function inlineCode(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${text.replace(/\s+/g, " ")}${ticks}`;
}

/** A block of code whose fence is longer than any run of backticks inside. */
function fence(text: string, language = ""): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}
