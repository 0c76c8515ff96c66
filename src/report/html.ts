import { createHash } from "node:crypto";
import type { Report, SurvivalCurve } from "../model/report.js";
import { visibleData } from "../model/visible.js";
import { drawImages, OVER_RUN_STAGE } from "./charts/pictures.js";
import { binWidthMs } from "./charts/time-curve.js";
import { packReport } from "./embed.js";
import { LANGUAGES, type Language, LOCALES } from "./locales/index.js";
import { number, stageDecimals } from "./numbers.js";
import { loadDrawing, pageScript } from "./page-script.js";
import { toText } from "./phrase.js";
import { pageTemplate } from "./template-engine.js";
import { templateSource } from "./template-files.js";
import { timesOf } from "./times.js";
import { titlePhrase } from "./title.js";
import { appendixView, consistencyView } from "./view/appendix.js";
import { claimsView } from "./view/claims.js";
import { curveView, sharesView } from "./view/concurrency.js";
import { type Context, sayHtml, sayText } from "./view/context.js";
import { headerView } from "./view/header.js";
import { investigationsView, jobsView } from "./view/investigations.js";
import { lifeView } from "./view/life.js";
import { loadView } from "./view/load.js";
import { stagesView } from "./view/stages.js";
import { survivalFinding, survivalView } from "./view/survival.js";
import { type DrawnTimeline, drawnTimeline, timelineView } from "./view/timeline.js";

export interface HtmlOptions {
  /** Languages of the page; the first is shown where neither the address nor the reader's last choice names one. */
  readonly languages?: readonly Language[];
  /** A folder whose templates and style sheets stand in for the package's (docs/report.md). */
  readonly templates?: string;
}

/** One self-contained HTML page: every language, charts as data URIs, the report itself inside. The same report gives the same bytes. */
export async function renderHtml(report: Report, options: HtmlOptions = {}): Promise<string> {
  const languages = options.languages ?? LANGUAGES;
  const first = languages[0];
  if (first === undefined) throw new Error("a report needs a language: en, he, or both");
  const source = templateSource(options.templates);
  const template = pageTemplate(source);
  const { pictureDataUri } = await import("./charts/canvas.js");
  const shown = visibleData(report);
  const contexts = languages.map((language): Context => {
    const locale = LOCALES[language];
    return { report: shown, locale, times: timesOf(shown, locale) };
  });
  const timeline = drawnTimeline(await loadDrawing(), shown);
  const documents = contexts.map((context) => documentView(context, languages, drawImages(context, pictureDataUri), timeline));
  const style = source.text("report.css") + source.text("own.css");
  const script = pageScript();
  return template({
    first: LOCALES[first],
    title: documents[0]?.pageTitle,
    version: report.tool.version,
    style,
    styleHash: sha256(style),
    script,
    scriptHash: sha256(script),
    embedded: packReport(report),
    documents,
  });
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64");
}

function documentView(
  context: Context,
  languages: readonly Language[],
  images: ReturnType<typeof drawImages>,
  timeline: DrawnTimeline | undefined,
) {
  const { report, locale } = context;
  const window = report.concurrency.window;
  const binMs = window === null ? 0 : binWidthMs(Date.parse(window.to) - Date.parse(window.from));
  const overRun = overRunFinding(context);
  const steps = timeline?.timeline.measured ?? null;
  const isExact = steps !== null && timeline?.drawing.showsSteps(steps, timeline.timeline.from, timeline.timeline.to) === true;
  const curve = curveView(context, isExact ? 0 : binMs);
  return {
    locale,
    language: locale.language,
    direction: locale.direction,
    pageTitle: toText(titlePhrase(report, locale)),
    others: languages.filter((language) => language !== locale.language).map((language) => LOCALES[language]),
    header: headerView(context),
    hasLabels: Object.keys(report.labels).length > 0 || (report.ticket ?? "") !== "",
    images,
    claims: claimsView(context),
    curve: curve === undefined ? undefined : { ...curve, alt: curveAlt(context) },
    timeline: timelineView(context, timeline),
    load: loadView(context),
    life: lifeView(context),
    survival: withAlt(context, report.cleanup.fromDisconnect),
    unopened: withAlt(context, report.cleanup.unopenedFromCreation),
    shares: sharesView(context),
    stages: stagesView(context),
    overRun,
    overRunAlt: `${sayText(context, "stages.over-run")}. ${overRun?.toString().replace(/<[^>]+>/g, "") ?? ""}`,
    investigations: investigationsView(context),
    jobs: jobsView(context),
    consistency: consistencyView(context),
    appendix: appendixView(context),
  };
}

function curveAlt(context: Context): string {
  const curve = context.report.concurrency.openJobs;
  if (curve === undefined) return sayText(context, "curve.none");
  return sayText(context, "lead.open-jobs", {
    m: number(context.locale, curve.mean, 1),
    p: number(context.locale, curve.peak, 0),
  });
}

function withAlt(context: Context, curve: SurvivalCurve | undefined): object | undefined {
  const view = survivalView(context, curve);
  return view === undefined || curve === undefined ? undefined : { ...view, alt: toText(survivalFinding(context, curve)) };
}

/** Whether connecting got slower: the medians of both halves of the run. */
function overRunFinding(context: Context): ReturnType<typeof sayHtml> | undefined {
  const stage = context.report.stages.find((row) => row.stage === OVER_RUN_STAGE);
  if (stage === undefined || stage.samplesMs.length < 6) return undefined;
  const half = Math.floor(stage.samplesMs.length / 2);
  const median = (samples: readonly number[]): number => [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
  const seconds = (ms: number) => number(context.locale, ms / 1000, Math.min(1, stageDecimals(stage)));
  return sayHtml(context, "stages.over-run-finding", {
    a: seconds(median(stage.samplesMs.slice(0, half))),
    b: seconds(median(stage.samplesMs.slice(half))),
  });
}
