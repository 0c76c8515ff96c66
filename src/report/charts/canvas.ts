/** The only file that draws: chart.js on a canvas without a browser. Import it lazily, it loads a native binary. */
import { type Canvas, createCanvas, GlobalFonts, Path2D, type SKRSContext2D } from "canvas";
import type { Chart, ChartItem } from "chart.js";
import { ChartJSNodeCanvas } from "chartjs-node-canvas";
import { fontPath } from "../template-files.js";
import { FONT, PIXEL_RATIO, type Picture } from "./config.js";
import type { Points } from "./png-file.js";

/** A chart that stands on a canvas of its own, to be placed on sheets. */
export type DrawnChart = Canvas;

let fontsRegistered = false;
let chartClass: typeof Chart | undefined;

function registerFonts(): void {
  if (fontsRegistered) return;
  GlobalFonts.registerFromPath(fontPath("Heebo_400Regular.ttf"), FONT);
  GlobalFonts.registerFromPath(fontPath("Heebo_700Bold.ttf"), FONT);
  fontsRegistered = true;
}

/** chart.js as chartjs-node-canvas sets it up. */
function chartOf({ width, height }: Picture): typeof Chart {
  if (chartClass === undefined) {
    new ChartJSNodeCanvas({
      width,
      height,
      chartCallback: (prepared) => {
        chartClass = prepared;
      },
    });
  }
  if (chartClass === undefined) throw new Error("chartjs-node-canvas did not hand over chart.js");
  return chartClass;
}

/**
 * Draws a picture for as long as `use` runs. The package's own ways to render give an encoded image, which would have to be decoded at once to stand
 * on a sheet.
 */
export function withDrawnChart<T>(picture: Picture, use: (chart: DrawnChart) => T): T {
  registerFonts();
  const canvas = createCanvas(picture.width, picture.height);
  // chart.js asks for no more of a canvas than this one has; its types know those of a browser only.
  const chart = new (chartOf(picture))(canvas.getContext("2d") as unknown as ChartItem, picture.config);
  try {
    return use(canvas);
  } finally {
    chart.destroy();
  }
}

/** A surface in CSS pixels to draw on, with the font of the reports. */
export interface Sheet {
  readonly context: SKRSContext2D;
  /** Strokes a path in SVG's notation at x, y. */
  strokePath(data: string, x: number, y: number): void;
  /** Draws a chart into a box whose upper left corner is at x, y. */
  chart(chart: DrawnChart, x: number, y: number, size: { readonly width: number; readonly height: number }): void;
}

/** A sheet of `size` CSS pixels with two points for each, on which `draw` has drawn. */
export function drawnSheet(size: { readonly width: number; readonly height: number }, draw: (sheet: Sheet) => void): Canvas {
  registerFonts();
  const canvas = createCanvas(size.width * PIXEL_RATIO, size.height * PIXEL_RATIO);
  const context = canvas.getContext("2d");
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  draw({
    context,
    strokePath(data, x, y) {
      context.save();
      context.translate(x, y);
      context.stroke(new Path2D(data));
      context.restore();
    },
    chart: (chart, x, y, { width, height }) => context.drawImage(chart, x, y, width, height),
  });
  return canvas;
}

/** The points of a sheet. The canvas's own encoder tries every filter of rows in vain and takes three times as long as ours for a file. */
export function pointsOf(sheet: Canvas): Points {
  return { width: sheet.width, height: sheet.height, bytes: sheet.data() };
}
