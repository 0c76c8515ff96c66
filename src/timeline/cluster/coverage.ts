import { toClusterTime } from "../../model/clock.js";
import type { JobObservation, TimelineEvent } from "../../model/event.js";
import type { SourceSummary } from "../../model/source.js";
import { hull } from "../../model/statistics/bounds.js";
import { type Bounds, type DurationMs, type EpochMs, isCollectorClock } from "../../model/time.js";
import type { EventGroups } from "./event-groups.js";
import { lastPodLists } from "./missed-pods.js";
import { type ClockTable, cutOff } from "./stamped-moments.js";

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

/** How far the sources go that may show a single Job, on the cluster's clock. */
export interface SourceReach {
  /** By source, its last moment; without those whose clock nothing anchors. */
  readonly ends: ReadonlyMap<number, EpochMs>;
  /** From when to when the audit log goes; null where there is none. */
  readonly audit: Bounds | null;
  /** As far as other sources tell, the audit log has every request: a Job of which it has no deletion stayed. */
  readonly auditIsWhole: boolean;
  /** The audit log tells of creations too: a Job without one in it was there before. */
  readonly logsCreations: boolean;
  /** Namespaces in which it tells of creations without a name (`generateName` at the Metadata level): they may be those of Jobs without one. */
  readonly namelessCreationsIn: ReadonlySet<string>;
  /** By source, for those that stamp arrivals: since when nothing could be created unseen, but for gaps that they tell of. */
  readonly arrivalsFrom: ReadonlyMap<number, EpochMs>;
  /** By source, for those with rows that could not be read: the line of the last of them. */
  readonly lostLines: ReadonlyMap<number, number>;
  /** By source and namespace, for watches of Pods that began again in the same file: the line at which the last list may begin. */
  readonly podsListedFrom: ReadonlyMap<string, number>;
}

/** From when to when the sources tell of the cluster. */
export interface Coverage {
  /** From the first to the last moment at which some source would have shown a deletion; null when none could. */
  readonly deletions: Bounds | null;
  readonly reach: SourceReach;
  /** Sources that ended while another went on that keeps the same kinds of the same namespaces. */
  readonly continued: ReadonlySet<number>;
}

/** What stretch of the cluster's time the sources cover. */
export function coverageOf(events: EventGroups, sources: readonly SourceSummary[], clocks: ClockTable): Coverage {
  const kinds = new Map<number, Set<TimelineEvent["type"]>>();
  const kept = new Map<number, Map<string, Telling>>();
  const { jobs, pods, requests, clusterEvents } = events;
  for (const ofType of [jobs, pods, requests, clusterEvents]) {
    addKinds(kinds, ofType);
    addKept(kept, ofType);
  }
  const spans = new Map<number, Bounds>();
  sources.forEach((source, index) => {
    const span = spanInClusterTime(source, clocks);
    if (span !== null) spans.set(index, span);
  });
  const spansWith = (isMeant: (types: ReadonlySet<TimelineEvent["type"]>) => boolean) =>
    hull([...spans].flatMap(([index, span]) => (isMeant(kinds.get(index) ?? new Set()) ? [span] : [])));
  const lostLines = new Map(sources.flatMap(({ lostLine }, index) => (lostLine === undefined ? [] : [[index, lostLine] as const])));
  const ends = new Map([...spans].map(([index, { hi }]) => [index, hi] as const));
  const audit = spansWith((types) => types.has("api-request"));
  const creations = requests.filter(
    ({ resource, verb, subresource }) => resource === "jobs" && verb === "create" && subresource === undefined,
  );
  const reach = {
    ends,
    audit,
    auditIsWhole: true,
    logsCreations: creations.length > 0,
    namelessCreationsIn: new Set(creations.flatMap(({ name, namespace }) => (name === "" ? [namespace] : []))),
    arrivalsFrom: arrivalsFrom(sources, clocks, cutOffs(events)),
    lostLines,
    podsListedFrom: lastPodLists(pods, sources),
  };
  return { deletions: spansWith((types) => types.size > 0), reach, continued: continuedSources(kept, ends) };
}

