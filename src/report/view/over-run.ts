import type { ReportStage } from "../../model/report.js";
import { CONNECT_STAGE } from "../../model/reserved-stages.js";
import { median } from "../../model/statistics/statistics.js";
import { wordsSvg } from "../svg/words.js";
import { phraseHtml } from "../templates/markup.js";
import type { Drawing } from "../templates/page-script.js";
import { number, stageDecimals } from "../words/numbers.js";
import { type Phrase, say, toText } from "../words/phrase.js";
import { type Context, sayText } from "./context.js";
import { measureView } from "./measure.js";

/** Stage whose course over the run is drawn: the known performance problem. */
export const OVER_RUN_STAGE = CONNECT_STAGE;
/** With fewer there is no course to see. */
const FEWEST = 6;

/** Whether a stage got slower as the run went on: a dot each, and the medians of both halves; undefined where there are too few. */
export function overRunView(context: Context, drawing: Drawing): object | undefined {
  // Several runs have no course of their own.
  if (context.report.pooled !== undefined) return undefined;
  const stage = context.report.stages.find((row) => row.stage === OVER_RUN_STAGE);
  const medianMs = stage?.p50Ms;
  if (stage === undefined || medianMs === undefined || stage.samplesMs.length < FEWEST) return undefined;
  const { locale } = context;
  const finding = findingPhrase(context, stage);
  const label = sayText(context, "stages.over-run");
  const words = {
    medianText: wordsSvg(sayText(context, "survival.median", { x: number(locale, medianMs / 1000, stageDecimals(stage)) })),
    axisText: wordsSvg(sayText(context, "stages.axis-order")),
    unitText: wordsSvg(sayText(context, "axis.seconds")),
  };
  const measure = {
    kind: "over-run",
    name: OVER_RUN_STAGE,
    to: stage.samplesMs.length,
    shortest: FEWEST,
    words,
    label,
    alt: `${label}. ${toText(finding)}`,
    caption: undefined,
  } as const;
  return {
    finding: phraseHtml(finding),
    picture: measureView(context, drawing, measure, (view) => drawing.overRunMarkup(stage.samplesMs, medianMs, view)),
  };
}

function findingPhrase(context: Context, stage: ReportStage): Phrase {
  const half = Math.floor(stage.samplesMs.length / 2);
  const seconds = (ms: number): Phrase => number(context.locale, ms / 1000, Math.min(1, stageDecimals(stage)));
  return say(context.locale, "stages.over-run-finding", {
    a: seconds(median(stage.samplesMs.slice(0, half))),
    b: seconds(median(stage.samplesMs.slice(half))),
  });
}
