import { evenly } from "../../model/collections/evenly.js";
import { escapeHtml, type Html, html } from "../templates/markup.js";
import { place, roundScale, spread } from "./scale.js";
import { wordsSvg } from "./words.js";

const ROW = 52;
const TOP = 22;
const AXIS = 44;
/** More dots than this lie on each other. */
const MOST_DOTS = 1500;

export interface Fold {
  /** Rows with what they are, and their values in seconds from the middle. */
  readonly rows: readonly { readonly title: string; readonly values: readonly number[] }[];
  /** Half of what the axis shows [s]. */
  readonly half: number;
  readonly axis: string;
  readonly label: string;
}

/** Values around a middle line, one row above the other: what is folded onto one turn of a grid lies together if there is a grid. */
export function foldSvg({ rows, half, axis, label }: Fold): Html {
  const bottom = TOP + rows.length * ROW;
  const share = (value: number): number => (value + half) / (2 * half);
  const ticks = roundScale(-half, half, 8).ticks.filter((tick) => Math.abs(tick) <= half);
  const grid = ticks
    .map((tick) => {
      const x = place(share(tick) * 100);
      const anchor = share(tick) < 0.03 ? "start" : share(tick) > 0.97 ? "end" : "middle";
      const text = tick > 0 ? `+${tick}` : String(tick).replace("-", "\u2212");
      return `<line class="${tick === 0 ? "axis" : "grid"}" x1="${x}%" x2="${x}%" y1="${TOP}" y2="${bottom}"/><text class="tick" x="${x}%" y="${bottom + 17}" text-anchor="${anchor}">${text}</text>`;
    })
    .join("");
  const total = rows.reduce((sum, { values }) => sum + values.length, 0);
  let path = "";
  let titles = "";
  for (const [index, { title, values }] of rows.entries()) {
    const middle = TOP + index * ROW + 34;
    // The ring around letters is drawn with each run of one direction: it would eat into the run before, so the words come once more without it.
    for (const ring of [" level", ""]) titles += `<text class="tick${ring}" x="0" y="${middle - 18}">${wordsSvg(title)}</text>`;
    const shown = evenly(values, Math.max(1, Math.ceil((MOST_DOTS * values.length) / Math.max(total, MOST_DOTS))));
    for (const [at, value] of shown.entries()) path += `M${place(share(value) * 10_000)} ${place(middle + spread(at) * 11)}h0`;
  }
  return html(
    `<svg class="plot no-levels" role="img" aria-label="${escapeHtml(label)}" width="100%" height="${bottom + AXIS}" direction="ltr">${grid}` +
      `<svg class="lines" viewBox="0 0 10000 ${bottom}" preserveAspectRatio="none" width="100%" height="${bottom}"><path class="points" d="${path}"/></svg>` +
      `${titles}<text class="tick" x="50%" y="${bottom + 36}" text-anchor="middle">${wordsSvg(axis)}</text></svg>`,
  );
}
