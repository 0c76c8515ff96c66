/** Which Jobs could be those of an investigation, and what it says that some are. */
import { groupBy } from "../../model/collections/group-by.js";
import { idInNames } from "../../model/names-used-again.js";
import type { Profile } from "../../model/profile.js";
import type { JobRole } from "../../model/report.js";
import { smallest } from "../../model/statistics/statistics.js";
import type { Moment } from "../../model/timeline.js";
import { jobNaming } from "../cluster/job-naming.js";
import type { Draft } from "../investigations/draft.js";
import { portDerivation } from "../investigations/port-alias.js";
import type { createdBetween } from "./created-between.js";

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

/** Which families of the profile Jobs are of. */
export interface Families {
  readonly familyOf: (job: LinkableJob) => number;
  /**
   * Of Jobs with one id, the family that the own Job of an investigation is of: the one that the profile names first. Undefined where the first of them is of a family whose Jobs mostly
   * come with one that is named before it: then the own Job is none of these, nobody has seen it.
   */
  readonly ownFamily: (jobs: readonly LinkableJob[]) => number | undefined;
}

/** Serving Jobs that could be a draft's. */
export interface Candidates extends Families {
  readonly jobs: readonly LinkableJob[];
  readonly by: Proof;
}

/** The Jobs that could be those of any draft. */
export type CandidatesOf = (draft: Draft) => Candidates;

/** Serving Jobs that could be a draft's: by its job id, else by the slot that its port means, else any. */
export function candidateJobs(jobs: readonly LinkableJob[], profile: Profile): CandidatesOf {
  const serving = jobs.filter((job) => job.role === "serving");
  const portOf = portDerivation(profile);
  const byJobId = groupBy(serving, ({ jobId }) => (jobId === null ? null : idInNames(jobId)));
  const isOneFamily = profile.jobs.filter(({ role }) => role === "serving").length === 1;
  const families: Families = isOneFamily ? ONE_FAMILY : familiesOf(profile, byJobId);
  let byPort: ReadonlyMap<string | null, readonly LinkableJob[]> | undefined;
  return (draft) => {
    if (draft.jobId !== null) return { jobs: byJobId.get(idInNames(draft.jobId)) ?? [], by: "job-id", ...families };
    if (draft.port === null) return { jobs: serving, by: "time", ...families };
    // Where the log has job ids nobody asks for ports.
    byPort ??= groupBy(serving, (job) => (job.jobId === null ? null : portOf(job.jobId)));
    return { jobs: byPort.get(draft.port) ?? [], by: "alias", ...families };
  };
}

const ONE_FAMILY: Families = { familyOf: () => 0, ownFamily: (jobs) => (jobs.length === 0 ? undefined : 0) };

function familiesOf(profile: Profile, byJobId: ReadonlyMap<string | null, readonly LinkableJob[]>): Families {
  const naming = jobNaming(profile);
  const familyOf = ({ name }: LinkableJob) => naming(name).family;
  /** By family: with how many ids there are Jobs of it, and with how many of these one of a family that is named before it. */
  const counts = new Map<number, { ids: number; withEarlier: number }>();
  for (const [id, jobs] of byJobId) {
    if (id === null) continue;
    const own = new Set(jobs.map(familyOf));
    const first = smallest([...own]);
    for (const family of own) {
      const { ids, withEarlier } = counts.get(family) ?? { ids: 0, withEarlier: 0 };
      counts.set(family, { ids: ids + 1, withEarlier: withEarlier + (family === first ? 0 : 1) });
    }
  }
  return {
    familyOf,
    ownFamily: (jobs) => {
      if (jobs.length === 0) return undefined;
      const first = smallest(jobs.map(familyOf));
      const { ids = 0, withEarlier = 0 } = counts.get(first) ?? {};
      return 2 * withEarlier > ids ? undefined : first;
    },
  };
}
