import type { Clock } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { ClusterEvent, HttpDate, JobObservation, PodObservation, TimelineEvent } from "../../model/event.js";
import { agreement } from "../../model/statistics/bounds.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import { type ClockId, type DurationMs, type EpochMs, type Instant, isCollectorClock } from "../../model/time.js";
import { clockFromBounds, referenceClock, unanchoredClock } from "../clocks/clocks.js";
import type { OffsetBound } from "../clocks/offset-bound.js";
import { estimateOffset } from "../clocks/offset-estimate.js";
import { cutOff, WATCH_LATENCY_MS } from "./stamped-moments.js";

/** From the moment a kubelet or a controller stamps an Event until the API server creates it; a few milliseconds unless it is throttled. */
export const EVENT_LATENCY_MS: DurationMs = 50;

/** Files of one machine, each seen through a pipe of its own, differ by less [ms]. */
const PIPE_LAG_MS = 250;
/** Rows of a list come one right after the other: after such a pause rows are of what has just happened, or of a list again [ms]. */
const LIST_PAUSE_MS: DurationMs = 500;
/** So many bounds of a file must agree, and this share of them, for it to be held against another. */
const TELLING = { bounds: 3, share: 0.9 };

interface ClockBound {
  readonly clock: ClockId;
  readonly bound: OffsetBound;
  /** Whose row it comes from. */
  readonly source: number;
  /** With which others that row came. */
  readonly burst?: Burst;
}

/** Rows of a source that arrived one right after the other. */
interface Burst {
  /** They may be a list with which a watch began, of what was long there. */
  mayBeList: boolean;
  last: EpochMs;
}

type Row = JobObservation | PodObservation | ClusterEvent;

/** Files whose rows arrived by one clock as far as anyone said, and by several as far as they show. */
interface MixedArrivals {
  readonly sources: readonly number[];
  /** How far apart their clocks are at least. */
  readonly apartMs: DurationMs;
}

/** A collector's clock, or the cluster's that it is held against, was set during the capture. */
interface UnsteadyClock {
  /** Bounds for which the offset was widened. */
  readonly count: number;
  readonly uncertaintyMs: DurationMs;
}

/** The clocks that stamped the cluster's data, and what is off about them. */
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
  for (const [id, all] of groupBy(bounds, (entry) => entry.clock)) {
    const prompt = all.filter(({ burst }) => burst?.mayBeList !== true);
    const ofClock = prompt.length > 0 ? prompt : all;
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
  const ofPods: ClockBound[] = [];
  const stamps = new Set<ClockId>();
  const bursts = new Bursts();
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as TimelineEvent;
    if (event.type === "http-date") addServerDate(event, bounds);
    if (event.type !== "job" && event.type !== "pod" && event.type !== "cluster-event") continue;
    if (event.received !== undefined) stamps.add(event.received.clock);
    const burst = event.received && bursts.of(event, event.received);
    if (event.type === "job") addJob(event, bounds, burst);
    else if (event.type === "pod") addPod(event, ofPods, burst);
    else {
      stamps.add(event.first.clock);
      addEvent(event, bounds, burst);
    }
  }
  // A Pod may wait for a node for long: one of a list says nothing.
  for (const bound of ofPods) if (bound.burst?.mayBeList === false) bounds.push(bound);
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

/** The bursts in which the rows of each source arrived; to be asked for each row in turn. */
class Bursts {
  readonly #current = new Map<number, Burst>();
  /** By source, the highest resourceVersion so far of each type: a watch that goes on adds nothing older, its list after a restart does. */
  readonly #newest = new Map<number, Map<Row["type"], number>>();

  of(row: Row, received: Instant): Burst {
    const { source } = row.evidence;
    const before = this.#current.get(source);
    const goesOn = before !== undefined && received.at - before.last - cutOff(received) <= LIST_PAUSE_MS;
    const burst = goesOn ? before : { mayBeList: before === undefined, last: received.at };
    burst.last = received.at;
    if (this.#isOlder(row)) burst.mayBeList = true;
    this.#current.set(source, burst);
    return burst;
  }

  #isOlder(row: Row): boolean {
    const version = versionOf(row);
    if (version === undefined) return false;
    const newest = this.#newest.get(row.evidence.source) ?? new Map<Row["type"], number>();
    this.#newest.set(row.evidence.source, newest);
    const highest = newest.get(row.type) ?? version;
    newest.set(row.type, Math.max(version, highest));
    return version < highest && (row.type === "cluster-event" || row.change === "ADDED");
  }
}

function versionOf(row: Row): number | undefined {
  return row.type === "cluster-event" ? row.resourceVersion : row.type === "job" ? row.job.resourceVersion : row.pod.resourceVersion;
}

/** A row that was held up on its way tells when it was let go. */
function addJob({ received, delayedSince, change, job, evidence }: JobObservation, bounds: ClockBound[], burst?: Burst): void {
  if (received === undefined || delayedSince !== undefined || change !== "ADDED" || job.startTime !== undefined) return;
  bounds.push(arrivalBound(received, job.createdAt, WATCH_LATENCY_MS, evidence.source, burst));
}

function addPod({ received, change, pod, evidence }: PodObservation, bounds: ClockBound[], burst?: Burst): void {
  if (received === undefined || change !== "ADDED" || pod.scheduledAt !== undefined) return;
  bounds.push(arrivalBound(received, pod.createdAt, WATCH_LATENCY_MS, evidence.source, burst));
}

function addEvent(event: ClusterEvent, bounds: ClockBound[], burst?: Burst): void {
  const { first, firstFrom, count, createdAt, received, evidence } = event;
  if (count !== 1) return;
  const { source } = evidence;
  // Sent before the API server created it, in the second that it prints.
  if (first.clock !== "cluster" && firstFrom === "name")
    bounds.push({ source, clock: first.clock, bound: latencyBound(first.at, createdAt, EVENT_LATENCY_MS) });
  if (received !== undefined) bounds.push(arrivalBound(received, createdAt, EVENT_LATENCY_MS, source, burst));
}

/** The row of something that was just made arrives within the latency after that, which prints its second. */
function arrivalBound(received: Instant, createdAt: EpochMs, latencyMs: DurationMs, source: number, burst: Burst | undefined): ClockBound {
  const { at, clock } = received;
  const bound = { at, lo: at - createdAt - 1000 - latencyMs, hi: at - createdAt + cutOff(received) };
  return { source, clock, bound, ...(burst === undefined ? {} : { burst }) };
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
