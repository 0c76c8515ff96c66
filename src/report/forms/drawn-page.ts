import type { Sheet } from "../charts/canvas.js";
import { FONT } from "../charts/config.js";
import { PALETTE } from "../charts/palette.js";
import type { Phrase } from "../words/phrase.js";

/** Width of every picture in CSS pixels. */
export const PAGE_WIDTH = 1200;
const MARGIN = 48;
export const CONTENT_WIDTH = PAGE_WIDTH - 2 * MARGIN;

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
  /** Of the text itself; by default that of the page. */
  readonly direction?: "ltr" | "rtl";
}

/** Left-to-right and first-strong isolates and their end (Unicode Standard Annex 9): a canvas has no other way to isolate a part of a line. */
const ISOLATES = { ltr: "\u2066", auto: "\u2068", end: "\u2069" } as const;

/** A phrase as one line of text for a canvas; spaces inside what is isolated do not break. */
export function canvasText(phrase: Phrase): string {
  return phrase
    .map(({ text, isolate }) => (isolate === undefined ? text : `${ISOLATES[isolate]}${text.replaceAll(" ", "\u00A0")}${ISOLATES.end}`))
    .join("")
    .replace(/[\t\n]/g, " ");
}

/**
 * A page of text and figures that runs from its start edge (left, or right in Hebrew) to its end edge. Places along a line are counted from the
 * start edge of the content, so that one layout serves both directions.
 */
export class DrawnPage {
  readonly width = CONTENT_WIDTH;
  /** Top of what comes next. */
  y = 36;

  constructor(
    readonly sheet: Sheet,
    readonly direction: "ltr" | "rtl",
    /** Widths of texts in their style, known from an earlier drawing of the same page: to measure takes as long as to draw. */
    readonly widths: Map<string, number> = new Map(),
  ) {}

  /** Left edge of a box that begins `start` from the start edge and is so wide. */
  left(start: number, width: number): number {
    return this.direction === "rtl" ? PAGE_WIDTH - MARGIN - start - width : MARGIN + start;
  }

  measure(text: string, style: TextStyle): number {
    const font = fontOf(style);
    const key = `${font} ${this.#directionOf(style)} ${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    this.use(style);
    const { width } = this.sheet.context.measureText(text);
    this.widths.set(key, width);
    return width;
  }

  /** One line with its baseline `baseline` below the top; what does not fit the width ends in an ellipsis. Returns the width drawn. */
  line(text: string, start: number, baseline: number, width: number, style: TextStyle): number {
    const fitted = this.#fitted(text, width, style);
    const drawn = this.measure(fitted, style);
    this.use(style);
    const { context } = this.sheet;
    context.textAlign = "left";
    context.fillStyle = style.colour ?? PALETTE.ink;
    context.fillText(fitted, this.left(start, drawn), this.y + baseline);
    return drawn;
  }

  /** A word centred at `x` from the left edge of the content whatever the direction, kept inside the page. */
  mark(text: string, x: number, baseline: number, style: TextStyle): void {
    const width = this.measure(text, style);
    this.use(style);
    const { context } = this.sheet;
    context.textAlign = "left";
    context.fillStyle = style.colour ?? PALETTE.ink;
    context.fillText(text, MARGIN + Math.min(this.width - width, Math.max(0, x - width / 2)), this.y + baseline);
  }

  /** Lines broken at spaces, over the whole width unless told; moves `y` below them. */
  paragraph(text: string, style: TextStyle, options: { readonly start?: number; readonly width?: number } = {}): void {
    const { start = 0, width = this.width - (options.start ?? 0) } = options;
    const height = Math.round(style.size * 1.45);
    for (const line of this.lines(text, width, style)) {
      this.line(line, start, style.size, width, style);
      this.y += height;
    }
  }

  lines(text: string, width: number, style: TextStyle): readonly string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && this.measure(longer, style) > width) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    return [...lines, line];
  }

  rule(): void {
    const { context } = this.sheet;
    context.fillStyle = PALETTE.grid;
    context.fillRect(MARGIN, this.y, this.width, 1);
  }

  /** Sets font and direction for what is drawn next. */
  use(style: TextStyle): void {
    const { context } = this.sheet;
    context.font = fontOf(style);
    context.direction = this.#directionOf(style);
  }

  #directionOf(style: TextStyle): "ltr" | "rtl" {
    return style.direction ?? this.direction;
  }

  /** Shortened by halves, so that a line of a megabyte costs no more than a long one. */
  #fitted(text: string, width: number, style: TextStyle): string {
    const most = Math.ceil(width / style.size) * 6;
    const short = text.slice(0, most);
    if (short.length === text.length && this.measure(text, style) <= width) return text;
    let [fits, tooLong] = [0, short.length];
    while (tooLong - fits > 1) {
      const middle = Math.floor((fits + tooLong) / 2);
      if (this.measure(ellipsis(short, middle), style) <= width) fits = middle;
      else tooLong = middle;
    }
    return ellipsis(short, fits);
  }
}

function fontOf({ bold, size }: TextStyle): string {
  return `${bold ? "bold " : ""}${size}px ${FONT}`;
}

/** The beginning of a text with an ellipsis; isolates that it leaves open are ended. */
function ellipsis(text: string, length: number): string {
  const head = text.slice(0, length).trimEnd();
  const open = (head.match(/[\u2066\u2068]/g) ?? []).length - (head.match(/\u2069/g) ?? []).length;
  return `${head}…${ISOLATES.end.repeat(Math.max(0, open))}`;
}
