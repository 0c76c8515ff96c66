/** Moments from single stamps: cut ones, exact ones, and times of arrival. */

import { type Clock, toClusterTime } from "../model/clock.js";
import type { ClusterEvent, JobObservation, PodObservation } from "../model/event.js";
import type { Evidence } from "../model/source.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { CAUSED_WITHIN_MS, type Moment, type MomentSource } from "../model/timeline.js";

/** From a write in the API server until a watcher has stamped its arrival: about 10 ms in the captured runs. */
export const WATCH_LATENCY_MS: DurationMs = 50;

export type ClockTable = ReadonlyMap<string, Clock>;

/** A truncated stamp: the middle of its second, give or take half of it. */
export function truncated(at: EpochMs, how: MomentSource, evidence?: Evidence): Moment {
  return { at: at + 500, lo: at, hi: at + 1000, how, bracket: false, ...(evidence === undefined ? {} : { evidence }) };
}

export function exact(at: EpochMs, lo: EpochMs, how: MomentSource, evidence: Evidence): Moment {
  return { at, lo: Math.min(lo, at), hi: at, how, bracket: false, evidence };
}

/** The arrival of a DELETED row: what it tells happened shortly before, or since the watch that brought it was interrupted. */
export function arrivalOf(deleted: JobObservation | PodObservation | undefined, clocks: ClockTable): Moment | undefined {
  if (deleted?.received === undefined) return undefined;
  const { received, delayedSince } = deleted;
  const arrived = toClusterTime(clocks.get(received.clock), received.at);
  if (arrived === null) return undefined;
  const heldUpMs = delayedSince === undefined ? 0 : received.at - delayedSince.at;
  return exact(arrived, arrived - heldUpMs - WATCH_LATENCY_MS, "watch-received", deleted.evidence);
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
