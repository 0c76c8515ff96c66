/** The length of the run: first start to last end of its investigations, on the clocks of all runners. */

import { type Clock, isTied, toClusterTime } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import { marksThat } from "../../model/marks.js";
import type { Measured } from "../../model/measurement.js";
import type { Profile } from "../../model/profile.js";
import { width } from "../../model/statistics/bounds.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import { type Bounds, type ClockId, type DurationMs, type EpochMs, roundedSeconds } from "../../model/time.js";
import { clockOf, type Investigation, isSound, type Point, SILENT_MS, type Timeline } from "../../model/timeline.js";
import { none, ofRun } from "./measured.js";
import type { MetricContext } from "./metric-context.js";

/** What one runner shows of the run, on its own clock. Stamps are cut, so each end has a width. */
interface RunnerSpan {
  readonly clockId: ClockId;
  readonly clock: Clock | undefined;
  readonly first: Point;
  readonly last: Point;
  readonly starts: Bounds;
  readonly ends: Bounds;
}

/** From the first start on one runner to the last end on another, or on the same. */
interface Length extends Bounds {
  readonly first: Point;
  readonly last: Point;
  readonly ms: DurationMs;
  readonly resolutionMs: DurationMs;
}

/** Where investigations overlap, the last to begin need not be the last to end. */
export function runDuration({ timeline, profile }: MetricContext): Measured {
  const { investigations } = timeline;
  const spans = [...groupBy(investigations, clockIdOf)].flatMap(([id, own]) => runnerSpan(id, clockOf(timeline, id), own) ?? []);
  if (spans.length === 0) return none("no-log");
  if (investigations.some(({ run }) => run !== investigations[0]?.run)) return none("several-runs");
  if (!isWhole(timeline, profile)) return none("run-not-whole");
  const isKnown = ({ clockId, starts, ends }: RunnerSpan) => isSound(timeline, clockId, { lo: starts.lo, hi: ends.hi });
  if (!spans.every(isKnown)) return none("clock-doubtful");
  if (spans.length > 1 && !spans.every(({ clock }) => isTied(clock))) return none("clock-unanchored");
  // The run is as long as the longest of them; none of them can be longer than it.
  const lengths = spans.flatMap((from) => spans.map((to) => lengthBetween(from, to)));
  const { first, last, ms, resolutionMs } = lengths.reduce((longest, other) => (other.ms > longest.ms ? other : longest));
  return ofRun(roundedSeconds(ms), "s", {
    statistic: "total",
    n: investigations.length,
    resolution: roundedSeconds(resolutionMs),
    interval: [roundedSeconds(largest(lengths.map(({ lo }) => lo))), roundedSeconds(largest(lengths.map(({ hi }) => hi)))],
    evidence: [first.evidence, last.evidence],
  });
}

function clockIdOf({ clock }: Investigation): ClockId {
  return clock ?? "runner";
}

/**
 * Whether the log holds the run from its first start to its last end. It does not if it ends while an investigation goes on, begins in the
 * middle of one, or holds fewer than it announces.
 */
function isWhole({ investigations, run, unowned = [] }: Timeline, profile: Profile): boolean {
  if (investigations.length < (run.announced ?? 0)) return false;
  if (investigations.some(({ outcome }) => outcome === "running")) return false;
  const beginning = marksThat(profile, "opens", "header");
  const begins = ({ points }: Investigation) => points.some(({ mark }) => beginning.has(mark));
  // A client that never logs its requests does not make the log a cut one.
  if (!investigations.some(begins)) return true;
  // Where all that was announced has begun, what goes on before is of another run.
  const ofOthers = run.announced === undefined ? unowned.filter((line) => line.run === investigations[0]?.run) : [];
  return [...groupBy(investigations, clockIdOf)].every(([clock, own]) => {
    const begun = own.flatMap((one) => (begins(one) ? [] : (one.points[0]?.at ?? [])));
    const other = ofOthers.flatMap((line) => (line.clock === clock ? line.at : []));
    const until = earlyUntil(own);
    return [...begun, ...other].every((at) => at > until);
  });
}

/**
 * Until when the first line of one that began before the runner's log may come: one after another, with the log; where they overlap, after as
 * long as one that goes on may be silent.
 */
function earlyUntil(investigations: readonly Investigation[]): EpochMs {
  let [begin, end, silentMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, SILENT_MS];
  let overlap = false;
  for (const { points } of investigations) {
    const first = points[0]?.at ?? end;
    overlap ||= first < end;
    begin = Math.min(begin, first);
    end = Math.max(end, points.at(-1)?.at ?? end);
    for (let index = 1; index < points.length; index += 1) {
      const [before, after] = [points[index - 1] as Point, points[index] as Point];
      if (before.uncertain !== true && after.uncertain !== true) silentMs = Math.max(silentMs, after.at - before.at);
    }
  }
  return overlap ? begin + silentMs : begin;
}

function runnerSpan(clockId: ClockId, clock: Clock | undefined, investigations: readonly Investigation[]): RunnerSpan | undefined {
  const edges = investigations.flatMap(({ points }) => {
    const [first, last] = [points[0], points.at(-1)];
    return first === undefined || last === undefined ? [] : [{ first, last, latest: last.at + stampMs(last, first) }];
  });
  const [any] = edges;
  if (any === undefined) return undefined;
  const { first } = edges.reduce((a, b) => (b.first.at < a.first.at ? b : a));
  const { last } = edges.reduce((a, b) => (b.last.at > a.last.at ? b : a));
  return {
    clockId,
    clock,
    first,
    last,
    starts: { lo: first.at, hi: smallest(edges.map((edge) => edge.first.at + edge.first.resolutionMs)) },
    ends: { lo: last.at, hi: largest(edges.map(({ latest }) => latest)) },
  };
}

/** How far the stamp of a mark is cut. One that several investigations could own is blurred beyond that, but it is a mark of the run all the same. */
function stampMs(point: Point, first: Point): DurationMs {
  return point.uncertain === true ? first.resolutionMs : point.resolutionMs;
}

/** On one clock the difference of its readings, for its offset is in both; between two clocks what both offsets leave open is added. */
function lengthBetween(from: RunnerSpan, to: RunnerSpan): Length {
  const isOneClock = from === to;
  const place = ({ clock }: RunnerSpan, at: EpochMs) => (isOneClock ? at : (toClusterTime(clock, at) ?? Number.NaN));
  const clockMs = isOneClock ? 0 : (from.clock?.uncertaintyMs ?? 0) + (to.clock?.uncertaintyMs ?? 0);
  const ms = place(to, to.ends.lo) - place(from, from.starts.lo);
  return {
    first: from.first,
    last: to.last,
    ms,
    lo: ms - width(from.starts) - clockMs,
    hi: ms + width(to.ends) + clockMs,
    resolutionMs: Math.max(width(from.starts), width(to.ends)) + 2 * clockMs,
  };
}
