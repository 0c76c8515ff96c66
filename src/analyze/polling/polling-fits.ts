import { groupBy } from "../../model/collections/group-by.js";
import { oncePer } from "../../model/collections/once-per.js";
import { largest, smallest, sorted } from "../../model/statistics/statistics.js";
import type { ClockId, DurationMs } from "../../model/time.js";
import { type Grid, outermost, straysOnGrid } from "./polling-grid.js";
import type { PollingSample } from "./polling-samples.js";

/** Closed range. */
export type Range = readonly [number, number];

/** One way in which interval, checks and deletion time explain the data. */
export interface PollingFit {
  readonly intervalMs: DurationMs;
  readonly checks: number;
  /** First low reading to last: (checks - 1) intervals, each off by as much as `intervalMs` is. */
  readonly triggerMs: DurationMs;
  /** Last check to the request (to the Job gone, where no request was seen): the upper end if the readings do not lag, less if they do. */
  readonly processMs: Range;
}

/** A grid held against the waits. */
export interface GridReading {
  readonly grid: Grid;
  /** How the lowest level may be seen; at least one way. */
  readonly views: readonly View[];
  /** By how much the lag of the readings may differ from Job to Job. */
  readonly lagMs: DurationMs;
  /**
   * So many deletions may speak against it: what hangs on a single one of twelve and more is not taken for sure. But parts of the distance of the levels, and a lag that
   * varies, fit nearly anything: there a single one counts.
   */
  readonly exceptions: number;
}

/** The lowest level is one like the others, or (`unseen`) one of deletions whose readings never saw a use. */
interface View {
  readonly unseen: boolean;
  /**
   * Shortest time from the end of a use to the deletion: lag of the reading + (checks - 1) intervals + process. Every wait lies between it and
   * one interval more, so many waits bound it from both sides.
   */
  readonly shortestWaitMs: Range;
  /** The same as each runner's clock shows it, off by as much as the waits of that clock are. */
  readonly onClock: ReadonlyMap<ClockId, Range>;
}

/** Places at which the first reading is tried. */
const POSITIONS = 100;

interface Wait {
  readonly level: number;
  readonly waitMs: DurationMs;
  readonly clock: ClockId;
  /** Half width of what the offset of that clock leaves open. */
  readonly clockMs: DurationMs;
}

/**
 * Holds a grid against the waits of used Jobs, which must lie within one step. Deletions whose readings never saw a use share the lowest level:
 * Jobs that nobody used, and streams that fell between two readings. undefined: the waits do not allow this grid.
 */
export function readGrid(samples: readonly PollingSample[], grid: Grid, lagMs: DurationMs = 0): GridReading | undefined {
  // On the grid a wait is free of what the deletion itself varies.
  const waits = samples.flatMap(({ endMs, used, clock, clockWidthMs }): Wait[] => {
    const level = grid.levelOf(endMs);
    return used === null ? [] : [{ level, waitMs: grid.originMs + level * grid.stepMs - used.toMs, clock, clockMs: clockWidthMs / 2 }];
  });
  const [lowest = 0] = grid.levels;
  const above = waits.filter(({ level }) => level > lowest);
  const unused = samples.filter(({ used }) => used === null).map(({ endMs }) => grid.levelOf(endMs));
  const known = unused.length > 0 && unused.every((level) => level === lowest);
  const stampsMs = slackOf(samples, grid);
  const exceptions = grid.parts > 1 || lagMs > 0 ? outermost(samples.length) : straysOnGrid(samples.length);
  const views = [...(known ? [] : [{ unseen: false, seen: waits }]), { unseen: true, seen: above }].flatMap(({ unseen, seen }): View[] => {
    const shortest = shortestWait(seen, grid.stepMs + lagMs, stampsMs, exceptions);
    return shortest === undefined ? [] : [{ unseen, ...shortest }];
  });
  return views.length === 0 ? undefined : { grid, views, lagMs, exceptions };
}

/**
 * What waits that spread over `withinMs` at most leave of the shortest that there can be. The offset of a clock shifts all its waits alike, whatever
 * the other clocks are off. So each clock bounds it by itself, but for a few strays, and what all of them leave holds. undefined: they leave nothing.
 */
function shortestWait(
  waits: readonly Wait[],
  withinMs: DurationMs,
  stampsMs: DurationMs,
  few: number,
): Pick<View, "shortestWaitMs" | "onClock"> | undefined {
  if (waits.length === 0) return undefined;
  const clocks = [...groupBy(waits, ({ clock }) => clock)].map(([clock, own]) => {
    const ascending = sorted(own.map(({ waitMs }) => waitMs));
    // Of the few some may be among the shortest and the rest among the longest.
    const ranges = Array.from({ length: few + 1 }, (_, short): Range => {
      const longest = ascending.at(-1 - (few - short)) ?? Number.NEGATIVE_INFINITY;
      return [longest - withinMs - stampsMs, (ascending[short] ?? Number.POSITIVE_INFINITY) + stampsMs];
    }).filter(([low, high]) => low <= high);
    return {
      clock,
      clockMs: largest(own.map(({ clockMs }) => clockMs)),
      low: smallest(ranges.map(([low]) => low)),
      high: largest(ranges.map(([, high]) => high)),
    };
  });
  const low = largest(clocks.map((own) => own.low - own.clockMs));
  const high = smallest(clocks.map((own) => own.high + own.clockMs));
  if (!(low <= high) || !Number.isFinite(high - low) || clocks.some((own) => own.low > own.high)) return undefined;
  const onClock = clocks.map((own): [ClockId, Range] => {
    const { clock, clockMs } = own;
    return [clock, [Math.max(own.low, low) - clockMs, Math.min(own.high, high) + clockMs]];
  });
  return { shortestWaitMs: [low, high], onClock: new Map(onClock) };
}

