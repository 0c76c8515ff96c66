import type { Report } from "../../model/report.js";
import type { Locale, MessageKey } from "../locales/index.js";
import {
  baselinePhrase,
  changedClaims,
  changedSetup,
  comparisonSummary,
  countPhrase,
  durationFinding,
  medianPhrase,
  runLevelPhrases,
  sizesPhrase,
} from "../words/comparison.js";
import { capitalised, join, type Phrase, plain, say } from "../words/phrase.js";
import { cellPhrase, claimCells, claimHeadings, heterogeneityPhrase, runCells, runHeadings } from "../words/pool.js";
import type { Block } from "./text-document.js";

/** The comparison with an earlier run as blocks of text; none where no baseline was given. */
export function comparisonBlocks(report: Report, locale: Locale): readonly Block[] {
  const { comparison } = report;
  if (comparison === undefined) return [];
  const word = (key: MessageKey): Phrase => say(locale, key);
  const [changes, setup] = [changedClaims(comparison, locale), changedSetup(comparison, locale)];
  return [
    { kind: "heading", text: say(locale, "compare.heading", { run: baselinePhrase(report, comparison, locale) }) },
    { kind: "paragraph", text: join([comparisonSummary(comparison, locale), sizesPhrase(report, comparison, locale)], " ") },
    ...tableOf(
      (["stages.stage", "compare.before", "column.n", "compare.after", "column.n", "compare.finding"] as const).map(word),
      comparison.durations.map((row) => [
        plain(capitalised(row.title[locale.language])),
        medianPhrase(row, row.before, locale),
        countPhrase(row.before, locale),
        medianPhrase(row, row.after, locale),
        countPhrase(row.after, locale),
        durationFinding(row, locale),
      ]),
    ),
    ...tableOf(
      (["compare.whole-run", "compare.before", "compare.after", "compare.finding"] as const).map(word),
      comparison.runLevel.map((row) => {
        const { title, before, after, finding } = runLevelPhrases(row, locale);
        return [title, before, after, finding];
      }),
    ),
    { kind: "paragraph", text: word("compare.caption") },
    ...(changes.length === 0
      ? [{ kind: "paragraph", text: word("compare.no-changes") } as const]
      : [{ kind: "list", items: changes } as const]),
    ...(setup.length === 0 ? [] : [{ kind: "list", items: setup } as const]),
  ];
}

/** The runs behind a report of several as blocks of text; none for a single run. */
export function poolBlocks(report: Report, locale: Locale): readonly Block[] {
  if (report.pooled === undefined) return [];
  return [
    { kind: "heading", text: say(locale, "pool.heading") },
    { kind: "paragraph", text: heterogeneityPhrase(report, locale) },
    ...tableOf(runHeadings(locale), runCells(report, locale)),
    ...tableOf(
      claimHeadings(report, locale),
      claimCells(report, locale).map((cells) => cells.map(cellPhrase)),
    ),
    { kind: "paragraph", text: say(locale, "pool.caption") },
  ];
}

function tableOf(headings: readonly Phrase[], rows: readonly (readonly Phrase[])[]): readonly Block[] {
  return rows.length === 0 ? [] : [{ kind: "table", headings, rows }];
}
