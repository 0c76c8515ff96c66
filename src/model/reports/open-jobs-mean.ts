import { roundTo } from "../statistics/rounding.js";
import type { ReportClaim } from "./claims.js";

/** Means of open Jobs are told in tenths. */
const TENTH = 0.1;

/** The sums behind the ends of a range round too. */
const ROUNDING = 1e-9;

/** A mean of open Jobs, and what it could be, given uncertain ends. */
export interface RangedMean {
  readonly mean: number;
  readonly meanRange: readonly [number, number];
}

/** Whether a mean may be told as one number: in tenths, no value of its range is more than a tenth away. Else only the range is known. */
export function isOneNumber({ mean, meanRange: [low, high] }: RangedMean): boolean {
  const told = roundTo(mean, 1);
  return told - low <= TENTH + ROUNDING && high - told <= TENTH + ROUNDING;
}

/** What tells whether a measured value may be told as one number. */
type Banded = Pick<NonNullable<ReportClaim["measured"]>, "unit" | "statistic" | "intervalKind" | "value" | "ci95">;

/** A mean or a peak of open Jobs of which only the band is known: it is said in place of the value. */
export function isBandAlone({ unit, statistic, intervalKind, value, ci95 }: Banded): boolean {
  if (unit !== "jobs" || intervalKind !== "band" || ci95 === null) return false;
  if (statistic === "peak") return ci95[0] < ci95[1];
  return statistic === "mean" && !isOneNumber({ mean: value, meanRange: ci95 });
}
