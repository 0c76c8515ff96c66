import { assertGiven } from "../model/given-value.js";
import {
  type Extrapolation,
  LONGEST_DELAY_MS,
  MOST_DELAYS,
  MOST_INVESTIGATIONS,
  type PredictedDelay,
  type Prediction,
  type PredictionBasis,
} from "../model/prediction.js";
import type { Report } from "../model/report.js";
import type { Reason } from "../model/source.js";
import { MIN_SAMPLES_FOR_INTERVAL, median } from "../model/statistics/statistics.js";
import type { DurationMs } from "../model/time.js";
import { dependenceNotes } from "./dependence.js";
import { forecast } from "./forecast.js";
import { smallestDelay } from "./limit.js";
import { delayOf, type MeasuredRows, measuredRows } from "./measured-rows.js";
import { type SimulatedDelay, simulateDelays, simulation } from "./simulation.js";

export interface PredictionOptions {
  /** Investigations of the predicted run; by default those of the report, or as many as its run announced. */
  readonly n?: number;
  /** By default the documented 1, 2 and 5 s, and half, once and twice the measured delay. */
  readonly delaysMs?: readonly DurationMs[];
  readonly maxOpen?: number;
  readonly seed?: number;
  readonly replicates?: number;
  /** Investigations of all simulated runs of one delay together, so that a long run does not take longer: it is simulated less often. */
  readonly mostDrawn?: number;
}

/** Simulated runs for each delay. A share of 95% of them is then known to half a percent. */
const REPLICATES = 2000;
/** Delays that the documents name. */
const DOCUMENTED_DELAYS_MS: readonly DurationMs[] = [1000, 2000, 5000];
/** Below this share of the shortest measured delay nothing was seen. */
const MEASURED_SLACK = 0.98;

/**
 * Simulates the run of a report with other delays or another size, or says why that cannot be done. The same report, options and seed give the same
 * numbers. Throws a PostrunError for an option that cannot be.
 */
export function predictRun(report: Report, options: PredictionOptions = {}): Prediction | { readonly notPredictable: Reason } {
  assertOptions(options);
  const measured = measuredRows(report);
  if ("notPredictable" in measured) return measured;
  const { rows } = measured;
  const gaps = rows.flatMap(({ gapMs }) => gapMs ?? []).sort((a, b) => a - b);
  const [shortest, longest] = [gaps[0], gaps.at(-1)];
  if (shortest === undefined || longest === undefined) return { notPredictable: { key: "no-delay", values: {} } };
  const { delayMs, isSet } = delayOf(report, rows);
  const jobs = jobsBasis(report, measured);
  const basis: PredictionBasis = {
    investigations: rows.length,
    failed: rows.filter(({ outcome }) => outcome !== "ok").length,
    delayMs: [shortest, median(gaps), longest],
    ...("key" in jobs ? {} : { jobs }),
  };
  const n = options.n ?? Math.min(MOST_INVESTIGATIONS, Math.max(report.run.announced ?? 0, report.investigations.length));
  const seed = options.seed ?? 1;
  const runs = simulation(rows, delayMs, { n, seed, replicates: replicatesOf(options, n) });
  const delaysMs = [...new Set(options.delaysMs ?? usualDelays(delayMs))].sort((a, b) => a - b);
  const delays = simulateDelays(runs, delaysMs).map((delay) => predictedDelay(delay, n, basis, options.maxOpen));
  const limit = options.maxOpen === undefined || basis.jobs === undefined ? undefined : smallestDelay(runs, options.maxOpen, rows, delayMs);
  const notes = [
    ...("key" in jobs ? [jobs] : []),
    ...basisNotes(measured, basis),
    ...delayNote(gaps, delayMs, isSet),
    ...dependenceNotes(report, rows),
  ];
  return { n, seed, replicates: runs.replicates, basis, delays, ...(limit === undefined ? {} : { limit }), notes };
}

function assertOptions({ n = 1, delaysMs = [], maxOpen = 1, seed = 0, replicates = 1, mostDrawn = 1 }: PredictionOptions): void {
  const isFrom = (least: number, value: number) => Number.isSafeInteger(value) && value >= least;
  assertGiven(isFrom(1, n) && n <= MOST_INVESTIGATIONS, "n", n, `a whole number of investigations from 1 to ${MOST_INVESTIGATIONS}`);
  const areDelays = delaysMs.length <= MOST_DELAYS && delaysMs.every((ms) => ms >= 0 && ms <= LONGEST_DELAY_MS);
  assertGiven(areDelays, "delaysMs", delaysMs, `up to ${MOST_DELAYS} delays from 0 to ${LONGEST_DELAY_MS}`);
  assertGiven(isFrom(1, maxOpen), "maxOpen", maxOpen, "a whole number of Jobs from 1");
  assertGiven(isFrom(0, seed), "seed", seed, "a whole number from 0");
  assertGiven(isFrom(1, replicates), "replicates", replicates, "a whole number from 1");
  assertGiven(mostDrawn >= 1, "mostDrawn", mostDrawn, "a number from 1");
}

