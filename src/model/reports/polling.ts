import type { DurationMs } from "../time.js";

/**
 * What decides between fits: it is the only one (behaviour); the setting that is deployed; requests that come promptly after a whole number of intervals (prompt), which
 * assumes that lag and process do not fill whole intervals together: no verdict rests on that.
 */
export type PollingSettledBy = "behaviour" | "prompt" | "deployed";

/** How the cleanup works, as far as the deletions tell. */
export interface ReportPolling {
  /** Jobs whose deletion and cleanup Pod are known finely enough. */
  readonly n: number;
  /** Further ones, a few at most, that lie on no level of the grid or alone below the others; absent where there is none. */
  readonly strays?: number;
  /** The ends are requests of the audit log, not the moments at which the Jobs were gone. */
  readonly ends: "requested" | "gone";
  /** Absent where no grid was identified; `intervalAtLeastMs` is then what the waits leave. */
  readonly intervalMs?: DurationMs;
  readonly intervalRangeMs?: readonly [DurationMs, DurationMs];
  readonly intervalAtLeastMs?: DurationMs;
  /** The interval is the only one if lag and deletion take no longer than this after the last check; absent where the waits alone rule out its parts. */
  readonly intervalAssumesMs?: DurationMs;
  /** Everything that explains the data: interval, number of checks, and what is left for lag and process. */
  readonly fits: readonly PollingReportFit[];
  /** The one that holds, and whether the deletions force it or the deployed number of checks decides. */
  readonly settled?: PollingReportFit & { readonly by: PollingSettledBy };
  /** One for each Job, in order of creation. */
  readonly points: readonly PollingPoint[];
  readonly parts: readonly PollingPart[];
  readonly cpu?: ReportCpu;
}

/** Interval and number of checks that explain the deletions together. */
export interface PollingReportFit {
  readonly intervalMs: DurationMs;
  readonly checks: number;
  /** First low reading to last. */
  readonly triggerMs: DurationMs;
  /** Last reading to the end, from the most lag of the readings to none. */
  readonly processMs: readonly [DurationMs, DurationMs];
}

/** When one Job was deleted, from the start of its cleanup Pod and from its disconnect. */
export interface PollingPoint {
  readonly job: string;
  readonly sincePodStartMs: DurationMs;
  /** null: no client ever used the Job. */
  readonly sinceDisconnectMs: DurationMs | null;
  /** Number of the level on the grid, from the lowest, 0; absent without a grid, and for what is left out of it. */
  readonly level?: number;
}

/** A part of the way from the disconnect to the end of the Pod. */
export interface PollingPart {
  /**
   * `first-check`: end of the use to the first low reading, less the lag of the readings. The others are between moments that the captures show.
   */
  readonly part: "first-check" | "disconnected-requested" | "requested-gone" | "gone-pod-gone" | "gone-service-gone";
  readonly n: number;
  readonly medianMs: DurationMs;
  /** Of the median, with what stamps, clocks and (of `first-check`) the shortest wait leave open. */
  readonly ci95Ms?: readonly [DurationMs, DurationMs];
  readonly resolutionMs: DurationMs;
}

/** What samples of a monitoring system add. */
export interface ReportCpu {
  /** Jobs with samples. */
  readonly n: number;
  readonly samplingMs: DurationMs;
  /** Highest usage that counted as idle, and lowest that did not, but for one in twenty, in millicores; each absent where none was seen. */
  readonly idleAtMost?: number;
  readonly busyAtLeast?: number;
  /** End of the use to the end of the first idle sample: the lag of these samples, give or take the sampling. */
  readonly lag?: { readonly n: number; readonly medianMs: DurationMs; readonly ci95Ms?: readonly [DurationMs, DurationMs] };
  /** Of the Jobs with low readings that lie in samples after the use: those in which all of these were idle, so that the deletion followed from them. */
  readonly followed?: { readonly n: number; readonly idle: number };
}
