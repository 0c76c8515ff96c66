import { studentPoint } from "./statistics.js";

/** An estimate of one run with its standard error, in the same unit. */
export interface RunEstimate {
  readonly value: number;
  readonly standardError: number;
}

/** The typical value over runs, in their unit. */
export interface PooledEstimate {
  readonly value: number;
  /** 95%, for runs like these in general. */
  readonly interval: readonly [number, number];
  /** Standard deviation between runs, beyond what their own uncertainty explains; 0 where nothing is left to explain. */
  readonly betweenRuns: number;
  /** Cochran's test rejects at 5% that the runs differ by their own uncertainty alone. */
  readonly runsDiffer: boolean;
}

/** 95% points of chi-square for 1 to 10 degrees of freedom. */
const CHI_SQUARE_POINTS = [3.84146, 5.99146, 7.81473, 9.48773, 11.0705, 12.5916, 14.0671, 15.5073, 16.919, 18.307];
/** The 95% point of the normal distribution: of one side alone. */
const Z95_ONE_SIDED = 1.6448536269514722;
const HALVINGS = 80;

/**
 * The typical value over runs that differ from each other, not over samples as if they were one run's: random effects, the variance between runs after Paule and Mandel
 * (1982), the interval with Student's t over the runs (Hartung and Knapp 2001, never narrower than the runs' own uncertainty allows: Rover, Knapp and Friede
 * 2015). Two runs tell little of how runs differ, and their interval is accordingly wide. Throws a RangeError for fewer than two.
 */
export function poolEstimates(runs: readonly RunEstimate[]): PooledEstimate {
  const freedom = runs.length - 1;
  if (freedom < 1) throw new RangeError("pooling needs two runs");
  const values = runs.map((run) => run.value);
  const spread = Math.max(...values) - Math.min(...values);
  const [first = 0] = values;
  // Settings and counts may have no uncertainty at all.
  if (spread === 0 && runs.every((run) => run.standardError === 0))
    return { value: first, interval: [first, first], betweenRuns: 0, runsDiffer: false };
  const least = 1e-9 * Math.max(spread, ...runs.map((run) => run.standardError));
  const errors = runs.map((run) => Math.max(run.standardError, least));
  const at = (variance: number) => weighted(values, errors, variance);
  const runsDiffer = at(0).scatter > chiSquarePoint(freedom);
  let [low, high] = [0, spread ** 2];
  for (let halving = 0; halving < HALVINGS && at(0).scatter > freedom; halving += 1) {
    const middle = (low + high) / 2;
    if (at(middle).scatter > freedom) low = middle;
    else high = middle;
  }
  const variance = at(0).scatter > freedom ? (low + high) / 2 : 0;
  const { mean, weight } = at(variance);
  const half = studentPoint(freedom) / Math.sqrt(weight);
  return { value: mean, interval: [mean - half, mean + half], betweenRuns: Math.sqrt(variance), runsDiffer };
}

/** The weighted mean, the sum of the weights, and the weighted squares around the mean. */
function weighted(
  values: readonly number[],
  errors: readonly number[],
  variance: number,
): { mean: number; weight: number; scatter: number } {
  const weights = errors.map((error) => 1 / (error ** 2 + variance));
  const weight = weights.reduce((sum, each) => sum + each, 0);
  const mean = weights.reduce((sum, each, index) => sum + each * (values[index] as number), 0) / weight;
  const scatter = weights.reduce((sum, each, index) => sum + each * ((values[index] as number) - mean) ** 2, 0);
  return { mean, weight, scatter };
}

/** 95% point; beyond the table after Wilson and Hilferty (1931). */
function chiSquarePoint(freedom: number): number {
  const part = 2 / (9 * freedom);
  return CHI_SQUARE_POINTS[freedom - 1] ?? freedom * (1 - part + Z95_ONE_SIDED * Math.sqrt(part)) ** 3;
}
