import type { SurvivalCurve } from "../../model/report.js";
import type { Html } from "../markup.js";
import { phraseHtml } from "../markup.js";
import { decimalsFor, number, percent, range } from "../numbers.js";
import { type Phrase, say } from "../phrase.js";
import { type Context, cell, sayHtml } from "./context.js";

/** Decimals in seconds that the median of a curve deserves. */
export function survivalDecimals(curve: SurvivalCurve): number {
  return curve.ci95Ms === undefined ? 1 : Math.min(2, decimalsFor((curve.ci95Ms[1] - curve.ci95Ms[0]) / 1000));
}

/** What the curve says in a sentence. */
export function survivalFinding(context: Context, curve: SurvivalCurve): Phrase {
  const { locale } = context;
  if (curve.medianMs === null) return say(locale, "survival.no-median");
  return say(locale, "survival.finding", { x: number(locale, curve.medianMs / 1000, survivalDecimals(curve)) });
}

/** The words and the small table beside a Kaplan-Meier picture; undefined without a curve. */
export function survivalView(context: Context, curve: SurvivalCurve | undefined): object | undefined {
  if (curve === undefined || curve.steps.length === 0) return undefined;
  const { locale } = context;
  return {
    finding: phraseHtml(survivalFinding(context, curve)),
    caption: sayHtml(context, "survival.caption", { n: curve.n, censored: curve.censored }),
    interval:
      curve.ci95Ms === undefined
        ? undefined
        : phraseHtml(range(locale, curve.ci95Ms[0] / 1000, curve.ci95Ms[1] / 1000, survivalDecimals(curve))),
    rows: tableRows(context, curve),
  };
}

/** When the share still open falls below nine tenths, three quarters, ... */
function tableRows(context: Context, curve: SurvivalCurve): { share: Html; time: Html }[] {
  const { locale } = context;
  return [0.9, 0.75, 0.5, 0.25, 0.1].map((share) => {
    const step = curve.steps.find(([, open]) => open <= share);
    const time = step === undefined ? undefined : say(locale, "unit.s", { x: number(locale, step[0] / 1000, 1) });
    return { share: phraseHtml(percent(locale, share)), time: cell(time) };
  });
}
