import { escapeHtml, type Html, html } from "../templates/markup.js";
import { levelText, place, roundScale, spread } from "./scale.js";
import { wordsSvg } from "./words.js";

const HEIGHT = 260;
const BOTTOM = HEIGHT - 46;
const TOP = 18;
/** Share of the room of a level over which its dots are spread. */
const SPREAD = 0.34;

export interface Scatter {
  /** Whole levels in order, with their values in seconds and the median where one is worth showing. */
  readonly levels: readonly {
    readonly level: number;
    readonly values: readonly number[];
    readonly median: number | undefined;
    readonly text: string;
  }[];
  readonly axis: string;
  readonly unit: string;
  readonly label: string;
}

/** Durations above whole levels, each level's median as a bar with its number. */
export function scatterSvg(scatter: Scatter): Html {
  const values = scatter.levels.flatMap((level) => level.values);
  const scale = roundScale(0, values.reduce((most, value) => Math.max(most, value), 0) * 1.02, 4);
  const room = 100 / scatter.levels.length;
  const y = (value: number): number => BOTTOM - scale.at(value, BOTTOM - TOP);
  const grid = scale.ticks
    .map(
      (tick) =>
        `<line class="${tick === 0 ? "axis" : "grid"}" x1="0" x2="100%" y1="${place(y(tick))}" y2="${place(y(tick))}"/>` +
        levelText(y(tick), tick.toFixed(scale.decimals)),
    )
    .join("");
  const unit = `<text class="tick level" x="0" y="${TOP - 8}">${wordsSvg(scatter.unit)}</text>`;
  let path = "";
  let marks = "";
  for (const [index, { level, values: own, median, text }] of scatter.levels.entries()) {
    const middle = (index + 0.5) * room;
    for (const [at, value] of own.entries()) path += `M${place((middle + spread(at) * room * SPREAD) * 100)} ${place(y(value))}h0`;
    marks += `<text class="tick" x="${place(middle)}%" y="${BOTTOM + 17}" text-anchor="middle">${level}</text>`;
    if (median === undefined) continue;
    const [left, right] = [middle - room * 0.42, middle + room * 0.42].map(place);
    marks +=
      `<line class="median" x1="${left}%" x2="${right}%" y1="${place(y(median))}" y2="${place(y(median))}"/>` +
      `<text class="median-text" x="${right}%" y="${place(y(median) - 5)}" text-anchor="end">${escapeHtml(text)}</text>`;
  }
  return html(
    `<svg class="plot" role="img" aria-label="${escapeHtml(scatter.label)}" width="100%" height="${HEIGHT}" direction="ltr">${grid}${unit}` +
      `<svg class="lines" viewBox="0 0 10000 ${HEIGHT}" preserveAspectRatio="none" width="100%" height="${HEIGHT}"><path class="points" d="${path}"/></svg>` +
      `${marks}<text class="tick" x="50%" y="${HEIGHT - 6}" text-anchor="middle">${wordsSvg(scatter.axis)}</text></svg>`,
  );
}
