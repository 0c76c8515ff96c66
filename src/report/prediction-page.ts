import { createHash } from "node:crypto";
import type { Prediction } from "../model/prediction.js";
import type { Report } from "../model/report.js";
import { visibleData } from "../model/reports/visible.js";
import { type Language, LOCALES } from "./locales/index.js";
import { templateSource } from "./template-files.js";
import { phraseHtml } from "./templates/markup.js";
import { pageTemplate } from "./templates/template-engine.js";
import { whatIfView } from "./view/what-if.js";
import { ltr, say, toText } from "./words/phrase.js";
import { titlePhrase } from "./words/title.js";

/** A prediction from a report as one self-contained HTML page without scripts, in each language; the first is shown. */
export function renderPredictionPage(report: Report, prediction: Prediction, languages: readonly Language[]): string {
  const [first] = languages;
  if (first === undefined) throw new Error("a page needs a language: en, he, or both");
  const source = templateSource(undefined);
  const shown = visibleData(report);
  const version = report.tool.version;
  const documents = languages.map((language) => {
    const locale = LOCALES[language];
    const title = say(locale, "prediction.title", { title: titlePhrase(shown, locale) });
    return {
      locale,
      language,
      direction: locale.direction,
      others: languages.filter((other) => other !== language).map((other) => LOCALES[other]),
      title: phraseHtml(title),
      pageTitle: toText(title),
      whatIf: whatIfView(locale, prediction),
      footer: phraseHtml(say(locale, "prediction.footer", { version: ltr(version), seed: ltr(String(prediction.seed)) })),
    };
  });
  const style = source.text("report.css");
  return pageTemplate(
    source,
    "prediction.hbs",
  )({
    first: LOCALES[first],
    title: documents[0]?.pageTitle,
    version,
    style,
    styleHash: createHash("sha256").update(style, "utf8").digest("base64"),
    documents,
  });
}
