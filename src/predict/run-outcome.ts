import type { DurationMs } from "../model/time.js";
import type { DrawnRun } from "./draw-run.js";

/** The numbers of one simulated run. */
export interface RunOutcome {
  readonly totalMs: DurationMs;
  readonly mean: number;
  readonly peak: number;
}

/**
 * Lets a drawn run happen with a delay. Open Jobs are counted as in a report: half-open intervals, from the first creation to the last
 * deletion or, with Jobs that stay, to the end of the run if that is later.
 */
export function runOutcome(run: DrawnRun, delayMs: DurationMs): RunOutcome {
  const { n, busyMs, overheadMs, jobOf, createdMs, goneMs, jobs } = run;
  const starts = scratch("starts", n);
  let at = 0;
  let totalMs = 0;
  for (let index = 0; index < n; index += 1) {
    starts[index] = at;
    totalMs = at + (busyMs[index] ?? 0);
    at = totalMs + Math.max(0, delayMs + (overheadMs[index] ?? 0));
  }
  const created = scratch("created", jobs);
  const gone = scratch("gone", jobs);
  let lastGone = Number.NEGATIVE_INFINITY;
  let stays = false;
  for (let job = 0; job < created.length; job += 1) {
    const start = starts[jobOf[job] ?? 0] ?? 0;
    const from = start + (createdMs[job] ?? 0);
    const to = Math.max(from, start + (goneMs[job] ?? 0));
    created[job] = from;
    gone[job] = to;
    if (to === Number.POSITIVE_INFINITY) stays = true;
    else lastGone = Math.max(lastGone, to);
  }
  const last = stays ? Math.max(totalMs, lastGone) : lastGone;
  sortNearly(created);
  sortNearly(gone);
  return { totalMs, peak: highest(created, gone), mean: meanOpen(created, gone, last) };
}

/** Arrays that every run fills again: thousands of runs would leave as many behind. */
const kept = { starts: new Float64Array(0), created: new Float64Array(0), gone: new Float64Array(0) };

function scratch(name: keyof typeof kept, length: number): Float64Array {
  if (kept[name].length < length) kept[name] = new Float64Array(length);
  return kept[name].length === length ? kept[name] : kept[name].subarray(0, length);
}

/** Both in ascending order; an end at the moment of a creation comes first. */
function highest(created: Float64Array, gone: Float64Array): number {
  let peak = 0;
  let ended = 0;
  for (let begun = 0; begun < created.length; begun += 1) {
    while (ended < gone.length && (gone[ended] ?? 0) <= (created[begun] ?? 0)) ended += 1;
    peak = Math.max(peak, begun + 1 - ended);
  }
  return peak;
}

function meanOpen(created: Float64Array, gone: Float64Array, last: number): number {
  let open = 0;
  for (let job = 0; job < created.length; job += 1) open += Math.min(gone[job] ?? 0, last) - (created[job] ?? 0);
  const length = last - (created[0] ?? 0);
  return length > 0 ? open / length : 0;
}

/** Moves for each value after which insertion is no longer the faster way. */
const MOST_MOVES = 24;

/** Sorts in place what is nearly in order, as the Jobs of a run are: by insertion, several times as fast as the general way. */
function sortNearly(values: Float64Array): void {
  let left = values.length * MOST_MOVES;
  for (let index = 1; index < values.length; index += 1) {
    const value = values[index] as number;
    let at = index - 1;
    while (at >= 0 && (values[at] as number) > value) {
      values[at + 1] = values[at] as number;
      at -= 1;
    }
    values[at + 1] = value;
    left -= index - 1 - at;
    if (left < 0) {
      values.sort();
      return;
    }
  }
}
