import type { Report, ReportClaim } from "../model/report.js";
import { firstPlace } from "./evidence.js";
import { type Columns, layOut, type TableRows } from "./rows.js";

/** One row a claim: what is documented, what was measured, the verdict. Statements and proposals stand in both languages. */
export function claimRows(report: Report): TableRows {
  const columns: Columns<ReportClaim> = {
    id: (row) => row.id,
    verdict: (row) => row.verdict,
    reason: (row) => row.reason.key,
    statement: (row) => row.statement.en,
    statementHe: (row) => row.statement.he,
    unit: (row) => row.documented.unit,
    operator: (row) => row.documented.operator,
    documented: (row) => row.documented.value,
    documentedLow: (row) => row.documented.low,
    documentedHigh: (row) => row.documented.high,
    tolerance: (row) => row.documented.tolerance,
    measured: (row) => row.measured?.value,
    measuredUnit: (row) => row.measured?.unit,
    statistic: (row) => row.measured?.statistic,
    ci95Low: (row) => row.measured?.ci95?.[0],
    ci95High: (row) => row.measured?.ci95?.[1],
    intervalKind: (row) => row.measured?.intervalKind,
    n: (row) => row.measured?.n,
    failed: (row) => row.measured?.failed,
    censored: (row) => row.measured?.censored,
    unknown: (row) => row.measured?.unknown,
    resolution: (row) => row.measured?.resolution,
    evidenceClass: (row) => row.evidenceClass,
    sourceFile: (row) => row.source.file,
    sourceLines: (row) => row.source.lines,
    suggestion: (row) => row.suggestion?.en,
    suggestionHe: (row) => row.suggestion?.he,
    evidence: (row) => firstPlace(report, row.evidence),
    citation: (row) => row.lookup?.status,
    citationFile: (row) => row.lookup?.file,
    citationLine: (row) => row.lookup?.line,
  };
  return layOut(columns, report.claims);
}
