import type { Report } from "../model/report.js";

/** The report as JSON: keys in the order they were made in, two spaces, a line feed at the end. */
export function serializeReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
