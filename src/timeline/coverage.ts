import type { JobObservation, TimelineEvent } from "../model/event.js";
import type { SourceSummary } from "../model/source.js";
import { type Bounds, type EpochMs, isCollectorClock } from "../model/time.js";
import { toClusterTime } from "../model/timeline.js";
import type { EventGroups } from "./event-groups.js";
import type { ClockTable } from "./stamped-moments.js";

/** A row of a watch that says what happened; without its type a deletion is one more copy of the object. */
export function isTypedRow({ change }: Pick<JobObservation, "change">): boolean {
  return change !== "listed" && change !== "unknown";
}

/** A row of a watch behind which none was lost: had the object gone after it, its source would show that. */
export function isFollowed(row: Pick<JobObservation, "change" | "evidence">, { lostLines }: Pick<SourceReach, "lostLines">): boolean {
  return isTypedRow(row) && row.evidence.line > (lostLines.get(row.evidence.source) ?? 0);
}

/** Whether the source of this row would have shown a deletion, or this row itself shows one that was asked for. */
function showsDeletions(event: TimelineEvent): boolean {
  if (event.type === "job") return isTypedRow(event) || (event.change === "unknown" && event.job.deletionTimestamp !== undefined);
  if (event.type === "pod") return isTypedRow(event) || (event.change === "unknown" && event.pod.deletionTimestamp !== undefined);
  return event.type === "api-request" || (event.type === "cluster-event" && event.reason === "Killing");
}

/** How far the sources go that show the end of each single Job; null where there is no such source. */
export interface SourceReach {
  readonly jobWatch: EpochMs | null;
  readonly audit: EpochMs | null;
  /** By source, for those that stamp arrivals: since when nothing could be created unseen, but for gaps that they tell of. */
  readonly arrivalsFrom: ReadonlyMap<number, EpochMs>;
  /** By source, for those with rows that could not be read: the line of the last of them. */
  readonly lostLines: ReadonlyMap<number, number>;
}

export interface Coverage {
  /** From the first to the last moment at which some source would have shown a deletion; null when none could. */
  readonly deletions: Bounds | null;
  readonly reach: SourceReach;
}

/** What stretch of the cluster's time the sources cover. */
export function coverageOf(events: EventGroups, sources: readonly SourceSummary[], clocks: ClockTable): Coverage {
  const kinds = new Map<number, Set<TimelineEvent["type"]>>();
  const { jobs, pods, requests, clusterEvents } = events;
  for (const ofType of [jobs, pods, requests, clusterEvents]) addKinds(kinds, ofType);
  const spans = [...kinds].flatMap(([index, types]) => {
    const span = spanInClusterTime(sources[index], clocks);
    return span === null ? [] : [{ ...span, types }];
  });
  const endOf = (type: TimelineEvent["type"]) => {
    const ends = spans.filter((span) => span.types.has(type)).map((span) => span.hi);
    return ends.length === 0 ? null : Math.max(...ends);
  };
  const deletions =
    spans.length === 0 ? null : { lo: Math.min(...spans.map((span) => span.lo)), hi: Math.max(...spans.map((span) => span.hi)) };
  const lostLines = new Map(sources.flatMap(({ lostLine }, index) => (lostLine === undefined ? [] : [[index, lostLine] as const])));
  const reach = { jobWatch: endOf("job"), audit: endOf("api-request"), arrivalsFrom: arrivalsFrom(sources, clocks), lostLines };
  return { deletions, reach };
}

/** Adds the type of the events to each source of which one would have shown a deletion. */
function addKinds(kinds: Map<number, Set<TimelineEvent["type"]>>, events: readonly TimelineEvent[]): void {
  let last: number | undefined;
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as TimelineEvent;
    const { source } = event.evidence;
    if (source === last || !showsDeletions(event)) continue;
    last = source;
    const ofSource = kinds.get(source);
    if (ofSource === undefined) kinds.set(source, new Set([event.type]));
    else ofSource.add(event.type);
  }
}

function arrivalsFrom(sources: readonly SourceSummary[], clocks: ClockTable): Map<number, EpochMs> {
  return new Map(
    sources.flatMap((source, index) => {
      if (source.clock === null || !isCollectorClock(source.clock)) return [];
      const span = spanInClusterTime(source, clocks);
      if (clocks.get(source.clock)?.method === "none") return [];
      // By as much as the clock is uncertain, the watch may have begun later.
      return span === null ? [] : [[index, span.lo + (clocks.get(source.clock)?.uncertaintyMs ?? 0)] as const];
    }),
  );
}

/** First and last moment of a source on the cluster's clock; null where it has none or its clock is not anchored. */
function spanInClusterTime(source: SourceSummary | undefined, clocks: ClockTable): Bounds | null {
  if (source === undefined || source.clock === null || source.from === null || source.to === null) return null;
  const clock = clocks.get(source.clock);
  const [lo, hi] = [toClusterTime(clock, source.from), toClusterTime(clock, source.to)];
  return lo === null || hi === null ? null : { lo, hi };
}
