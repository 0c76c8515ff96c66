import type { Claim } from "./claim.js";
import type { Interval } from "./interval-expression.js";

/** Half a unit of the last digit that a document wrote: 0.05 for 0.3, 0.5 for 12. */
export function halfLastDigit(value: number): number {
  const decimals = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  return 0.5 / 10 ** decimals;
}

/** What a rounded documented number can mean: 0.3 is 0.25 to 0.35; settings and counts are exact, ranges kept. */
export function roundedInterval(claim: Claim): Interval {
  const { documented } = claim;
  if (documented.operator === "between") return [documented.low, documented.high];
  const rounded = !claim.setting && (documented.operator === "about" || documented.tolerance !== undefined);
  const half = rounded ? halfLastDigit(documented.value) : 0;
  return [documented.value - half, documented.value + half];
}
