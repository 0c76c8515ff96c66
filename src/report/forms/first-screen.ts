import type { ReportClaim, Verdict } from "../../model/report.js";
import { PALETTE, VERDICT_COLOURS } from "../charts/palette.js";
import type { Locale } from "../locales/index.js";
import { type Bullet, bulletPlaces } from "../svg/bullet.js";
import { spread } from "../svg/scale.js";
import { SIGN_STROKES } from "../svg/sign.js";
import { claimBullet } from "../view/claims.js";
import type { Context } from "../view/context.js";
import { factPhrases } from "../view/header.js";
import { documentedValue, intervalRange, measuredSide } from "../words/claim-values.js";
import { leadPhrases } from "../words/lead.js";
import { capitalised, join, ltr, type Phrase, plain, say } from "../words/phrase.js";
import { claimReason } from "../words/reasons.js";
import { afterwordPhrase, titlePhrase } from "../words/title.js";
import { sortedClaims, verdictCounts } from "../words/verdicts.js";
import { canvasText, type DrawnPage } from "./drawn-page.js";

/** Claims that fit a picture; the rest are counted. */
const MOST_CLAIMS = 8;
/** Starts and widths of the columns of claims, from the start edge. */
const COLUMNS = {
  claim: [0, 436],
  result: [448, 150],
  documented: [604, 104],
  measured: [716, 134],
  chart: [854, 250],
} as const;
const ROW_HEIGHT = 62;

/** The answer as a picture: title, lead, verdict counts, the first claims with their bullets. Leaves `y` below it. */
export function drawFirstScreen(page: DrawnPage, context: Context): void {
  const { report, locale } = context;
  const { time, length, outcomes, clock } = factPhrases(context);
  page.paragraph(canvasText(titlePhrase(report, locale)), { size: 28, bold: true });
  page.y += 4;
  page.paragraph(canvasText(join([...time, ...length, ...(outcomes.length === 0 ? [] : [outcomes]), ...clock], " · ")), {
    size: 14,
    colour: PALETTE.muted,
  });
  const labels = Object.entries(report.labels).map(([name, value]): Phrase => ltr(`${name}: ${value}`));
  if (labels.length > 0) page.paragraph(canvasText(join(labels, " · ")), { size: 14, colour: PALETTE.muted });
  page.y += 18;
  page.paragraph(canvasText(join(leadPhrases(report, locale), " ")), { size: 23, bold: true });
  page.y += 6;
  page.paragraph(canvasText(afterwordPhrase(report, locale)), { size: 16, colour: PALETTE.muted });
  page.y += 14;
  drawChips(page, context);
  if (report.claims.length > 0) drawClaims(page, context);
}

function drawChips(page: DrawnPage, { report, locale }: Context): void {
  let start = 0;
  for (const [verdict, n] of verdictCounts(report).filter(([, count]) => count > 0)) {
    start += drawChip(page, verdict, canvasText(say(locale, `chip.${verdict}`, { n })), start) + 10;
  }
  page.y += 28 + 28;
}

/** A verdict as word, sign and colour; returns its width. */
function drawChip(page: DrawnPage, verdict: Verdict, text: string, start: number): number {
  const { ink, tint } = VERDICT_COLOURS[verdict];
  const style = { size: 14, bold: true, colour: ink };
  const { context } = page.sheet;
  const width = page.measure(text, style) + 42;
  context.fillStyle = tint;
  context.beginPath();
  context.roundRect(page.left(start, width), page.y, width, 28, 14);
  context.fill();
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.lineCap = "round";
  page.sheet.strokePath(SIGN_STROKES[verdict], page.left(start + 12, 12), page.y + 8);
  page.line(text, start + 30, 19, width, style);
  return width;
}

function drawClaims(page: DrawnPage, context: Context): void {
  const { locale, report } = context;
  const claims = sortedClaims(report);
  page.paragraph(canvasText(say(locale, "claims.heading")), { size: 18, bold: true });
  page.y += 8;
  for (const column of ["claim", "result", "documented", "measured"] as const) {
    page.line(canvasText(say(locale, `claims.${column}`)), COLUMNS[column][0], 14, COLUMNS[column][1], { size: 13, colour: PALETTE.muted });
  }
  page.y += 24;
  for (const claim of claims.slice(0, MOST_CLAIMS)) {
    page.rule();
    drawClaim(page, context, claim);
    const suggestion = claim.verdict === "contradicted" ? claim.suggestion?.[locale.language] : undefined;
    if (suggestion !== undefined) drawWording(page, canvasText([...say(locale, "claims.suggestion"), ...plain(`: ${suggestion}`)]));
  }
  page.rule();
  page.y += 12;
  const rest = claims.length - MOST_CLAIMS;
  if (rest > 0) page.paragraph(canvasText(say(locale, "text.left-out", { n: rest })), { size: 13, colour: PALETTE.muted });
}

