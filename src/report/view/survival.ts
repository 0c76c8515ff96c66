import type { SurvivalCurve } from "../../model/report.js";
import { largest } from "../../model/statistics/statistics.js";
import type { DurationMs } from "../../model/time.js";
import { wordsSvg } from "../svg/words.js";
import type { Html } from "../templates/markup.js";
import { phraseHtml } from "../templates/markup.js";
import type { Drawing } from "../templates/page-script.js";
import { decimalsFor, decimalsOf, number, percent, range } from "../words/numbers.js";
import { join, type Phrase, say, toText } from "../words/phrase.js";
import { type Context, cell, sayText } from "./context.js";
import { measureView } from "./measure.js";

/** Decimals in seconds that the median of a curve deserves. */
function survivalDecimals(curve: SurvivalCurve): number {
  return curve.ci95Ms === undefined ? 1 : Math.min(2, decimalsFor((curve.ci95Ms[1] - curve.ci95Ms[0]) / 1000));
}

/** What the curve says in a sentence. */
export function survivalFinding(context: Context, curve: SurvivalCurve): Phrase {
  const { locale } = context;
  if (curve.medianMs === null) return say(locale, "survival.no-median");
  const seconds = (ms: number) => number(locale, ms / 1000, survivalDecimals(curve));
  const half = say(locale, curve.n === 1 ? "survival.finding-one" : "survival.finding", { x: seconds(curve.medianMs) });
  const [early, late] = curve.populations ?? [];
  if (early === undefined || late === undefined) return half;
  const groups = { early: early.n, x: seconds(early.medianMs), late: late.n, y: seconds(late.medianMs) };
  return join([half, say(locale, "survival.two-populations", groups)], " ");
}

/** Which of the two curves a picture is of, with the words that tell them apart. */
const CURVES = {
  fromDisconnect: { heading: "survival.heading", axis: "survival.axis" },
  unopenedFromCreation: { heading: "survival.unopened-heading", axis: "survival.axis-unopened" },
} as const;

/** The shortest part of the axis worth showing [s]. */
const SHORTEST = 2;

/** Words that stand in a picture of a curve: the documented time and the median, where there are. */
export function survivalMarks(context: Context, curve: SurvivalCurve): { readonly documented?: string; readonly median?: string } {
  const { locale } = context;
  const documented = curve.documentedMs === null ? undefined : curve.documentedMs / 1000;
  return {
    ...(documented === undefined
      ? {}
      : { documented: sayText(context, "survival.documented", { y: number(locale, documented, decimalsOf(documented)) }) }),
    ...(curve.medianMs === null
      ? {}
      : { median: sayText(context, "survival.median", { x: number(locale, curve.medianMs / 1000, survivalDecimals(curve)) }) }),
  };
}

/** Of how many Jobs the curve is, and how many of them go on where the picture ends. */
export function survivalCaption({ locale }: Context, { n, censored, unknown = 0, censoredAtMs }: SurvivalCurve, endMs: DurationMs): Phrase {
  const beyond = censoredAtMs.filter((at) => at > endMs);
  const sentences = [
    say(locale, "survival.caption", { n: n + censored, censored }),
    ...(unknown === 0 ? [] : [say(locale, "survival.unknown", { n: unknown })]),
    ...(beyond.length === 0 ? [] : [say(locale, "survival.beyond", { n: beyond.length, x: number(locale, largest(beyond) / 1000, 0) })]),
  ];
  return join(sentences, " ");
}

function picture(context: Context, drawing: Drawing, name: keyof typeof CURVES, curve: SurvivalCurve): object {
  const { heading, axis } = CURVES[name];
  const marks = survivalMarks(context, curve);
  const words = {
    documentedText: wordsSvg(marks.documented ?? ""),
    medianText: wordsSvg(marks.median ?? ""),
    axisText: wordsSvg(sayText(context, axis)),
  };
  const measure = {
    kind: "survival",
    name,
    to: drawing.survivalEnd(curve),
    shortest: SHORTEST,
    words,
    label: sayText(context, heading),
    alt: toText(survivalFinding(context, curve)),
    caption: phraseHtml(survivalCaption(context, curve, drawing.survivalEnd(curve) * 1000)),
  } as const;
  return measureView(context, drawing, measure, (view) => drawing.survivalMarkup(curve, view));
}

/** A Kaplan-Meier picture with its words and its small table; undefined without a curve. */
export function survivalView(context: Context, drawing: Drawing, name: keyof typeof CURVES): object | undefined {
  const curve = context.report.cleanup[name];
  if (curve === undefined || curve.steps.length === 0) return undefined;
  const { locale } = context;
  return {
    finding: phraseHtml(survivalFinding(context, curve)),
    picture: picture(context, drawing, name, curve),
    interval:
      curve.ci95Ms === undefined
        ? undefined
        : phraseHtml(range(locale, curve.ci95Ms[0] / 1000, curve.ci95Ms[1] / 1000, survivalDecimals(curve))),
    rows: tableRows(context, curve),
  };
}

/** When the share still open falls below nine tenths, three quarters, ...; the half at the median, as the picture marks it, and from there on only where that is known. */
function tableRows(context: Context, curve: SurvivalCurve): { share: Html; time: Html }[] {
  const { locale } = context;
  return [0.9, 0.75, 0.5, 0.25, 0.1].map((share) => {
    const isKnown = share > 0.5 || curve.medianMs !== null;
    const step = isKnown ? curve.steps.find(([, open]) => open <= share) : undefined;
    const at = share === 0.5 ? (curve.medianMs ?? undefined) : step?.[0];
    const time = at === undefined ? undefined : say(locale, "unit.s", { x: number(locale, at / 1000, 1) });
    return { share: phraseHtml(percent(locale, share)), time: cell(time) };
  });
}
