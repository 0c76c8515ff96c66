import type { Evidence, Reason } from "./source.js";

/** Of a measured or documented value. `share`: of 1. */
export type Unit = "s" | "count" | "jobs" | "millicores" | "share";

/**
 * What a claim asks the analysis to measure; the entries of a claims file name one under `measure`.
 * `analyze/metric-reader.ts` names the function of each.
 */
export type MetricSpec =
  /** Durations of a stage over successful investigations [s]. */
  | { readonly metric: "stage-duration"; readonly stage: string; readonly onlyWhere?: { readonly group: string; readonly equals: number } }
  /** A number that a log line reports (named group of a mark), one sample each investigation [count]. */
  | { readonly metric: "mark-value"; readonly mark: string; readonly group: string }
  /** From the disconnect, or the Job's creation, to an end point, over serving Jobs [s]. `population` unopened: Jobs no client connected to. */
  | {
      readonly metric: "job-duration";
      readonly from: "created" | "disconnected";
      readonly to: "requested" | "gone" | "pod-gone";
      readonly population: "connected" | "unopened" | "all";
    }
  /** Most investigations connected at once [count]. */
  | { readonly metric: "peak-connected" }
  /** Open serving Jobs of the run [jobs]: time-weighted mean or highest level. */
  | { readonly metric: "open-jobs"; readonly statistic: "mean" | "peak" }
  /** First start to last end of the run [s]. */
  | { readonly metric: "run-duration" }
  | { readonly metric: "investigation-count" }
  /** The polling of the cleanup, from the grid of deletion requests: interval [s], number of checks [count], first low reading to request [s], request to gone [s]. */
  | { readonly metric: "polling"; readonly quantity: "interval" | "checks" | "trigger" | "process" }
  /** A deployed setting, from the Job specs in the input: an environment variable, or ttlSecondsAfterFinished [s], or backoffLimit [count]. */
  | {
      readonly metric: "job-setting";
      readonly role: "serving" | "cleanup";
      readonly setting: { readonly env: string } | "ttlSecondsAfterFinished" | "backoffLimit";
    }
  /** Finish to gone for Jobs that finished and were removed by the TTL controller [s]; counts from the printed (truncated) completion. */
  | { readonly metric: "ttl"; readonly role: "serving" | "cleanup" }
  /** Serving Jobs that something else than the cleanup ended [count]. */
  | { readonly metric: "ended-by-others" }
  /** Serving Jobs without exactly one cleanup Job of the same job id [count]. */
  | { readonly metric: "unpaired-jobs" }
  /** Failed cleanup Jobs that were followed by another try [count]. */
  | { readonly metric: "cleanup-retries" }
  /** Length of streams that were closed for inactivity [s]. */
  | { readonly metric: "idle-stream" }
  /** Investigations in each iteration of a loop [count]. */
  | { readonly metric: "iteration-size" }
  /** The number of open investigations at which the loop stopped [count]. */
  | { readonly metric: "stop-limit" }
  /** CPU threshold [millicores]; needs CPU samples. */
  | { readonly metric: "cpu-threshold" };

/** How single values lie, in their unit, with what the resolution of their stamps leaves open of them. */
export interface Spread {
  /** Ends of the middle 90%: the least that the 5% and the most that the 95% quantile can be; of fewer than 20 values, of all of them. */
  readonly middle: readonly [number, number];
  /** The least that the smallest and the most that the largest value can be; absent where some values may lie beyond those that were seen. */
  readonly extremes?: readonly [number, number];
}

/** What does not hold the whole run: the log, or what was captured of the cluster. */
export type SeenPart = "log" | "capture";

/** A measured quantity, in the unit of its metric. */
export interface Measurement {
  readonly unit: Unit;
  readonly statistic: "median" | "mean" | "peak" | "max" | "total" | "count" | "setting" | "fit";
  readonly value: number;
  /** Number of samples behind it. */
  readonly n: number;
  /** 95% confidence interval of the statistic over samples, or the band that uncertain ends leave around a single run-level value. Absent for n < 6 samples. */
  readonly interval?: readonly [number, number];
  readonly intervalKind: "confidence" | "band" | "none";
  /** Half width of the error that all samples share (the offset between two clocks): in the interval already, and in half the resolution. */
  readonly shared?: number;
  /** Where ends are known only as ranges: every value of the statistic that these allow, inside the interval. */
  readonly range?: readonly [number, number];
  /** How coarse the stamps behind it are, in the unit. */
  readonly resolution: number;
  /** How far apart neighbouring samples lie, in the unit, where that is not the resolution: of counts, and of durations between two cut stamps. */
  readonly step?: number;
  /** The single values (unsorted, in run order); empty for run-level numbers. */
  readonly samples: readonly number[];
  /** How the single values lie, where it is known of all: not of some that are open or were seen late, nor of ends known only as ranges, nor over several runs. */
  readonly spread?: Spread;
  /** Samples cut off by the end of the capture: not in `samples`, but in the estimate. */
  readonly censored: number;
  readonly failed: number;
  /** So many more should be among the samples, and their value is not known: not in the estimate. Absent: none. */
  readonly unknown?: number;
  /** For settings: every distinct value seen, as text. */
  readonly settings?: readonly string[];
  /** When several fits explain the data: they are all listed and no single one is claimed. */
  readonly ambiguous?: readonly Readonly<Record<string, number>>[];
  /** What the deployed specs set and the value is taken from: the behaviour alone allows others too. */
  readonly asDeployed?: Readonly<Record<string, number>>;
  /** Of a number of the run, where only a part of it was seen: the highest or the count is a lower bound for the run, the mean that of the part. */
  readonly part?: SeenPart;
  readonly evidence: readonly Evidence[];
}

/** Either a number or the reason why there is none. */
export type Measured = { readonly measurement: Measurement } | { readonly notMeasured: Reason };
