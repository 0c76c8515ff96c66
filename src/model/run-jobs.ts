import type { Report, ReportJob } from "../model/report.js";

/** The Jobs of the run that do its work: neither those of others nor those that clean up. */
export function runJobs({ jobs }: Report): readonly ReportJob[] {
  return jobs.filter((job) => job.ofThisRun && job.role === "serving");
}
