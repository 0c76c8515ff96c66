import { evenly } from "../../model/collections/evenly.js";
import type { SurvivalCurve } from "../../model/report.js";
import { largest } from "../../model/statistics/statistics.js";
import type { DurationMs } from "../../model/time.js";
import { roundScale } from "../svg/scale.js";
import { chartOptions, type Label, labelsPlugin, type Picture } from "./config.js";
import type { Palette } from "./palette.js";

/** Room to the right of the last step for the median's label. */
const LABEL_ROOM = 1.3;
/** Beyond the last end so many times as long, what is still open tells nothing new (as templates/scripts/draw-measures.js has it). */
const OPEN_SHOWN = 2;
/** Steps beyond what a picture of this width can show. */
const MOST_STEPS = 2000;
const MOST_MARKS = 500;

export interface SurvivalTexts {
  readonly documented: string | undefined;
  readonly median: string | undefined;
  readonly axis: string;
  readonly direction: "ltr" | "rtl";
}

/** Up to where the picture of a curve shows it [ms]: all ends, what is open for not much longer, and room for words. */
export function survivalPictureEnd({ steps, censoredAtMs, documentedMs }: SurvivalCurve): DurationMs {
  const ended = Math.max(steps.at(-1)?.[0] ?? 0, documentedMs ?? 0);
  return Math.max(ended, Math.min(largest(censoredAtMs), ended * OPEN_SHOWN)) * LABEL_ROOM;
}

/** Kaplan-Meier as steps with its band, censoring marks, the documented time and the median. */
export function survivalPicture(whole: SurvivalCurve, texts: SurvivalTexts, palette: Palette): Picture | undefined {
  const curve = { ...whole, steps: evenly(whole.steps, MOST_STEPS), censoredAtMs: evenly(whole.censoredAtMs, MOST_MARKS) };
  const last = curve.steps.at(-1);
  const first = curve.steps[0];
  if (last === undefined || first === undefined) return undefined;
  const seconds = (ms: number): number => ms / 1000;
  const end = seconds(survivalPictureEnd(curve));
  const open = seconds(Math.max(0, ...curve.censoredAtMs));
  const ticks = roundScale(0, end, 7).ticks.filter((tick) => tick <= end);
  const shareAt = (at: number): number => curve.steps.reduce((open, [time, share]) => (seconds(time) <= at ? share : open), 1);
  const line = { type: "scatter" as const, showLine: true, pointRadius: 0, stepped: "before" as const };
  const series = (pick: (step: SurvivalCurve["steps"][number]) => number): { x: number; y: number }[] => [
    { x: 0, y: 1 },
    ...curve.steps.map((step) => ({ x: seconds(step[0]), y: pick(step) })),
    ...(open > seconds(last[0]) ? [{ x: Math.min(open, end), y: pick(last) }] : []),
  ];
  const { labels, marks } = marked(curve, texts, palette);
  return {
    width: 540,
    height: 290,
    config: {
      type: "scatter",
      data: {
        datasets: [
          { ...line, data: series((step) => step[2]), borderWidth: 0, fill: false },
          { ...line, data: series((step) => step[3]), borderWidth: 0, fill: "-1", backgroundColor: palette.measuredBand },
          ...marks,
          { ...line, data: series((step) => step[1]), borderColor: palette.measured, borderWidth: 2.2, fill: false },
          {
            type: "scatter",
            data: curve.censoredAtMs
              .map(seconds)
              .filter((at) => at <= end)
              .map((at) => ({ x: at, y: shareAt(at) })),
            pointStyle: "line",
            pointRotation: 90,
            pointRadius: 6,
            borderColor: palette.measured,
            borderWidth: 1.6,
          },
          ...(curve.medianMs === null
            ? []
            : [
                {
                  type: "scatter" as const,
                  data: [{ x: seconds(curve.medianMs), y: 0.5 }],
                  pointRadius: 5,
                  backgroundColor: palette.measured,
                  borderWidth: 0,
                },
              ]),
        ],
      },
      options: chartOptions(
        palette,
        { min: 0, max: end, ticks, text: String, grid: false },
        { min: 0, max: 1.04, ticks: [0, 0.25, 0.5, 0.75, 1], text: (share) => `${Math.round(share * 100)}%`, grid: true },
      ),
      plugins: [labelsPlugin(labels, { bottom: texts.axis, direction: texts.direction, colour: palette.muted })],
    },
  };
}

function marked(
  curve: SurvivalCurve,
  texts: SurvivalTexts,
  palette: Palette,
): { labels: Label[]; marks: Picture["config"]["data"]["datasets"] } {
  const labels: Label[] = [];
  const marks: Picture["config"]["data"]["datasets"] = [];
  const base = { halo: palette.ground, direction: texts.direction };
  if (curve.documentedMs !== null && texts.documented !== undefined) {
    const at = curve.documentedMs / 1000;
    marks.push({
      type: "scatter",
      showLine: true,
      pointRadius: 0,
      data: [
        { x: at, y: 0 },
        { x: at, y: 1.04 },
      ],
      borderColor: palette.documented,
      borderDash: [5, 3],
      borderWidth: 1.6,
    });
    labels.push({ ...base, text: texts.documented, x: at, y: 0.09, dx: -8, align: "right", colour: palette.muted });
  }
  if (curve.medianMs !== null && texts.median !== undefined) {
    const at = curve.medianMs / 1000;
    labels.push({
      ...base,
      text: texts.median,
      x: at,
      y: 0.5,
      dx: 11,
      dy: -4,
      align: "left",
      colour: palette.ink,
      bold: true,
    });
  }
  return { labels, marks };
}
