import { groupBy } from "../../model/collections/group-by.js";
import { smallest } from "../../model/statistics/statistics.js";
import type { Bounds, DurationMs, EpochMs } from "../../model/time.js";
import { RUN_GAP_MS } from "../investigations/runs.js";

/** One of the runs in one of several logs. */
export interface RunPlace {
  /** Which of the logs it is in. */
  readonly log: number;
  /** Which of that log's runs it is, from 1. */
  readonly run: number;
  /** From its first mark to its last one, cluster time; null where nothing places it. */
  readonly span: Bounds | null;
  /** Its first lines are those of a new run, wherever they stand. */
  readonly isBeginning: boolean;
}

type Placed = RunPlace & { readonly span: Bounds };

/** Runs of logs, put together. */
export interface SameRuns {
  /** The places of each run, at most one of each log; the runs in order of their start. */
  readonly runs: readonly (readonly RunPlace[])[];
  /** Each is in one log alone, and ended before the next began. */
  readonly inTurn: boolean;
}

/**
 * Which runs of several logs are one: those that were at the same time, and one that goes on where another ended, as it would in a single log. Two
 * runs of one log never are, for its own lines tell them apart. Where that leaves a choice, those are one that overlap longest, then those that are
 * nearest. Nothing tells when those were that no clock places: the last of a log is taken for a part of the last of all, and so on backwards.
 */
export function sameRuns(places: readonly RunPlace[]): SameRuns {
  const placed = places.filter(isPlaced).sort((a, b) => a.span.lo - b.span.lo);
  const runOf = new Map(placed.map((place) => [place, [place]]));
  for (const [one, other] of pairs(placed)) {
    const [run, more] = [runOf.get(one) ?? [], runOf.get(other) ?? []];
    if (run.some(({ log }) => more.some((place) => place.log === log))) continue;
    run.push(...more);
    for (const place of more) runOf.set(place, run);
  }
  const runs: RunPlace[][] = [...new Set(runOf.values())].sort((a, b) => startOf(a) - startOf(b));
  for (const ofLog of groupBy(places, ({ log }) => log).values()) putBackwards(runs, ofLog);
  // Where two overlapped, at least one of them would be in several logs.
  return { runs, inTurn: places.length === placed.length && runs.every((run) => run.length === 1) };
}

/** Gives the runs of a log their places that no clock has placed, each in the run before that of the next one. */
function putBackwards(runs: RunPlace[][], ofLog: readonly RunPlace[]): void {
  let next = runs.length;
  for (const place of [...ofLog].reverse()) {
    const last = runs[next - 1];
    if (isPlaced(place)) next = runs.findIndex((run) => run.includes(place));
    else if (last === undefined || last.some(({ log }) => log === place.log)) runs.splice(next, 0, [place]);
    else {
      last.push(place);
      next -= 1;
    }
  }
}

function isPlaced(place: RunPlace): place is Placed {
  return place.span !== null;
}

/** Runs of different logs that may be one, the likeliest first. */
function pairs(inOrder: readonly Placed[]): (readonly [Placed, Placed])[] {
  const found: { readonly pair: readonly [Placed, Placed]; readonly apartMs: DurationMs }[] = [];
  for (const [index, one] of inOrder.entries()) {
    for (let next = index + 1; next < inOrder.length; next += 1) {
      const other = inOrder[next] as Placed;
      if (other.span.lo > one.span.hi + RUN_GAP_MS) break;
      // Below zero where they overlap.
      const apartMs = other.span.lo - Math.min(one.span.hi, other.span.hi);
      if (one.log !== other.log && (apartMs <= 0 || !other.isBeginning)) found.push({ pair: [one, other], apartMs });
    }
  }
  return found.sort((a, b) => a.apartMs - b.apartMs).map(({ pair }) => pair);
}

function startOf(run: readonly Placed[]): EpochMs {
  return smallest(run.map(({ span }) => span.lo));
}
