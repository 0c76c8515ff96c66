import type { ReportCrossCheck } from "../../model/report.js";
import { phraseHtml } from "../templates/markup.js";
import { between, exactDecimals, number } from "../words/numbers.js";
import { type Phrase, plain, say } from "../words/phrase.js";
import { evidenceLines } from "./claims.js";
import type { Context } from "./context.js";

/** Numbers of the log, held against what they should be, a sentence each; undefined where there are none. */
export function crossChecksView(context: Context): object | undefined {
  const { crossChecks = [] } = context.report;
  if (crossChecks.length === 0) return undefined;
  return {
    rows: crossChecks.map((check) => ({
      differs: check.differing > 0,
      text: phraseHtml(crossCheckPhrase(context, check)),
      incomparable:
        check.n > 0 && check.incomparable !== undefined
          ? phraseHtml(say(context.locale, "cross-check.incomparable", { n: check.incomparable }))
          : undefined,
      evidence: check.differing === 0 || check.farthest === undefined ? [] : evidenceLines(context, [check.farthest.evidence]),
    })),
  };
}

function crossCheckPhrase({ locale }: Context, { title, operator, n, differing, incomparable = 0, farthest }: ReportCrossCheck): Phrase {
  const named = { title: plain(title[locale.language]) };
  if (farthest === undefined) return say(locale, "cross-check.none", { ...named, n: incomparable });
  const { reported, measured } = farthest;
  const decimals = exactDecimals(reported);
  const [low, high] = measured;
  const values = {
    ...named,
    x: number(locale, reported, decimals),
    y:
      operator === "at-least"
        ? say(locale, "operator.at-least", { x: number(locale, low, exactDecimals(low)) })
        : low === high
          ? number(locale, low, exactDecimals(low))
          : between(locale, measured, decimals === 0 ? 0 : decimals + 1),
  };
  if (n === 1) return say(locale, differing > 0 ? "cross-check.one-differs" : "cross-check.one", values);
  return differing === 0
    ? say(locale, "cross-check.agrees", { ...named, n })
    : say(locale, "cross-check.differs", { ...values, k: differing, n });
}
