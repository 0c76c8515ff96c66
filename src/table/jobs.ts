import type { Report, ReportJob } from "../model/report.js";
import { firstPlace } from "./evidence.js";
import { type Columns, layOut, type TableRows } from "./rows.js";

/** One row a Job, of this run and of others. */
export function jobRows(report: Report): TableRows {
  const columns: Columns<ReportJob> = {
    name: (row) => row.name,
    namespace: (row) => row.namespace,
    uid: (row) => row.uid,
    role: (row) => row.role,
    ofThisRun: (row) => row.ofThisRun,
    investigationId: (row) => row.investigationId,
    createdAt: (row) => row.createdAt,
    createdAtSource: (row) => row.sources.createdAt,
    deleteRequestedAt: (row) => row.deleteRequestedAt,
    deletedAt: (row) => row.deletedAt,
    deletedAtFrom: (row) => row.deletedAtRange?.[0],
    deletedAtTo: (row) => row.deletedAtRange?.[1],
    deletedAtSource: (row) => row.sources.deletedAt,
    podGoneAt: (row) => row.podGoneAt,
    deletedBy: (row) => row.deletedBy,
    mechanism: (row) => row.mechanism,
    failed: (row) => row.failed,
    openMs: (row) => row.openMs,
    cleanupMs: (row) => row.cleanupMs,
    censored: (row) => row.censored,
    truncated: (row) => row.truncated,
    resolutionMs: (row) => row.resolutionMs,
    evidence: (row) => firstPlace(report, row.evidence),
  };
  return layOut(columns, report.jobs);
}
