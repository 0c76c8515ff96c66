import type { SurvivalCurve } from "../../model/report.js";
import type { Context } from "../view/context.js";
import { sayText } from "../view/context.js";
import { OVER_RUN_STAGE } from "../view/over-run.js";
import { survivalMarks } from "../view/survival.js";
import { number, peakNumber, stageDecimals } from "../words/numbers.js";
import { say, toText } from "../words/phrase.js";
import type { Picture } from "./config.js";
import { overRunPicture } from "./over-run.js";
import { PALETTE } from "./palette.js";
import { survivalPicture } from "./survival.js";
import { timeCurvePicture } from "./time-curve.js";

export type PictureName = "timeCurve" | "fromDisconnect" | "unopenedFromCreation" | "overRun";

const NAMES: readonly PictureName[] = ["timeCurve", "fromDisconnect", "unopenedFromCreation", "overRun"];

/** Every picture of a language that the report has data for, not yet drawn. */
export function picturesOf(context: Context): readonly (readonly [PictureName, Picture])[] {
  return NAMES.flatMap((name) => {
    const picture = PICTURES[name](context);
    return picture === undefined ? [] : [[name, picture] as const];
  });
}

const PICTURES: Readonly<Record<PictureName, (context: Context) => Picture | undefined>> = {
  timeCurve(context) {
    const { report, locale, times } = context;
    const { openJobs } = report.concurrency;
    if (openJobs === undefined) return undefined;
    return timeCurvePicture(
      report.concurrency,
      {
        peak: toText(say(locale, "curve.peak", { p: peakNumber(locale, openJobs) })),
        limit: sayText(context, "curve.limit", { c: report.concurrency.documentedLimit ?? 0 }),
        axis: sayText(context, "curve.axis-time", { zone: times.zone }),
        time: times.tick,
        direction: locale.direction,
      },
      PALETTE,
      times.offsetMinutes * 60_000,
    );
  },
  fromDisconnect: (context) => survival(context, context.report.cleanup.fromDisconnect, "survival.axis"),
  unopenedFromCreation: (context) => survival(context, context.report.cleanup.unopenedFromCreation, "survival.axis-unopened"),
  overRun(context) {
    const { locale, report } = context;
    const stage = report.pooled === undefined ? report.stages.find((row) => row.stage === OVER_RUN_STAGE) : undefined;
    if (stage?.p50Ms === undefined) return undefined;
    const median = number(locale, stage.p50Ms / 1000, stageDecimals(stage));
    return overRunPicture(
      stage,
      {
        median: sayText(context, "survival.median", { x: median }),
        axis: sayText(context, "stages.axis-order"),
        direction: locale.direction,
      },
      PALETTE,
    );
  },
};

function survival(
  context: Context,
  curve: SurvivalCurve | undefined,
  axis: "survival.axis" | "survival.axis-unopened",
): Picture | undefined {
  if (curve === undefined) return undefined;
  const { documented, median } = survivalMarks(context, curve);
  return survivalPicture(
    curve,
    {
      documented,
      median,
      axis: sayText(context, axis),
      direction: context.locale.direction,
    },
    PALETTE,
  );
}
