import { largest, mean, smallest, sorted, studentPoint } from "../model/statistics.js";
import type { DurationMs } from "../model/time.js";

/** Values on whole steps of one unknown width. */
export interface Grid {
  readonly stepMs: DurationMs;
  /** Half width of the step's 95% interval. */
  readonly halfWidthMs: DurationMs;
  /** Place of level 0 at which the values' levels are counted from; level 0 is the lowest. */
  readonly originMs: DurationMs;
  readonly levelOf: (value: number) => number;
  /** Numbers of the occupied levels, ascending. */
  readonly levels: readonly number[];
  /** Lowest and highest distance of a value from its level, but for the outermost. */
  readonly residualsMs: readonly [DurationMs, DurationMs];
  readonly residualDeviationMs: DurationMs;
  /** Values that lie on no level, or below all levels of more than a few without being known to be of the first: one in a hundred at most. */
  readonly strays: ReadonlySet<number>;
}

/** Values of one level, ascending. */
type Level = readonly number[];

/** Levels wider than this share of their distance are no levels. */
const WIDEST_LEVEL = 0.4;
/**
 * One value in so many may lie anywhere: a few deletions that something delayed leave the grid of the others as it is. And the outermost of a level lie the farther out
 * the more values there are, so how wide it is does not hang on them.
 */
const ONE_STRAY_IN = 100;
/** Distances of levels may be off their multiple by this share of a step. */
const OFF_GRID = 0.1;
/** Cuts between levels are looked for at so many of the widest gaps. */
const MOST_CUTS = 40;

/**
 * All ways to see the values as levels at whole multiples of one step, with at least two levels, from the coarsest (fewest levels) on.
 * Which of them is the grid is for the caller to say: the values alone fit any of them. `first`: values that lie on the lowest level if they lie on any.
 */
export function gridsOf(values: readonly number[], first: ReadonlySet<number> = new Set()): Grid[] {
  const ascending = sorted(values);
  const gaps = sorted(ascending.slice(1).map((value, index) => value - (ascending[index] as number))).toReversed();
  // Equal values are never on different levels.
  const cuts = [...new Set(gaps.slice(0, MOST_CUTS))].filter((gap) => gap > 0);
  return cuts.flatMap((cut) => gridFrom(levelsOf(ascending, cut), first) ?? []);
}

/** Values that lie closer together than the cut belong to one level. */
function levelsOf(ascending: readonly number[], cut: number): Level[] {
  const levels: number[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const value of ascending) {
    if (value - last >= cut) levels.push([]);
    levels.at(-1)?.push(value);
    last = value;
  }
  return levels;
}

/**
 * The grid of the levels that are more than the few that may lie anywhere, and of whatever lies on it above the lowest of them: a few alone make neither a finer step nor
 * a lower beginning, unless these are known to be of the first level.
 */
function gridFrom(levels: readonly Level[], first: ReadonlySet<number>): Grid | undefined {
  const few = mostStrays(levels.reduce((count, level) => count + level.length, 0));
  const main = levels.filter((level) => level.length > few);
  const unit = unitOf(main);
  if (unit === undefined) return undefined;
  const places = main.map(mean);
  const holds = (level: Level) => {
    const place = mean(level);
    const isAbove = place > (places[0] ?? 0) || level.every((value) => first.has(value));
    return level.length > few || (isAbove && isWhole(smallest(places.map((one) => Math.abs(place - one))) / unit));
  };
  const strays = levels.filter((level) => !holds(level)).flat();
  return strays.length > few ? undefined : gridOn(levels.filter(holds), new Set(strays));
}

function isWhole(steps: number): boolean {
  return Math.abs(steps - Math.round(steps)) <= OFF_GRID;
}

/** Distances between neighbouring levels. */
function distances(levels: readonly Level[]): number[] {
  return levels.slice(1).map((level, index) => mean(level) - mean(levels[index] ?? []));
}

/** The least distance between levels; undefined where they are wide for it, or fewer than two. */
function unitOf(levels: readonly Level[]): number | undefined {
  const gaps = distances(levels);
  if (gaps.length === 0) return undefined;
  const unit = smallest(gaps);
  return largest(levels.map(widthOf)) > unit * WIDEST_LEVEL ? undefined : unit;
}

function gridOn(levels: readonly Level[], strays: ReadonlySet<number>): Grid | undefined {
  const unit = unitOf(levels);
  if (unit === undefined) return undefined;
  const gaps = distances(levels);
  const steps = gaps.map((gap) => Math.round(gap / unit));
  if (gaps.some((gap, index) => Math.abs(gap - unit * (steps[index] ?? 1)) > unit * OFF_GRID * (steps[index] ?? 1))) return undefined;
  let number = 0;
  const numbers = levels.map((_, index) => {
    number += index === 0 ? 0 : (steps[index - 1] ?? 1);
    return number;
  });
  const points = levels.flatMap((level, index) => level.map((value) => ({ x: numbers[index] ?? 0, y: value })));
  return { ...fitLine(points, numbers), strays };
}

/** So many of that many may be strays, and so many at each end are the outermost: one in a hundred, of fewer none. */
export function mostStrays(count: number): number {
  return Math.floor(count / ONE_STRAY_IN);
}

/** The lowest and highest of ascending values but for the outermost. */
function boundsOf(ascending: readonly number[]): readonly [number, number] {
  const left = mostStrays(ascending.length);
  return [ascending[left] ?? 0, ascending.at(-1 - left) ?? 0];
}

function widthOf(level: Level): number {
  const [low, high] = boundsOf(level);
  return high - low;
}

/** Least squares of the values over the numbers of their levels. */
function fitLine(points: readonly { readonly x: number; readonly y: number }[], levels: readonly number[]): Omit<Grid, "strays"> {
  const meanX = mean(points.map((point) => point.x));
  const meanY = mean(points.map((point) => point.y));
  let sxx = 0;
  let sxy = 0;
  for (const { x, y } of points) {
    sxx += (x - meanX) ** 2;
    sxy += (x - meanX) * (y - meanY);
  }
  const stepMs = sxy / sxx;
  const originMs = meanY - stepMs * meanX;
  const residuals = points.map(({ x, y }) => y - originMs - stepMs * x);
  let squares = 0;
  for (const residual of residuals) squares += residual ** 2;
  const freedom = points.length - 2;
  const variance = freedom > 0 ? squares / freedom : 0;
  return {
    stepMs,
    halfWidthMs: freedom > 0 ? studentPoint(freedom) * Math.sqrt(variance / sxx) : 0,
    originMs,
    levelOf: (value) => Math.round((value - originMs) / stepMs),
    levels,
    residualsMs: boundsOf(sorted(residuals)),
    residualDeviationMs: Math.sqrt(variance),
  };
}

/** Whether the value lies on one of the levels. */
export function isOnGrid(value: number, { strays }: Grid): boolean {
  return !strays.has(value);
}

/** The same grid with every step cut into so many. */
export function finer(grid: Grid, parts: number): Grid {
  const stepMs = grid.stepMs / parts;
  return {
    ...grid,
    stepMs,
    halfWidthMs: grid.halfWidthMs / parts,
    levelOf: (value) => Math.round((value - grid.originMs) / stepMs),
    levels: grid.levels.map((level) => level * parts),
  };
}
