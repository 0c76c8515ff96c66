import { groupBy } from "../model/group-by.js";
import type { Profile } from "../model/profile.js";
import type { JobRole } from "../model/report.js";
import { smallest } from "../model/statistics.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { type Clock, type Moment, toClusterTime } from "../model/timeline.js";
import { type Draft, portDerivation } from "./correlate.js";
import { createdBetween } from "./created-between.js";
import type { CreationWindow } from "./creation-windows.js";
import { jobNaming } from "./job-naming.js";
import { type OffsetBound, thinned } from "./offset-bound.js";
import { boundsOfRequests } from "./possible-pairs.js";

/** What linking needs to know of a Job. */
export interface LinkableJob {
  readonly uid: string;
  readonly name: string;
  readonly role: JobRole;
  readonly jobId: string | null;
  readonly created: Moment;
}

export interface Link {
  readonly jobUid: string;
  readonly by: "job-id" | "alias" | "time";
  /** Jobs of other serving families with the same id, by uid. */
  readonly companions?: readonly string[];
}

/** A Job whose id proves it, or by a clock that no Job bounds, may fall this far outside the window that its request leaves. */
const LINK_SLACK_MS: DurationMs = 2000;

/** Without job ids every request is held against many Jobs; so many bounds show the offset as well as all of them would. */
const ENOUGH_BOUNDS = 100_000;

/** But at least so many requests are asked: only one bound of each is true. */
const FEWEST_REQUESTS = 30;

/** Where offsets explain less than this of requests or Jobs without ids, any offset may be the true one. */
const LEAST_EXPLAINED = 0.5;

/**
 * The request leaves before the Job is created and the answer comes after: what that says of the runner's clock. Job ids prove which Job it
 * was; only where the log has none are all Jobs of the same slot, or all Jobs, held against each request, of which one pair at most is true.
 */
export function offsetBounds(windows: readonly CreationWindow[], candidates: ReturnType<typeof candidateJobs>): OffsetBound[] {
  const byProof = groupBy(windows, ({ draft }) => candidates(draft).by);
  for (const proof of ["job-id", "alias", "time"] as const) {
    const proven = byProof.get(proof) ?? [];
    const count = proven.reduce((sum, { draft }) => sum + candidates(draft).jobs.length, 0);
    const asked = thinned(proven, Math.max(FEWEST_REQUESTS, Math.floor((proven.length * ENOUGH_BOUNDS) / Math.max(1, count))));
    const pairs = asked.flatMap(({ draft, from, to }) => {
      const { source, line } = from.evidence;
      const lines = { source, from: line, to: source === to.evidence.source ? to.evidence.line : line };
      // When the others were created is not known: they bound nothing.
      const { jobs, familyOf } = candidates(draft);
      const known = jobs.filter((job) => Number.isFinite(job.created.lo));
      // Of several that one id names the one that the profile names first was asked for; the others may have been made at any time after.
      const family = proof === "job-id" ? smallest(known.map(familyOf)) : undefined;
      const created = family === undefined ? known : known.filter((job) => familyOf(job) === family);
      return created.map((job) => ({
        at: from.at,
        lines,
        lo: from.at - job.created.hi,
        hi: to.at + to.resolutionMs - job.created.lo,
        request: draft,
        job,
      }));
    });
    if (pairs.length === 0) continue;
    if (proof === "job-id") return pairs.map(({ at, lines, lo, hi }) => ({ at, lines, lo, hi }));
    // Of one slot few are wrong, and seldom in the same way: they may show that the clock was set, or how far it drifts.
    return proof === "alias" ? (boundsOfRequests(pairs, 1) ?? pairs) : (boundsOfRequests(pairs, LEAST_EXPLAINED) ?? []);
  }
  return [];
}

