import { groupBy } from "../model/group-by.js";
import type { Random } from "../model/random.js";
import type { DurationMs } from "../model/time.js";
import type { MeasuredJob, MeasuredRow } from "./measured-rows.js";
import { drawShares } from "./shares.js";
import { tailSource } from "./tails.js";

/** A run before its delay is chosen: investigations and Jobs as offsets, in arrays that the next draw fills again. */
export interface DrawnRun {
  readonly n: number;
  readonly busyMs: Float64Array;
  /** Time between two investigations beyond the delay. */
  readonly overheadMs: Float64Array;
  /** Of each Job: the index of its investigation, and creation and end from the start of that. */
  readonly jobOf: number[];
  readonly createdMs: number[];
  readonly goneMs: number[];
  /** How many Jobs of these arrays are of this draw. */
  jobs: number;
}

/**
 * Draws runs of n investigations from the measured ones, whole investigations at a time, so that what belongs together stays together.
 *
 * A data set of this size leaves open what the next run is like, so each draw first draws a data set: the shares of the outcomes that were seen
 * from a Dirichlet distribution with their counts and Jeffreys' prior of 1/2 each (Gelman et al., *Bayesian Data Analysis*, 3.4), and the
 * investigations of an outcome resampled, one less than there are: then the variance of a resampled mean is that of the mean (Rao and Wu 1988,
 * JASA 83). An outcome that was not seen is never drawn.
 */
export function runDrawer(rows: readonly MeasuredRow[], delayMs: DurationMs, n: number): (random: Random) => DrawnRun {
  const groups = [...groupBy(rows, ({ outcome }) => outcome).values()];
  const sets = groups.map((group) => group.slice(0, Math.max(1, group.length - 1)));
  const withJobs = rows.filter((row) => row.jobs !== null);
  const drawTail = tailSource(rows);
  const run: DrawnRun = { n, busyMs: new Float64Array(n), overheadMs: new Float64Array(n), jobOf: [], createdMs: [], goneMs: [], jobs: 0 };
  const take = (index: number, row: MeasuredRow, jobs: readonly MeasuredJob[], random: Random): void => {
    run.busyMs[index] = row.busyMs;
    run.overheadMs[index] = row.gapMs === undefined ? 0 : row.gapMs - delayMs;
    for (const { lagMs, tailMs, ended } of jobs) {
      run.jobOf[run.jobs] = index;
      run.createdMs[run.jobs] = lagMs;
      run.goneMs[run.jobs] = row.busyMs + (ended ? tailMs : drawTail(tailMs, row.outcome, random));
      run.jobs += 1;
    }
  };
  return (random) => {
    const shares = drawShares(
      groups.map((group) => group.length + 0.5),
      random,
    );
    for (const [place, set] of sets.entries()) resample(groups[place] ?? [], set, random);
    run.jobs = 0;
    for (let index = 0; index < n; index += 1) {
      const row = pick(sets[placeOf(random.next(), shares)] ?? [], random);
      if (row !== undefined) take(index, row, row.jobs ?? jobsLike(row, withJobs, random), random);
    }
    return run;
  };
}

/** Jobs of another investigation with the same outcome; of any, where none of those has known ones. */
function jobsLike({ outcome }: MeasuredRow, withJobs: readonly MeasuredRow[], random: Random): readonly MeasuredJob[] {
  const alike = withJobs.filter((row) => row.outcome === outcome);
  return pick(alike.length > 0 ? alike : withJobs, random)?.jobs ?? [];
}

function pick<T>(from: readonly T[], random: Random): T | undefined {
  return from[Math.floor(random.next() * from.length)];
}

/** Fills a set from a group that is not empty. */
function resample(group: readonly MeasuredRow[], set: MeasuredRow[], random: Random): void {
  for (let index = 0; index < set.length; index += 1) set[index] = pick(group, random) as MeasuredRow;
}

/** Index of the share in which a number from [0, 1) lies when they are laid one after the other. */
function placeOf(at: number, shares: readonly number[]): number {
  let end = shares[0] ?? 1;
  let place = 0;
  while (at >= end && place < shares.length - 1) {
    place += 1;
    end += shares[place] ?? 0;
  }
  return place;
}
