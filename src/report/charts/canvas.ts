/** The only file that draws: chart.js on a canvas without a browser. Import it lazily, it loads a native binary. */
import { GlobalFonts } from "canvas";
import { ChartJSNodeCanvas } from "chartjs-node-canvas";
import { fontPath } from "../template-files.js";
import { FONT, type Picture } from "./config.js";

const canvases = new Map<string, ChartJSNodeCanvas>();
let fontsRegistered = false;

/** A picture as a PNG data URI. */
export function pictureDataUri(picture: Picture): string {
  if (!fontsRegistered) {
    GlobalFonts.registerFromPath(fontPath("Heebo_400Regular.ttf"), FONT);
    GlobalFonts.registerFromPath(fontPath("Heebo_700Bold.ttf"), FONT);
    fontsRegistered = true;
  }
  const size = `${picture.width}x${picture.height}`;
  const canvas = canvases.get(size) ?? new ChartJSNodeCanvas({ width: picture.width, height: picture.height });
  canvases.set(size, canvas);
  return `data:image/png;base64,${canvas.renderToBufferSync(picture.config, "image/png").toString("base64")}`;
}
