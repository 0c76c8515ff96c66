import type { ReportClaim } from "../../model/report.js";
import { roundTo } from "../../model/statistics/rounding.js";
import { type Html, phraseHtml } from "../templates/markup.js";
import { documentedValue } from "../words/claim-values.js";
import { number, range, withUnit } from "../words/numbers.js";
import { join, ltr, type Phrase, say } from "../words/phrase.js";
import type { Context } from "./context.js";

/** Significant digits of what a behaviour allows. */
const DIGITS = 3;

/** A setting as it is documented, deployed and done; undefined for a claim that is not about one. */
export function settingsHtml(context: Context, { settings, documented }: ReportClaim): Html | undefined {
  if (settings === undefined) return undefined;
  const { locale } = context;
  const { deployed, behaved } = settings;
  const valued = (value: Phrase): { readonly x: Phrase } => ({ x: withUnit(locale, value, documented.unit) });
  return phraseHtml(
    join(
      [
        say(locale, "claims.setting-documented", { x: documentedValue(locale, documented) }),
        deployed === undefined
          ? say(locale, "claims.setting-not-deployed")
          : say(locale, "claims.setting-deployed", valued(ltr(deployed.join(", ")))),
        behaved === undefined
          ? say(locale, "claims.setting-not-behaved")
          : say(locale, "claims.setting-behaved", valued(behavedPhrase(context, behaved))),
      ],
      "; ",
    ),
  );
}

/** One number where both ends look the same. */
function behavedPhrase({ locale }: Context, [low, high]: readonly [number, number]): Phrase {
  const whole = Number.isInteger(low) && Number.isInteger(high);
  const decimals = whole ? 0 : Math.max(0, DIGITS - 1 - Math.floor(Math.log10(Math.abs(high) || 1)));
  return roundTo(low, decimals) === roundTo(high, decimals) ? number(locale, high, decimals) : range(locale, low, high, decimals);
}
