import type { Bounds, ClockId, DurationMs, EpochMs } from "./time.js";

/** How a clock relates to the cluster's: `clock reading - offset = cluster time`. */
export interface Clock {
  readonly id: ClockId;
  /** Zone and skew together, at `originAt`; null: nothing anchors it. */
  readonly offsetMs: DurationMs | null;
  /** How far the offset may be from that, at any reading. */
  readonly uncertaintyMs: DurationMs | null;
  /** The collector's clock through whose arrivals alone it is tied to the cluster's: as far as that one is off, it is off as well, beside its own uncertainty. */
  readonly through?: Clock;
  readonly zoneOffsetMinutes: number | null;
  readonly skewMs: DurationMs | null;
  /** Change of the offset over time; the offset at t is `offsetMs + driftPpm * 1e-6 * (t - originAt)`. */
  readonly driftPpm?: number;
  readonly originAt?: EpochMs;
  /** Readings for which the offset holds, where these are not all: the clock may have been set at an end of them, and nothing anchors it beyond. */
  readonly holdsFor?: Bounds;
  readonly method: "reference" | "declared" | "bounds" | "http-date" | "none";
  readonly anchors: number;
  /** Where the clock was set in the middle of its log. All readings of a timeline run on as if it had not been. */
  readonly changes?: readonly ClockChange[];
}

/** A clock was set in the middle of its log. */
export interface ClockChange {
  /** Between these readings (of the clock as it was before). */
  readonly between: Bounds;
  /** What was added to the clock; forward is positive. */
  readonly byMs: DurationMs;
  /** `zone`: summer time began or ended. `step`: a correction. */
  readonly kind: "zone" | "step";
  /** What proves it; `backwards`: nothing but that the log goes back by the hour. */
  readonly settledBy: "bounds" | "http-date" | "zone-rules" | "reported-duration" | "backwards";
}

/**
 * Whether readings of a clock can be held against the cluster's: how far it is off is known. Not of one of which only the zone is known, nor of one that HTTP dates
 * hold against the clock of their server, which need not be the cluster's.
 */
export function isTied(clock: Pick<Clock, "uncertaintyMs" | "method"> | undefined): boolean {
  return clock !== undefined && clock.uncertaintyMs !== null && clock.method !== "http-date";
}

/** How far it may be off the cluster's: by itself, and by what it is tied to the cluster's through. */
export function uncertaintyToCluster({ uncertaintyMs, through }: Clock): DurationMs | null {
  return uncertaintyMs === null ? null : uncertaintyMs + (through?.uncertaintyMs ?? 0);
}

/** Half width of what lies between two moments that are tied to the cluster's clock through different collectors', or one of them through none. */
export function betweenCollectorsMs(one: Clock | undefined, other: Clock | undefined): DurationMs {
  return one?.id === other?.id ? 0 : (one?.uncertaintyMs ?? 0) + (other?.uncertaintyMs ?? 0);
}

/** Cluster time of a reading of a clock, or null where nothing ties it to the cluster's. */
export function toClusterTime(clock: Clock | undefined, reading: EpochMs): EpochMs | null {
  return isTied(clock) ? toUtc(clock, reading) : null;
}

/** The time of day of a reading in UTC, or null where its zone is not known: a clock that is not tied to the cluster's may be off by any seconds. */
export function toUtc(clock: Clock | undefined, reading: EpochMs): EpochMs | null {
  if (clock === undefined || clock.offsetMs === null || !holdsFor(clock, reading)) return null;
  const drift = clock.driftPpm === undefined ? 0 : clock.driftPpm * 1e-6 * (reading - (clock.originAt ?? reading));
  return reading - clock.offsetMs - drift;
}

/** What a clock reads at a moment in UTC; null where its zone is not known. */
export function fromUtc(clock: Clock | undefined, at: EpochMs): EpochMs | null {
  if (clock === undefined || clock.offsetMs === null) return null;
  const steady = at + clock.offsetMs;
  const rate = (clock.driftPpm ?? 0) * 1e-6;
  const reading = (steady - rate * (clock.originAt ?? steady)) / (1 - rate);
  return holdsFor(clock, reading) ? reading : null;
}

function holdsFor({ holdsFor: readings }: Clock, reading: EpochMs): boolean {
  return readings === undefined || !(reading < readings.lo || reading > readings.hi);
}

/** How one exchange with the API server bounds our clock against the server's: its `Date` is cut to the second. */
export interface ClockSample {
  /** By our clock. */
  readonly sent: EpochMs;
  readonly received: EpochMs;
  /** By the server's clock. */
  readonly date: EpochMs;
}
