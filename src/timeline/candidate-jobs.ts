/** Which Jobs could be those of an investigation, and what it says that some are. */
import { groupBy } from "../model/group-by.js";
import type { Profile } from "../model/profile.js";
import type { JobRole } from "../model/report.js";
import type { Moment } from "../model/timeline.js";
import type { createdBetween } from "./created-between.js";
import type { Draft } from "./draft.js";
import { jobNaming } from "./job-naming.js";
import { portDerivation } from "./port-alias.js";

/** What linking needs to know of a Job. */
export interface LinkableJob {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly role: JobRole;
  readonly jobId: string | null;
  readonly created: Moment;
  readonly bySchedule?: true;
}

/** What tells which Job is whose: its id in the log, the slot that a port stands for, or nothing but the time. */
export type Proof = "job-id" | "alias" | "time";

/** What an investigation and its Jobs have to do with each other. */
export interface Link {
  /** The Job that served it; undefined where nothing tells which of those with its id did. */
  readonly jobUid?: string;
  readonly by: Proof;
  /** Other serving Jobs with its id that were made for it, by uid: of other names, and of other tries. */
  readonly companions?: readonly string[];
  /** Serving Jobs with its id of which the clock leaves open whether they were made for it. */
  readonly possible?: readonly string[];
}

/** Finds Jobs that were created between two moments. */
export type Finder = ReturnType<typeof createdBetween<LinkableJob>>;

/** Serving Jobs that could be a draft's. `familyOf`: which family of the profile one is of. */
export interface Candidates {
  readonly jobs: readonly LinkableJob[];
  readonly by: Proof;
  readonly familyOf: (job: LinkableJob) => number;
}

/** Serving Jobs that could be a draft's: by its job id, else by the slot that its port means, else any. */
export function candidateJobs(jobs: readonly LinkableJob[], profile: Profile): (draft: Draft) => Candidates {
  const serving = jobs.filter((job) => job.role === "serving");
  const portOf = portDerivation(profile);
  const byJobId = groupBy(serving, (job) => job.jobId);
  const naming = jobNaming(profile);
  const isOneFamily = profile.jobs.filter(({ role }) => role === "serving").length === 1;
  const familyOf: Candidates["familyOf"] = isOneFamily ? () => 0 : ({ name }) => naming(name).family;
  let byPort: ReadonlyMap<string | null, readonly LinkableJob[]> | undefined;
  return (draft) => {
    if (draft.jobId !== null) return { jobs: byJobId.get(draft.jobId) ?? [], by: "job-id", familyOf };
    if (draft.port === null) return { jobs: serving, by: "time", familyOf };
    // Where the log has job ids nobody asks for ports.
    byPort ??= groupBy(serving, (job) => (job.jobId === null ? null : portOf(job.jobId)));
    return { jobs: byPort.get(draft.port) ?? [], by: "alias", familyOf };
  };
}
