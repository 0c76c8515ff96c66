import type { Reason } from "./source.js";
import type { DurationMs } from "./time.js";

/** A longer run would take days, and minutes to simulate. */
export const MOST_INVESTIGATIONS = 10_000;
/** Of one prediction. */
export const MOST_DELAYS = 20;
export const LONGEST_DELAY_MS: DurationMs = 86_400_000;
/** Of the simulated runs, which a delay must keep within a limit. */
export const LIMIT_SHARE = 0.95;

/** A number of a run that has not happened: the middle of its predicted distribution, and the ranges that hold it with 90% and 95%. */
export interface Forecast {
  readonly median: number;
  readonly pi90: readonly [number, number];
  readonly pi95: readonly [number, number];
}

/** Where a prediction goes beyond what was measured. */
export type Extrapolation = "shorter-delay" | "more-open-jobs" | "more-investigations";

/** The run with one delay. */
export interface PredictedDelay {
  readonly delayMs: DurationMs;
  /** From the start of the first investigation to the end of the last, without a delay after it. */
  readonly totalMs: Forecast;
  /** Open Jobs from the first creation to the last deletion; absent where the report does not know how long Jobs live. */
  readonly openJobs?: {
    readonly mean: Forecast;
    readonly peak: Forecast;
    /** Share of the simulated runs whose peak is at or under the limit; only where one was given. */
    readonly withinLimit?: number;
  };
  readonly extrapolates: readonly Extrapolation[];
}

/** What a prediction was drawn from. */
export interface PredictionBasis {
  readonly investigations: number;
  /** Of these, how many did not end well; runs are predicted with as many. */
  readonly failed: number;
  /** Shortest, median and longest measured delay. */
  readonly delayMs: readonly [DurationMs, DurationMs, DurationMs];
  /** Jobs with a known creation, and how many of them have no known end. */
  readonly jobs?: {
    readonly n: number;
    readonly censored: number;
    readonly peak: number;
    /** What the peak could be, where uncertain ends leave it open. */
    readonly peakRange?: readonly [number, number];
  };
}

/** What if the run had another delay or size: seeded simulations of it from the measured investigations. Durations in milliseconds. */
export interface Prediction {
  /** Investigations of the predicted run. */
  readonly n: number;
  readonly seed: number;
  /** Number of simulated runs for each delay. */
  readonly replicates: number;
  readonly basis: PredictionBasis;
  /** In ascending order of the delay. */
  readonly delays: readonly PredictedDelay[];
  /** The smallest delay (a multiple of 0.1 s) that keeps the peak at or under the limit in 95% of the simulated runs; null: none does. */
  readonly limit?: {
    readonly maxOpen: number;
    readonly delayMs: DurationMs | null;
    readonly withinLimit: number;
    /** The most Jobs that one measured investigation had open at once, where these alone are more than the limit. */
    readonly ownPeak?: number;
  };
  /** Assumptions, and what the data say against them; sentences `prediction.<key>`. */
  readonly notes: readonly Reason[];
}
