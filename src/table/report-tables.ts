import type { Report, ReportSource, ReportStage } from "../model/report.js";
import { claimRows } from "./claims.js";
import { concurrencyRows } from "./concurrency.js";
import { investigationRows } from "./investigations.js";
import { jobRows } from "./jobs.js";
import { type Columns, layOut, type TableRows } from "./rows.js";

/** The tables of a report, in the order in which they are listed. */
export const TABLE_NAMES = ["stages", "investigations", "jobs", "claims", "concurrency", "sources"] as const;
export type TableName = (typeof TABLE_NAMES)[number];

/** Every table of a report as plain rows. Columns carry the names of report.json; what is nested there is flattened. */
export function rowsOf(report: Report): Readonly<Record<TableName, TableRows>> {
  return {
    stages: layOut(STAGE_COLUMNS, report.stages),
    investigations: investigationRows(report),
    jobs: jobRows(report),
    claims: claimRows(report),
    concurrency: concurrencyRows(report),
    sources: layOut(SOURCE_COLUMNS, report.sources),
  };
}

const STAGE_COLUMNS: Columns<ReportStage> = {
  stage: (row) => row.stage,
  title: (row) => row.title.en,
  n: (row) => row.n,
  failed: (row) => row.failed,
  censored: (row) => row.censored,
  unknown: (row) => row.unknown,
  minMs: (row) => row.minMs,
  p50Ms: (row) => row.p50Ms,
  p90Ms: (row) => row.p90Ms,
  p95Ms: (row) => row.p95Ms,
  p99Ms: (row) => row.p99Ms,
  maxMs: (row) => row.maxMs,
  meanMs: (row) => row.meanMs,
  stddevMs: (row) => row.stddevMs,
  ci95LowMs: (row) => row.ci95Ms?.[0],
  ci95HighMs: (row) => row.ci95Ms?.[1],
  resolutionMs: (row) => row.resolutionMs,
};

const SOURCE_COLUMNS: Columns<ReportSource> = {
  path: (row) => row.path,
  sha256: (row) => row.sha256,
  format: (row) => row.format,
  encoding: (row) => row.encoding,
  bytes: (row) => row.bytes,
  lines: (row) => row.lines,
  matched: (row) => row.matched,
  ignored: (row) => row.ignored,
  unparsed: (row) => row.unparsed,
  from: (row) => row.from,
  to: (row) => row.to,
  fromLocal: (row) => row.fromLocal,
  toLocal: (row) => row.toLocal,
  clock: (row) => row.clock,
  endsEarly: (row) => row.endsEarly,
};
