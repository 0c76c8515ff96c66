/** What requests and the Jobs that they led to say of a runner's clock. */
import type { Clock } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { DurationMs } from "../../model/time.js";
import { type OffsetBound, thinned } from "../clocks/offset-bound.js";
import { boundsOfNamed, boundsOfRequests, type PossiblePair } from "../clocks/possible-pairs.js";
import type { CreationWindow } from "../investigations/creation-windows.js";
import type { Draft } from "../investigations/draft.js";
import type { CandidatesOf, LinkableJob } from "./candidate-jobs.js";

/** Without job ids every request is held against many Jobs; so many bounds show the offset as well as all of them would. */
const ENOUGH_BOUNDS = 100_000;

/** But at least so many requests are asked: only one bound of each is true. */
const FEWEST_REQUESTS = 30;

/** Where offsets explain less than this of requests or Jobs without ids, any offset may be the true one. */
const LEAST_EXPLAINED = 0.5;

/** What requests say of a runner's clock. */
export interface RequestBounds {
  readonly bounds: readonly OffsetBound[];
  /** The collector's clock by which all the creations that they are held against were stamped. */
  readonly through: Clock | undefined;
  /** All these Jobs were made by a schedule, so a request that seems to lead to one only stands near its creation. */
  readonly bySchedule: boolean;
}

/**
 * The request leaves before the Job is created and the answer comes after: what that says of the runner's clock. Job ids prove which Job it
 * was; only where the log has none are all Jobs of the same slot, or all Jobs, held against each request, of which one pair at most is true.
 */
export function offsetBounds(windows: readonly CreationWindow[], candidates: CandidatesOf): RequestBounds {
  const byProof = groupBy(windows, ({ draft }) => candidates(draft).by);
  for (const proof of ["job-id", "alias", "time"] as const) {
    const proven = byProof.get(proof) ?? [];
    const count = proven.reduce((sum, { draft }) => sum + candidates(draft).jobs.length, 0);
    const asked = thinned(proven, Math.max(FEWEST_REQUESTS, Math.floor((proven.length * ENOUGH_BOUNDS) / Math.max(1, count))));
    const sharing = proof === "job-id" ? groupBy(proven, ({ draft }) => draft.jobId) : undefined;
    const found = asked.flatMap(({ draft, from, to }) => {
      const { source, line } = from.evidence;
      const lines = { source, from: line, to: source === to.evidence.source ? to.evidence.line : line };
      // When the others were created is not known: they bound nothing.
      const { jobs, familyOf, ownFamily } = candidates(draft);
      const known = jobs.filter((job) => Number.isFinite(job.created.lo));
      // Of several that one id names the one that the profile names first was asked for; the others may have been made at any time after.
      const family = proof === "job-id" ? ownFamily(jobs) : undefined;
      const ofFamily = proof === "job-id" ? known.filter((job) => familyOf(job) === family) : known;
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
    if (found.length === 0) continue;
    const askedFor = found.filter(({ job }) => job.bySchedule !== true);
    const bySchedule = askedFor.length === 0;
    const { pairs, through } = throughOneCollector(bySchedule ? found : askedFor);
    // Of one slot few are wrong, and seldom in the same way: they may show that the clock was set, or how far it drifts.
    const ofPorts = () => (proof === "alias" ? (boundsOfRequests(pairs, 1) ?? pairs) : (boundsOfRequests(pairs, LEAST_EXPLAINED) ?? []));
    return { bounds: proof === "job-id" ? boundsOfNamed(pairs) : ofPorts(), through, bySchedule };
  }
  return { bounds: [], through: undefined, bySchedule: false };
}

/** Where one collector's clock has stamped all creations, what it is off is for it to say; else it is in the bounds. */
function throughOneCollector<P extends PossiblePair<Draft, LinkableJob>>(
  pairs: readonly P[],
): { readonly pairs: readonly P[]; readonly through: Clock | undefined } {
  const [through, ...others] = new Set(pairs.map(({ job }) => job.created.stampedBy));
  if (others.length === 0) return { pairs, through };
  const widened = pairs.map((pair) => {
    const offMs = pair.job.created.stampedBy?.uncertaintyMs ?? 0;
    return offMs === 0 ? pair : { ...pair, lo: pair.lo - offMs, hi: pair.hi + offMs };
  });
  return { pairs: widened, through: undefined };
}

/** Of several Jobs that one investigation may have led to one after another, in this time, the first was there when its request was answered; the others need not have been. */
function firstMade(jobs: readonly LinkableJob[], longestMs: DurationMs): readonly LinkableJob[] {
  const isBefore = (other: LinkableJob, job: LinkableJob) => {
    const waitMs = job.created.lo - other.created.hi;
    return waitMs > 0 && waitMs < longestMs;
  };
  return jobs.length < 2 ? jobs : jobs.filter((job) => !jobs.some((other) => isBefore(other, job)));
}
