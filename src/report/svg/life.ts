import { escapeHtml, type Html, html } from "../templates/markup.js";
import { place, roundScale } from "./scale.js";
import { wordsSvg } from "./words.js";

export interface LifeRow {
  readonly kind: "documented" | "measured";
  readonly title: string;
  /** Absent where the parts make no sum. */
  readonly total?: string;
  readonly parts: readonly LifeBar[];
  /** Names and bounds below the bar where the parts there cannot be told apart. */
  readonly bounds: readonly { readonly name: string; readonly fromMs: number; readonly toMs: number; readonly text: string }[];
}

export interface LifeBar {
  /** Empty where it stands in the row's bounds. */
  readonly name: string;
  readonly durationMs: number;
  readonly text: string;
  /** Which part it is of is not known. */
  readonly isOpen: boolean;
}

/** Width of a drawn page for which names are fitted, and of a phone. */
const WIDE = 940;
const NARROW = 300;
const LETTER = 6.8;
const DIGIT = 5;
const ROW_HEIGHT = 108;
/** Lines on which names stand that do not fit into their bars. */
const NOTE_TOPS = [93, 107];
/** Share of the width that the longest row may take; the rest is for its total. */
const REACH = 90;

/** Rows of parts on one axis in seconds, in percent of the width so that texts keep their size on any screen. The axis runs left to right in every language. */
export function lifeSvg(life: { rows: readonly LifeRow[]; longestMs: number; axis: string; label: string }): Html {
  const end = life.longestMs / 1000;
  const ticks = roundScale(0, end, 8).ticks.filter((tick) => tick <= end);
  const x = (seconds: number): number => (seconds / end) * REACH;
  const height = life.rows.length * ROW_HEIGHT + 44;
  const grid = ticks
    .map(
      (tick) =>
        `<line class="grid" x1="${place(x(tick))}%" x2="${place(x(tick))}%" y1="14" y2="${height - 36}"/>` +
        `<text class="tick" x="${place(x(tick))}%" y="${height - 22}" text-anchor="${tick === 0 ? "start" : "middle"}">${tick}</text>`,
    )
    .join("");
  const rows = life.rows.map((row, index) => rowSvg(row, index * ROW_HEIGHT, x)).join("");
  const axis = `<text class="tick" x="${REACH / 2}%" y="${height - 4}" text-anchor="middle">${wordsSvg(life.axis)}</text>`;
  return html(
    `<svg class="life" role="img" aria-label="${escapeHtml(life.label)}" width="100%" height="${height}" direction="ltr">${grid}${rows}${axis}</svg>`,
  );
}

function rowSvg(row: LifeRow, top: number, x: (seconds: number) => number): string {
  let at = 0;
  let shade = 0;
  let notes = 0;
  let below = "";
  const bars = row.parts
    .map((part) => {
      const from = x(at);
      const width = x(part.durationMs / 1000);
      at += part.durationMs / 1000;
      if (part.durationMs <= 0) return "";
      shade++;
      const wide = (width / 100) * WIDE;
      const middle = place(from + width / 2);
      const kind = part.isOpen ? `${row.kind} open` : row.kind;
      const needed = part.name.length * LETTER + 10;
      const fits = wide >= needed;
      const narrow = (width / 100) * NARROW >= needed ? "" : " wide-only";
      const named =
        fits && part.name !== ""
          ? `<text class="bar-name${narrow}" x="${middle}%" y="${top + 45}" text-anchor="middle">${wordsSvg(part.name)}</text>`
          : "";
      if (wide >= 26 && part.name !== "") {
        const small = (width / 100) * NARROW >= 26 ? "" : " wide-only";
        below += `<text class="tick${small}" x="${middle}%" y="${top + 73}" text-anchor="middle">${escapeHtml(part.text)}</text>`;
        if (!fits) below += noteSvg(part.name, middle, top, notes++);
      }
      return `<g class="bar ${kind} shade-${shade % 2}"><rect x="${place(from)}%" y="${top + 26}" width="${place(width)}%" height="30"/>${named}</g>`;
    })
    .join("");
  for (const { name, fromMs, toMs, text } of row.bounds) {
    const middle = place(x((fromMs + toMs) / 2000));
    const small = (x((toMs - fromMs) / 1000) / 100) * NARROW >= text.length * DIGIT ? "" : " wide-only";
    below += `<text class="tick${small}" x="${middle}%" y="${top + 73}" text-anchor="middle">${escapeHtml(text)}</text>${noteSvg(name, middle, top, notes++)}`;
  }
  const title = `<text class="row-title" x="0" y="${top + 17}">${wordsSvg(row.title)}</text>`;
  return title + bars + below + (row.total === undefined ? "" : totalSvg(wordsSvg(row.total), x(at), top));
}

/** A name below its bar, on one line and the other in turn. */
function noteSvg(name: string, middle: string, top: number, notes: number): string {
  const noteTop = top + (NOTE_TOPS[notes % NOTE_TOPS.length] ?? 0);
  return (
    `<line class="lead-line wide-only" x1="${middle}%" x2="${middle}%" y1="${top + 77}" y2="${noteTop - 10}"/>` +
    `<text class="note wide-only" x="${middle}%" y="${noteTop}" text-anchor="middle">${wordsSvg(name)}</text>`
  );
}

/** Beside the bar; on a phone, where the longest bar leaves no room for it, at the end of the title's line. */
function totalSvg(words: string, end: number, top: number): string {
  return (
    `<text class="row-total wide-only" x="${place(end)}%" dx="8" y="${top + 46}">${words}</text>` +
    `<text class="row-total narrow-only" x="100%" y="${top + 17}" text-anchor="end">${words}</text>`
  );
}
