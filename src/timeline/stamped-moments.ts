/** Moments from single stamps: cut ones, exact ones, and times of arrival. */
import type { JobObservation, PodObservation } from "../model/event.js";
import type { Evidence } from "../model/source.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { type Clock, type Moment, type MomentSource, toClusterTime } from "../model/timeline.js";

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
