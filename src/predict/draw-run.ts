import type { Random } from "../model/random.js";
import type { DurationMs } from "../model/time.js";
import type { MeasuredRow } from "./measured-rows.js";
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
}

/**
 * Draws runs of n investigations from the measured ones, whole investigations at a time. Each draw first resamples the measured ones
 * themselves, one less than there are, so that the runs differ as much as a data set of this size leaves open: with one less, the variance of
 * a resampled mean is that of the mean (Rao and Wu 1988, "Resampling Inference with Complex Survey Data", JASA 83).
 */
export function runDrawer(rows: readonly MeasuredRow[], delayMs: DurationMs, n: number): (random: Random) => DrawnRun {
  const known = [true, false].map((ok) => rows.filter((row) => row.jobs !== null && row.ok === ok));
  const anyKnown = rows.filter((row) => row.jobs !== null);
  const drawTail = tailSource(rows);
  const set: MeasuredRow[] = [];
  const run = { n, busyMs: new Float64Array(n), overheadMs: new Float64Array(n), jobOf: [], createdMs: [], goneMs: [] } as DrawnRun;
  const pick = (from: readonly MeasuredRow[], random: Random) => from[Math.floor(random.next() * from.length)];
  return (random) => {
    for (let index = 0; index < rows.length - 1; index += 1) set[index] = pick(rows, random) as MeasuredRow;
    run.jobOf.length = 0;
    run.createdMs.length = 0;
    run.goneMs.length = 0;
    for (let index = 0; index < n; index += 1) {
      const row = pick(set, random) as MeasuredRow;
      run.busyMs[index] = row.busyMs;
      run.overheadMs[index] = row.gapMs === undefined ? 0 : row.gapMs - delayMs;
      const alike = known[row.ok ? 0 : 1] ?? [];
      const jobs = row.jobs ?? pick(alike.length > 0 ? alike : anyKnown, random)?.jobs ?? [];
      for (const { lagMs, tailMs, ended } of jobs) {
        run.jobOf.push(index);
        run.createdMs.push(lagMs);
        run.goneMs.push(row.busyMs + (ended ? tailMs : drawTail(tailMs, row.ok, random)));
      }
    }
    return run;
  };
}
