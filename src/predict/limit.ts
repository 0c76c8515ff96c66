import { LIMIT_SHARE, type Prediction } from "../model/prediction.js";
import type { DurationMs } from "../model/time.js";
import type { MeasuredRow } from "./measured-rows.js";
import type { RunOutcome } from "./run-outcome.js";
import type { Simulation } from "./simulation.js";

/** Delays are set by hand: a finer one would only show the noise of the simulation. */
const STEP_MS: DurationMs = 100;

/**
 * The smallest delay with which 95% of the simulated runs stay at or under the limit. With more delay between them the Jobs of a run only
 * overlap less, so each run has a smallest delay of its own, found by bisection; the answer is their 95% quantile.
 */
export function smallestDelay(
  { replicates, draw }: Simulation,
  maxOpen: number,
  rows: readonly MeasuredRow[],
  delayMs: DurationMs,
): Prediction["limit"] {
  const most = Math.ceil(longestWait(rows, delayMs) / STEP_MS);
  const steps = new Float64Array(replicates).map((_, replicate) => fewestSteps(draw(replicate), maxOpen, most)).sort();
  const found = steps[Math.ceil(replicates * LIMIT_SHARE) - 1] ?? Number.POSITIVE_INFINITY;
  const withinLimit = steps.filter((own) => own <= Math.min(found, most)).length / replicates;
  const ownPeak = rows.reduce((peak, row) => Math.max(peak, peakAlone(row)), 0);
  return { maxOpen, delayMs: found > most ? null : found * STEP_MS, withinLimit, ...(ownPeak > maxOpen ? { ownPeak } : {}) };
}

/** How many Jobs of one investigation were open at once: no delay parts these. */
function peakAlone({ busyMs, jobs }: MeasuredRow): number {
  const own = jobs ?? [];
  const openAt = (at: DurationMs) => own.filter(({ lagMs, tailMs }) => lagMs <= at && busyMs + tailMs > at).length;
  return own.reduce((peak, { lagMs }) => Math.max(peak, openAt(lagMs)), 0);
}

/** Infinity: Jobs that stay, or those of one investigation alone, keep the run above the limit whatever its delay. */
function fewestSteps(happen: (delayMs: DurationMs) => RunOutcome, maxOpen: number, most: number): number {
  const isWithin = (steps: number) => happen(steps * STEP_MS).peak <= maxOpen;
  if (!isWithin(most)) return Number.POSITIVE_INFINITY;
  let [below, enough] = [-1, most];
  while (enough - below > 1) {
    const middle = (below + enough) >> 1;
    if (isWithin(middle)) enough = middle;
    else below = middle;
  }
  return enough;
}

/** With so much delay every Job is gone before the next one is created, except those that stay. */
function longestWait(rows: readonly MeasuredRow[], delayMs: DurationMs): DurationMs {
  const jobs = rows.flatMap(({ jobs: own }) => own ?? []);
  const tail = jobs.reduce((most, { tailMs }) => Math.max(most, tailMs), 0);
  const lag = jobs.reduce((least, { lagMs }) => Math.min(least, lagMs), 0);
  const overhead = rows.reduce((least, { gapMs }) => Math.min(least, (gapMs ?? delayMs) - delayMs), 0);
  return tail - lag - overhead;
}
