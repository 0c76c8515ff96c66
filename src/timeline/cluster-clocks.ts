import { agreement } from "../model/bounds.js";
import type { ClusterEvent, HttpDate, JobObservation, PodObservation, TimelineEvent } from "../model/event.js";
import { groupBy } from "../model/group-by.js";
import { largest, smallest } from "../model/statistics.js";
import { type ClockId, type DurationMs, type EpochMs, type Instant, isCollectorClock } from "../model/time.js";
import type { Clock } from "../model/timeline.js";
import { clockFromBounds, referenceClock, unanchoredClock } from "./clocks.js";
import type { OffsetBound } from "./offset-bound.js";
import { estimateOffset } from "./offset-estimate.js";
import { WATCH_LATENCY_MS } from "./stamped-moments.js";

/** From the moment a kubelet stamps an Event until the API server creates it; a few milliseconds unless it is throttled. */
const EVENT_LATENCY_MS = 50;

/** Files of one machine, each seen through a pipe of its own, differ by less [ms]. */
const PIPE_LAG_MS = 250;
/** Rows of a list come one right after the other: after such a pause a row is of something that has just happened [ms]. */
const LIST_PAUSE_MS: DurationMs = 500;
/** So many bounds of a file must agree, and this share of them, for it to be held against another. */
const TELLING = { bounds: 3, share: 0.9 };

interface ClockBound {
  readonly clock: ClockId;
  readonly bound: OffsetBound;
  /** Whose row it comes from. */
  readonly source: number;
}

/** Files whose rows arrived by one clock as far as anyone said, and by several as far as they show. */
export interface MixedArrivals {
  readonly sources: readonly number[];
  /** How far apart their clocks are at least. */
  readonly apartMs: DurationMs;
}

/** A collector's clock, or the cluster's that it is held against, was set during the capture. */
export interface UnsteadyClock {
  /** Bounds for which the offset was widened. */
  readonly count: number;
  readonly uncertaintyMs: DurationMs;
}

export interface ClusterClocks {
  readonly clocks: Map<ClockId, Clock>;
  /** By such a clock no arrival can be placed: it has no offset. */
  readonly mixed: readonly MixedArrivals[];
  /** Collectors that no one offset holds for. */
  readonly unsteady: readonly UnsteadyClock[];
  /** Collectors of which nothing tells how far they are off: they place no arrival either. */
  readonly unbounded: readonly ClockId[];
}

/** Clocks that stamp cluster data: the cluster's own, each node's (Events of kubelets), and the collectors' (arrival of watch rows). */
export function clusterClocks(events: readonly TimelineEvent[]): ClusterClocks {
  const { bounds, stamps } = boundsOf(events);
  const clocks = new Map<ClockId, Clock>([["cluster", referenceClock]]);
  const mixed: MixedArrivals[] = [];
  const unsteady: UnsteadyClock[] = [];
  for (const [id, ofClock] of groupBy(bounds, (entry) => entry.clock)) {
    const found = isCollectorClock(id) ? mixedArrivals(ofClock) : undefined;
    if (found !== undefined) mixed.push(found);
    const measured = clockFromBounds(
      id,
      ofClock.map((entry) => entry.bound),
      "bounds",
    );
    clocks.set(id, found === undefined ? settled(measured) : unanchoredClock(id));
    if (found === undefined && isCollectorClock(id)) unsteady.push(...unsteadiness(measured, ofClock));
  }
  const unknown = [...stamps].filter((id) => !clocks.has(id));
  for (const id of unknown) clocks.set(id, unanchoredClock(id));
  return { clocks, mixed, unsteady, unbounded: unknown.filter(isCollectorClock) };
}

function unsteadiness({ anchors, uncertaintyMs }: Clock, bounds: readonly ClockBound[]): UnsteadyClock[] {
  if (anchors === bounds.length || uncertaintyMs === null) return [];
  const count =
    estimateOffset(
      bounds.map(({ bound }) => bound),
      true,
    )?.widenedFor ?? 0;
  return count === 0 ? [] : [{ count, uncertaintyMs }];
}