function drawClaim(page: DrawnPage, context: Context, claim: ReportClaim): void {
  const { locale } = context;
  const small = { size: 12, colour: PALETTE.muted };
  const text = { size: 15 };
  page.line(canvasText(plain(capitalised(claim.title[locale.language]))), ...at("claim", 26), { ...text, bold: true });
  page.line(canvasText(ltr(`${claim.source.file}:${claim.source.lines}`)), ...at("claim", 46), { ...small, size: 11, direction: "ltr" });
  page.y += 16;
  drawChip(page, claim.verdict, canvasText(say(locale, `verdict.${claim.verdict}`)), COLUMNS.result[0]);
  page.y -= 16;
  page.line(canvasText(documentedValue(locale, claim.documented)), ...at("documented", 35), text);
  const { measured } = claim;
  if (measured === undefined) {
    const [start] = COLUMNS.measured;
    const width = page.width - start;
    const lines = page.lines(canvasText(claimReason(locale, context.times, claim)), width, small);
    // Of a longer one the last line is cut.
    const shown = lines.length <= 3 ? lines : [...lines.slice(0, 2), lines.slice(2).join(" ")];
    for (const [index, line] of shown.entries()) page.line(line, start, 35 + 16 * index - 8 * (shown.length - 1), width, small);
  } else {
    const interval = intervalText(locale, claim);
    page.line(canvasText(measuredSide(locale, claim)), ...at("measured", interval === undefined ? 35 : 26), { ...text, bold: true });
    if (interval !== undefined) page.line(interval, ...at("measured", 46), { ...small, size: 11 });
  }
  const bullet = claimBullet(context, claim);
  if (bullet !== undefined) drawBullet(page, bullet);
  page.y += ROW_HEIGHT;
}

/** The interval with its name, where one stands beside the value. */
function intervalText(locale: Locale, claim: ReportClaim): string | undefined {
  const shown = intervalRange(locale, claim);
  if (shown === undefined) return undefined;
  const label = say(locale, claim.measured?.intervalKind === "band" ? "claims.band" : "claims.interval");
  return canvasText([...label, ...plain(": "), ...shown]);
}

/** Arguments of `DrawnPage.line` for a column. */
function at(column: keyof typeof COLUMNS, baseline: number): [number, number, number] {
  return [COLUMNS[column][0], baseline, COLUMNS[column][1]];
}

/** Under a contradicted claim: what the document should say. */
function drawWording(page: DrawnPage, text: string): void {
  const style = { size: 14 };
  const lines = page.lines(text, page.width - 32, style).length;
  const { context } = page.sheet;
  context.fillStyle = "#f6f7f9";
  context.beginPath();
  context.roundRect(page.left(0, page.width), page.y, page.width, lines * 20 + 16, 6);
  context.fill();
  page.y += 8;
  page.paragraph(text, style, { start: 16, width: page.width - 32 });
  page.y += 18;
}

/** Documented range hatched, samples as faint dots, interval and value on top; left to right in every language. */
function drawBullet(page: DrawnPage, bullet: Bullet): void {
  const { context } = page.sheet;
  const [start, width] = COLUMNS.chart;
  const length = width - 34;
  const places = bulletPlaces(bullet, length);
  const left = page.left(start, width);
  const [middle, axis] = [page.y + 20, page.y + 38];
  const box = [left + places.documented[0], middle - 10, Math.max(3, places.documented[1] - places.documented[0]), 20] as const;
  context.save();
  context.beginPath();
  context.rect(...box);
  context.clip();
  context.strokeStyle = "#c3c8d0";
  context.lineWidth = 1;
  for (let x = box[0] - 20; x < box[0] + box[2]; x += 5) {
    context.beginPath();
    context.moveTo(x, middle + 10);
    context.lineTo(x + 20, middle - 10);
    context.stroke();
  }
  context.restore();
  context.strokeStyle = PALETTE.documented;
  context.lineWidth = 1;
  context.strokeRect(...box);
  context.fillStyle = "rgba(29,95,214,0.35)";
  for (const [index, point] of places.points.entries()) dot(page, left + point, middle + spread(index) * 6, 1.3);
  context.fillStyle = PALETTE.measured;
  if (places.interval !== null)
    context.fillRect(left + places.interval[0], middle - 1.5, Math.max(1, places.interval[1] - places.interval[0]), 3);
  if (places.value !== null) dot(page, left + places.value, middle, 4.5);
  context.fillStyle = PALETTE.grid;
  context.fillRect(left, axis, length, 1);
  const style = { size: 11, colour: PALETTE.muted, direction: "ltr" } as const;
  context.textAlign = "left";
  const [low, high] = places.ends;
  const drawn = page.measure(high, style);
  page.use(style);
  context.fillStyle = PALETTE.muted;
  context.fillText(low, left, axis + 14);
  context.fillText(high, left + length - drawn, axis + 14);
  context.fillText(bullet.unit, left + length + 6, axis + 14);
}

function dot(page: DrawnPage, x: number, y: number, radius: number): void {
  const { context } = page.sheet;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
