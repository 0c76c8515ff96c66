/** Milliseconds since 1970-01-01T00:00:00Z. Fractions carry microseconds. For a zone-less clock: as if its wall time were UTC. */
export type EpochMs = number;

/** A length of time in milliseconds; fractions carry microseconds. */
export type DurationMs = number;

/**
 * Whose time a stamp is in. `runner` is the machine of the tests; where logs of several were given, the others are `runner:2` and so on.
 * `collector` is the machine that stamped the arrival of watch rows; where there are captures of several, the others are `collector:2` and so on.
 */
export type ClockId = "runner" | `runner:${number}` | "cluster" | "collector" | `collector:${number}` | `node:${string}` | `http:${string}`;

/** Whether the clock is that of a machine on which tests ran. */
export function isRunnerClock(id: ClockId): boolean {
  return id === "runner" || id.startsWith("runner:");
}

/** Whether the clock is that of a machine on which rows of a watch arrived. */
export function isCollectorClock(id: ClockId): boolean {
  return id === "collector" || id.startsWith("collector:");
}

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
