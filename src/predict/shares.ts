import type { Random } from "../model/statistics/random.js";

/** Shares that sum to 1 from a Dirichlet distribution, each of whose parameters is at least 1/2: gamma variates in their sum. */
export function drawShares(parameters: readonly number[], random: Random): number[] {
  const drawn = parameters.map((parameter) => drawGamma(parameter, random));
  const sum = drawn.reduce((total, value) => total + value, 0);
  return drawn.map((value) => value / sum);
}

/**
 * A gamma variate of scale 1 (Marsaglia and Tsang 2000, "A Simple Method for Generating Gamma Variables", ACM Transactions on Mathematical
 * Software 26); a shape below 1 by their boost from the next higher one.
 */
function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    // 1 - next() keeps the logarithm away from zero.
    if (v > 0 && Math.log(1 - random.next()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