/** Serving Jobs that could be a draft's. `familyOf`: which family of the profile one is of. */
export interface Candidates {
  readonly jobs: readonly LinkableJob[];
  readonly by: Link["by"];
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

/** The run of one log, as far as its investigations are given their Jobs. */
export interface LinkableRun {
  readonly drafts: readonly Draft[];
  readonly windows: readonly CreationWindow[];
  readonly clock: Clock | undefined;
}

/**
 * Gives each investigation its Job, run by run. With a clock, a candidate must have been created inside the window of the request; without one, only a
 * job id decides, for it is proof. A slot or a moment is proof only if a single Job fits the request and the Job fits no other. A Job serves one investigation.
 */
export function linkJobs(runs: readonly LinkableRun[], candidates: ReturnType<typeof candidateJobs>): Map<Draft, Link>[] {
  const finders = new Map<readonly LinkableJob[], Finder>();
  const finderOf = (jobs: readonly LinkableJob[]) => {
    const finder = finders.get(jobs) ?? createdBetween(jobs);
    finders.set(jobs, finder);
    return finder;
  };
  const taken = new Set<string>();
  const ofRuns = runs.map(({ drafts, windows, clock }) => {
    const windowOf = new Map(windows.map((window) => [window.draft, window]));
    const byProof = groupBy(drafts, (draft) => candidates(draft).by);
    const links = new Map<Draft, Link>();
    const untaken = (by: Link["by"]) =>
      (byProof.get(by) ?? []).map((draft) => {
        const window = windowOf.get(draft);
        return { draft, window, links, fitting: () => insideWindow(candidates(draft), window, draft, clock, finderOf).filter(isFree) };
      });
    return { links, untaken };
  });
  for (const { untaken } of ofRuns) {
    for (const { draft, links, fitting } of untaken("job-id")) {
      const link = linkById(fitting(), candidates(draft));
      if (link === undefined) continue;
      links.set(draft, link);
      for (const uid of [link.jobUid, ...(link.companions ?? [])]) taken.add(uid);
    }
  }
  for (const by of ["alias", "time"] as const) {
    const asking = ofRuns.flatMap(({ untaken }) => untaken(by)).map((one) => ({ ...one, likely: likeliest(one.fitting()) }));
    const fits = groupBy(
      asking.flatMap(({ likely }) => likely),
      ({ uid }) => uid,
    );
    for (const { draft, window, links, likely } of asking) {
      const [only, ...others] = likely;
      if (only === undefined || others.length > 0 || (fits.get(only.uid)?.length ?? 0) > 1) continue;
      // Which answer was this one's is a guess then.
      if (by === "time" && window?.to.uncertain === true) continue;
      links.set(draft, { jobUid: only.uid, by });
      taken.add(only.uid);
    }
  }
  return ofRuns.map(({ links }) => links);

  function isFree({ uid }: LinkableJob): boolean {
    return !taken.has(uid);
  }
}

/** The nearest Job of the family that the profile names first, and of each other name that Job which was created nearest to it. */
function linkById(fitting: readonly LinkableJob[], { familyOf }: Candidates): Link | undefined {
  const [nearest] = fitting;
  if (nearest === undefined) return undefined;
  const family = smallest(fitting.map(familyOf));
  const serving = fitting.find((job) => familyOf(job) === family) ?? nearest;
  const apart = ({ created }: LinkableJob) => Math.abs(created.at - serving.created.at);
  const ofOthers = groupBy(
    fitting.filter((job) => familyOf(job) !== family),
    ({ name }) => name,
  );
  const companions = [...ofOthers.values()].map((jobs) => jobs.reduce((best, job) => (apart(job) < apart(best) ? job : best)).uid);
  return { jobUid: serving.uid, by: "job-id", ...(companions.length === 0 ? {} : { companions }) };
}

/** One that may have been created at any time fits nearly always: it does not stand against one that was created just then. */
function likeliest(fitting: readonly LinkableJob[]): readonly LinkableJob[] {
  const known = fitting.filter((job) => Number.isFinite(job.created.lo));
  return known.length > 0 ? known : fitting;
}

type Finder = ReturnType<typeof createdBetween<LinkableJob>>;

function insideWindow(
  { jobs, by }: Candidates,
  window: CreationWindow | undefined,
  draft: Draft,
  clock: Clock | undefined,
  finderOf: (jobs: readonly LinkableJob[]) => Finder,
): readonly LinkableJob[] {
  const [from, to] = windowInClusterTime(window, draft, clock);
  if (from === null || to === null) return draft.jobId === null ? [] : jobs;
  const slack = slackOf(clock, by);
  if (slack === null) return [];
  const fitting = finderOf(jobs)(from - slack, to + slack);
  // Where nothing but the time decides, nearest is not good enough.
  return by !== "job-id" ? fitting : fitting.sort((a, b) => distance(a, from, to) - distance(b, from, to));
}

/** How far outside of its window a Job may seem to lie: nothing but the clock's uncertainty, where the Jobs themselves tell that. Null where it is not known. */
function slackOf(clock: Clock | undefined, by: Link["by"]): DurationMs | null {
  const { uncertaintyMs = null, method } = clock ?? {};
  if (by === "job-id") return LINK_SLACK_MS + (uncertaintyMs ?? 0);
  if (uncertaintyMs === null) return null;
  return method === "bounds" ? uncertaintyMs : LINK_SLACK_MS + uncertaintyMs;
}

function windowInClusterTime(
  window: CreationWindow | undefined,
  draft: Draft,
  clock: Clock | undefined,
): readonly [EpochMs | null, EpochMs | null] {
  if (window !== undefined) return [toClusterTime(clock, window.from.at), toClusterTime(clock, window.to.at + window.to.resolutionMs)];
  const first = draft.points[0];
  // The beginning of the investigation is not in the log: its Job was created before the first line that names it.
  if (first === undefined || draft.jobId === null) return [null, null];
  const to = toClusterTime(clock, first.at);
  return [to === null ? null : Number.NEGATIVE_INFINITY, to];
}

function distance(job: LinkableJob, from: EpochMs, to: EpochMs): DurationMs {
  if (job.created.at < from) return from - job.created.at;
  return job.created.at > to ? job.created.at - to : 0;
}
