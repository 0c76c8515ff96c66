import { oncePer } from "../../model/collections/once-per.js";
import type { Report, ReportInvestigation, ReportJob } from "../../model/report.js";
import { hasFailed } from "../../model/reports/outcome.js";
import { code, type Html, html, phraseHtml } from "../templates/markup.js";
import { number, resolutionPhrase } from "../words/numbers.js";
import { capitalised, type Phrase, plain } from "../words/phrase.js";
import { evidenceLines } from "./claims.js";
import { type Context, cell, sayHtml, sayText } from "./context.js";
import { MOST_ROWS, pagedTable } from "./paged-table.js";
import type { PartsView } from "./parts.js";

const stagesSeen = oncePer((report: Report): ReadonlySet<string> => {
  const seen = new Set<string>();
  for (const { stages } of report.investigations) for (const { stage } of stages) seen.add(stage);
  return seen;
});

const jobsByUid = oncePer((report: Report): ReadonlyMap<string, ReportJob> => new Map(report.jobs.map((job) => [job.uid, job])));

/** Stages that have a column: those that any investigation has, in the order of the stage table. */
function stageColumns(context: Context): { stage: string; title: Html; label: string }[] {
  const { report, locale } = context;
  const seen = stagesSeen(report);
  return report.stages
    .filter((row) => seen.has(row.stage))
    .map(({ stage, title }) => {
      const words = capitalised(title[locale.language]);
      return { stage, title: phraseHtml(plain(words)), label: words };
    });
}

/** Failed investigations that are listed above the table. */
const MOST_FAILED = 100;

/** The table of investigations, and those that did not end well with their failing lines. */
export function investigationsView(context: Context, parts?: PartsView): object {
  const { report } = context;
  const columns = stageColumns(context);
  const jobs = jobsByUid(report);
  const bad = report.investigations.filter(hasFailed);
  return {
    ...pagedTable(context, report.investigations.length, { stages: columns.map(({ stage }) => stage) }),
    columns,
    rows: report.investigations.slice(0, MOST_ROWS).map((entry) => investigationRow(context, entry, columns, jobs)),
    failedRest: bad.length > MOST_FAILED ? sayHtml(context, "ui.failed-rest", { n: bad.length - MOST_FAILED }) : undefined,
    failed: bad.slice(0, MOST_FAILED).map((entry) => ({
      ...investigationHead(context, entry),
      page: parts?.pageOf.get(entry.id),
      error: entry.error === undefined ? undefined : code(entry.error),
      stage: failedStage(context, entry),
      evidence: evidenceLines(context, entry.evidence),
    })),
    failedHeading: sayHtml(context, "investigations.failed-heading", { n: bad.length }),
  };
}

function investigationHead(context: Context, entry: ReportInvestigation): object {
  return {
    id: entry.id,
    outcome: entry.outcome,
    ok: entry.outcome === "ok",
    outcomeText: sayHtml(context, `outcome.${entry.outcome}`),
    jobId: entry.jobId === null ? undefined : code(entry.jobId),
  };
}

function failedStage(context: Context, entry: ReportInvestigation): Html | undefined {
  const failed = entry.stages.find((part) => part.outcome === "failed");
  const title = context.report.stages.find((row) => row.stage === failed?.stage)?.title[context.locale.language] ?? failed?.stage;
  return title === undefined ? undefined : phraseHtml(plain(title));
}

function investigationRow(
  context: Context,
  entry: ReportInvestigation,
  columns: readonly { stage: string; label: string }[],
  jobs: ReadonlyMap<string, ReportJob>,
): object {
  const start = entry.startedAt ?? entry.startedAtLocal ?? null;
  const job = entry.jobUid === undefined ? undefined : jobs.get(entry.jobUid);
  return {
    ...investigationHead(context, entry),
    attempts: entry.attempts > 1 ? sayHtml(context, "investigations.attempts", { n: entry.attempts }) : undefined,
    errorText: entry.error,
    jobName: job?.name,
    start: start === null ? "–" : context.times.second(start),
    startKey: start === null ? "" : String(context.times.moment(start)),
    cells: columns.map(({ stage, label }) => ({
      ...durationCell(context, entry.stages.find((part) => part.stage === stage)?.durationMs),
      label,
    })),
    cleanup: durationCell(context, job?.cleanupMs),
    job: job === undefined ? undefined : job.uid,
  };
}

/** A duration in seconds with the raw milliseconds to sort by. */
function durationCell(context: Context, durationMs: number | null | undefined): { value: Html; key: string } {
  if (durationMs === null || durationMs === undefined) return { value: cell(undefined), key: "" };
  return { value: phraseHtml(number(context.locale, durationMs / 1000, durationMs < 1000 ? 2 : 1)), key: String(durationMs) };
}

/** The table of Jobs. */
export function jobsView(context: Context): object {
  const { report } = context;
  return {
    ...pagedTable(context, report.jobs.length, {}),
    heading: sayHtml(context, "jobs.heading", { n: report.jobs.length }),
    rows: report.jobs.slice(0, MOST_ROWS).map((job) => ({
      name: code(job.name),
      uid: job.uid,
      role: sayHtml(context, `role.${job.role}`),
      other: !job.ofThisRun,
      created: context.times.second(job.createdAt),
      gone: jobGone(context, job),
      // A time stays on one line; that there is none takes a sentence.
      goneAt: job.deletedAtRange !== undefined || job.deletedAt !== undefined,
      open: cell(openPhrase(context, job)),
      mechanism: sayHtml(context, `mechanism.${job.mechanism}`),
      by: job.deletedBy === undefined ? undefined : code(job.deletedBy),
      resolution: phraseHtml(resolutionPhrase(context.locale, job.resolutionMs)),
      investigation: job.investigationId,
    })),
  };
}

function jobGone(context: Context, job: ReportJob): Html {
  if (job.deletedAtRange !== undefined) {
    const [from, to] = job.deletedAtRange;
    return code(`${context.times.second(from)}–${context.times.second(to)}`);
  }
  if (job.deletedAt !== undefined) return code(context.times.second(job.deletedAt));
  return job.mechanism === "open" ? sayHtml(context, "jobs.still-open") : html(sayText(context, "clocks.unknown"));
}

/** A censored Job was open for at least this long. */
function openPhrase(context: Context, job: ReportJob): Phrase | undefined {
  return job.openMs === undefined ? undefined : [...number(context.locale, job.openMs / 1000, 1), ...(job.censored ? [{ text: "+" }] : [])];
}
