import type { ReportConcurrency } from "../../model/report.js";

/** A limit so many times as high as the curves would press them flat. */
const HIGHEST_TIMES = 4;

/** The documented limit of open Jobs where a chart of their curve has a line for it; else it is only said. */
export function drawnLimit({ documentedLimit, openJobs, documented }: ReportConcurrency): number | undefined {
  if (documentedLimit === undefined || openJobs === undefined) return undefined;
  const highest = Math.max(1, openJobs.peak, documented?.fromDisconnect?.peak ?? 0, documented?.fromCreation?.peak ?? 0);
  return documentedLimit <= HIGHEST_TIMES * highest ? documentedLimit : undefined;
}
