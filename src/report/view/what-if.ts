import type { Prediction } from "../../model/prediction.js";
import type { Locale } from "../locales/index.js";
import { forecastSvg } from "../svg/forecast.js";
import { phraseHtml } from "../templates/markup.js";
import { say, toText } from "../words/phrase.js";
import {
  delaySeconds,
  predictionBasis,
  predictionFinding,
  predictionLimit,
  predictionNotes,
  predictionTable,
} from "../words/prediction-words.js";

/** A prediction as a section of a page: finding, picture, table, what it rests on. Undefined where there is none. */
export function whatIfView(locale: Locale, prediction: Prediction | undefined): object | undefined {
  if (prediction === undefined) return undefined;
  const finding = predictionFinding(locale, prediction);
  const limit = predictionLimit(locale, prediction);
  const table = predictionTable(locale, prediction, true);
  const words = (key: "axis" | "unit" | "line-peak" | "line-mean") => toText(say(locale, `prediction.${key}`));
  return {
    finding: phraseHtml(finding),
    limit: limit === undefined ? undefined : phraseHtml(limit),
    basis: phraseHtml(predictionBasis(locale, prediction)),
    svg: forecastSvg(prediction, {
      axis: words("axis"),
      unit: words("unit"),
      label: `${toText(say(locale, "prediction.heading"))}. ${toText(finding)}`,
      peak: words("line-peak"),
      mean: words("line-mean"),
      limit: toText(say(locale, "prediction.line-limit", { p: prediction.limit?.maxOpen ?? 0 })),
      seconds: (ms) => toText(delaySeconds(locale, ms)),
    }),
    headings: table.headings.slice(0, -1).map((heading) => phraseHtml(heading)),
    rows: table.rows.map((row) => ({
      delay: phraseHtml(row[0] ?? []),
      cells: row.slice(1, -1).map((cell, index) => ({ value: phraseHtml(cell), label: toText(table.headings[index + 1] ?? []) })),
      beyond: phraseHtml(row.at(-1) ?? []),
    })),
    notes: predictionNotes(locale, prediction).map((note) => phraseHtml(note)),
  };
}
