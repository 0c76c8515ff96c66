/** A log and captures of different runs. */

import { PostrunError } from "../../model/errors.js";
import { idInNames } from "../../model/names-used-again.js";
import { type EpochMs, isoFromEpoch, localIso } from "../../model/time.js";
import type { JobDraft } from "../cluster/jobs.js";
import type { Draft } from "../investigations/draft.js";

/** Job ids of a log, and Jobs, that have nothing to do with each other. */
export interface Strangers {
  readonly ids: number;
  readonly anId: string;
  readonly jobs: number;
  readonly aName: string;
  /** One with an id of the log, and when the log tells of that id, by its own clock. */
  readonly elsewhere?: { readonly name: string; readonly created: EpochMs; readonly logged: EpochMs };
}

/** Where not one of the log's job ids occurs in the cluster data, or none at a time at which the log can have been written. */
export function strangersIn(drafts: readonly Draft[], jobs: readonly JobDraft[], links: number): Strangers | undefined {
  const ids = drafts.flatMap(({ jobId }) => jobId ?? []);
  const serving = jobs.filter((job) => job.role === "serving" && job.jobId !== null);
  const [anId, first] = [ids[0], serving[0]];
  if (anId === undefined || first === undefined || links > 0) return undefined;
  const byId = new Map(drafts.flatMap((draft) => (draft.jobId === null ? [] : [[idInNames(draft.jobId), draft] as const])));
  const ofLog = ({ jobId }: (typeof serving)[number]) => (jobId === null ? undefined : byId.get(idInNames(jobId)));
  const named = serving.find((job) => ofLog(job) !== undefined);
  const logged = named === undefined ? undefined : ofLog(named)?.points[0]?.at;
  const elsewhere =
    named === undefined || logged === undefined ? {} : { elsewhere: { name: named.name, created: named.created.at, logged } };
  return { ids: ids.length, anId, jobs: serving.length, aName: first.name, ...elsewhere };
}

/** Such data are another run's: numbers from both together would be wrong without looking wrong. */
export function notTogether({ ids, anId, jobs, aName, elsewhere }: Strangers): PostrunError {
  if (elsewhere !== undefined) {
    const { name, created, logged } = elsewhere;
    return new PostrunError(
      "input",
      `the log and the Kubernetes data do not belong together: ${name} was created at ${isoFromEpoch(created)}, and the log tells of that job id at ${localIso(logged)} by its own clock, which no zone explains`,
      "give the log and the captures of one run; where the runner's clock was wrong by that much, name its zone with --tz",
    );
  }
  return new PostrunError(
    "input",
    `the log and the Kubernetes data do not belong together: none of the ${ids} job ids in the log (such as ${anId}) was created in its run; the Kubernetes data hold ${jobs} other Jobs (such as ${aName})`,
    "give the log and the captures of one run; for another run of the same log use --run",
  );
}
