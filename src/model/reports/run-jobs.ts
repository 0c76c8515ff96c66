import type { Report } from "../report.js";

/** The Jobs of the run that do its work: neither those of others nor those that clean up. In their own order. */
export function runJobs<J extends { readonly ofThisRun: boolean; readonly role: string }>({
  jobs,
}: {
  readonly jobs: readonly J[];
}): readonly J[] {
  return jobs.filter((job) => job.ofThisRun && job.role === "serving");
}

/** Whether there are Jobs and no investigation: no log was given, or the system has none. */
export function isOfJobsAlone({ investigations, jobs, pooled }: Pick<Report, "investigations" | "jobs" | "pooled">): boolean {
  if (pooled !== undefined) return pooled.runs.every((run) => run.investigations === 0);
  return investigations.length === 0 && jobs.length > 0;
}

/** Whether the input has Jobs although the report has none: nothing tells when any of them was created. */
export function lacksCreations({ jobs, diagnostics }: Pick<Report, "jobs" | "diagnostics">): boolean {
  return jobs.length === 0 && diagnostics.some(({ id }) => id === "creation-unknown");
}
