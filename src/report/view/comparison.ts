import type { DurationComparison } from "../../model/report.js";
import { differenceSvg } from "../svg/difference.js";
import { type Html, phraseHtml } from "../templates/markup.js";
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
import { formatNumber } from "../words/numbers.js";
import { capitalised, plain, toText } from "../words/phrase.js";
import { type Context, sayHtml } from "./context.js";

/** The section that holds the run against an earlier one; undefined where none was given. */
export function comparisonView(context: Context): object | undefined {
  const { report, locale } = context;
  const { comparison } = report;
  if (comparison === undefined) return undefined;
  return {
    heading: sayHtml(context, "compare.heading", { run: baselinePhrase(report, comparison, locale) }),
    summary: phraseHtml(comparisonSummary(comparison, locale)),
    sizes: phraseHtml(sizesPhrase(report, comparison, locale)),
    rows: comparison.durations.map((row) => durationRow(context, row)),
    runLevel: comparison.runLevel.map((row) => {
      const { title, before, after, finding } = runLevelPhrases(row, locale);
      return { title: phraseHtml(title), before: phraseHtml(before), after: phraseHtml(after), finding: phraseHtml(finding) };
    }),
    changes: changedClaims(comparison, locale).map(phraseHtml),
    setup: changedSetup(comparison, locale).map(phraseHtml),
  };
}

function durationRow(context: Context, row: DurationComparison): object {
  const { locale } = context;
  const side = (sample: DurationComparison["before"]) => ({
    median: phraseHtml(medianPhrase(row, sample, locale)),
    count: phraseHtml(countPhrase(sample, locale)),
  });
  return {
    title: phraseHtml(plain(capitalised(row.title[locale.language]))),
    changed: row.finding === "longer" || row.finding === "shorter",
    before: side(row.before),
    after: side(row.after),
    picture: picture(context, row),
    finding: phraseHtml(durationFinding(row, locale)),
  };
}

function picture({ locale }: Context, row: DurationComparison): Html | undefined {
  const { shiftMs, ci95Ms } = row;
  if (shiftMs === undefined || ci95Ms === undefined) return undefined;
  return differenceSvg({
    value: shiftMs / 1000,
    interval: [ci95Ms[0] / 1000, ci95Ms[1] / 1000],
    label: `${row.title[locale.language]}: ${toText(durationFinding(row, locale))}`,
    text: (value, decimals) => formatNumber(locale, value, decimals),
  });
}
