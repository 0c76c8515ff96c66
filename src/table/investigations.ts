import type { Report, ReportInvestigation } from "../model/report.js";
import { firstPlace } from "./evidence.js";
import { type Columns, layOut, type TableRows } from "./rows.js";

/** One row an investigation; each stage of the report has a column `<stage>Ms`, empty unless the stage ended well. */
export function investigationRows(report: Report): TableRows {
  const columns: Columns<ReportInvestigation> = {
    id: (row) => row.id,
    jobId: (row) => row.jobId,
    outcome: (row) => row.outcome,
    error: (row) => row.error,
    attempts: (row) => row.attempts,
    startedAt: (row) => row.startedAt,
    endedAt: (row) => row.endedAt,
    startedAtLocal: (row) => row.startedAtLocal,
    endedAtLocal: (row) => row.endedAtLocal,
    jobUid: (row) => row.jobUid,
    jobLink: (row) => row.jobLink,
    ...Object.fromEntries(report.stages.map(({ stage }) => [`${stage}Ms`, (row: ReportInvestigation) => stageDuration(row, stage)])),
    failedAt: (row) => firstPlace(report, row.evidence),
  };
  return layOut(columns, report.investigations);
}

/** A stage that failed or was cut off has a length too, but one that must not be averaged with the others. */
function stageDuration(row: ReportInvestigation, stage: string): number | null {
  return row.stages.find((part) => part.stage === stage && part.outcome === "ok")?.durationMs ?? null;
}
