/** The only file that draws: chart.js on a canvas without a browser. Import it lazily, it loads a native binary. */
import { createCanvas, GlobalFonts, type Image, loadImage, Path2D, type SKRSContext2D } from "canvas";
import { ChartJSNodeCanvas } from "chartjs-node-canvas";
import { fontPath } from "../template-files.js";
import { FONT, PIXEL_RATIO, type Picture } from "./config.js";

const canvases = new Map<string, ChartJSNodeCanvas>();
let fontsRegistered = false;

function registerFonts(): void {
  if (fontsRegistered) return;
  GlobalFonts.registerFromPath(fontPath("Heebo_400Regular.ttf"), FONT);
  GlobalFonts.registerFromPath(fontPath("Heebo_700Bold.ttf"), FONT);
  fontsRegistered = true;
}

/** A picture as the bytes of a PNG. */
function picturePng(picture: Picture): Buffer {
  registerFonts();
  const size = `${picture.width}x${picture.height}`;
  const canvas = canvases.get(size) ?? new ChartJSNodeCanvas({ width: picture.width, height: picture.height });
  canvases.set(size, canvas);
  return canvas.renderToBufferSync(picture.config, "image/png");
}

/** A picture to be drawn on a sheet. */
export function pictureImage(picture: Picture): Promise<Image> {
  return loadImage(picturePng(picture));
}

/** A surface in CSS pixels to draw on, with the font of the reports. */
export interface Sheet {
  readonly context: SKRSContext2D;
  /** Strokes a path in SVG's notation at x, y. */
  strokePath(data: string, x: number, y: number): void;
  /** Draws a chart into a box whose upper left corner is at x, y. */
  chart(chart: Image, x: number, y: number, size: { readonly width: number; readonly height: number }): void;
}

/** What `draw` draws, as the bytes of a PNG with two points per CSS pixel. */
export function drawnPng(size: { readonly width: number; readonly height: number }, draw: (sheet: Sheet) => void): Buffer {
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
  return canvas.toBuffer("image/png");
}
