import { groupBy } from "../model/group-by.js";
import type { Profile } from "../model/profile.js";
import type { JobRole } from "../model/report.js";
import { largest, smallest } from "../model/statistics.js";
import { type Bounds, type DurationMs, ZONE_STEP_MS } from "../model/time.js";
import { type Clock, isTied, type Moment, toUtc } from "../model/timeline.js";
import { type Draft, portDerivation } from "./correlate.js";
import { createdBetween } from "./created-between.js";
import type { CreationSpans, CreationWindow } from "./creation-windows.js";
import { jobNaming } from "./job-naming.js";
import { type OffsetBound, thinned } from "./offset-bound.js";
import { boundsOfNamed, boundsOfRequests } from "./possible-pairs.js";

/** What linking needs to know of a Job. */
export interface LinkableJob {
  readonly uid: string;
  readonly name: string;
  readonly role: JobRole;
  readonly jobId: string | null;
  readonly created: Moment;
}

export interface Link {
  /** The Job that served it; undefined where nothing tells which of those with its id did. */
  readonly jobUid?: string;
  readonly by: "job-id" | "alias" | "time";
  /** Other serving Jobs with its id that were made for it, by uid: of other names, and of other tries. */
  readonly companions?: readonly string[];
  /** Serving Jobs with its id of which the clock leaves open whether they were made for it. */
  readonly possible?: readonly string[];
}

/** A Job whose id proves it, or by a clock that no Job bounds, may fall this far outside the window that its request leaves. */
const LINK_SLACK_MS: DurationMs = 2000;

/** A clock that is off by more than half of what lies between two zones reads as one of the other. */
const MOST_SKEW_MS: DurationMs = ZONE_STEP_MS / 2;

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
    const sharing = proof === "job-id" ? groupBy(proven, ({ draft }) => draft.jobId) : undefined;
    const pairs = asked.flatMap(({ draft, from, to }) => {
      const { source, line } = from.evidence;
      const lines = { source, from: line, to: source === to.evidence.source ? to.evidence.line : line };
      // When the others were created is not known: they bound nothing.
      const { jobs, familyOf } = candidates(draft);
      const known = jobs.filter((job) => Number.isFinite(job.created.lo));
      // Of several that one id names the one that the profile names first was asked for; the others may have been made at any time after.
      const family = proof === "job-id" ? smallest(known.map(familyOf)) : undefined;
      const ofFamily = family === undefined ? known : known.filter((job) => familyOf(job) === family);
      const isShared = (sharing?.get(draft.jobId)?.length ?? 0) !== 1;
      const created = isShared ? ofFamily : firstMade(ofFamily, (draft.points.at(-1) ?? to).at - from.at);
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
    if (proof === "job-id") return boundsOfNamed(pairs);
    // Of one slot few are wrong, and seldom in the same way: they may show that the clock was set, or how far it drifts.
    return proof === "alias" ? (boundsOfRequests(pairs, 1) ?? pairs) : (boundsOfRequests(pairs, LEAST_EXPLAINED) ?? []);
  }
  return [];
}

