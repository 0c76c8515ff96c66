import { usualRange } from "../../model/statistics/outliers.js";
import { largest, mean, median, smallest, sorted, studentPoint } from "../../model/statistics/statistics.js";
import type { DurationMs } from "../../model/time.js";

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
  /** Values that lie on no level, or below all levels of more than a few without being known to be of the first. */
  readonly strays: ReadonlySet<number>;
  /** The step is so many-th part of the distance that the levels show. */
  readonly parts: number;
}

/** Values of one level, ascending. */
type Level = readonly number[];

/** Levels wider than this share of their distance are no levels. */
const WIDEST_LEVEL = 0.4;
/** One value in so many may lie on no level, up to so many of them, or one in a hundred: a few deletions that something delayed leave the grid of the others as it is. */
const STRAYS = { oneIn: 12, upTo: 8 };
/** The outermost of a level lie the farther out the more values there are, so how wide it is does not hang on one in so many. */
const ONE_OUTERMOST_IN = 100;
/** Distances of levels may be off their multiple by this share of a step. */
const OFF_GRID = 0.1;
/** Levels are taken to be this wide at least, as a share of a step. */
const EXACT_LEVEL = 0.02;
/** So many, evenly taken from all levels, tell how far values lie from their level. */
const ENOUGH_DEVIATIONS = 2_000;
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
 * The grid of the levels of more than a few, and of whatever lies on it above the lowest of them: a few alone make neither a finer step nor a lower beginning, unless
 * these are known to be of the first level. undefined where the cut takes levels apart, too: where a few lie within another level, or strays at one place.
 */
function gridFrom(levels: readonly Level[], first: ReadonlySet<number>): Grid | undefined {
  const count = levels.reduce((sum, level) => sum + level.length, 0);
  const few = straysOnGrid(count);
  const main = levels.filter((level) => level.length > few);
  const unit = unitOf(main);
  if (unit === undefined) return undefined;
  const reach = reachOf(main, unit);
  if (reach === undefined) return undefined;
  const rest = levels.filter((level) => level.length <= few).map((level) => ({ level, place: mean(level) }));
  const places = main.map(mean);
  const strays = rest.filter(({ level, place }) => {
    const isAbove = place > (places[0] ?? 0) || level.every((value) => first.has(value));
    const distance = smallest(places.map((one) => Math.abs(place - one)));
    const steps = Math.round(distance / unit);
    return !isAbove || Math.abs(distance - steps * unit) > Math.min(OFF_GRID * unit, (1 + steps) * reach);
  });
  const values = strays.flatMap(({ level }) => level);
  const widest = largest(main.map(widthOf));
  const areTogether = values.some((value, index) => (values[index + few] ?? Number.POSITIVE_INFINITY) - value <= widest);
  const isWithin = rest.some(({ place }) => places.some((one) => Math.abs(place - one) <= reach));
  if (values.length > straysOffGrid(count) || areTogether || isWithin) return undefined;
  const apart = new Set(strays.map(({ level }) => level));
  return gridOn(
    levels.filter((level) => !apart.has(level)),
    new Set(values),
  );
}

/**
 * How far from its level a value lies at most without standing out; but for a share of the step, exact values leave nothing. undefined where most values of a level
 * stand out from its mean: it is one of strays that happen to lie near each other, or holds one that is far from the few others.
 */
function reachOf(levels: readonly Level[], unit: number): number | undefined {
  const every = Math.ceil(levels.reduce((sum, level) => sum + level.length, 0) / ENOUGH_DEVIATIONS);
  const samples = levels.map((level) => level.filter((_, index) => index % every === 0));
  // From the median: a stray within a level would make all of its values seem to lie away from it.
  const deviations = samples.flatMap((sample) => deviationsFrom(median(sample), sample));
  const usual = usualRange(deviations, EXACT_LEVEL * unit);
  if (usual === undefined) return OFF_GRID * unit;
  const reach = (usual.high - usual.low) / 2;
  return samples.some((sample) => median(deviationsFrom(mean(sample), sample).map(Math.abs)) > reach) ? undefined : reach;
}

function deviationsFrom(place: number, values: readonly number[]): number[] {
  return values.map((value) => value - place);
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
  return { ...fitLine(points, numbers), strays, parts: 1 };
}

/** So many of that many may lie on no level. */
function straysOffGrid(count: number): number {
  return Math.max(outermost(count), Math.min(Math.floor(count / STRAYS.oneIn), STRAYS.upTo));
}

/** So many of that many at each end are the outermost: one in a hundred, of fewer none. */
export function outermost(count: number): number {
  return Math.floor(count / ONE_OUTERMOST_IN);
}

/** So many of that many may lie on the grid by chance: one of twelve and more, one in a hundred. Alone they are no level, and their waits are nothing to go by. */
export function straysOnGrid(count: number): number {
  return Math.max(outermost(count), Math.min(Math.floor(count / STRAYS.oneIn), 1));
}

/** The lowest and highest of ascending values but for the outermost. */
function boundsOf(ascending: readonly number[]): readonly [number, number] {
  const left = outermost(ascending.length);
  return [ascending[left] ?? 0, ascending.at(-1 - left) ?? 0];
}

function widthOf(level: Level): number {
  const [low, high] = boundsOf(level);
  return high - low;
}

/** Least squares of the values over the numbers of their levels. */
function fitLine(points: readonly { readonly x: number; readonly y: number }[], levels: readonly number[]): Omit<Grid, "strays" | "parts"> {
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
    parts: grid.parts * parts,
  };
}
