import { toClusterTime } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import { inOrder } from "../../model/collections/in-order.js";
import type { JobObservation } from "../../model/event.js";
import type { Evidence, SourceSummary } from "../../model/source.js";
import { type EpochMs, isCollectorClock } from "../../model/time.js";
import { isTypedRow, type SourceReach } from "./coverage.js";
import { type ListableRow, laterLists } from "./later-lists.js";
import { newestStamp } from "./printed-stamps.js";
import type { ResourceVersions } from "./resource-versions.js";
import { type ClockTable, cutOff, WATCH_LATENCY_MS } from "./stamped-moments.js";

/** A stretch in which a watch of Jobs was up. It begins with a list: all that are there, as ADDED. */
export interface WatchSegment {
  /** Index of its source. */
  readonly source: number;
  /** Its first row. */
  readonly evidence: Evidence;
  /** The list was made by then; infinite where nothing tells. */
  readonly listedBy: EpochMs;
  /** The watch was up at least until then. */
  readonly upUntil: EpochMs;
  /** By uid, the last row of each Job in it; the one that tells of its deletion, where there is one. */
  readonly shown: ReadonlyMap<string, JobObservation>;
  /** resourceVersion of the first row behind the list. */
  readonly firstChange: number | undefined;
  /** A Job that it does not show was not there when it began: it has a list, and no row of it was lost. */
  readonly tellsAbsence: boolean;
  /** Its list can be seen. Without one the list was empty, or the watch began without. */
  readonly showsList: boolean;
}

/** What dates the rows of watches. */
export interface WatchContext {
  readonly clocks: ClockTable;
  readonly sources: readonly SourceSummary[];
  readonly reach: SourceReach;
  readonly versions: ResourceVersions;
}

/** Rows of one segment; `listFrom`: where its list may begin, which is before its first row if one of the rows before it may belong to either; `ownTo`: where that of the next may. */
interface Stretch {
  readonly source: number;
  readonly rows: readonly JobObservation[];
  readonly from: number;
  readonly to: number;
  readonly listFrom: number;
  readonly ownTo: number;
}

/** Every stretch in which a watch of Jobs was up; none where there are fewer than `least`. */
export function watchSegments(jobRows: readonly JobObservation[], context: WatchContext, least: number): readonly WatchSegment[] {
  const stretches: Stretch[] = [];
  for (const [source, rows] of groupBy(jobRows.filter(isTypedRow), (row) => row.evidence.source)) {
    const inFile = inOrder(rows, (a, b) => a.evidence.line - b.evidence.line);
    const lists = context.sources[source]?.selfDescribing ? [] : laterLists(inFile.map(asListable));
    const starts = [{ from: 0, listFrom: 0 }, ...lists];
    starts.forEach((start, index) => {
      const { from: to, listFrom: ownTo } = starts[index + 1] ?? { from: inFile.length, listFrom: inFile.length };
      stretches.push({ source, rows: inFile, ...start, to, ownTo });
    });
  }
  return stretches.length < least ? [] : stretches.map((stretch) => segmentOf(stretch, context));
}

function asListable({ change, job: { uid, resourceVersion, startTime } }: JobObservation): ListableRow {
  return { change, uid, resourceVersion, atWork: startTime !== undefined };
}

function segmentOf(stretch: Stretch, context: WatchContext): WatchSegment {
  const { source, rows, from, to, listFrom } = stretch;
  const shown = new Map<string, JobObservation>();
  const added = new Set<string>();
  const listEnd = endOfList(stretch);
  for (let index = listFrom; index < to; index += 1) {
    const row = rows[index] as JobObservation;
    const before = shown.get(row.job.uid);
    if (row.change === "ADDED") added.add(row.job.uid);
    if (before?.change !== "DELETED") shown.set(row.job.uid, row);
  }
  const first = rows[from] as JobObservation;
  const isWhole = (context.reach.lostLines.get(source) ?? 0) < first.evidence.line;
  return {
    source,
    evidence: first.evidence,
    listedBy: listedBy(stretch, listEnd, context),
    upUntil: upUntil(stretch, context),
    shown,
    firstChange: listEnd < to ? rows[listEnd]?.job.resourceVersion : undefined,
    // What was there before it is ADDED as well, unless it has no list.
    tellsAbsence: added.size === shown.size && isWhole,
    showsList: listEnd > from,
  };
}

/**
 * The first row behind the list: one that is not ADDED, or the creation of a Job, which has a higher number than all that was there and which nothing has
 * touched yet. One that was listed in the moments before the controller touched it looks the same, and dates the list as well.
 */
function endOfList({ rows, from, to }: Stretch): number {
  let end = from;
  while (end < to && rows[end]?.change === "ADDED") end += 1;
  const versionOf = (index: number) => rows[index]?.job.resourceVersion ?? 0;
  while (end > from && rows[end - 1]?.job.startTime === undefined && (end === to || versionOf(end - 1) < versionOf(end))) end -= 1;
  let highest = 0;
  for (let index = from; index < end; index += 1) highest = Math.max(highest, versionOf(index));
  while (end < to && rows[end]?.change === "ADDED" && versionOf(end) <= highest) end += 1;
  return end;
}

/** The list came before all that follows it: the first arrival, else the first write behind it that has a time. */
function listedBy({ source, rows, from, to }: Stretch, listEnd: number, { clocks, reach, versions }: WatchContext): EpochMs {
  let latest = from === 0 ? (reach.arrivalsFrom.get(source) ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  for (let index = from; index < to; index += 1) {
    const { received } = rows[index] as JobObservation;
    if (received === undefined) continue;
    const clock = clocks.get(received.clock);
    const arrived = toClusterTime(clock, received.at);
    if (arrived !== null) return Math.min(latest, arrived + cutOff(received) + (clock?.uncertaintyMs ?? 0));
  }
  const version = listEnd < to ? rows[listEnd]?.job.resourceVersion : undefined;
  if (version !== undefined) latest = Math.min(latest, versions.neighbourhood(version - 1).hi);
  return latest;
}

/** The latest moment that any row tells of that is its own for certain; where arrivals are stamped, the end of the source. */
function upUntil({ source, rows, from, to, ownTo }: Stretch, { clocks, sources, reach, versions }: WatchContext): EpochMs {
  let latest = Number.NEGATIVE_INFINITY;
  let version = Number.NEGATIVE_INFINITY;
  for (let index = from; index < ownTo; index += 1) {
    const row = rows[index] as JobObservation;
    latest = Math.max(latest, aliveAt(row, clocks));
    version = Math.max(version, row.job.resourceVersion ?? version);
  }
  if (Number.isFinite(version)) latest = Math.max(latest, versions.neighbourhood(version + 1).lo);
  const { clock } = sources[source] ?? { clock: null };
  if (to < rows.length || clock === null || !isCollectorClock(clock)) return latest;
  const end = reach.ends.get(source) ?? Number.NEGATIVE_INFINITY;
  return Math.max(latest, end - WATCH_LATENCY_MS - (clocks.get(clock)?.uncertaintyMs ?? 0));
}

/** What a row tells had happened by then at the latest: shortly before its arrival, or at the newest stamp in the object. */
export function aliveAt({ received, job }: JobObservation, clocks: ClockTable): EpochMs {
  const clock = received === undefined ? undefined : clocks.get(received.clock);
  const arrived = received === undefined ? null : toClusterTime(clock, received.at);
  if (arrived !== null) return arrived - WATCH_LATENCY_MS - (clock?.uncertaintyMs ?? 0);
  return newestStamp(job);
}
