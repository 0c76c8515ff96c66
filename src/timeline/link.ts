import { groupBy } from "../model/group-by.js";
import type { Profile } from "../model/profile.js";
import type { JobRole } from "../model/report.js";
import { compilePattern } from "../model/safe-pattern.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { type Clock, type Moment, type Point, toClusterTime } from "../model/timeline.js";
import { type Draft, portDerivation } from "./correlate.js";
import { createdBetween } from "./created-between.js";
import { changedPoint } from "./mark-point.js";
import { type OffsetBound, thinned } from "./offset-bound.js";

/** What linking needs to know of a Job. */
export interface LinkableJob {
  readonly uid: string;
  readonly role: JobRole;
  readonly jobId: string | null;
  readonly created: Moment;
}

export interface Link {
  readonly jobUid: string;
  readonly by: "job-id" | "alias" | "time";
}

/** A Job may fall this far outside the window that its request leaves: stamps of two clocks are compared. */
const LINK_SLACK_MS: DurationMs = 2000;

/** Without job ids every request is held against many Jobs; so many bounds show the offset as well as all of them would. */
const ENOUGH_BOUNDS = 100_000;

/** But at least so many requests are asked: only one bound of each is true. */
const FEWEST_REQUESTS = 30;

/** Names remembered at once: a watch goes on for days. */
const MOST_NAMES = 100_000;

/** Role and job id of a Job from its name, by the first family of the profile that fits. */
export function jobNaming(profile: Profile): (name: string) => { role: JobRole; jobId: string | null } {
  const families = profile.jobs.map((family) => ({
    role: family.role,
    pattern: compilePattern(namePattern(family.name, profile.jobId)),
  }));
  const read = (name: string): { role: JobRole; jobId: string | null } => {
    for (const { role, pattern } of families) {
      const groups = pattern.exec(name);
      if (groups !== null) return { role, jobId: groups.jobId ?? null };
    }
    return { role: "other", jobId: null };
  };
  // The same few names are asked for again and again.
  const known = new Map<string, ReturnType<typeof read>>();
  return (name) => {
    const found = known.get(name) ?? read(name);
    if (known.size >= MOST_NAMES) known.clear();
    known.set(name, found);
    return found;
  };
}

