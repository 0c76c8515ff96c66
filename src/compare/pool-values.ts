import { type PooledEstimate, poolEstimates } from "../model/statistics/random-effects.js";
import { Z95 } from "../model/statistics/statistics.js";

type Range = readonly [number, number];

/** The typical value of a run, which cannot be negative. */
export interface RunValue {
  readonly value: number;
  /** 95%; without it the value is taken as exact. */
  readonly interval?: Range | null;
  /** Where ends are known only as ranges: every value that these allow, inside the interval. */
  readonly range?: Range;
}

export interface PooledRuns {
  readonly value: number;
  readonly interval?: Range;
  readonly range?: Range;
  /** Of two or more runs. */
  readonly estimate?: PooledEstimate;
}

/**
 * The typical value over runs, each with its own and the error that its interval leaves. What ends known only as ranges leave open is the same way in
 * every run: it does not average out, and stays around the value and its interval as wide as in the widest run. Of a single run its own. Throws a RangeError for none.
 */
export function poolRuns(runs: readonly RunValue[]): PooledRuns {
  const [only] = runs;
  if (only === undefined) throw new RangeError("a value over no run");
  const estimate = runs.length > 1 ? poolEstimates(runs.map(errorOf)) : undefined;
  const { value } = estimate ?? only;
  const below = Math.max(...runs.map((run) => run.value - (run.range?.[0] ?? run.value)));
  const above = Math.max(...runs.map((run) => (run.range?.[1] ?? run.value) - run.value));
  const interval =
    estimate === undefined ? only.interval : ([Math.max(0, estimate.interval[0] - below), estimate.interval[1] + above] as const);
  return {
    value,
    ...(interval === undefined || interval === null ? {} : { interval }),
    ...(below + above > 0 ? { range: [value - below, value + above] as const } : {}),
    ...(estimate === undefined ? {} : { estimate }),
  };
}

function errorOf({ value, interval, range }: RunValue): { value: number; standardError: number } {
  const [low, high] = interval ?? [value, value];
  const open = range === undefined ? 0 : range[1] - range[0];
  return { value, standardError: Math.max(0, high - low - open) / (2 * Z95) };
}
