import { evenly } from "../../model/collections/evenly.js";
import type { ReportStage } from "../../model/report.js";
import { roundScale } from "../svg/scale.js";
import { chartOptions, type Label, labelsPlugin, type Picture } from "./config.js";
import type { Palette } from "./palette.js";

/** More dots than this lie on each other. */
const MOST_DOTS = 3000;

export interface OverRunTexts {
  readonly median: string;
  readonly axis: string;
  readonly direction: "ltr" | "rtl";
}

/** A stage's durations in run order, its median as a line: does it get slower as the run goes on? */
export function overRunPicture(stage: ReportStage, texts: OverRunTexts, palette: Palette): Picture | undefined {
  if (stage.samplesMs.length < 6 || stage.p50Ms === undefined) return undefined;
  const seconds = stage.samplesMs.map((ms) => ms / 1000);
  const scale = roundScale(0, seconds.reduce((most, value) => Math.max(most, value), 0) * 1.03, 5);
  const order = roundScale(0, seconds.length, 6);
  const median = stage.p50Ms / 1000;
  const labels: Label[] = [
    {
      text: texts.median,
      x: seconds.length,
      y: median,
      dx: -4,
      dy: -12,
      align: "right",
      colour: palette.ink,
      bold: true,
      halo: palette.ground,
      direction: texts.direction,
    },
  ];
  return {
    width: 540,
    height: 290,
    config: {
      type: "scatter",
      data: {
        datasets: [
          {
            type: "scatter",
            data: evenly(
              seconds.map((y, index) => ({ x: index + 1, y })),
              MOST_DOTS,
            ).slice(),
            pointRadius: 2.4,
            backgroundColor: palette.measured,
            borderWidth: 0,
          },
          {
            type: "scatter",
            showLine: true,
            pointRadius: 0,
            borderColor: palette.ink,
            borderWidth: 1.4,
            data: [
              { x: 0, y: median },
              { x: seconds.length, y: median },
            ],
          },
        ],
      },
      options: chartOptions(
        palette,
        { min: 0, max: seconds.length, ticks: order.ticks.filter((tick) => tick <= seconds.length), text: String, grid: false },
        { min: 0, max: scale.high, ticks: scale.ticks, text: String, grid: true },
      ),
      plugins: [labelsPlugin(labels, { bottom: texts.axis, direction: texts.direction, colour: palette.muted })],
    },
  };
}
