import type { JobHistory } from "./cluster-history.js";
import type { JobDraft } from "./jobs.js";

/** Of how many serving Jobs it is unknown whether they went, because a delete of several that names none may have taken them. */
export function endsUnnamed(histories: readonly JobHistory[], jobs: readonly JobDraft[]): number {
  const doubtful = new Set(histories.flatMap(({ uid, audit }) => (audit?.provenUntil === undefined ? [] : [uid])));
  if (doubtful.size === 0) return 0;
  return jobs.filter((job) => job.role === "serving" && job.gone === undefined && job.mechanism === "unknown" && doubtful.has(job.uid))
    .length;
}
