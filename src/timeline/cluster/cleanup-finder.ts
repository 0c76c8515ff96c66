import { cleanupsByJob } from "../../model/names-used-again.js";
import type { JobRole } from "../../model/report.js";
import type { Bounds } from "../../model/time.js";
import type { JobHistory } from "./cluster-history.js";
import type { JobContext } from "./jobs.js";

/** A Job and when it was created. */
interface DatedJob {
  readonly history: JobHistory;
  readonly created: Bounds;
}

/** Finds the cleanup Job of a serving one. `jobsOf`: all Jobs, asked for once, and only if some Job needs them. */
export function cleanupFinder(
  jobsOf: () => readonly DatedJob[],
  naming: JobContext["naming"],
): (history: JobHistory) => JobHistory | undefined {
  let byJob: ReadonlyMap<JobHistory, JobHistory> | undefined;
  const findAll = () => {
    const named = jobsOf().map((job) => ({ ...job, namespace: job.history.namespace, ...naming(job.history.name) }));
    const having = (wanted: JobRole) => named.filter(({ role, jobId }) => role === wanted && jobId !== null);
    const pairs = cleanupsByJob(having("serving"), having("cleanup"));
    return new Map([...pairs].flatMap(([job, [first]]) => (job && first ? [[job.history, first.history] as const] : [])));
  };
  return (history) => {
    byJob ??= findAll();
    return byJob.get(history);
  };
}
