import type { Report } from "../../model/report.js";
import { hasFailed } from "../../model/reports/outcome.js";
import { isOfJobsAlone, runJobs } from "../../model/reports/run-jobs.js";
import { wordsSvg } from "../svg/words.js";
import { type Html, html, phraseHtml } from "../templates/markup.js";
import type { Drawing, Timeline } from "../templates/page-script.js";
import { knownSpan } from "../words/known-span.js";
import { peakNumber } from "../words/numbers.js";
import { capitalised, ltr, plain, say, toText } from "../words/phrase.js";
import { type Context, sayHtml, sayText } from "./context.js";
import { drawnLimit } from "./drawn-limit.js";

/** Rows of the close-up. */
const DETAIL_ROWS = 12;
/** Up to so many rows the whole run is drawn with a name and a line each (templates/scripts/draw-gantt.js), and needs no close-up. */
const MOST_NAMED = 60;
/** Stages share so many shades. */
const SHADES = 7;

/** Buttons above the picture, by the keys of their words. */
const CONTROLS = ["zoom-in", "zoom-out", "earlier", "later", "to-peak", "reset"] as const;

/** What all languages of a page share: the report as rows over time. */
export interface DrawnTimeline {
  readonly drawing: Drawing;
  readonly timeline: Timeline;
}

/** Undefined where nothing has a time. */
export function drawnTimeline(drawing: Drawing, report: Report): DrawnTimeline | undefined {
  const timeline = drawing.timelineOf(report);
  const { from, to } = timeline;
  const known = knownSpan(report) ?? { from, to };
  const onAxis = { from: Math.max(from, known.from), to: Math.min(to, known.to) };
  const limit = drawnLimit(report.concurrency);
  return to > from ? { drawing, timeline: { ...timeline, known: onAxis, ...(limit === undefined ? {} : { limit }) } } : undefined;
}

/** What a reader can look at closer: both, or the one that the page has the data of. */
export type Zoomed = "all" | "curve" | "rows";

/** The curve of open Jobs and, below it on the same axis, the investigations with their stages and Jobs. */
export function timelineView(context: Context, drawn: DrawnTimeline | undefined, zoomed: Zoomed): object | undefined {
  if (drawn === undefined) return undefined;
  const { drawing, timeline } = drawn;
  const { locale, times, report } = context;
  const { openJobs } = report.concurrency;
  const peakText = openJobs === undefined ? "" : wordsSvg(sayText(context, "curve.peak", { p: peakNumber(locale, openJobs) }));
  const limitText = timeline.limit === undefined ? "" : wordsSvg(sayText(context, "curve.limit", { c: timeline.limit }));
  const axisText = wordsSvg(sayText(context, "curve.axis-time", { zone: times.zone }));
  const whole = {
    from: timeline.from,
    to: timeline.to,
    offsetMinutes: times.offsetMinutes,
    locale: locale.intl,
    peakText,
    limitText,
    axisText,
  };
  const gantt = timeline.rows.length === 0 ? undefined : drawing.ganttMarkup(timeline, whole);
  const detail = detailRange(drawn);
  const close = detail === undefined ? undefined : drawing.ganttMarkup(timeline, { ...whole, ...detail });
  const own = runJobs(report);
  const failed = isOfJobsAlone(report) ? own.filter((job) => job.failed) : report.investigations.filter(hasFailed);
  const finding = say(locale, own.length === 0 && !isOfJobsAlone(report) ? "timeline.finding-no-jobs" : "timeline.finding", {
    n: isOfJobsAlone(report) ? timeline.rows.length : report.investigations.length,
    failed: failed.length,
    open: own.filter(({ deletedAt, deletedAtRange }) => deletedAt === undefined && deletedAtRange === undefined).length,
  });
  return {
    from: timeline.from,
    to: timeline.to,
    known: timeline.known,
    offset: times.offsetMinutes,
    locale: locale.intl,
    peakText,
    limit: timeline.limit,
    limitText,
    axisText,
    curve: timeline.measured === null ? undefined : { markup: html(drawing.curveMarkup(timeline, whole)), height: drawing.curveHeight },
    gantt: gantt === undefined ? undefined : { markup: html(gantt.markup), height: gantt.height },
    detail:
      close === undefined || detail === undefined
        ? undefined
        : {
            markup: html(close.markup),
            height: close.height,
            title: sayHtml(context, timeline.peak === null ? "timeline.detail-start" : "timeline.detail-peak", {
              from: ltr(times.second(detail.from)),
              to: ltr(times.second(detail.to)),
            }),
          },
    hasJobs: report.jobs.length > 0,
    stages: timeline.stages.map((stage) => ({ shade: timeline.order.indexOf(stage) % SHADES, title: stageTitle(context, stage) })),
    controls: CONTROLS.filter((control) => control !== "to-peak" || timeline.peak !== null),
    shownText: sayText(context, shownKey(zoomed, timeline)),
    fixedRows: zoomed === "curve",
    finding: phraseHtml(finding),
    alt: toText(finding),
  };
}

/** The sentence of what is shown counts only what the page knows. */
function shownKey(zoomed: Zoomed, { measured }: Timeline): "timeline.shown" | "timeline.shown-curve" | "timeline.shown-rows" {
  if (zoomed === "curve") return "timeline.shown-curve";
  return measured === null ? "timeline.shown-rows" : "timeline.shown";
}

function stageTitle(context: Context, stage: string): Html {
  const title = context.report.stages.find((row) => row.stage === stage)?.title[context.locale.language] ?? stage;
  return phraseHtml(plain(capitalised(title)));
}

/** A stretch around the peak (else from the start) with about a dozen rows; undefined where the whole run has no more. */
function detailRange({ timeline }: DrawnTimeline): { readonly from: number; readonly to: number } | undefined {
  const { rows, peak } = timeline;
  if (rows.length <= MOST_NAMED) return undefined;
  const at = peak?.at ?? timeline.from;
  const found = rows.findIndex((row) => row.from >= at);
  const middle = found < 0 ? rows.length - 1 : found;
  const first = rows[Math.max(0, Math.min(rows.length - DETAIL_ROWS, middle - DETAIL_ROWS / 2))];
  const last = rows[Math.min(rows.length - 1, Math.max(DETAIL_ROWS - 1, middle + DETAIL_ROWS / 2 - 1))];
  return first === undefined || last === undefined || last.to <= first.from ? undefined : { from: first.from, to: last.to };
}