/** Whether a Job of a namespace of which the audit log has no creation was there before that began. */
export function tellsCreations({ logsCreations, namelessCreationsIn }: SourceReach, namespace: string): boolean {
  return logsCreations && !namelessCreationsIn.has(namespace);
}

/**
 * How much a source tells of a kind of objects: the most that any of its rows does. A List tells what was there when it was taken, a watch without
 * types also what changed, one with types what was deleted. A source that tells less does not go on after one that tells more.
 */
const TELLING = { presence: 0, changes: 1, deletions: 2 } as const;
type Telling = (typeof TELLING)[keyof typeof TELLING];

function continuedSources(kept: ReadonlyMap<number, ReadonlyMap<string, Telling>>, ends: ReadonlyMap<number, EpochMs>): Set<number> {
  const continued = new Set<number>();
  for (const [index, own] of kept) {
    const end = ends.get(index);
    if (end === undefined) continue;
    const goesOnIn = (other: ReadonlyMap<string, Telling>) => [...own].every(([key, telling]) => (other.get(key) ?? -1) >= telling);
    if ([...kept].some(([other, keys]) => (ends.get(other) ?? end) > end && goesOnIn(keys))) continued.add(index);
  }
  return continued;
}

/** Adds the kind and namespace of the events to each source that tells of such. */
function addKept(kept: Map<number, Map<string, Telling>>, events: readonly TimelineEvent[]): void {
  let last: { readonly source: number; readonly namespace: string; readonly telling: Telling } | undefined;
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as TimelineEvent;
    const namespace = namespaceOf(event);
    const telling = tellingOf(event);
    const { source } = event.evidence;
    if (namespace === undefined || (last?.source === source && last.namespace === namespace && last.telling === telling)) continue;
    last = { source, namespace, telling };
    const key = `${event.type} ${namespace}`;
    const ofSource = kept.get(source) ?? new Map<string, Telling>();
    if (telling >= (ofSource.get(key) ?? TELLING.presence)) ofSource.set(key, telling);
    kept.set(source, ofSource);
  }
}

function tellingOf(event: TimelineEvent): Telling {
  if (event.type !== "job" && event.type !== "pod") return TELLING.deletions;
  if (event.change === "listed") return TELLING.presence;
  return event.change === "unknown" ? TELLING.changes : TELLING.deletions;
}

function namespaceOf(event: TimelineEvent): string | undefined {
  if (event.type === "job") return event.job.namespace;
  if (event.type === "pod") return event.pod.namespace;
  if (event.type === "cluster-event") return event.involved.namespace;
  // An audit log is of all namespaces, whether or not something happens in them in each of its rotated pieces.
  return event.type === "api-request" ? "" : undefined;
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

/** By source, by how much its first row may have arrived after its stamp. */
function cutOffs({ jobs, pods, clusterEvents }: EventGroups): ReadonlyMap<number, DurationMs> {
  const found = new Map<number, DurationMs>();
  for (const ofType of [jobs, pods, clusterEvents]) {
    for (let index = 0; index < ofType.length; index += 1) {
      const { received, evidence } = ofType[index] as (typeof ofType)[number];
      if (received !== undefined && !found.has(evidence.source)) found.set(evidence.source, cutOff(received));
    }
  }
  return found;
}

function arrivalsFrom(
  sources: readonly SourceSummary[],
  clocks: ClockTable,
  cutOffsMs: ReadonlyMap<number, DurationMs>,
): Map<number, EpochMs> {
  return new Map(
    sources.flatMap((source, index) => {
      if (source.clock === null || !isCollectorClock(source.clock)) return [];
      const span = spanInClusterTime(source, clocks);
      if (clocks.get(source.clock)?.method === "none") return [];
      // By as much as the clock is uncertain and its stamps are cut, the watch may have begun later.
      const laterMs = (clocks.get(source.clock)?.uncertaintyMs ?? 0) + (cutOffsMs.get(index) ?? 0);
      return span === null ? [] : [[index, span.lo + laterMs] as const];
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
