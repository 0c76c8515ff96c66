import { PALETTE } from "../charts/palette.js";
import type { LifeRow } from "../svg/life.js";
import { roundScale } from "../svg/scale.js";
import type { Context } from "../view/context.js";
import type { LifeFigure } from "../view/life.js";
import { ltr, plain, say } from "../words/phrase.js";
import { canvasText, type DrawnPage } from "./drawn-page.js";

/** Share of the width that the longest row may take; the rest is for its total. */
const REACH = 0.92;
const BAR = { top: 26, height: 34 } as const;
const ROW_HEIGHT = 132;
/** Lines below a bar on which names stand that do not fit into it. */
const NOTE_BASELINES = [104, 122] as const;
/** Narrower parts have no room for their number either [CSS pixels]. */
const LEAST_WIDTH = 26;
const FILLS: Readonly<Record<LifeRow["kind"], { readonly bars: readonly [string, string]; readonly ink: string }>> = {
  documented: { bars: ["#f3f4f6", "#e3e6eb"], ink: PALETTE.ink },
  measured: { bars: [PALETTE.measured, "#4a86e8"], ink: PALETTE.ground },
};

/** The parts of one Job's life on one axis in seconds, which runs left to right in every language. */
export function drawLife(page: DrawnPage, { locale }: Context, { rows, longestMs, finding, note }: LifeFigure): void {
  page.paragraph(canvasText(say(locale, "life.heading")), { size: 22, bold: true });
  page.y += 4;
  page.paragraph(canvasText(finding), { size: 17 });
  page.y += 22;
  const end = longestMs / 1000;
  const x = (seconds: number): number => (seconds / end) * page.width * REACH;
  const ticks = roundScale(0, end, 8).ticks.filter((tick) => tick <= end);
  const { context } = page.sheet;
  const height = rows.length * ROW_HEIGHT;
  const left = page.left(0, page.width);
  context.fillStyle = PALETTE.grid;
  for (const tick of ticks) context.fillRect(left + x(tick), page.y + 16, 1, height - 10);
  for (const row of rows) drawRow(page, row, x);
  for (const tick of ticks) page.mark(String(tick), x(tick), 14, { size: 12, colour: PALETTE.muted });
  page.mark(canvasText(say(locale, "life.axis")), x(end) / 2, 36, { size: 12, colour: PALETTE.muted });
  page.y += 56;
  page.paragraph(canvasText(note), { size: 13, colour: PALETTE.muted });
}

function drawRow(page: DrawnPage, row: LifeRow, x: (seconds: number) => number): void {
  const { context } = page.sheet;
  const { bars, ink } = FILLS[row.kind];
  const left = page.left(0, page.width);
  const small = { size: 13, colour: PALETTE.muted };
  const title = canvasText(plain(row.title));
  page.mark(title, page.measure(title, { size: 14, bold: true }) / 2, 16, { size: 14, bold: true });
  let from = 0;
  let notes = 0;
  const below = (words: string, middle: number): void => {
    const baseline = NOTE_BASELINES[notes % NOTE_BASELINES.length] ?? NOTE_BASELINES[0];
    notes++;
    context.fillStyle = PALETTE.documented;
    context.fillRect(left + middle, page.y + BAR.top + BAR.height + 22, 1, baseline - 13 - BAR.top - BAR.height - 22);
    page.mark(words, middle, baseline, small);
  };
  for (const [index, { name, durationMs, text, isOpen }] of row.parts.filter((part) => part.durationMs > 0).entries()) {
    const width = x(durationMs / 1000);
    const middle = from + width / 2;
    context.fillStyle = isOpen ? PALETTE.measuredBand : (bars[index % 2] ?? bars[0]);
    context.fillRect(left + from, page.y + BAR.top, Math.max(1, width - 1), BAR.height);
    if (row.kind === "documented" || isOpen) {
      context.strokeStyle = PALETTE[row.kind];
      context.lineWidth = 1;
      context.setLineDash(isOpen ? [4, 3] : []);
      context.strokeRect(left + from + 0.5, page.y + BAR.top + 0.5, Math.max(1, width - 2), BAR.height - 1);
      context.setLineDash([]);
    }
    const words = canvasText(plain(name));
    const isInside = page.measure(words, { size: 13 }) + 10 <= width;
    if (isInside) page.mark(words, middle, BAR.top + 22, { size: 13, colour: isOpen ? PALETTE.ink : ink });
    if (width >= LEAST_WIDTH && name !== "") {
      page.mark(canvasText(ltr(text)), middle, BAR.top + BAR.height + 18, small);
      if (!isInside) below(words, middle);
    }
    from += width;
  }
  for (const { name, fromMs, toMs, text } of row.bounds) {
    const middle = x((fromMs + toMs) / 2000);
    page.mark(canvasText(ltr(text)), middle, BAR.top + BAR.height + 18, small);
    below(canvasText(plain(name)), middle);
  }
  if (row.total !== undefined) {
    const total = canvasText(plain(row.total));
    const style = { size: 15, bold: true };
    page.mark(total, from + 10 + page.measure(total, style) / 2, BAR.top + 23, style);
  }
  page.y += ROW_HEIGHT;
}
