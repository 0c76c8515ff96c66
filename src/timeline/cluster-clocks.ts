import { agreement } from "../model/bounds.js";
import type { TimelineEvent } from "../model/event.js";
import { groupBy } from "../model/group-by.js";
import { largest, smallest } from "../model/statistics.js";
import { type ClockId, type DurationMs, isCollectorClock } from "../model/time.js";
import type { Clock } from "../model/timeline.js";
import { clockFromBounds, referenceClock, unanchoredClock } from "./clocks.js";
import type { OffsetBound } from "./offset-bound.js";
import { WATCH_LATENCY_MS } from "./stamped-moments.js";

/** From the moment a kubelet stamps an Event until the API server creates it; a few milliseconds unless it is throttled. */
const EVENT_LATENCY_MS = 50;

/** Files of one machine, each seen through a pipe of its own, differ by less [ms]. */
const PIPE_LAG_MS = 250;
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

export interface ClusterClocks {
  readonly clocks: Map<ClockId, Clock>;
  /** By such a clock no arrival can be placed: it has no offset. */
  readonly mixed: readonly MixedArrivals[];
}

/** Clocks that stamp cluster data: the cluster's own, each node's (Events of kubelets), and the collectors' (arrival of watch rows). */
export function clusterClocks(events: readonly TimelineEvent[]): ClusterClocks {
  const { bounds, stamps } = boundsOf(events);
  const clocks = new Map<ClockId, Clock>([["cluster", referenceClock]]);
  const mixed: MixedArrivals[] = [];
  for (const [id, ofClock] of groupBy(bounds, (entry) => entry.clock)) {
    const found = isCollectorClock(id) ? mixedArrivals(ofClock) : undefined;
    if (found !== undefined) mixed.push(found);
    const measured = clockFromBounds(
      id,
      ofClock.map((entry) => entry.bound),
      "bounds",
    );
    clocks.set(id, found === undefined ? settled(measured) : unanchoredClock(id));
  }
  for (const stamp of stamps) if (!clocks.has(stamp)) clocks.set(stamp, { ...referenceClock, id: stamp, method: "none" });
  return { clocks, mixed };
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
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as TimelineEvent;
    if (event.type === "log-mark") continue;
    if (event.type === "cluster-event") stamps.add(event.first.clock);
    if ((event.type === "cluster-event" || event.type === "job" || event.type === "pod") && event.received !== undefined)
      stamps.add(event.received.clock);
    if (event.type === "cluster-event" && event.first.clock !== "cluster" && event.firstFrom === "name" && event.count === 1) {
      // Sent before the API server created it, in the second that it prints.
      const { source } = event.evidence;
      bounds.push({ source, clock: event.first.clock, bound: latencyBound(event.first.at, event.createdAt, EVENT_LATENCY_MS) });
    }
    if (event.type === "job" && event.received !== undefined && event.change === "ADDED" && event.job.startTime === undefined) {
      const { at } = event.received;
      bounds.push({
        source: event.evidence.source,
        clock: event.received.clock,
        bound: { at, lo: at - event.job.createdAt - 1000 - WATCH_LATENCY_MS, hi: at - event.job.createdAt },
      });
    }
    if (event.type === "http-date" && event.requested !== undefined && isCollectorClock(event.logged.clock)) {
      // The API server read its clock, cut to the second, after the request was sent and before the answer was there.
      const { requested, logged, date } = event;
      bounds.push({
        source: event.evidence.source,
        clock: logged.clock,
        bound: { at: logged.at, lo: requested.at - date - 1000, hi: logged.at + logged.resolutionMs - date },
      });
    }
    if (event.type === "cluster-event" && event.received !== undefined && event.count === 1) {
      const { at } = event.received;
      bounds.push({
        source: event.evidence.source,
        clock: event.received.clock,
        bound: { at, lo: at - event.createdAt - 1000 - EVENT_LATENCY_MS, hi: at - event.createdAt },
      });
    }
  }
  return { bounds, stamps };
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
