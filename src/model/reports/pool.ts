import type { SeenPart } from "../measurement.js";
import type { DurationMs } from "../time.js";
import type { Verdict } from "./claims.js";
import type { ComparedRun } from "./comparison.js";

/** What a report of several runs is made of; its verdicts speak of runs like these, not of one. */
export interface ReportPool {
  readonly runs: readonly PooledRun[];
  /** How each claim came to its verdict, in the order of `claims`. */
  readonly claims: readonly PooledClaim[];
}

/** One of the runs, with the numbers that speak of a whole run. */
export interface PooledRun extends ComparedRun {
  readonly meanOpenJobs?: number;
  /** What the mean could be, given uncertain ends. */
  readonly meanOpenJobsRange?: readonly [number, number];
  readonly peakOpenJobs?: number;
  /** What the peak could be, where uncertain ends leave it open. */
  readonly peakOpenJobsRange?: readonly [number, number];
  /** Log or capture hold only a part of the run: its peak is a lower bound, and its mean not that of the run. */
  readonly part?: SeenPart;
  readonly durationMs?: DurationMs;
}

/** How a claim came to its verdict over several runs. */
export interface PooledClaim {
  readonly id: string;
  /** estimate: a typical value over runs that differ; range: lowest to highest of the runs' own numbers; verdicts: the runs' verdicts alone. */
  readonly by: "estimate" | "range" | "verdicts";
  readonly runs: readonly PooledValue[];
  /** Standard deviation between runs beyond what their own uncertainty explains, in the unit of the claim; only for estimates of two or more runs. */
  readonly betweenRuns?: number;
  /** Whether that is more than chance (Cochran's test at 5%). */
  readonly runsDiffer?: boolean;
}

/** What one run says of a claim. */
export interface PooledValue {
  /** Index into `runs`. */
  readonly run: number;
  readonly verdict: Verdict;
  readonly value?: number;
  /** What uncertain ends leave of a number of the whole run. */
  readonly band?: readonly [number, number];
  readonly n?: number;
  /** Of a run of which only a part was seen: all that is known of it. */
  readonly atLeast?: number;
  /** Why it takes no part: the report has no such claim, documents another value, the claim does not apply or was not measured, or too few samples. */
  readonly leftOut?: "absent" | "documented-differently" | "not-applicable" | "not-measured" | "too-few";
}