/** Of several Jobs that one investigation may have led to one after another, in this time, the first was there when its request was answered; the others need not have been. */
function firstMade(jobs: readonly LinkableJob[], longestMs: DurationMs): readonly LinkableJob[] {
  const isBefore = (other: LinkableJob, job: LinkableJob) => {
    const waitMs = job.created.lo - other.created.hi;
    return waitMs > 0 && waitMs < longestMs;
  };
  return jobs.length < 2 ? jobs : jobs.filter((job) => !jobs.some((other) => isBefore(other, job)));
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
 * Gives each investigation its Jobs, run by run. A job id is proof: those that were created for it by what its lines tell are its own, and the last one of a name is the one
 * that served. Without an id, a candidate must have been created inside the window of the request, and a slot or a moment is proof only if a single Job fits the request and
 * the Job fits no other. A Job serves one investigation.
 */
export function linkJobs(
  runs: readonly LinkableRun[],
  candidates: ReturnType<typeof candidateJobs>,
  spansOf: (draft: Draft) => CreationSpans | undefined,
): Map<Draft, Link>[] {
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
    const named = (byProof.get("job-id") ?? []).map((draft): Named => ({ draft, spans: inUtc(spansOf(draft), clock), clock }));
    const untaken = (by: Link["by"]) =>
      (byProof.get(by) ?? []).map((draft) => {
        const window = windowOf.get(draft);
        return { draft, window, links, fitting: () => insideWindow(candidates(draft), window, clock, finderOf).filter(isFree) };
      });
    return { links, named, untaken };
  });
  const ofId = groupBy(
    ofRuns.flatMap(({ named }) => named),
    ({ draft }) => draft.jobId,
  );
  for (const { named, links } of ofRuns) {
    for (const one of named) {
      const own = candidates(one.draft);
      const link = linkById(one, ofId.get(one.draft.jobId) ?? [one], own, finderOf(own.jobs), isFree);
      if (link === undefined) continue;
      links.set(one.draft, link);
      for (const uid of [link.jobUid ?? [], link.companions ?? []].flat()) taken.add(uid);
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

/** An investigation whose id the log tells. */
interface Named {
  readonly draft: Draft;
  /** Undefined where nothing places its lines. */
  readonly spans: CreationSpans | undefined;
  readonly clock: Clock | undefined;
}

function inUtc(spans: CreationSpans | undefined, clock: Clock | undefined): CreationSpans | undefined {
  if (spans === undefined || toUtc(clock, spans.within.hi) === null) return undefined;
  // What the clock does not place may have been at any time on that side.
  const at = (reading: number, open: number) => (Number.isFinite(reading) ? (toUtc(clock, reading) ?? open) : reading);
  const placed = ({ lo, hi }: Bounds) => ({ lo: at(lo, Number.NEGATIVE_INFINITY), hi: at(hi, Number.POSITIVE_INFINITY) });
  return { tries: spans.tries.map(placed), within: placed(spans.within) };
}

/** By a clock that is tied to the cluster's a moment of the log tells in which try a Job was made. */
function isPlaced({ clock, spans }: Named): boolean {
  return isTied(clock) && spans !== undefined;
}

/** Of several investigations with one id a Job is of the one whose tries it is nearest to, of the later one of two. */
function isNearest(job: LinkableJob, own: Named, rivals: readonly Named[]): boolean {
  const since = ({ spans }: Named) => spans?.within.lo ?? 0;
  return rivals.every((rival) => {
    const farther = triesApart(job, own) - triesApart(job, rival);
    return rival === own || farther < 0 || (farther === 0 && since(own) >= since(rival));
  });
}

function triesApart(job: LinkableJob, { spans }: Named): DurationMs {
  return spans === undefined ? 0 : smallest(spans.tries.map((bounds) => distance(job, bounds)));
}

/**
 * Serving Jobs with the id of an investigation (`rivals`: all that have it). Of the family that the profile names first the nearest to its first try; of its name the last that was made
 * in any, for no two of one name exist at once. Which of them served is open where one more of that name was made before its end without a try. Its own are all that were made
 * between its request and its end, and of each other name at least the nearest. Where the clock does not place them, the nearest of each name is taken, and the others may be its own.
 */
function linkById(
  named: Named,
  rivals: readonly Named[],
  { jobs, familyOf }: Candidates,
  finder: Finder,
  isFree: (job: LinkableJob) => boolean,
): Link | undefined {
  const { spans, clock } = named;
  const placed = rivals.every(isPlaced);
  const isOwn = (job: LinkableJob) => isFree(job) && (!placed || isNearest(job, named, rivals));
  const slack = slackOf(clock, "job-id") ?? 0;
  const inTry = spans === undefined ? jobs : [...new Set(spans.tries.flatMap(({ lo, hi }) => finder(lo - slack, hi + slack)))];
  const fitting = inTry.filter(isOwn);
  const [firstTry] = spans?.tries ?? [];
  if (firstTry !== undefined) fitting.sort((a, b) => distance(a, firstTry) - distance(b, firstTry));
  const [nearest] = fitting;
  if (nearest === undefined) return undefined;
  const family = smallest(fitting.map(familyOf));
  const first = fitting.find((job) => familyOf(job) === family) ?? nearest;
  const serving = placed ? lastMade(fitting.filter(({ name }) => name === first.name)) : first;
  const apart = ({ created }: LinkableJob) => Math.abs(created.at - serving.created.at);
  const ofOthers = groupBy(
    fitting.filter(({ name }) => name !== serving.name),
    ({ name }) => name,
  );
  const nearestOfOthers = [...ofOthers.values()].map((same) => same.reduce((best, job) => (apart(job) < apart(best) ? job : best)));
  const room = clock?.uncertaintyMs ?? 0;
  const inside = placed && spans !== undefined ? finder(spans.within.lo - room, spans.within.hi + room).filter(isOwn) : [];
  const madeAgain = inside.some(({ name, created }) => name === serving.name && created.at > serving.created.at);
  const companions = new Set([...nearestOfOthers, ...inside, serving].map(({ uid }) => uid));
  const since = spans === undefined ? Number.POSITIVE_INFINITY : spans.within.lo - slack;
  const possible = fitting.filter(({ uid, created }) => created.hi >= since && !companions.has(uid)).map(({ uid }) => uid);
  if (!madeAgain) companions.delete(serving.uid);
  return {
    by: "job-id",
    ...(madeAgain ? {} : { jobUid: serving.uid }),
    ...(companions.size === 0 ? {} : { companions: [...companions] }),
    ...(possible.length === 0 ? {} : { possible }),
  };
}

function lastMade(jobs: readonly LinkableJob[]): LinkableJob {
  const last = largest(jobs.map(({ created }) => created.at));
  return jobs.find(({ created }) => created.at === last) as LinkableJob;
}

/** One that may have been created at any time fits nearly always: it does not stand against one that was created just then. */
function likeliest(fitting: readonly LinkableJob[]): readonly LinkableJob[] {
  const known = fitting.filter((job) => Number.isFinite(job.created.lo));
  return known.length > 0 ? known : fitting;
}

type Finder = ReturnType<typeof createdBetween<LinkableJob>>;

/** Where nothing but the time decides, nearest is not good enough. */
function insideWindow(
  { jobs, by }: Candidates,
  window: CreationWindow | undefined,
  clock: Clock | undefined,
  finderOf: (jobs: readonly LinkableJob[]) => Finder,
): readonly LinkableJob[] {
  if (window === undefined) return [];
  const [from, to] = [toUtc(clock, window.from.at), toUtc(clock, window.to.at + window.to.resolutionMs)];
  const slack = slackOf(clock, by);
  return from === null || to === null || slack === null ? [] : finderOf(jobs)(from - slack, to + slack);
}

/**
 * How far outside of its window a Job may seem to lie: nothing but the clock's uncertainty, where the Jobs themselves tell that. By a clock that is not tied to the
 * cluster's, a job id finds its Job as far off as a clock can be in its zone, and null: without one nothing does.
 */
function slackOf(clock: Clock | undefined, by: Link["by"]): DurationMs | null {
  const { uncertaintyMs = null, method } = clock ?? {};
  if (uncertaintyMs === null || !isTied(clock)) return by === "job-id" ? MOST_SKEW_MS : null;
  if (by === "job-id") return LINK_SLACK_MS + uncertaintyMs;
  return method === "bounds" ? uncertaintyMs : LINK_SLACK_MS + uncertaintyMs;
}

function distance({ created }: LinkableJob, { lo, hi }: Bounds): DurationMs {
  if (created.at < lo) return lo - created.at;
  return created.at > hi ? created.at - hi : 0;
}