/** Half width of what stamps leave open, at most. */
const widestStamps = oncePer((samples: readonly PollingSample[]) => largest(samples.map(({ resolutionMs }) => resolutionMs / 2)));

/** What the interval may be: so many intervals in a row are off by so many times what one is. */
function intervalRange({ stepMs, halfWidthMs }: Grid): Range {
  return [stepMs - halfWidthMs, stepMs + halfWidthMs];
}

/** How far a wait may be off, but for the offset between the clocks: stamps, and the grid itself. */
function slackOf(samples: readonly PollingSample[], { residualDeviationMs, halfWidthMs }: Grid): DurationMs {
  return widestStamps(samples) + (2 * residualDeviationMs) / Math.sqrt(samples.length) + halfWidthMs;
}

/**
 * Every number of checks that the data allow, with some interval in its range, from a single one on. Upper limit: no deletion comes before its last check. Lower limit: a Job that went on
 * after k low readings in a row needs more than k. Between them stamps alone cannot tell a check from one more interval of lag or deletion time, and how
 * long those may take is nothing that the stamps say; `latestMs`: they are taken to be no longer than that together.
 */
export function fitsFor(samples: readonly PollingSample[], reading: GridReading, latestMs = Number.POSITIVE_INFINITY): PollingFit[] {
  const { stepMs, residualsMs } = reading.grid;
  const [shortestMs, longestMs] = intervalRange(reading.grid);
  const jitterMs = widestStamps(samples);
  // The quickest deletion is that much quicker than the typical one.
  const quickestMs = Math.max(0, -residualsMs[0] - jitterMs);
  const waitMs: Range = [
    smallest(reading.views.map(({ shortestWaitMs }) => shortestWaitMs[0])),
    largest(reading.views.map(({ shortestWaitMs }) => shortestWaitMs[1])),
  ];
  const fits: PollingFit[] = [];
  for (let checks = 1; (checks - 1) * shortestMs + quickestMs <= waitMs[1]; checks += 1) {
    if (waitMs[0] - (checks - 1) * longestMs > latestMs) continue;
    const slowest = reading.views.flatMap((view) => {
      const ms = longestAfterLast(samples, reading, view, checks);
      return ms === undefined || ms < quickestMs ? [] : [ms];
    });
    if (slowest.length > 0) {
      fits.push({ intervalMs: stepMs, checks, triggerMs: (checks - 1) * stepMs, processMs: [quickestMs, largest(slowest)] });
    }
  }
  return fits;
}

/** Last check to deletion, at most, if so many checks end a Job; undefined where this view of the grid does not allow it. */
function longestAfterLast(samples: readonly PollingSample[], reading: GridReading, view: View, checks: number): DurationMs | undefined {
  const { grid } = reading;
  const triggerMs = (checks - 1) * intervalRange(grid)[0];
  if (!view.unseen) return view.shortestWaitMs[1] - triggerMs;
  const shortestWaitMs = unseenRange(samples, reading, view.shortestWaitMs, checks);
  if (shortestWaitMs === undefined || !survives(samples, reading, checks, shortestWaitMs[1] - triggerMs)) return undefined;
  return shortestWaitMs[1] - leastLag(samples, reading, shortestWaitMs) - triggerMs;
}

/** The part of the range for which none of so many readings, from the first on, saw a use of the lowest level, but for a few strays. */
function unseenRange(samples: readonly PollingSample[], reading: GridReading, range: Range, checks: number): Range | undefined {
  const [low, high] = range;
  const sees = positionsThatSee(samples, reading, range, checks);
  const isUnseen = (uses: number) => uses <= reading.exceptions;
  const [first, last] = [sees.findIndex(isUnseen), sees.findLastIndex(isUnseen)];
  if (first === -1) return undefined;
  const at = (position: number) => low + ((high - low) * position) / POSITIONS;
  const betweenMs = (high - low) / POSITIONS;
  return [Math.max(low, at(first) - betweenMs), Math.min(high, at(last) + betweenMs)];
}

