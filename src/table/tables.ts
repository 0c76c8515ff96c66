import type { Report } from "../model/report.js";
import type { DataFrame } from "./data-frames.js";
import { rowsOf, type TableName } from "./report-tables.js";

/** Every table of a report as a DataFrame. danfojs is loaded at the first call, and by nothing else. */
export async function tablesOf(report: Report): Promise<Readonly<Record<TableName, DataFrame>>> {
  const { frameOf } = await import("./data-frames.js");
  const { stages, investigations, jobs, claims, concurrency, sources } = rowsOf(report);
  return {
    stages: frameOf(stages),
    investigations: frameOf(investigations),
    jobs: frameOf(jobs),
    claims: frameOf(claims),
    concurrency: frameOf(concurrency),
    sources: frameOf(sources),
  };
}
