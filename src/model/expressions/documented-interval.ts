import type { Claim } from "../claim.js";
import type { ValueInterval } from "./interval-expression.js";

/** Half a unit of the last digit that a document wrote: 0.05 for 0.3, 0.5 for 12. */
export function halfLastDigit(value: number): number {
  // A very small number is written with an exponent: 1.5e-7.
  const [, decimals = "", exponent = "0"] = /^[^.e]*(?:\.(\d+))?(?:e(.+))?$/.exec(String(value)) ?? [];
  return 0.5 / 10 ** (decimals.length - Number(exponent));
}

/** Half width that still agrees with a configured value, in seconds or whatever its unit is: the larger of 2 % and 0.1. */
export function settingTolerance(value: number): number {
  return Math.max(0.02 * Math.abs(value), 0.1);
}

/** What a rounded documented number can mean: 0.3 is 0.25 to 0.35; settings and counts are exact, ranges kept. */
export function roundedInterval(claim: Claim): ValueInterval {
  const { documented } = claim;
  if (documented.operator === "between") return [documented.low, documented.high];
  const rounded = !claim.setting && (documented.operator === "about" || documented.tolerance !== undefined);
  const half = rounded ? halfLastDigit(documented.value) : 0;
  return [documented.value - half, documented.value + half];
}
