import { PALETTE } from "../charts/palette.js";
import type { SharesFigure } from "../view/concurrency.js";
import type { Context } from "../view/context.js";
import { percent } from "../words/numbers.js";
import { ltr, type Phrase, say } from "../words/phrase.js";
import { canvasText, type DrawnPage } from "./drawn-page.js";

/** More numbers of open Jobs than this would make a picture too high for a ticket. */
export const MOST_LEVELS = 30;
const BAR_HEIGHT = 15;
/** Where bars begin, and the share of the width that the longest takes; the rest is for its percentage. */
const BARS_FROM = 44;
const REACH = 0.85;
const FILLS = { measured: PALETTE.measured, documented: "#e3e6eb" } as const;

/** A row of bars for each number of open Jobs, which run left to right in every language. */
export function drawShares(page: DrawnPage, { locale }: Context, { sentence, rows, largest }: SharesFigure): void {
  page.paragraph(canvasText(say(locale, "share.heading")), { size: 22, bold: true });
  page.y += 4;
  page.paragraph(canvasText(sentence), { size: 17 });
  page.y += 14;
  const small = { size: 13, colour: PALETTE.muted };
  const axis = canvasText(say(locale, "share.open"));
  page.mark(axis, page.measure(axis, small) / 2, 13, small);
  page.y += 24;
  for (const { n, measured, documented } of rows) {
    page.mark(canvasText(ltr(String(n))), 12, BAR_HEIGHT - 2, { size: 14 });
    drawBar(page, "measured", measured / largest, percent(locale, measured));
    if (documented !== undefined) drawBar(page, "documented", documented / largest, percent(locale, documented));
    page.y += 8;
  }
  const kinds = rows.some(({ documented }) => documented !== undefined) ? (["measured", "documented"] as const) : (["measured"] as const);
  for (const kind of kinds) {
    drawBox(page, kind, page.left(0, 28), 28);
    page.paragraph(canvasText(say(locale, `share.${kind}`)), { size: 14 }, { start: 40 });
  }
}

function drawBar(page: DrawnPage, kind: keyof typeof FILLS, part: number, words: Phrase): void {
  const width = part * (page.width - BARS_FROM) * REACH;
  if (part > 0) {
    drawBox(page, kind, page.left(0, page.width) + BARS_FROM, Math.max(2, width));
    const text = canvasText(words);
    const style = { size: 13, colour: kind === "measured" ? PALETTE.ink : PALETTE.muted };
    page.mark(text, BARS_FROM + width + 8 + page.measure(text, style) / 2, BAR_HEIGHT - 3, style);
  }
  page.y += BAR_HEIGHT + 2;
}

function drawBox({ sheet: { context }, y }: DrawnPage, kind: keyof typeof FILLS, left: number, width: number): void {
  context.fillStyle = FILLS[kind];
  context.fillRect(left, y, width, BAR_HEIGHT);
  if (kind === "measured") return;
  context.strokeStyle = PALETTE.documented;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, y + 0.5, Math.max(1, width - 1), BAR_HEIGHT - 1);
}