/** For each position of the first reading, from the shortest wait of the range to the longest: how many uses of the lowest level one of so many readings saw. */
function positionsThatSee(samples: readonly PollingSample[], { grid, lagMs }: GridReading, [low, high]: Range, checks: number): Int32Array {
  const [lowest = 0] = grid.levels;
  const lowestMs = grid.originMs + lowest * grid.stepMs;
  const [shortestMs, longestMs] = intervalRange(grid);
  const leastSlackMs = slackOf(samples, grid) + lagMs;
  // The last position with no longer a wait than this.
  const upTo = (waitMs: DurationMs) =>
    waitMs < low ? -1 : waitMs >= high ? POSITIONS : Math.floor((POSITIONS * (waitMs - low)) / (high - low));
  // A use is seen from one position up to another: what begins and what ends there, then their sum.
  const seen = new Int32Array(POSITIONS + 2);
  for (const { endMs, used, clockWidthMs } of samples) {
    if (used === null || grid.levelOf(endMs) > lowest) continue;
    const slackMs = leastSlackMs + clockWidthMs / 2;
    let earlierMs = Number.POSITIVE_INFINITY;
    for (let number = 0; number < checks; number += 1) {
      const fromMs = used.fromMs + slackMs - number * shortestMs;
      // A long use that an earlier reading saw counts once.
      const toMs = Math.min(earlierMs, used.toMs - slackMs - number * longestMs);
      if (fromMs >= toMs) break;
      earlierMs = fromMs;
      const [before, last] = [upTo(lowestMs - toMs), upTo(lowestMs - fromMs)];
      seen[before + 1] = (seen[before + 1] as number) + 1;
      seen[last + 1] = (seen[last + 1] as number) - 1;
    }
  }
  for (let index = 1; index < seen.length; index += 1) seen[index] = (seen[index] as number) + (seen[index - 1] as number);
  return seen.subarray(0, POSITIONS + 1);
}

/** Used Jobs above the lowest level, which no reading saw in use: how many readings of the Job came before the last that did. */
function seenInUse(samples: readonly PollingSample[], grid: Grid) {
  const [lowest = 0] = grid.levels;
  return samples.flatMap(({ endMs, used, clockWidthMs }) => {
    const level = grid.levelOf(endMs);
    return used === null || level <= lowest ? [] : [{ used, readingsBefore: level - lowest - 1, clockMs: clockWidthMs / 2 }];
  });
}

/**
 * By how much the readings lag at least. The lowest level tells how many readings came before the last that saw a use, and the waits tell when
 * the first reading fell, less the lag. It cannot fall before the Pod began; and where it seems to see a use that has yet to begin, it is an
 * average over some time.
 */
function leastLag(samples: readonly PollingSample[], { grid, exceptions }: GridReading, shortestWaitMs: Range): DurationMs {
  const [lowest = 0] = grid.levels;
  const longestMs = intervalRange(grid)[1];
  const firstReadingMs = grid.originMs + lowest * grid.stepMs - shortestWaitMs[0];
  const starts = seenInUse(samples, grid).map(({ used, readingsBefore, clockMs }) => used.fromMs - clockMs - readingsBefore * longestMs);
  const latest = sorted(starts).at(-1 - exceptions) ?? Number.NEGATIVE_INFINITY;
  return Math.max(0, -firstReadingMs, latest - firstReadingMs - slackOf(samples, grid));
}

/** No Job but a few strays went on after so many low readings in a row, if each reading is an average over `averagedMs` at most. */
function survives(samples: readonly PollingSample[], { grid, exceptions }: GridReading, checks: number, averagedMs: DurationMs): boolean {
  const [shortestMs] = intervalRange(grid);
  const wentOn = seenInUse(samples, grid).filter(({ used, readingsBefore }) => {
    const seeing = 1 + Math.floor((used.toMs - used.fromMs + averagedMs) / shortestMs);
    return readingsBefore + 1 - seeing >= checks;
  });
  return wentOn.length <= exceptions;
}

/**
 * The fit by which a deletion comes at most so long after its last check, without a lag of the readings; undefined where that may hold of several, or need not hold
 * of any. What the beginnings of uses say of it counts only if no use is as long as an interval: else they look so with one check more, too.
 */
export function promptFit(
  samples: readonly PollingSample[],
  fits: readonly PollingFit[],
  reading: GridReading,
  latestMs: DurationMs,
): PollingFit | undefined {
  if (reading.lagMs > 0) return undefined;
  const [shortestMs, longestMs] = intervalRange(reading.grid);
  const [only, ...others] = fits.filter(({ checks }) =>
    reading.views.some(
      ({ shortestWaitMs: [low, high] }) => low <= (checks - 1) * longestMs + latestMs && high >= (checks - 1) * shortestMs,
    ),
  );
  if (only === undefined || others.length > 0) return undefined;
  const { checks } = only;
  const short = samples.every(({ used }) => used === null || used.toMs - used.fromMs < shortestMs - latestMs);
  const latest = reading.views.flatMap(
    (view) => (short ? longestAfterLast(samples, reading, view, checks) : view.shortestWaitMs[1] - (checks - 1) * shortestMs) ?? [],
  );
  return latest.length > 0 && largest(latest) <= latestMs ? only : undefined;
}