function namePattern(template: string, jobId: string): string {
  const parts = template.split(/(\{jobId\}|\*)/);
  const body = parts.map((part) => {
    if (part === "{jobId}") return `(?P<jobId>${jobId.replace(/\(\?P?<\w+>/g, "(?:")})`;
    if (part === "*") return ".*";
    return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return `^${body.join("")}$`;
}

/** The moments of the runner's log between which the Job of an investigation was created: request sent, response received. */
export interface CreationWindow {
  readonly draft: Draft;
  readonly from: Point;
  readonly to: Point;
}

/** The request is the first mark that `opens`; the answer the first mark after it that carries no failure. */
export function creationWindows(drafts: readonly Draft[], profile: Profile): CreationWindow[] {
  const opening = new Set(profile.patterns.filter((p) => p.opens).map((p) => p.id));
  const failing = new Set(profile.patterns.filter((p) => p.fails).map((p) => p.id));
  const windows: CreationWindow[] = [];
  for (const draft of drafts) {
    const start = draft.points.findIndex((point) => opening.has(point.mark));
    const from = draft.points[start];
    const to = draft.points[start + 1];
    if (from === undefined || to === undefined || failing.has(to.mark)) continue;
    const since = draft.originSince ?? from.at;
    windows.push({ draft, from: since < from.at ? changedPoint(from, { at: since }) : from, to });
  }
  return windows;
}

/**
 * The request leaves before the Job is created and the answer comes after: what that says of the runner's clock. Job ids prove which Job it
 * was; only where the log has none are all Jobs of the same slot, or all Jobs, held against each request (the true pairs agree, the others do not).
 */
export function offsetBounds(windows: readonly CreationWindow[], candidates: ReturnType<typeof candidateJobs>): OffsetBound[] {
  const byProof = groupBy(windows, ({ draft }) => candidates(draft).by);
  for (const proof of ["job-id", "alias", "time"] as const) {
    const proven = byProof.get(proof) ?? [];
    const pairs = proven.reduce((sum, { draft }) => sum + candidates(draft).jobs.length, 0);
    const asked = thinned(proven, Math.max(FEWEST_REQUESTS, Math.floor((proven.length * ENOUGH_BOUNDS) / Math.max(1, pairs))));
    const bounds = asked.flatMap(({ draft, from, to }) => {
      const { source, line } = from.evidence;
      const lines = { source, from: line, to: source === to.evidence.source ? to.evidence.line : line };
      // When the others were created is not known: they bound nothing.
      const created = candidates(draft).jobs.filter((job) => Number.isFinite(job.created.lo));
      return created.map((job) => ({
        at: from.at,
        lines,
        lo: from.at - job.created.hi,
        hi: to.at + to.resolutionMs - job.created.lo,
      }));
    });
    if (bounds.length > 0) return bounds;
  }
  return [];
}

/** Serving Jobs that could be a draft's: by its job id, else by the slot that its port means, else any. */
export function candidateJobs(
  jobs: readonly LinkableJob[],
  profile: Profile,
): (draft: Draft) => { jobs: readonly LinkableJob[]; by: Link["by"] } {
  const serving = jobs.filter((job) => job.role === "serving");
  const portOf = portDerivation(profile);
  const byJobId = groupBy(serving, (job) => job.jobId);
  let byPort: ReadonlyMap<string | null, readonly LinkableJob[]> | undefined;
  return (draft) => {
    if (draft.jobId !== null) return { jobs: byJobId.get(draft.jobId) ?? [], by: "job-id" };
    if (draft.port === null) return { jobs: serving, by: "time" };
    // Where the log has job ids nobody asks for ports.
    byPort ??= groupBy(serving, (job) => (job.jobId === null ? null : portOf(job.jobId)));
    return { jobs: byPort.get(draft.port) ?? [], by: "alias" };
  };
}

/**
 * Gives each investigation its Job. With a clock, a candidate must have been created inside the window of the request; without one, only a
 * job id decides. A Job serves one investigation; `taken` are those that serve one already.
 */
export function linkJobs(
  drafts: readonly Draft[],
  windows: readonly CreationWindow[],
  clock: Clock | undefined,
  candidates: ReturnType<typeof candidateJobs>,
  taken: Set<string> = new Set(),
): Map<Draft, Link> {
  const links = new Map<Draft, Link>();
  const windowOf = new Map(windows.map((window) => [window.draft, window]));
  const byProof = groupBy(drafts, (draft) => candidates(draft).by);
  const finders = new Map<readonly LinkableJob[], Finder>();
  const finderOf = (jobs: readonly LinkableJob[]) => {
    const finder = finders.get(jobs) ?? createdBetween(jobs);
    finders.set(jobs, finder);
    return finder;
  };
  for (const pass of ["job-id", "alias", "time"] as const) {
    for (const draft of byProof.get(pass) ?? []) {
      const { jobs, by } = candidates(draft);
      const fitting = insideWindow(jobs, windowOf.get(draft), draft, clock, finderOf).filter((job) => !taken.has(job.uid));
      // One that may have been created at any time fits nearly always: it does not stand against one that was created just then.
      const known = by === "job-id" ? [] : fitting.filter((job) => Number.isFinite(job.created.lo));
      const likely = known.length > 0 ? known : fitting;
      const [first] = likely;
      // An id is proof; a slot or a moment is proof only if a single Job fits.
      if (first === undefined || (likely.length > 1 && by !== "job-id")) continue;
      links.set(draft, { jobUid: first.uid, by });
      taken.add(first.uid);
    }
  }
  return links;
}

/**
 * When a Job was created of which the cluster's data show only the end: between the request and its answer, as far as the clocks are known. Undefined
 * where nothing places these.
 */
export function creationByRequest({ from, to }: CreationWindow, clock: Clock | undefined, { hi: latest }: Moment): Moment | undefined {
  const [sent, answered] = [toClusterTime(clock, from.at), toClusterTime(clock, to.at + to.resolutionMs)];
  if (sent === null || answered === null || clock?.uncertaintyMs === undefined || clock.uncertaintyMs === null) return undefined;
  const [lo, hi] = [sent - clock.uncertaintyMs, Math.min(answered + clock.uncertaintyMs, latest)];
  return lo > hi ? undefined : { at: (lo + hi) / 2, lo, hi, how: "request", bracket: false, evidence: from.evidence };
}

type Finder = ReturnType<typeof createdBetween<LinkableJob>>;

function insideWindow(
  jobs: readonly LinkableJob[],
  window: CreationWindow | undefined,
  draft: Draft,
  clock: Clock | undefined,
  finderOf: (jobs: readonly LinkableJob[]) => Finder,
): readonly LinkableJob[] {
  const [from, to] = windowInClusterTime(window, draft, clock);
  if (from === null || to === null) return draft.jobId === null ? [] : jobs;
  const slack = LINK_SLACK_MS + (clock?.uncertaintyMs ?? 0);
  const fitting = finderOf(jobs)(from - slack, to + slack);
  return fitting.sort((a, b) => distance(a, from, to) - distance(b, from, to));
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
