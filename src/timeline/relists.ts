import type { JobObservation } from "../model/event.js";
import { groupBy } from "../model/group-by.js";
import { inOrder } from "../model/in-order.js";
import type { Evidence, SourceSummary } from "../model/source.js";
import type { EpochMs } from "../model/time.js";
import { toClusterTime } from "../model/timeline.js";
import type { ClockTable } from "./stamped-moments.js";

/** A watch that goes on within this time [ms] brackets what it missed as finely as a stamp of a whole second does: no gap. */
const SHORT_MS = 1000;

/** A Job that went while its watch was interrupted. */
export interface GoneInGap {
  /** Last moment that the watch told of before the gap, and first one after it. */
  readonly lo: EpochMs;
  readonly hi: EpochMs;
  readonly evidence: Evidence;
}

/**
 * A watch that the server closed and that was started again into the same file begins with all objects that are there, as ADDED. What was
 * open before and is not among them went in the gap: no row ever says so. A new list is recognised by a Job that is ADDED once more with at least the
 * resourceVersion it had; the same rows twice in a file (an older number again) are no new list. Captures of postrun's own say themselves
 * what they missed, and since when.
 */
export function goneInGaps(
  jobRows: readonly JobObservation[],
  clocks: ClockTable,
  sources: readonly SourceSummary[],
): ReadonlyMap<string, GoneInGap> {
  const typed = jobRows.filter(({ change }) => change === "ADDED" || change === "MODIFIED" || change === "DELETED");
  const gone = new Map<string, GoneInGap>();
  for (const [source, rows] of groupBy(typed, (row) => row.evidence.source)) {
    if (sources[source]?.format === "postrun-capture") continue;
    const inFile = inOrder(rows, (a, b) => a.evidence.line - b.evidence.line);
    for (const [uid, gap] of gapsOf(inFile, clocks)) gone.set(uid, gap);
  }
  // Another source, or a later row, that still shows it, knows better.
  for (const row of gone.size === 0 ? [] : typed) {
    const gap = gone.get(row.job.uid);
    if (gap !== undefined && timeOf(row, clocks) > gap.hi) gone.delete(row.job.uid);
  }
  for (let index = 0; index < typed.length; index += 1) {
    const row = typed[index] as JobObservation;
    const heldUp = heldUpDeletion(row, clocks);
    if (heldUp !== undefined) gone.set(row.job.uid, heldUp);
  }
  return gone;
}

/** The stretch in which a deletion happened whose row came late. */
function heldUpDeletion({ change, received, delayedSince, evidence }: JobObservation, clocks: ClockTable): GoneInGap | undefined {
  if (change !== "DELETED" || received === undefined || delayedSince === undefined) return undefined;
  const [lo, hi] = [delayedSince, received].map(({ clock, at }) => toClusterTime(clocks.get(clock), at));
  return typeof lo !== "number" || typeof hi !== "number" || hi - lo <= SHORT_MS ? undefined : { lo, hi, evidence };
}

function gapsOf(rows: readonly JobObservation[], clocks: ClockTable): Map<string, GoneInGap> {
  const gone = new Map<string, GoneInGap>();
  const open = new Map<string, number>();
  let latest = Number.NEGATIVE_INFINITY;
  let listed: Set<string> | null = null;
  let listBegan: JobObservation | undefined;
  const endList = (after: number) => {
    if (listed === null || listBegan === undefined) return;
    const missing = [...open.keys()].filter((uid) => listed?.has(uid) === false);
    const hi = firstTimeAfter(rows, after, latest, clocks, listBegan);
    for (const uid of missing) {
      gone.set(uid, { lo: latest, hi, evidence: listBegan.evidence });
      open.delete(uid);
    }
    listed = null;
  };
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] as JobObservation;
    const { uid, resourceVersion = 0 } = row.job;
    const known = open.get(uid);
    const again = row.change === "ADDED" && known !== undefined && resourceVersion >= known;
    if (listed === null && again) {
      listed = new Set();
      listBegan = row;
    } else if (listed !== null && row.change !== "ADDED") endList(index);
    if (listed !== null) listed.add(uid);
    else latest = Math.max(latest, timeOf(row, clocks));
    if (row.change === "DELETED") open.delete(uid);
    else open.set(uid, Math.max(known ?? 0, resourceVersion));
  }
  endList(rows.length);
  return gone;
}

/** When the new list was made at the latest: its arrival, or the first moment after the gap that some later row tells of. */
function firstTimeAfter(rows: readonly JobObservation[], from: number, latest: EpochMs, clocks: ClockTable, list: JobObservation): EpochMs {
  if (list.received !== undefined) return timeOf(list, clocks);
  for (let index = from; index < rows.length; index += 1) {
    const at = timeOf(rows[index] as JobObservation, clocks);
    // Stamps are cut to the second.
    if (at > latest) return at + 1000;
  }
  return Number.POSITIVE_INFINITY;
}

/** The latest moment that a row tells of: its arrival, or the newest stamp in the object. */
function timeOf({ received, job }: JobObservation, clocks: ClockTable): EpochMs {
  const arrived = received === undefined ? null : toClusterTime(clocks.get(received.clock), received.at);
  return arrived ?? Math.max(job.createdAt, job.startTime ?? 0, job.completedAt ?? 0, job.failedAt ?? 0);
}
