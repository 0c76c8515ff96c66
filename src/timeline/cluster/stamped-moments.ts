/** Moments from single stamps: cut ones, exact ones, and times of arrival. */

import { type Clock, toClusterTime } from "../../model/clock.js";
import type { ClusterEvent, JobObservation, PodObservation } from "../../model/event.js";
import type { Evidence } from "../../model/source.js";
import type { Bounds, DurationMs, EpochMs, Instant } from "../../model/time.js";
import { CAUSED_WITHIN_MS, type Moment, type MomentSource } from "../../model/timeline.js";
import type { PlacedRequest } from "./audit-clocks.js";

/** From a write in the API server until a watcher has stamped its arrival: about 10 ms in the captured runs. */
export const WATCH_LATENCY_MS: DurationMs = 50;

/** The clocks of a timeline by their ids. */
export type ClockTable = ReadonlyMap<string, Clock>;

/** A truncated stamp: the middle of its second, give or take half of it. */
export function truncated(at: EpochMs, how: MomentSource, evidence?: Evidence): Moment {
  return { at: at + 500, lo: at, hi: at + 1000, how, bracket: false, ...(evidence === undefined ? {} : { evidence }) };
}

/** Whether a range says less than the stamp of a whole second, which leaves exactly a second open. */
export function isWiderThanSecond({ lo, hi }: Bounds): boolean {
  return hi - lo > 1000;
}

/** What had happened by a moment, and since `lo` at the earliest. */
function exact(at: EpochMs, lo: EpochMs, how: MomentSource, evidence: Evidence): Moment {
  return { at, lo: Math.min(lo, at), hi: at, how, bracket: false, evidence };
}

/** What a request did was done while it lasted: when it was answered, at the latest. */
export function requestMoment({ received, completed, evidence, stampedBy }: PlacedRequest): Moment {
  const moment = exact(completed.at, received.at, "audit", evidence);
  return stampedBy === undefined ? moment : { ...moment, stampedBy };
}

/** By how much something may have arrived after its stamp: what was cut off. Of a millisecond nobody takes notice, a report prints no more. */
export function cutOff({ resolutionMs }: Instant): DurationMs {
  return resolutionMs > 1 ? resolutionMs : 0;
}

/** The arrival of a DELETED row: what it tells happened shortly before, or since the watch that brought it was interrupted. */
export function arrivalOf(deleted: JobObservation | PodObservation | undefined, clocks: ClockTable): Moment | undefined {
  if (deleted?.received === undefined) return undefined;
  const { received, delayedSince } = deleted;
  return arrivedBy(received, delayedSince === undefined ? 0 : received.at - delayedSince.at, deleted.evidence, clocks);
}

/**
 * What arrived at a stamp happened shortly before that, or since it was held up; where digits of the stamp were cut off, it counts from their middle. Undefined where nothing ties
 * the clock of the stamp to the cluster's.
 */
export function arrivedBy(received: Instant, heldUpMs: DurationMs, evidence: Evidence, clocks: ClockTable): Moment | undefined {
  const clock = clocks.get(received.clock);
  const arrived = toClusterTime(clock, received.at);
  if (clock === undefined || arrived === null) return undefined;
  const cutMs = cutOff(received);
  const moment = exact(arrived + cutMs / 2, arrived - heldUpMs - WATCH_LATENCY_MS, "watch-received", evidence);
  return { ...moment, hi: arrived + cutMs, stampedBy: clock };
}

/** What an Event bounds from above: the moment of the Event itself, and up to that what the clock of its sender leaves open; the end of a second that was cut off. */
export function eventMoment(event: ClusterEvent, clocks: ClockTable, how: MomentSource): Moment | undefined {
  const clock = clocks.get(event.first.clock);
  const sent = toClusterTime(clock, event.first.at);
  if (sent === null) return undefined;
  if (event.first.resolutionMs >= 1000) {
    const { lo, hi } = truncated(sent, how);
    return { at: lo + 500, lo: lo - (CAUSED_WITHIN_MS[how] ?? 0), hi, how, bracket: false, evidence: event.evidence };
  }
  const hi = Math.min(sent + (clock?.uncertaintyMs ?? 0), event.createdAt + 1000);
  return { ...exact(Math.min(sent, hi), sent, how, event.evidence), hi };
}