/** Ends of the 90% and 95% ranges are order statistics: with one run less than a multiple of this, exactly that share of further runs lies inside. */
const RANGE_STEP = 40;

/** How often a run of n investigations is simulated (docs/statistics.md): with the product bounded, the error of the simulation is the same share of the total. */
function replicatesOf({ replicates = REPLICATES, mostDrawn = Number.POSITIVE_INFINITY }: PredictionOptions, n: number): number {
  if (replicates * n <= mostDrawn) return replicates;
  return Math.min(replicates, RANGE_STEP * Math.max(1, Math.floor(mostDrawn / n / RANGE_STEP)) - 1);
}

function predictedDelay(
  { delayMs, totalMs, mean, peak }: SimulatedDelay,
  n: number,
  basis: PredictionBasis,
  maxOpen: number | undefined,
): PredictedDelay {
  const within = maxOpen === undefined ? {} : { withinLimit: peak.filter((value) => value <= maxOpen).length / peak.length };
  const open = { mean: forecast(mean), peak: forecast(peak), ...within };
  return {
    delayMs,
    totalMs: forecast(totalMs),
    ...(basis.jobs === undefined ? {} : { openJobs: open }),
    extrapolates: extrapolations(delayMs, open.peak.median, n, basis),
  };
}

/** Half, once and twice the measured delay in whole tenths of a second, and those that the documents name. */
function usualDelays(delayMs: DurationMs): DurationMs[] {
  const own = [0.5, 1, 2].map((factor) => Math.round((delayMs * factor) / 100) * 100);
  return [...own, ...DOCUMENTED_DELAYS_MS];
}

/** How many Jobs the prediction rests on, or why open Jobs cannot be predicted. */
function jobsBasis(report: Report, { rows, strayJobs }: MeasuredRows): NonNullable<PredictionBasis["jobs"]> | Reason {
  const curve = report.concurrency.openJobs;
  if (curve === undefined) return { key: "no-open-jobs", values: {} };
  if (strayJobs > 0) return { key: "stray-jobs", values: { n: strayJobs } };
  const jobs = rows.flatMap(({ jobs: own }) => own ?? []);
  const ended = jobs.filter((job) => job.ended).length;
  if (ended < MIN_SAMPLES_FOR_INTERVAL) return { key: "too-few-ends", values: { n: ended, needed: MIN_SAMPLES_FOR_INTERVAL } };
  const { peak, peakRange } = curve;
  return { n: jobs.length, censored: jobs.length - ended, peak, ...(peakRange === undefined ? {} : { peakRange }) };
}

function extrapolations(
  delayMs: DurationMs,
  typicalPeak: number,
  n: number,
  { delayMs: measured, jobs, investigations }: PredictionBasis,
): Extrapolation[] {
  const found: Extrapolation[] = [];
  if (delayMs < measured[0] * MEASURED_SLACK) found.push("shorter-delay");
  if (jobs !== undefined && typicalPeak > (jobs.peakRange?.[0] ?? jobs.peak)) found.push("more-open-jobs");
  if (n > investigations) found.push("more-investigations");
  return found;
}

/** Below this many investigations the ranges are a little too narrow (docs/calibration.md). */
const FEW = 30;

function basisNotes({ rows, running }: MeasuredRows, basis: PredictionBasis): Reason[] {
  const { investigations: n, failed, jobs } = basis;
  const unknown = rows.filter((row) => row.jobs === null).length;
  const notes: (Reason | false)[] = [
    n < FEW && { key: "few", values: { n } },
    failed > 0 ? { key: "failures", values: { n, failed } } : { key: "no-failure-seen", values: { n, percent: Math.ceil(300 / n) } },
    running > 0 && { key: "running-left-out", values: { n: running } },
    jobs !== undefined && jobs.censored > 0 && { key: "ends-drawn", values: { n: jobs.censored } },
    jobs !== undefined && unknown > 0 && { key: "jobs-drawn", values: { n: unknown } },
  ];
  return notes.filter((note) => note !== false);
}

/** Overheads above this are worth a sentence. */
const OVERHEAD_MS: DurationMs = 50;

function delayNote(gaps: readonly DurationMs[], delayMs: DurationMs, isSet: boolean): Reason[] {
  if (!isSet) return [{ key: "delay-is-gap", values: {} }];
  const overheadMs = median(gaps) - delayMs;
  return overheadMs > OVERHEAD_MS ? [{ key: "delay-overhead", values: { s: Math.round(overheadMs) / 1000 } }] : [];
}
