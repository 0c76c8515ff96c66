import { stripVTControlCharacters, styleText } from "node:util";
import type { Report, ReportClaim, Verdict } from "../../model/report.js";
import { visibleReport } from "../../model/reports/visible.js";
import { type Language, type Locale, localeOf } from "../locales/index.js";
import { curveGaps } from "../view/concurrency.js";
import { citationPhrase } from "../words/citation.js";
import { baselinePhrase, changedClaims, changedSetup, comparisonSummary, durationFinding, runLevelPhrases } from "../words/comparison.js";
import { leadPhrases } from "../words/lead.js";
import { misfitPhrases } from "../words/misfits.js";
import { capitalised, type Phrase, say, toText } from "../words/phrase.js";
import { reasonPhrase } from "../words/reasons.js";
import { claimSides, stageTable as stageTexts } from "../words/summary.js";
import { timesOf } from "../words/times.js";
import { afterwordPhrase, titlePhrase } from "../words/title.js";
import { sortedClaims, VERDICT_SIGNS, verdictCounts } from "../words/verdicts.js";

export interface TerminalOptions {
  readonly lang: Language;
  readonly color: boolean;
  /** Columns of the terminal; sentences are wrapped to it, commands never. */
  readonly width: number;
}

const COLOURS: Readonly<Record<Verdict, "red" | "yellow" | "green" | "gray">> = {
  contradicted: "red",
  inconclusive: "yellow",
  confirmed: "green",
  "not-measured": "gray",
  "not-applicable": "gray",
};
type Style = Parameters<typeof styleText>[0];

/** A summary for the terminal: lead, verdicts, what is contradicted, stages, what changed since an earlier run, and last what is missing with the commands that bring it. Ends with a line feed. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const shown = visibleReport(report);
  const locale = localeOf(report, options.lang);
  const paint = (style: Style, text: string): string => (options.color ? styleText(style, text, { validateStream: false }) : text);
  const wrapped = (text: string, indent = ""): string => wrap(text, options.width, indent);
  const chips = verdictCounts(shown)
    .filter(([, n]) => n > 0)
    .map(([verdict, n]) => paint(COLOURS[verdict], `${VERDICT_SIGNS[verdict]} ${toText(say(locale, `chip.${verdict}`, { n }))}`))
    .join("   ");
  const sections = [
    paint("bold", toText(titlePhrase(shown, locale))),
    leadPhrases(shown, locale)
      .map((sentence) => wrapped(toText(sentence)))
      .join("\n"),
    misfitPhrases(shown, locale)
      .map((sentence) => wrapped(`! ${toText(sentence)}`, "  "))
      .join("\n"),
    wrapped(toText(afterwordPhrase(shown, locale))),
    curveGaps({ report: shown, locale, times: timesOf(shown, locale) })
      .map((sentence) => wrapped(toText(sentence)))
      .join("\n"),
    chips,
    contradicted(shown, locale, paint, wrapped),
    stageTable(shown, locale, paint, wrapped),
    comparison(shown, locale, paint, wrapped),
    missing(shown, locale, paint, wrapped),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

type Paint = (style: Style, text: string) => string;
type Wrap = (text: string, indent?: string) => string;

function contradicted(report: Report, locale: Locale, paint: Paint, wrapped: Wrap): string {
  return sortedClaims(report)
    .filter((claim) => claim.verdict === "contradicted")
    .flatMap((claim) => {
      const { documented, measured } = claimSides(claim, locale);
      const words = (key: "claims.documented" | "claims.measured"): string => toText(say(locale, key));
      const sides = `${words("claims.documented")}: ${documented}; ${words("claims.measured")}: ${measured}`;
      const line = wrapped(
        `${VERDICT_SIGNS.contradicted} ${capitalised(claim.title[locale.language])}. ${sides} (${claim.source.file}:${claim.source.lines}${citation(claim, locale)})`,
        "  ",
      );
      if (claim.suggestion === undefined) return [line];
      return [line, wrapped(`  ${toText(say(locale, "claims.suggestion"))}: ${paint("bold", claim.suggestion[locale.language])}`, "    ")];
    })
    .join("\n");
}

/** Where the citation stands now, after a comma; nothing where no documents were given. */
function citation(claim: ReportClaim, locale: Locale): string {
  const phrase = citationPhrase(claim, locale);
  return phrase === undefined ? "" : `, ${toText(phrase)}`;
}

function stageTable(report: Report, locale: Locale, paint: Paint, wrapped: Wrap): string {
  if (report.stages.every((stage) => stage.n + stage.failed + stage.censored + (stage.unknown ?? 0) === 0)) return "";
  const { headings, rows: stages, notes } = stageTexts(report.stages, locale);
  const rows = [headings, ...stages];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row, index) => {
    const line = row
      .map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join("  ");
    return index === 0 ? paint("gray", line) : line;
  });
  return [...lines, ...notes.map((note) => wrapped(toText(note)))].join("\n");
}

/** A line for each stage, each number of the run and each claim, label or parameter that changed since the earlier run. */
function comparison(report: Report, locale: Locale, paint: Paint, wrapped: Wrap): string {
  const { comparison: found } = report;
  if (found === undefined) return "";
  const heading = toText(say(locale, "compare.heading", { run: baselinePhrase(report, found, locale) }));
  const stages = found.durations.map((row) => `${capitalised(row.title[locale.language])}: ${toText(durationFinding(row, locale))}`);
  const whole = found.runLevel.map((row) => {
    const { title, before, after, finding } = runLevelPhrases(row, locale);
    return `${toText(title)}: ${toText(before)}, ${toText(after)} (${toText(finding)})`;
  });
  const changed = [...changedClaims(found, locale), ...changedSetup(found, locale)].map(toText);
  const lines = [...stages, ...whole, ...changed].map((line) => wrapped(`  ${line}`, "    "));
  return [paint("bold", heading), wrapped(toText(comparisonSummary(found, locale))), ...lines].join("\n");
}

function missing(report: Report, locale: Locale, paint: Paint, wrapped: Wrap): string {
  const times = timesOf(report, locale);
  if (report.missing.length === 0) return toText(say(locale, "missing.none"));
  const pieces = report.missing.map((piece) => {
    const sentence: Phrase = reasonPhrase(locale, times, piece, "missing");
    const commands = piece.commands.map(
      (command) => `    ${command.shell === "any" ? "" : `${paint("gray", `${command.shell}:`)} `}${command.text}`,
    );
    return [wrapped(`  ${toText(sentence)}`, "  "), ...commands].join("\n");
  });
  return [`${paint("bold", toText(say(locale, "missing.heading")))}`, ...pieces].join("\n");
}

/** Breaks at spaces so that no line is longer than the width, where a word allows it; later lines are indented. */
function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  const [words, start] = [text.trimStart().split(" "), text.length - text.trimStart().length];
  let line = " ".repeat(start);
  for (const word of words) {
    const longer = line.trim() === "" ? line + word : `${line} ${word}`;
    if (line.trim() !== "" && stripVTControlCharacters(longer).length > width) {
      lines.push(line.trimEnd());
      line = indent + word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].join("\n");
}
