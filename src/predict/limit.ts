import type { Prediction } from "../model/prediction.js";
import type { DurationMs } from "../model/time.js";
import type { MeasuredRow } from "./measured-rows.js";
import type { Simulation } from "./simulation.js";

const SHARE = 0.95;
/** Delays are set by hand: a finer one would only show the noise of the simulation. */
const STEP_MS: DurationMs = 100;

/**
 * The smallest delay with which 95% of the simulated runs stay at or under the limit, by bisection: with more delay between them the Jobs of a
 * run only overlap less, so the share grows with the delay.
 */
export function smallestDelay(
  simulation: Simulation,
  maxOpen: number,
  rows: readonly MeasuredRow[],
  delayMs: DurationMs,
): Prediction["limit"] {
  const share = (steps: number): number => {
    let within = 0;
    for (let replicate = 0; replicate < simulation.replicates; replicate += 1) {
      const [outcome] = simulation.outcomes(replicate, [steps * STEP_MS]);
      if (outcome !== undefined && outcome.peak <= maxOpen) within += 1;
    }
    return within / simulation.replicates;
  };
  let [below, enough] = [-1, Math.ceil(longestWait(rows, delayMs) / STEP_MS)];
  const most = share(enough);
  if (most < SHARE) return { maxOpen, delayMs: null, withinLimit: most };
  let withinLimit = most;
  while (enough - below > 1) {
    const middle = (below + enough) >> 1;
    const found = share(middle);
    if (found >= SHARE) [enough, withinLimit] = [middle, found];
    else below = middle;
  }
  return { maxOpen, delayMs: enough * STEP_MS, withinLimit };
}

/** With so much delay every Job is gone before the next one is created, except those that stay. */
function longestWait(rows: readonly MeasuredRow[], delayMs: DurationMs): DurationMs {
  const jobs = rows.flatMap(({ jobs: own }) => own ?? []);
  const tail = jobs.reduce((most, { tailMs }) => Math.max(most, tailMs), 0);
  const lag = jobs.reduce((least, { lagMs }) => Math.min(least, lagMs), 0);
  const overhead = rows.reduce((least, { gapMs }) => Math.min(least, (gapMs ?? delayMs) - delayMs), 0);
  return tail - lag - overhead;
}
