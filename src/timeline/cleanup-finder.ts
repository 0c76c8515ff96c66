import { cleanupsByJob } from "../model/names-used-again.js";
import type { JobRole } from "../model/report.js";
import type { Bounds } from "../model/time.js";
import type { Moment } from "../model/timeline.js";
import type { JobHistory } from "./cluster-history.js";
import type { JobContext } from "./jobs.js";

/** A Job of which it is known when it was created. */
export interface DatableJob {
  readonly history: JobHistory;
  readonly created: Moment;
}

/** Finds the cleanup Job of a serving one. */
export function cleanupFinder(
  jobs: readonly (Pick<DatableJob, "history"> & { readonly created: Bounds })[],
  naming: JobContext["naming"],
): (history: JobHistory) => JobHistory | undefined {
  let byJob: ReadonlyMap<JobHistory, JobHistory> | undefined;
  const findAll = () => {
    const named = jobs.map((job) => ({ ...job, namespace: job.history.namespace, ...naming(job.history.name) }));
    const having = (wanted: JobRole) => named.filter(({ role, jobId }) => role === wanted && jobId !== null);
    const pairs = cleanupsByJob(having("serving"), having("cleanup"));
    return new Map([...pairs].flatMap(([job, [first]]) => (job && first ? [[job.history, first.history] as const] : [])));
  };
  return (history) => {
    byJob ??= findAll();
    return byJob.get(history);
  };
}
