/**
 * Complete lists of Jobs, and what they tell of a Job that no watch of Jobs has shown. Its whole life fell where none was up, and only its Pods or Events tell
 * of it: it was gone by the first list after it.
 */

import { toClusterTime } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { JobObservation } from "../../model/event.js";
import type { Evidence } from "../../model/source.js";
import type { EpochMs } from "../../model/time.js";
import type { Moment } from "../../model/timeline.js";
import type { JobHistory } from "./cluster-history.js";
import { lastSignOfLife } from "./moments.js";
import { blindFor, type GapContext, type GoneInGap, keysIn, SHORT_MS, watchedAs, watchedJobs } from "./relists.js";
import { watchSegments } from "./watch-segments.js";

/** A complete list of Jobs, behind which a watch stayed up. */
export interface JobList {
  readonly evidence: Evidence;
  /** It was complete by then. */
  readonly listedBy: EpochMs;
  /** Nothing of its Jobs was missed at least until then, which is later. */
  readonly upUntil: EpochMs;
  /** Whether a Job of this namespace, and of this namespace and role, would be in it. */
  readonly covers: (namespace: string, key: string) => boolean;
}

/** Every list of Jobs of which it is known when it was made, and which Jobs it is of. */
export function jobLists(jobRows: readonly JobObservation[], context: GapContext): readonly JobList[] {
  return [...toldLists(jobRows, context), ...shownLists(jobRows, context)].filter(({ listedBy, upUntil }) => listedBy < upUntil);
}

/** Those that a capture of postrun's own tells of, also where nothing stood in them. With a selector they are of Jobs of the roles alone that it shows. */
function toldLists(jobRows: readonly JobObservation[], { clocks, sources, naming }: GapContext): JobList[] {
  return sources.flatMap(({ jobWatches = [], clock: id, lostLine }, source) => {
    const clock = id === null ? undefined : clocks.get(id);
    // A row that could not be read may be one of a list.
    if (jobWatches.length === 0 || lostLine !== undefined) return [];
    const own = jobWatches.some(({ selected }) => selected) ? jobRows.filter(({ evidence }) => evidence.source === source) : [];
    const keys = new Set(own.map(({ job }) => watchedAs(job, naming)));
    return jobWatches.flatMap(({ namespace: listed, from, to, line, selected }) => {
      const [listedAt, upAt] = [toClusterTime(clock, from), toClusterTime(clock, to)];
      if (listedAt === null || upAt === null) return [];
      const uncertaintyMs = clock?.uncertaintyMs ?? 0;
      const covers = (namespace: string, key: string) => (listed === "" || listed === namespace) && (!selected || keys.has(key));
      return [{ evidence: { source, line }, listedBy: listedAt + uncertaintyMs, upUntil: upAt - uncertaintyMs, covers }];
    });
  });
}

/** Those with which other watches began, where they can be seen. */
function shownLists(jobRows: readonly JobObservation[], context: GapContext): JobList[] {
  const segments = watchSegments(jobRows, context, 1);
  const jobs = watchedJobs(segments, context);
  return segments.flatMap((segment) => {
    const { source, evidence, listedBy, upUntil, tellsAbsence, showsList } = segment;
    if (!tellsAbsence || !showsList || context.sources[source]?.selfDescribing) return [];
    const keys = keysIn(segment, context);
    const blind = blindFor(segment, keys, jobs);
    return [{ evidence, listedBy, upUntil, covers: (_: string, key: string) => keys.has(key) && !blind.has(key) }];
  });
}

/** A Job of which no source shows the object. */
export interface UnseenJob {
  readonly history: JobHistory;
  readonly created: Moment;
}

/**
 * Finds between which moments such a Job went: from its last sign of life to the first list made after that. A list behind which another such Job was created
 * although the watch was up is not of Jobs like it.
 */
export function absenceFinder(
  unseen: readonly UnseenJob[],
  lists: readonly JobList[],
  context: Pick<GapContext, "clocks" | "versions" | "naming">,
): (job: UnseenJob) => GoneInGap | undefined {
  const byKey = groupBy(unseen, ({ history }) => watchedAs(history, context.naming));
  const listsOf = new Map([...byKey].map(([key, alike]) => [key, lists.filter((list) => isOf(list, key, alike))]));
  return ({ history, created }) => {
    const lo = lastSignOfLife(history, undefined, context);
    const since = Math.max(lo, created.hi);
    const after = (listsOf.get(watchedAs(history, context.naming)) ?? []).filter(({ listedBy }) => listedBy >= since);
    const [first] = after.sort((a, b) => a.listedBy - b.listedBy);
    return first === undefined ? undefined : { lo, hi: first.listedBy, evidence: first.evidence };
  };
}

function isOf({ covers, listedBy, upUntil }: JobList, key: string, alike: readonly UnseenJob[]): boolean {
  const [first] = alike;
  if (first === undefined || !covers(first.history.namespace, key)) return false;
  return !alike.some(({ created }) => created.lo > listedBy + SHORT_MS && created.hi + SHORT_MS < upUntil);
}
