import type { Report } from "../model/report.js";
import type { Evidence } from "../model/source.js";

/** The first line that a row rests on, as `path:line`, so that a spreadsheet still leads back to the input. */
export function firstPlace(report: Pick<Report, "sources">, evidence: readonly Evidence[]): string | null {
  const first = evidence[0];
  const source = first === undefined ? undefined : report.sources[first.source];
  return first === undefined || source === undefined ? null : `${source.path}:${first.line}`;
}
