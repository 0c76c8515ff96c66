import type { ReportConcurrency, StepCurve } from "../../model/report.js";
import { binCurve } from "../view/binning.js";
import { drawnLimit } from "../view/drawn-limit.js";
import { chartOptions, type Label, labelsPlugin, type Picture } from "./config.js";
import type { Palette } from "./palette.js";

const SECOND = 1000;
const BIN_WIDTHS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const MOST_BINS = 130;
const TICK_WIDTHS_S = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
const MOST_TICKS = 10;
/** Dash and gap of a line of dots, as wide as they are long. */
export const DOTS = [0.1, 4];

export interface TimeCurveTexts {
  readonly peak: string;
  /** At the documented limit, where there is a line for it. */
  readonly limit: string;
  readonly axis: string;
  /** A moment as the axis shows it; `seconds` where minutes would repeat. */
  readonly time: (at: number, seconds: boolean) => string;
  readonly direction: "ltr" | "rtl";
}

/** Width of the bins for a run of this length [ms]. */
export function binWidthMs(lengthMs: number): number {
  const seconds = BIN_WIDTHS_S.find((width) => width * SECOND * MOST_BINS >= lengthMs) ?? Math.ceil(lengthMs / SECOND / MOST_BINS);
  return seconds * SECOND;
}

/** Open Jobs over time: mean in each bin with the band from lowest to highest; documented dashed, its limit too, counted from the creation dotted; peak marked; means at the right end. */
export function timeCurvePicture(
  concurrency: ReportConcurrency,
  texts: TimeCurveTexts,
  palette: Palette,
  offsetMs: number,
): Picture | undefined {
  const { openJobs, documented, window, unwatched = [] } = concurrency;
  if (openJobs === undefined || window === null) return undefined;
  const from = Date.parse(window.from);
  const to = Date.parse(window.to);
  if (!(to > from)) return undefined;
  const count = Math.max(2, Math.round((to - from) / binWidthMs(to - from)));
  const bins = binCurve(openJobs.points, from, to, count);
  const binned = (curve: StepCurve | undefined) => (curve === undefined ? [] : binCurve(curve.points, from, to, count));
  const [expected, counted] = [binned(documented?.fromDisconnect), binned(documented?.fromCreation)];
  const limit = drawnLimit(concurrency);
  const highest = Math.max(openJobs.peak, ...[...expected, ...counted].map((bin) => bin.high), limit ?? 1);
  const peakAt = openJobs.peakAt === null ? from : Date.parse(openJobs.peakAt);
  const tickMs = (TICK_WIDTHS_S.find((width) => (to - from) / (width * SECOND) <= MOST_TICKS) ?? 86_400) * SECOND;
  const first = Math.ceil((from + offsetMs) / tickMs) * tickMs - offsetMs;
  const ticks = Array.from({ length: Math.floor((to - first) / tickMs) + 1 }, (_, index) => first + index * tickMs);
  const step = Math.max(1, Math.ceil(highest / 8));
  const nearEnd = peakAt > to - (to - from) * 0.15;
  const halo = palette.ground;
  const labels: Label[] = [
    {
      text: texts.peak,
      x: peakAt,
      y: openJobs.peak,
      dx: nearEnd ? -10 : 10,
      dy: -2,
      align: nearEnd ? "right" : "left",
      colour: palette.ink,
      bold: true,
      halo,
      direction: texts.direction,
    },
    ...(limit === undefined
      ? []
      : [limitLabel(limit, texts, palette, peakAt < (from + to) / 2 ? { at: to, isEnd: true } : { at: from, isEnd: false })]),
  ];
  const top = highest + step * 0.4;
  const line = { type: "scatter" as const, showLine: true, pointRadius: 0 };
  const config: Picture["config"] = {
    type: "scatter",
    data: {
      datasets: [
        { ...line, data: bins.map((bin) => ({ x: bin.at, y: bin.low })), borderWidth: 0, fill: false },
        {
          ...line,
          data: bins.map((bin) => ({ x: bin.at, y: bin.high })),
          borderWidth: 0,
          fill: "-1",
          backgroundColor: palette.measuredBand,
        },
        {
          ...line,
          data: expected.map((bin) => ({ x: bin.at, y: bin.mean })),
          borderColor: palette.documented,
          borderWidth: 1.6,
          borderDash: [5, 3],
          fill: false,
        },
        {
          ...line,
          data: counted.map((bin) => ({ x: bin.at, y: bin.mean })),
          borderColor: palette.documented,
          borderWidth: 2.2,
          borderDash: DOTS,
          borderCapStyle: "round",
          fill: false,
        },
        {
          ...line,
          data: limit === undefined ? [] : [from, to].map((x) => ({ x, y: limit })),
          borderColor: palette.documented,
          borderWidth: 1.6,
          borderDash: [5, 3],
          fill: false,
        },
        { ...line, data: bins.map((bin) => ({ x: bin.at, y: bin.mean })), borderColor: palette.measured, borderWidth: 2.2, fill: false },
        { type: "scatter", data: [{ x: peakAt, y: openJobs.peak }], pointRadius: 4.5, backgroundColor: palette.measured, borderWidth: 0 },
        // The last are drawn first, beneath the others.
        ...unwatched.map((stretch) => ({
          ...line,
          data: [stretch.from, stretch.to].map((at) => ({ x: Date.parse(at), y: top })),
          borderWidth: 0,
          fill: "origin",
          backgroundColor: palette.unwatched,
        })),
      ],
    },
    options: chartOptions(
      palette,
      { min: from, max: to, ticks, text: (at) => texts.time(at, tickMs < 60 * SECOND), grid: false },
      {
        min: 0,
        max: top,
        ticks: Array.from({ length: Math.floor(highest / step) + 1 }, (_, index) => index * step),
        text: String,
        grid: true,
      },
    ),
    plugins: [labelsPlugin(labels, { bottom: texts.axis, direction: texts.direction, colour: palette.muted })],
  };
  return { width: 1100, height: 300, config };
}

/** On the side where the peak is not named. */
function limitLabel(
  limit: number,
  { limit: text, direction }: TimeCurveTexts,
  palette: Palette,
  side: { at: number; isEnd: boolean },
): Label {
  const { at, isEnd } = side;
  const align = isEnd ? "right" : "left";
  return { text, x: at, y: limit, dx: isEnd ? -4 : 4, dy: -9, align, colour: palette.muted, halo: palette.ground, direction };
}
