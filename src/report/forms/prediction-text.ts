import { styleText } from "node:util";
import type { Prediction } from "../../model/prediction.js";
import { type Language, LOCALES } from "../locales/index.js";
import { say, toText } from "../words/phrase.js";
import { predictionBasis, predictionFinding, predictionLimit, predictionNotes, predictionTable } from "../words/prediction-words.js";

/** A prediction for the terminal: finding, limit, table, and what it rests on. Ends with a line feed. */
export function renderPredictionText(prediction: Prediction, options: { readonly lang: Language; readonly color: boolean }): string {
  const locale = LOCALES[options.lang];
  const paint = (style: "bold" | "gray", text: string): string =>
    options.color ? styleText(style, text, { validateStream: false }) : text;
  const limit = predictionLimit(locale, prediction);
  const { headings, rows } = predictionTable(locale, prediction, false);
  const cells = [headings, ...rows].map((row) => row.map(toText));
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row, index) => {
    // The last column is words, and stands at the start of its room.
    const line = row.map((text, column) => (column === row.length - 1 ? text : text.padStart(widths[column] ?? 0))).join("  ");
    return index === 0 ? paint("gray", line) : line.trimEnd();
  });
  const sections = [
    paint("bold", toText(predictionFinding(locale, prediction))),
    ...(limit === undefined ? [] : [toText(limit)]),
    lines.join("\n"),
    [
      `${toText(say(locale, "prediction.notes"))}:`,
      `  ${toText(predictionBasis(locale, prediction))}`,
      ...predictionNotes(locale, prediction).map((note) => `  ${toText(note)}`),
    ].join("\n"),
  ];
  return `${sections.join("\n\n")}\n`;
}
