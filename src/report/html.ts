import { createHash } from "node:crypto";
import type { Report } from "../model/report.js";
import { isOfJobsAlone } from "../model/reports/run-jobs.js";
import { visibleReport } from "../model/reports/visible.js";
import { packReport } from "./embed/embed.js";
import { LANGUAGES, type Language, LOCALES, localeOf } from "./locales/index.js";
import { templateSource } from "./template-files.js";
import { type Drawing, loadDrawing, pageScript } from "./templates/page-script.js";
import { pageTemplate } from "./templates/template-engine.js";
import { appendixView, consistencyView } from "./view/appendix.js";
import { claimsView } from "./view/claims.js";
import { comparisonView } from "./view/comparison.js";
import { type CurveOnAxis, curveView, sharesView } from "./view/concurrency.js";
import { type Context, sayText } from "./view/context.js";
import { crossChecksView } from "./view/cross-checks.js";
import { deviationsView } from "./view/deviations.js";
import { headerView } from "./view/header.js";
import { investigationsView, jobsView } from "./view/investigations.js";
import { lifeNone, lifeView } from "./view/life.js";
import { loadView } from "./view/load.js";
import { overRunView } from "./view/over-run.js";
import type { PartsView } from "./view/parts.js";
import { pollingView } from "./view/polling.js";
import { poolView } from "./view/pool.js";
import { stagesView } from "./view/stages.js";
import { survivalView } from "./view/survival.js";
import { type DrawnTimeline, drawnTimeline, timelineView } from "./view/timeline.js";
import { whatIfView } from "./view/what-if.js";
import { meanNumber, peakNumber } from "./words/numbers.js";
import { toText } from "./words/phrase.js";
import { timesOf } from "./words/times.js";
import { titlePhrase } from "./words/title.js";

export interface HtmlOptions {
  /** Languages of the page; the first is shown where neither the address nor the reader's last choice names one. */
  readonly languages?: readonly Language[];
  /** A folder whose templates and style sheets stand in for the package's (docs/report.md). */
  readonly templates?: string;
}

/** One self-contained HTML page: every language, charts as SVG, the report itself inside. The same report gives the same bytes. */
export async function renderHtml(report: Report, options: HtmlOptions = {}): Promise<string> {
  const drawing = await loadDrawing();
  // Before the rows of the timeline are made: a long run takes much memory for both. What is shown is worked out while it is compressed.
  const embedding = packReport(report);
  const shown = visibleReport(report);
  const timeline = drawnTimeline(drawing, shown);
  const documents = contextsOf(shown, options).map((context) => documentView(context, drawing, timeline));
  return writePage(report, options, { documents, embedded: await embedding });
}

/** A report, its hidden characters made visible, in each language of a page. */
export function contextsOf(shown: Report, { languages = LANGUAGES }: HtmlOptions): readonly Context[] {
  return languages.map((language) => {
    const locale = localeOf(shown, language);
    return { report: shown, locale, times: timesOf(shown, locale) };
  });
}

/** A page from what its templates show, one document a language, and the packed data inside. */
export function writePage(
  report: Report,
  options: HtmlOptions,
  { documents, embedded }: { readonly documents: readonly { readonly pageTitle: string }[]; readonly embedded: string },
): string {
  const languages = options.languages ?? LANGUAGES;
  const first = languages[0];
  if (first === undefined) throw new Error("a report needs a language: en, he, or both");
  const source = templateSource(options.templates);
  const template = pageTemplate(source);
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
    embedded,
    documents: documents.map((document, index) => ({
      ...document,
      others: languages.filter((_, other) => other !== index).map((language) => LOCALES[language]),
    })),
  });
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64");
}

/** Everything that the page shows in one language; `parts` where its rows stand in pages of their own. */
export function documentView(context: Context, drawing: Drawing, timeline: DrawnTimeline | undefined, parts?: PartsView) {
  const { report, locale } = context;
  const curve = curveView(context, curveOnAxis(timeline));
  return {
    locale,
    language: locale.language,
    direction: locale.direction,
    pageTitle: toText(titlePhrase(report, locale)),
    header: headerView(context),
    hasLabels: Object.keys(report.labels).length > 0 || (report.ticket ?? "") !== "",
    claims: claimsView(context),
    comparison: comparisonView(context),
    pool: poolView(context),
    curve: curve === undefined ? undefined : { ...curve, alt: curveAlt(context) },
    timeline: timelineView(context, timeline, parts === undefined ? "all" : "curve"),
    load: loadView(context),
    whatIf: whatIfView(locale, report.whatIf),
    // A run of Jobs alone knows no investigation, and a profile may document no life: there is nothing to leave open then.
    ...subjectView(report),
    lifeKnown: report.jobLife.documented.length + report.jobLife.measured.length > 0,
    life: lifeView(context),
    lifeNone: lifeNone(context),
    survival: survivalView(context, drawing, "fromDisconnect"),
    unopened: survivalView(context, drawing, "unopenedFromCreation"),
    shares: sharesView(context),
    polling: pollingView(context),
    deviations: deviationsView(context, parts),
    stages: stagesView(context),
    overRun: overRunView(context, drawing),
    parts,
    investigations: investigationsView(context, parts),
    jobs: jobsView(context),
    crossChecks: crossChecksView(context),
    consistency: consistencyView(context),
    appendix: appendixView(context),
  };
}

/** Whether a page is about investigations or about Jobs alone, and which rows it has to download. */
export function subjectView(report: Report): object {
  const downloads = (["investigations", "jobs"] as const).filter((rows) => report[rows].length > 0);
  return { hasInvestigations: report.investigations.length > 0, jobsAlone: isOfJobsAlone(report), downloads };
}

/** How the page's axis of time shows the curve. */
function curveOnAxis(drawn: DrawnTimeline | undefined): CurveOnAxis {
  if (drawn === undefined) return { binSeconds: 0, beyond: [] };
  const { drawing, timeline } = drawn;
  const { from, to, known } = timeline;
  return {
    binSeconds: drawing.curveBinSeconds(timeline, from, to),
    beyond: [
      { from, to: known.from },
      { from: known.to, to },
    ].filter((stretch) => stretch.from < stretch.to),
  };
}

function curveAlt(context: Context): string {
  const curve = context.report.concurrency.openJobs;
  if (curve === undefined) return sayText(context, "curve.none");
  return sayText(context, "lead.open-jobs", {
    m: meanNumber(context.locale, curve),
    p: peakNumber(context.locale, curve),
  });
}