function mixedArrivals(bounds: readonly ClockBound[]): MixedArrivals | undefined {
  const agreed = [...groupBy(bounds, ({ source }) => source)].flatMap(([source, ofSource]) => {
    const found = agreement(ofSource.map(({ bound }) => bound));
    const tells = found !== undefined && found.agreeing >= Math.max(TELLING.bounds, found.total * TELLING.share);
    return tells ? [{ source, lo: found.lo, hi: found.hi }] : [];
  });
  const apartMs = largest(agreed.map(({ lo }) => lo)) - smallest(agreed.map(({ hi }) => hi));
  return apartMs > PIPE_LAG_MS ? { sources: agreed.map(({ source }) => source), apartMs } : undefined;
}

/** What the events say of clocks, and the clocks of all their stamps. */
function boundsOf(events: readonly TimelineEvent[]): { readonly bounds: readonly ClockBound[]; readonly stamps: ReadonlySet<ClockId> } {
  const bounds: ClockBound[] = [];
  const stamps = new Set<ClockId>();
  const lastPodRows = new Map<number, EpochMs>();
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as TimelineEvent;
    if (event.type === "http-date") addServerDate(event, bounds);
    if (event.type !== "job" && event.type !== "pod" && event.type !== "cluster-event") continue;
    if (event.received !== undefined) stamps.add(event.received.clock);
    if (event.type === "job") addJob(event, bounds);
    else if (event.type === "pod") addPod(event, bounds, lastPodRows);
    else {
      stamps.add(event.first.clock);
      addEvent(event, bounds);
    }
  }
  return { bounds, stamps };
}

/** The API server read its clock, cut to the second, after the request was sent and before the answer was there. */
function addServerDate({ requested, logged, date, evidence }: HttpDate, bounds: ClockBound[]): void {
  if (requested === undefined || !isCollectorClock(logged.clock)) return;
  bounds.push({
    source: evidence.source,
    clock: logged.clock,
    bound: { at: logged.at, lo: requested.at - date - 1000, hi: logged.at + logged.resolutionMs - date },
  });
}

/** A row that was held up on its way tells when it was let go. */
function addJob({ received, delayedSince, change, job, evidence }: JobObservation, bounds: ClockBound[]): void {
  if (received === undefined || delayedSince !== undefined || change !== "ADDED" || job.startTime !== undefined) return;
  bounds.push(arrivalBound(received, job.createdAt, evidence.source));
}

function addPod({ received, change, pod, evidence }: PodObservation, bounds: ClockBound[], lastRows: Map<number, EpochMs>): void {
  if (received === undefined) return;
  const before = lastRows.get(evidence.source) ?? Number.POSITIVE_INFINITY;
  if (change === "ADDED" && pod.scheduledAt === undefined && received.at - before > LIST_PAUSE_MS)
    bounds.push(arrivalBound(received, pod.createdAt, evidence.source));
  lastRows.set(evidence.source, received.at);
}

function addEvent({ first, firstFrom, count, createdAt, received, evidence }: ClusterEvent, bounds: ClockBound[]): void {
  if (count !== 1) return;
  const { source } = evidence;
  // Sent before the API server created it, in the second that it prints.
  if (first.clock !== "cluster" && firstFrom === "name")
    bounds.push({ source, clock: first.clock, bound: latencyBound(first.at, createdAt, EVENT_LATENCY_MS) });
  if (received === undefined) return;
  const { at, clock } = received;
  bounds.push({ source, clock, bound: { at, lo: at - createdAt - 1000 - EVENT_LATENCY_MS, hi: at - createdAt } });
}

/** The row of an object that nobody had touched yet arrives right after its creation, which prints its second. */
function arrivalBound({ at, clock }: Instant, createdAt: EpochMs, source: number): ClockBound {
  return { source, clock, bound: { at, lo: at - createdAt - 1000 - WATCH_LATENCY_MS, hi: at - createdAt } };
}

/** Reading of the sender's clock at the sending; the write follows within the latency, in the printed second. */
function latencyBound(sent: number, createdAt: number, latencyMs: number): OffsetBound {
  return { at: sent, lo: sent - createdAt - 1000, hi: sent - createdAt + latencyMs };
}

/** Where the bounds allow no difference at all, the clock is the cluster's: machines of one cluster are kept in step. */
function settled(clock: Clock): Clock {
  if (clock.offsetMs === null || clock.uncertaintyMs === null || Math.abs(clock.offsetMs) > clock.uncertaintyMs) return clock;
  return { ...clock, offsetMs: 0, zoneOffsetMinutes: 0, skewMs: 0, uncertaintyMs: Math.abs(clock.offsetMs) + clock.uncertaintyMs };
}
