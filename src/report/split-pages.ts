import { createHash } from "node:crypto";
import type { Report } from "../model/report.js";
import { visibleData, visibleReport } from "../model/reports/visible.js";
import { packText } from "./embed/embed.js";
import { packColumns } from "./embed/embed-columns.js";
import { contextsOf, documentView, type HtmlOptions, subjectView, writePage } from "./html.js";
import { type Part, splitRows } from "./split.js";
import { type Drawing, loadDrawing } from "./templates/page-script.js";
import type { Context } from "./view/context.js";
import { headerView } from "./view/header.js";
import { investigationsView, jobsView } from "./view/investigations.js";
import { partReport, partsView, partTitle } from "./view/parts.js";
import { drawnTimeline, timelineView } from "./view/timeline.js";
import { type Phrase, toText } from "./words/phrase.js";
import { titlePhrase } from "./words/title.js";

/**
 * A report as several pages, by file name, the overview first: it holds everything but the rows of investigations and Jobs, which stand in
 * `<name>.part-1.html` and so on. Each page opens alone and asks for nothing; together they hold the whole report.
 * @param name File name of the overview, `<name>.html`.
 */
export async function renderSplit(
  report: Report,
  name: string,
  options: HtmlOptions & { readonly rowsOfPart?: number } = {},
): Promise<ReadonlyMap<string, string>> {
  const parts = splitRows(report, options.rowsOfPart);
  const files = parts.map((_, index) => `${name.replace(/\.html?$/i, "")}.part-${index + 1}.html`);
  const withoutRows: Report = { ...report, investigations: [], jobs: [] };
  const id = createHash("sha256")
    .update(await packed(withoutRows))
    .digest("hex");
  const drawing = await loadDrawing();
  const shown = visibleReport(report);
  const timeline = drawnTimeline(drawing, shown);
  const overview = contextsOf(shown, options).map((context) => documentView(context, drawing, timeline, partsView(context, parts, files)));
  const split = { id, part: 0, files, jobPlaces: [] };
  const pages = new Map([[name, writePage(report, options, { documents: overview, embedded: await packed({ ...withoutRows, split }) })]]);
  for (const [index, part] of parts.entries()) {
    const own = partReport(report, part, parts[index + 1]);
    const embedded = await packed({ ...own, split: { id, part: index + 1, files, jobPlaces: part.jobPlaces } });
    const place = { index, of: parts.length, overview: encodeURIComponent(name) };
    const documents = contextsOf(visibleData(own), options).map((context) =>
      partDocument(context, drawing, part, { ...place, title: titlePhrase(shown, context.locale) }),
    );
    pages.set(files[index] ?? "", writePage(report, options, { documents, embedded }));
  }
  return pages;
}

function packed(data: object): Promise<string> {
  return packText(packColumns(data));
}

/** What a page of rows shows in one language, under the title of the whole. */
function partDocument(
  context: Context,
  drawing: Drawing,
  part: Part,
  place: { readonly index: number; readonly of: number; readonly overview: string; readonly title: Phrase },
) {
  const { report, locale } = context;
  return {
    locale,
    language: locale.language,
    direction: locale.direction,
    pageTitle: toText(place.title),
    header: headerView(context, place.title),
    hasLabels: Object.keys(report.labels).length > 0 || (report.ticket ?? "") !== "",
    part: { text: partTitle(context, part, place.index, place.of), overview: place.overview },
    ...subjectView(report),
    timeline: timelineView(context, drawnTimeline(drawing, report), "rows"),
    investigations: investigationsView(context),
    jobs: jobsView(context),
  };
}
