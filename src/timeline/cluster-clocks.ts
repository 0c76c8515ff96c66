import type { TimelineEvent } from "../model/event.js";
import { groupBy } from "../model/group-by.js";
import { type ClockId, isCollectorClock } from "../model/time.js";
import type { Clock } from "../model/timeline.js";
import { clockFromBounds, referenceClock } from "./clocks.js";
import { WATCH_LATENCY_MS } from "./moments.js";
import type { OffsetBound } from "./offset-bound.js";

/** From the moment a kubelet stamps an Event until the API server creates it; a few milliseconds unless it is throttled. */
const EVENT_LATENCY_MS = 50;

/** Clocks that stamp cluster data: the cluster's own, each node's (Events of kubelets), and the collector's (arrival of watch rows). */
export function clusterClocks(events: readonly TimelineEvent[]): Map<ClockId, Clock> {
  const bounds: { clock: ClockId; bound: OffsetBound }[] = [];
  for (const event of events) {
    if (event.type === "cluster-event" && event.first.clock !== "cluster" && event.firstFrom === "name" && event.count === 1) {
      // Sent before the API server created it, in the second that it prints.
      bounds.push({ clock: event.first.clock, bound: latencyBound(event.first.at, event.createdAt, EVENT_LATENCY_MS) });
    }
    if (event.type === "job" && event.received !== undefined && event.change === "ADDED" && event.job.startTime === undefined) {
      const { at } = event.received;
      bounds.push({
        clock: event.received.clock,
        bound: { at, lo: at - event.job.createdAt - 1000 - WATCH_LATENCY_MS, hi: at - event.job.createdAt },
      });
    }
    if (event.type === "http-date" && event.requested !== undefined && isCollectorClock(event.logged.clock)) {
      // The API server read its clock, cut to the second, after the request was sent and before the answer was there.
      const { requested, logged, date } = event;
      bounds.push({
        clock: logged.clock,
        bound: { at: logged.at, lo: requested.at - date - 1000, hi: logged.at + logged.resolutionMs - date },
      });
    }
    if (event.type === "cluster-event" && event.received !== undefined && event.count === 1) {
      const { at } = event.received;
      bounds.push({
        clock: event.received.clock,
        bound: { at, lo: at - event.createdAt - 1000 - EVENT_LATENCY_MS, hi: at - event.createdAt },
      });
    }
  }
  const clocks = new Map<ClockId, Clock>([["cluster", referenceClock]]);
  for (const [id, ofClock] of groupBy(bounds, (entry) => entry.clock)) {
    const measured = clockFromBounds(
      id,
      ofClock.map((entry) => entry.bound),
      "bounds",
    );
    clocks.set(id, settled(measured));
  }
  for (const event of events) {
    for (const stamp of stampsOf(event)) if (!clocks.has(stamp)) clocks.set(stamp, { ...referenceClock, id: stamp, method: "none" });
  }
  return clocks;
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

function stampsOf(event: TimelineEvent): ClockId[] {
  if (event.type === "cluster-event") return event.received === undefined ? [event.first.clock] : [event.first.clock, event.received.clock];
  if ((event.type === "job" || event.type === "pod") && event.received !== undefined) return [event.received.clock];
  return [];
}
