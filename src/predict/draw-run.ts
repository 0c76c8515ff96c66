import { groupBy } from "../model/collections/group-by.js";
import type { Random } from "../model/statistics/random.js";
import type { DurationMs } from "../model/time.js";
import type { MeasuredRow } from "./measured-rows.js";
import { lazySet, wholeSet } from "./resampled-set.js";
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
  const usual = usualRows(rows, delayMs);
  const groups = [...groupBy([...rows.keys()], (index) => rows[index]?.outcome).values()].map((group) => Int32Array.from(group));
  const dataSet = rows.length > n ? lazySet(groups) : wholeSet(groups);
  const withJobs = rows.filter((row) => row.jobs !== null);
  const alike = groupBy(withJobs, ({ outcome }) => outcome);
  const drawTail = tailSource(rows);
  const run: DrawnRun = { n, busyMs: new Float64Array(n), overheadMs: new Float64Array(n), jobOf: [], createdMs: [], goneMs: [], jobs: 0 };
  const addJob = (index: number, createdMs: DurationMs, goneMs: DurationMs): void => {
    run.jobOf[run.jobs] = index;
    run.createdMs[run.jobs] = createdMs;
    run.goneMs[run.jobs] = goneMs;
    run.jobs += 1;
  };
  const take = (index: number, place: number, random: Random): void => {
    const at = place * PARTS;
    run.busyMs[index] = usual[at] as number;
    run.overheadMs[index] = usual[at + 1] as number;
    const goneMs = usual[at + 3] as number;
    if (!Number.isNaN(goneMs)) {
      addJob(index, usual[at + 2] as number, goneMs);
      return;
    }
    const row = rows[place] as MeasuredRow;
    // Where its own are not known, those of another investigation with the same outcome; of any, where none of those has known ones.
    for (const job of row.jobs ?? pick(alike.get(row.outcome) ?? withJobs, random)?.jobs ?? [])
      addJob(index, job.lagMs, row.busyMs + (job.ended ? job.tailMs : drawTail(job, row.outcome, random)));
  };
  return (random) => {
    const shares = drawShares(
      groups.map((group) => group.length + 0.5),
      random,
    );
    dataSet.begin(random);
    run.jobs = 0;
    for (let index = 0; index < n; index += 1) {
      const place = dataSet.pick(placeOf(random.next(), shares), random);
      take(index, place, random);
    }
    return run;
  };
}

/** Numbers of a row in `usualRows`. */
const PARTS = 4;

/**
 * What is drawn of each row, side by side in memory, for rows are picked at random from tens of thousands: busy, overhead, and of its Job creation
 * and end; NaN where it has not exactly one Job whose end was seen.
 */
function usualRows(rows: readonly MeasuredRow[], delayMs: DurationMs): Float64Array {
  const numbers = new Float64Array(rows.length * PARTS);
  for (const [place, { busyMs, gapMs, jobs }] of rows.entries()) {
    const [job] = jobs?.length === 1 ? jobs : [];
    const ofJob = job?.ended === true ? [job.lagMs, busyMs + job.tailMs] : [Number.NaN, Number.NaN];
    numbers.set([busyMs, gapMs === undefined ? 0 : gapMs - delayMs, ...ofJob], place * PARTS);
  }
  return numbers;
}

function pick<T>(from: readonly T[], random: Random): T | undefined {
  return from[Math.floor(random.next() * from.length)];
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
