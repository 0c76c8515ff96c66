import { createRandom } from "../model/statistics/random.js";
import type { DurationMs } from "../model/time.js";
import { runDrawer } from "./draw-run.js";
import type { MeasuredRow } from "./measured-rows.js";
import { type RunOutcome, runOutcome } from "./run-outcome.js";

/** Runs that may happen: the same replicate is the same run, whatever its delay. */
export interface Simulation {
  readonly replicates: number;
  /** Draws a replicate, and lets it happen with one delay after the other until the next is drawn. */
  readonly draw: (replicate: number) => (delayMs: DurationMs) => RunOutcome;
}

/** Runs of n investigations like the measured ones, whose delay was `measuredDelayMs`. */
export function simulation(
  rows: readonly MeasuredRow[],
  measuredDelayMs: DurationMs,
  options: { readonly n: number; readonly seed: number; readonly replicates: number },
): Simulation {
  const draw = runDrawer(rows, measuredDelayMs, options.n);
  return {
    replicates: options.replicates,
    draw: (replicate) => {
      const run = draw(createRandom(`predict/${options.seed}/${replicate}`));
      return (delayMs) => runOutcome(run, delayMs);
    },
  };
}

/** The numbers of all replicates with one delay, each array in the order of the replicates. */
export interface SimulatedDelay {
  readonly delayMs: DurationMs;
  readonly totalMs: Float64Array;
  readonly mean: Float64Array;
  readonly peak: Float64Array;
}

/** Lets every replicate happen with each delay. */
export function simulateDelays({ replicates, draw }: Simulation, delaysMs: readonly DurationMs[]): SimulatedDelay[] {
  const numbers = () => new Float64Array(replicates);
  const simulated = delaysMs.map((delayMs) => ({ delayMs, totalMs: numbers(), mean: numbers(), peak: numbers() }));
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    const happen = draw(replicate);
    for (const own of simulated) {
      const outcome = happen(own.delayMs);
      own.totalMs[replicate] = outcome.totalMs;
      own.mean[replicate] = outcome.mean;
      own.peak[replicate] = outcome.peak;
    }
  }
  return simulated;
}
