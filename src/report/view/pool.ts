import { phraseHtml } from "../markup.js";
import type { Phrase } from "../phrase.js";
import { claimCells, claimHeadings, heterogeneityPhrase, runCells, runHeadings } from "../pool.js";
import type { Context } from "./context.js";

/** The runs behind a report of several; undefined for a single one. */
export function poolView({ report, locale }: Context): object | undefined {
  if (report.pooled === undefined) return undefined;
  const rows = (cells: readonly (readonly Phrase[])[]) =>
    cells.map(([name = [], ...others]) => ({ name: phraseHtml(name), cells: others.map(phraseHtml) }));
  const headings = ([name = [], ...others]: readonly Phrase[]) => ({ name: phraseHtml(name), others: others.map(phraseHtml) });
  return {
    finding: phraseHtml(heterogeneityPhrase(report, locale)),
    runHeadings: headings(runHeadings(locale)),
    runs: rows(runCells(report, locale)),
    claimHeadings: headings(claimHeadings(report, locale)),
    claims: rows(claimCells(report, locale)),
  };
}
