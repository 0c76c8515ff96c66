import { evenly } from "../../model/collections/evenly.js";
import { escapeHtml, type Html, html } from "../templates/markup.js";
import { dots, place, roundScale, spread } from "./scale.js";

const WIDTH = 250;
/** More dots than this lie on each other. */
const MOST_DOTS = 600;

/** Single durations in seconds as dots on their own scale from zero, the median as a line. */
export function stripSvg(strip: {
  samples: readonly number[];
  median: number;
  label: string;
  text: (value: number, decimals: number) => string;
  unit: string;
}): Html {
  const scale = roundScale(
    0,
    strip.samples.reduce((most, sample) => Math.max(most, sample), Math.max(strip.median, 1e-6)),
    4,
  );
  const length = WIDTH - 44;
  const x = (value: number): number => 4 + scale.at(value, length);
  const points = dots(evenly(strip.samples, MOST_DOTS).map((value, index) => [x(value), 12 + spread(index) * 7]));
  return html(
    `<svg class="strip" role="img" aria-label="${escapeHtml(strip.label)}" width="${WIDTH}" height="42" viewBox="0 0 ${WIDTH} 42" direction="ltr">` +
      `<path class="axis" d="M4 25H${place(4 + length)}"/><path class="points" d="${points}"/>` +
      `<path class="median" d="M${place(x(strip.median))} 2V22"/><text class="tick" x="4" y="38">0</text>` +
      `<text class="tick" x="${place(4 + length)}" y="38" text-anchor="end">${escapeHtml(strip.text(scale.high, scale.decimals))}</text>` +
      `<text class="tick" x="${place(9 + length)}" y="38">${escapeHtml(strip.unit)}</text></svg>`,
  );
}
