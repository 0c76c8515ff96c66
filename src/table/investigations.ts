import type { Report, ReportInvestigation, ReportJob } from "../model/report.js";
import { firstPlace } from "./evidence.js";
import { type Columns, layOut, type TableRows } from "./rows.js";

/**
 * One row an investigation; each stage of investigations has a column `<stage>Ms`, empty unless the stage ended well. What is measured at its Job stands
 * under the names of the table of Jobs, with `job` before them.
 */
export function investigationRows(report: Report): TableRows {
  const jobs = new Map(report.jobs.map((job) => [job.uid, job]));
  const jobOf = ({ jobUid }: ReportInvestigation): ReportJob | undefined => (jobUid === undefined ? undefined : jobs.get(jobUid));
  const ofInvestigations = new Set(report.investigations.flatMap(({ stages }) => stages.map(({ stage }) => stage)));
  const stages = report.stages.filter(({ stage }) => ofInvestigations.has(stage));
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
    ...Object.fromEntries(stages.map(({ stage }) => [`${stage}Ms`, (row: ReportInvestigation) => stageDuration(row, stage)])),
    jobOpenMs: (row) => jobOf(row)?.openMs,
    jobCleanupMs: (row) => jobOf(row)?.cleanupMs,
    failedAt: (row) => firstPlace(report, row.evidence),
  };
  return layOut(columns, report.investigations);
}

/** A stage that failed or was cut off has a length too, but one that must not be averaged with the others. */
function stageDuration(row: ReportInvestigation, stage: string): number | null {
  return row.stages.find((part) => part.stage === stage && part.outcome === "ok")?.durationMs ?? null;
}
