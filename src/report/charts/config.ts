import type { ChartConfiguration, ChartType, Plugin } from "chart.js";
import type { Palette } from "./palette.js";

export const FONT = "Heebo";
/** Points per CSS pixel: sharp on dense screens and on paper. */
export const PIXEL_RATIO = 2;

/** A picture to be drawn: its size in CSS pixels and what chart.js makes of it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly config: ChartConfiguration<"scatter">;
}

/** A word on the picture, in data coordinates of x and y, moved by dx and dy pixels. */
export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly dx?: number;
  readonly dy?: number;
  readonly align: "left" | "center" | "right";
  readonly colour: string;
  readonly bold?: boolean;
  /** A ring of the ground's colour around the letters keeps them legible over lines. */
  readonly halo: string;
  readonly direction: "ltr" | "rtl";
}

/** Draws labels, and axis titles outside the plot (chart.js writes axis titles left to right only). */
export function labelsPlugin(
  labels: readonly Label[],
  axis: { bottom: string; direction: "ltr" | "rtl"; colour: string },
): Plugin<ChartType> {
  return {
    id: "labels",
    afterDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const { x, y } = scales;
      if (x === undefined || y === undefined) return;
      ctx.save();
      ctx.textBaseline = "middle";
      for (const label of labels) {
        ctx.font = `${label.bold ? "bold " : ""}13px ${FONT}`;
        ctx.textAlign = label.align;
        ctx.direction = label.direction;
        const left = x.getPixelForValue(label.x) + (label.dx ?? 0);
        const top = y.getPixelForValue(label.y) + (label.dy ?? 0);
        ctx.lineWidth = 4;
        ctx.lineJoin = "round";
        ctx.strokeStyle = label.halo;
        ctx.strokeText(label.text, left, top);
        ctx.fillStyle = label.colour;
        ctx.fillText(label.text, left, top);
      }
      ctx.font = `12px ${FONT}`;
      ctx.textAlign = "center";
      ctx.direction = axis.direction;
      ctx.fillStyle = axis.colour;
      ctx.fillText(axis.bottom, (chartArea.left + chartArea.right) / 2, chart.height - 9);
      ctx.restore();
    },
  };
}

export interface AxisOptions {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
  readonly text: (value: number) => string;
  readonly grid: boolean;
}

/** Options that all pictures share: no animation, no legend, quiet grid, exactly the given ticks. */
export function chartOptions(palette: Palette, x: AxisOptions, y: AxisOptions): NonNullable<ChartConfiguration<"scatter">["options"]> {
  const scale = (axis: AxisOptions): object => ({
    type: "linear",
    min: axis.min,
    max: axis.max,
    border: { display: !axis.grid, color: palette.grid },
    grid: { display: axis.grid, color: palette.grid, drawTicks: false },
    afterBuildTicks: (built: { ticks: { value: number }[] }) => {
      built.ticks = axis.ticks.map((value) => ({ value }));
    },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      padding: 8,
      color: palette.muted,
      font: { family: FONT, size: 12 },
      callback: (value: number | string) => axis.text(Number(value)),
    },
  });
  return {
    animation: false,
    responsive: false,
    devicePixelRatio: PIXEL_RATIO,
    layout: { padding: { top: 18, right: 28, bottom: 24, left: 4 } },
    plugins: { legend: { display: false }, tooltip: { enabled: false } },
    scales: { x: scale(x), y: scale(y) },
  };
}
