import type { Report, SurvivalCurve } from "../../model/report.js";
import { visibleReport } from "../../model/reports/visible.js";
import type { DrawnChart, Sheet } from "../charts/canvas.js";
import { PALETTE } from "../charts/palette.js";
import { type PictureName, picturesOf } from "../charts/pictures.js";
import { pngWriter } from "../charts/png-file.js";
import { survivalPictureEnd } from "../charts/survival.js";
import { binWidthMs, DOTS } from "../charts/time-curve.js";
import { LANGUAGES, localeOf } from "../locales/index.js";
import { curveGaps, documentedKeys, sharesFigure, shownDecimals } from "../view/concurrency.js";
import type { Context } from "../view/context.js";
import { lifeFigure } from "../view/life.js";
import { OVER_RUN_STAGE } from "../view/over-run.js";
import { survivalCaption, survivalFinding } from "../view/survival.js";
import { meanNumber, peakNumber } from "../words/numbers.js";
import { join, ltr, type Phrase, say } from "../words/phrase.js";
import { timesOf } from "../words/times.js";
import { CONTENT_WIDTH, canvasText, DrawnPage, PAGE_WIDTH } from "./drawn-page.js";
import { drawFirstScreen } from "./first-screen.js";
import { drawLife } from "./life-picture.js";
import { CHART_NAMES, FIRST_SCREEN, JOB_LIFE, pictureFile, SHARES } from "./picture-names.js";
import { drawShares, MOST_LEVELS } from "./shares-picture.js";

/** Size of a chart, as wide as the page's content [CSS pixels]. */
const CHART = { width: CONTENT_WIDTH, height: 380 } as const;

/** What a line shows: the run, the documented time after each disconnect, or the documents' own arithmetic. */
type LineKind = "measured" | "documented" | "counted";

/** What stands above and below a chart: it is to be understood alone, in a ticket. */
interface Frame {
  readonly heading: Phrase;
  readonly finding?: Phrase;
  /** Meaning of the lines: a stroke and its words. */
  readonly keys?: readonly { readonly kind: LineKind; readonly text: Phrase }[];
  readonly caption?: Phrase;
}

/** Pictures that are compressed at once, each with its points in memory twice. */
const AT_ONCE = 2;

/** Every picture of a report in every language, `<chart>.<language>.png` -> bytes: each chart, and `first-screen`; 1200 CSS pixels wide, two points each. */
export async function renderPngs(report: Report): Promise<ReadonlyMap<string, Uint8Array>> {
  const { drawnSheet, pointsOf, withDrawnChart } = await import("../charts/canvas.js");
  const written = pngWriter();
  const shown = visibleReport(report);
  const files = new Map<string, Promise<Uint8Array>>();
  for (const language of LANGUAGES) {
    const locale = localeOf(shown, language);
    const context: Context = { report: shown, locale, times: timesOf(shown, locale) };
    const add = (name: string, draw: (page: DrawnPage) => void): Promise<unknown> => {
      const widths = new Map<string, number>();
      const drawn = (sheet: Sheet): DrawnPage => {
        const page = new DrawnPage(sheet, locale.direction, widths);
        draw(page);
        drawFooter(page, context);
        return page;
      };
      // Drawn once to learn the height, on a sheet that is thrown away.
      let height = 1;
      drawnSheet({ width: 1, height }, (sheet) => {
        height = Math.ceil(drawn({ ...sheet, chart: () => undefined }).y);
      });
      const whole = drawnSheet({ width: PAGE_WIDTH, height }, (sheet) => {
        sheet.context.fillStyle = PALETTE.ground;
        sheet.context.fillRect(0, 0, PAGE_WIDTH, height);
        drawn(sheet);
      });
      files.set(pictureFile(name, language), written(pointsOf(whole)));
      return [...files.values()].at(-AT_ONCE) ?? Promise.resolve();
    };
    await add(FIRST_SCREEN, (page) => drawFirstScreen(page, context));
    const life = lifeFigure(context);
    if (life !== undefined) await add(JOB_LIFE, (page) => drawLife(page, context, life));
    const shares = sharesFigure(context);
    const hasShares = shares !== undefined && shares.rows.length > 0 && shares.rows.length <= MOST_LEVELS;
    if (hasShares) await add(SHARES, (page) => drawShares(page, context, shares));
    for (const [name, picture] of picturesOf(context)) {
      await withDrawnChart({ ...picture, ...CHART }, (chart) =>
        add(CHART_NAMES[name], (page) => drawChart(page, FRAMES[name](context), chart)),
      );
    }
  }
  const encoded = [...files].map(async ([name, bytes]) => [name, await bytes] as const);
  return new Map(await Promise.all(encoded));
}

