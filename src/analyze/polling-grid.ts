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
  /** Lowest and highest distance of a value from its level. */
  readonly residualsMs: readonly [DurationMs, DurationMs];
  readonly residualDeviationMs: DurationMs;
}

/** Levels wider than this share of their distance are no levels. */
const WIDEST_LEVEL = 0.4;
/** How wide a level is does not hang on the first and last of its values, one in so many: those lie the farther out the more values there are. */
const OUTERMOST_OF = 100;
/** Distances of levels may be off their multiple by this share of a step. */
const OFF_GRID = 0.1;
/** Cuts between levels are looked for at so many of the widest gaps. */
const MOST_CUTS = 40;

/**
 * All ways to see the values as levels at whole multiples of one step, with at least two levels, from the coarsest (fewest levels) on.
 * Which of them is the grid is for the caller to say: the values alone fit any of them.
 */
export function gridsOf(values: readonly number[]): Grid[] {
  const ascending = sorted(values);
  const gaps = sorted(ascending.slice(1).map((value, index) => value - (ascending[index] as number))).toReversed();
  // Equal values are never on different levels.
  const cuts = [...new Set(gaps.slice(0, MOST_CUTS))].filter((gap) => gap > 0);
  return cuts.flatMap((cut) => {
    const grid = gridFrom(levelsOf(ascending, cut));
    return grid === undefined ? [] : [grid];
  });
}

/** Values that lie closer together than the cut belong to one level. */
function levelsOf(ascending: readonly number[], cut: number): number[][] {
  const levels: number[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const value of ascending) {
    if (value - last >= cut) levels.push([]);
    levels.at(-1)?.push(value);
    last = value;
  }
  return levels;
}

function gridFrom(levels: readonly (readonly number[])[]): Grid | undefined {
  const gaps = levels.slice(1).map((level, index) => mean(level) - mean(levels[index] ?? []));
  const unit = smallest(gaps);
  const width = largest(levels.map(widthOf));
  if (gaps.length === 0 || width > unit * WIDEST_LEVEL) return undefined;
  const steps = gaps.map((gap) => Math.round(gap / unit));
  if (gaps.some((gap, index) => Math.abs(gap - unit * (steps[index] ?? 1)) > unit * OFF_GRID * (steps[index] ?? 1))) return undefined;
  let number = 0;
  const numbers = levels.map((_, index) => {
    number += index === 0 ? 0 : (steps[index - 1] ?? 1);
    return number;
  });
  const points = levels.flatMap((level, index) => level.map((value) => ({ x: numbers[index] ?? 0, y: value })));
  return fitLine(points, numbers);
}

/** Span of ascending values but for the outermost at each end; of fewer than 100 values, their range. */
function widthOf(ascending: readonly number[]): number {
  const left = Math.floor(ascending.length / OUTERMOST_OF);
  return (ascending.at(-1 - left) ?? 0) - (ascending[left] ?? 0);
}

/** Least squares of the values over the numbers of their levels. */
function fitLine(points: readonly { readonly x: number; readonly y: number }[], levels: readonly number[]): Grid {
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
    residualsMs: [smallest(residuals), largest(residuals)],
    residualDeviationMs: Math.sqrt(variance),
  };
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
