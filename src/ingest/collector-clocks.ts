import type { TimelineEvent } from "../model/event.js";
import type { SourceSummary } from "../model/source.js";
import { type ClockId, type Instant, isCollectorClock } from "../model/time.js";
import { plainEvent } from "./event-table/event-table.js";

interface Inputs {
  readonly events: readonly TimelineEvent[];
  readonly sources: readonly SourceSummary[];
}

/**
 * Captures may come from several machines, each with a clock of its own. What bounds its clock stands in each capture of postrun's own, so each has
 * its clock: `collector`, `collector:2` and so on, in the order of the sources. Other rows with times of arrival (a recipe writes a file for each
 * kind, and not every kind bounds the clock) are taken to be of one machine, the first.
 */
export function withCollectorClocks({ events, sources }: Inputs): Inputs {
  const collected = sources.flatMap(({ clock }, index) => (clock !== null && isCollectorClock(clock) ? [index] : []));
  const own = collected.filter((index) => sources[index]?.selfDescribing === true);
  const shared = own.length < collected.length ? 1 : 0;
  const clocks = new Map<number, ClockId>();
  for (const [rank, index] of own.entries()) {
    const number = rank + 1 + shared;
    clocks.set(index, number === 1 ? "collector" : `collector:${number}`);
  }
  for (const index of collected) if (!clocks.has(index)) clocks.set(index, "collector");
  if ([...clocks].every(([index, clock]) => sources[index]?.clock === clock)) return { events, sources };
  return {
    events: events.map((event) => withClock(event, clocks.get(event.evidence.source))),
    sources: sources.map((source, index) => ({ ...source, clock: clocks.get(index) ?? source.clock })),
  };
}

function withClock(read: TimelineEvent, clock: ClockId | undefined): TimelineEvent {
  if (clock === undefined) return read;
  const event = plainEvent(read);
  const moved = (instant: Instant): Instant => (isCollectorClock(instant.clock) ? { ...instant, clock } : instant);
  if (event.type === "http-date") {
    const requested = event.requested === undefined ? {} : { requested: moved(event.requested) };
    return { ...event, ...requested, logged: moved(event.logged) };
  }
  if (event.type !== "job" && event.type !== "pod" && event.type !== "cluster-event") return event;
  const received = event.received === undefined ? {} : { received: moved(event.received) };
  if (event.type === "cluster-event" || event.delayedSince === undefined) return { ...event, ...received };
  return { ...event, ...received, delayedSince: moved(event.delayedSince) };
}