function drawChart(page: DrawnPage, frame: Frame, chart: DrawnChart): void {
  page.paragraph(canvasText(frame.heading), { size: 22, bold: true });
  page.y += 4;
  if (frame.finding !== undefined) page.paragraph(canvasText(frame.finding), { size: 17 });
  page.y += 10;
  page.sheet.chart(chart, page.left(0, CHART.width), page.y, CHART);
  page.y += CHART.height + 16;
  for (const { kind, text } of frame.keys ?? []) {
    drawStroke(page, kind);
    page.paragraph(canvasText(text), { size: 14 }, { start: 40 });
  }
  if (frame.caption !== undefined) page.paragraph(canvasText(frame.caption), { size: 13, colour: PALETTE.muted });
}

function drawStroke(page: DrawnPage, kind: LineKind): void {
  const { context } = page.sheet;
  context.save();
  context.strokeStyle = kind === "measured" ? PALETTE.measured : PALETTE.documented;
  context.lineWidth = kind === "documented" ? 1.6 : 2.2;
  if (kind !== "measured") context.setLineDash(kind === "documented" ? [5, 3] : DOTS);
  if (kind === "counted") context.lineCap = "round";
  const left = page.left(0, 28);
  context.beginPath();
  context.moveTo(left, page.y + 9);
  context.lineTo(left + 28, page.y + 9);
  context.stroke();
  context.restore();
}

/** Where the picture comes from: run, tool and time. */
function drawFooter(page: DrawnPage, { report, locale, times }: Context): void {
  page.y += 14;
  const at = `${times.date(report.generatedAt)} ${times.minuteOfDay(report.generatedAt)}`;
  const profile: Phrase = [{ text: report.profile.title[locale.language], isolate: "auto" }];
  page.paragraph(canvasText(say(locale, "method.profile", { profile, version: ltr(report.tool.version), at })), {
    size: 12,
    colour: PALETTE.muted,
  });
  page.y += 26;
}

const FRAMES: Readonly<Record<PictureName, (context: Context) => Frame>> = {
  timeCurve(context) {
    const { report, locale } = context;
    const heading = say(locale, "curve.heading");
    const { openJobs, window } = report.concurrency;
    if (openJobs === undefined || window === null) return { heading };
    const seconds = Math.round(binWidthMs(Date.parse(window.to) - Date.parse(window.from)) / 1000);
    const m = meanNumber(locale, openJobs, shownDecimals(report.concurrency));
    return {
      heading,
      finding: say(locale, "lead.open-jobs", { m, p: peakNumber(locale, openJobs) }),
      keys: [
        {
          kind: "measured",
          text: say(locale, "curve.measured", { m, width: say(locale, "curve.bin", { n: seconds }) }),
        },
        ...documentedKeys(context),
      ],
      caption: join(curveGaps(context), " "),
    };
  },
  fromDisconnect: (context) => survivalFrame(context, "survival.heading", context.report.cleanup.fromDisconnect),
  unopenedFromCreation: (context) => survivalFrame(context, "survival.unopened-heading", context.report.cleanup.unopenedFromCreation),
  overRun({ report, locale }) {
    const n = report.stages.find((row) => row.stage === OVER_RUN_STAGE)?.n ?? 0;
    return { heading: say(locale, "stages.over-run"), caption: say(locale, "claims.sample", { n }) };
  },
};

function survivalFrame(context: Context, key: "survival.heading" | "survival.unopened-heading", curve: SurvivalCurve | undefined): Frame {
  const heading = say(context.locale, key);
  if (curve === undefined) return { heading };
  return {
    heading,
    finding: survivalFinding(context, curve),
    caption: survivalCaption(context, curve, survivalPictureEnd(curve)),
  };
}
