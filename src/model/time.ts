/** Milliseconds since 1970-01-01T00:00:00Z. Fractions carry microseconds. For a zone-less clock: as if its wall time were UTC. */
export type EpochMs = number;

/** A length of time in milliseconds; fractions carry microseconds. */
export type DurationMs = number;

/** Whose time a stamp is in. `collector` is the machine that stamped the arrival of watch rows. */
export type ClockId = "runner" | "cluster" | "collector" | `node:${string}` | `http:${string}`;

/**
 * One moment as a source printed it. A source cuts digits off, so the true moment lies in
 * `[at, at + resolutionMs)` of that clock.
 */
export interface Instant {
  readonly at: EpochMs;
  /** 1000 for a Kubernetes stamp, 1 for a millisecond log, 0.001 for microseconds. */
  readonly resolutionMs: DurationMs;
  readonly clock: ClockId;
}

/** Closed numeric bounds `lo <= x <= hi`, in the unit of whatever they bound. */
export interface Bounds {
  readonly lo: number;
  readonly hi: number;
}

/** ISO 8601 UTC with milliseconds, the only time format of report.json. */
export function isoFromEpoch(at: EpochMs): string {
  return new Date(Math.round(at)).toISOString();
}
