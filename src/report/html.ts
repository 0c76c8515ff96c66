import { createHash } from "node:crypto";
import type { Report } from "../model/report.js";
import { visibleData } from "../model/visible.js";
import { packReport } from "./embed.js";
import { LANGUAGES, type Language, LOCALES } from "./locales/index.js";
import { number } from "./numbers.js";
import { type Drawing, loadDrawing, pageScript } from "./page-script.js";
import { toText } from "./phrase.js";
import { pageTemplate } from "./template-engine.js";
import { templateSource } from "./template-files.js";
import { timesOf } from "./times.js";
import { titlePhrase } from "./title.js";
import { appendixView, consistencyView } from "./view/appendix.js";
import { claimsView } from "./view/claims.js";
import { comparisonView } from "./view/comparison.js";
import { curveView, sharesView } from "./view/concurrency.js";
import { type Context, sayText } from "./view/context.js";
import { headerView } from "./view/header.js";
import { investigationsView, jobsView } from "./view/investigations.js";
import { lifeView } from "./view/life.js";
import { loadView } from "./view/load.js";
import { overRunView } from "./view/over-run.js";
import { stagesView } from "./view/stages.js";
import { survivalView } from "./view/survival.js";
import { type DrawnTimeline, drawnTimeline, timelineView } from "./view/timeline.js";

export interface HtmlOptions {
  /** Languages of the page; the first is shown where neither the address nor the reader's last choice names one. */
  readonly languages?: readonly Language[];
  /** A folder whose templates and style sheets stand in for the package's (docs/report.md). */
  readonly templates?: string;
}

/** One self-contained HTML page: every language, charts as SVG, the report itself inside. The same report gives the same bytes. */
export async function renderHtml(report: Report, options: HtmlOptions = {}): Promise<string> {
  const languages = options.languages ?? LANGUAGES;
  const first = languages[0];
  if (first === undefined) throw new Error("a report needs a language: en, he, or both");
  const source = templateSource(options.templates);
  const template = pageTemplate(source);
  const shown = visibleData(report);
  const contexts = languages.map((language): Context => {
    const locale = LOCALES[language];
    return { report: shown, locale, times: timesOf(shown, locale) };
  });
  const drawing = await loadDrawing();
  const timeline = drawnTimeline(drawing, shown);
  const documents = contexts.map((context) => documentView(context, languages, drawing, timeline));
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

function documentView(context: Context, languages: readonly Language[], drawing: Drawing, timeline: DrawnTimeline | undefined) {
  const { report, locale } = context;
  const steps = timeline?.timeline.measured ?? null;
  const binSeconds =
    timeline === undefined || steps === null ? 0 : drawing.curveBinSeconds(steps, timeline.timeline.from, timeline.timeline.to);
  const curve = curveView(context, binSeconds);
  return {
    locale,
    language: locale.language,
    direction: locale.direction,
    pageTitle: toText(titlePhrase(report, locale)),
    others: languages.filter((language) => language !== locale.language).map((language) => LOCALES[language]),
    header: headerView(context),
    hasLabels: Object.keys(report.labels).length > 0 || (report.ticket ?? "") !== "",
    claims: claimsView(context),
    comparison: comparisonView(context),
    curve: curve === undefined ? undefined : { ...curve, alt: curveAlt(context) },
    timeline: timelineView(context, timeline),
    load: loadView(context),
    life: lifeView(context),
    survival: survivalView(context, drawing, "fromDisconnect"),
    unopened: survivalView(context, drawing, "unopenedFromCreation"),
    shares: sharesView(context),
    stages: stagesView(context),
    overRun: overRunView(context, drawing),
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
