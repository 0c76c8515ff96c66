import type { DurationMs } from "../time.js";

/**
 * Little's law over the window of the run: the mean number of open Jobs is the rate at which they appear in it times the mean time that each is open inside
 * it. Both sides are taken from what the report prints: the rows of the Jobs, and the curve.
 */
export interface LittlesLaw {
  readonly windowMs: DurationMs;
  /** Jobs of this run that were open at some moment of the window. */
  readonly jobs: number;
  /** Of these: open before it began, and open beyond its end. They count with the part inside. */
  readonly cutAtStart: number;
  readonly cutAtEnd: number;
  /** Jobs over the length of the window. */
  readonly jobsPerHour: number;
  readonly meanOpenMs: DurationMs;
  /** Rate times mean time [Jobs]. */
  readonly expectedMean: number;
  /** Integral of the curve over the length of the window [Jobs]. */
  readonly curveMean: number;
  /** What rounding of the printed times can make of the difference [Jobs]. */
  readonly tolerance: number;
  readonly holds: boolean;
}
