import type { Report } from "../../model/report.js";
import type { Locale, MessageKey } from "../locales/index.js";
import { type Html, phraseHtml } from "../templates/markup.js";
import { type Phrase, say, toText, type Values } from "../words/phrase.js";
import type { Times } from "../words/times.js";

/** What every section is made from. */
export interface Context {
  readonly report: Report;
  readonly locale: Locale;
  readonly times: Times;
}

/** A sentence as HTML. */
export function sayHtml(context: Context, key: MessageKey, values?: Values): Html {
  return phraseHtml(say(context.locale, key, values));
}

/** A sentence as bare text, for attributes. */
export function sayText(context: Context, key: MessageKey, values?: Values): string {
  return toText(say(context.locale, key, values));
}

/** A phrase, or a dash where there is nothing. */
export function cell(phrase: Phrase | undefined): Html {
  return phraseHtml(phrase ?? [{ text: "–" }]);
}
