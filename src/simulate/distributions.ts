import type { Random } from "../model/statistics/random.js";
import type { DurationMs } from "../model/time.js";

/** How a duration varies from one investigation to the next. */
export type Distribution =
  | { readonly shape: "fixed"; readonly ms: DurationMs }
  | { readonly shape: "uniform"; readonly lowMs: DurationMs; readonly highMs: DurationMs }
  /** Symmetric; never below `minMs` (default 0). */
  | { readonly shape: "normal"; readonly meanMs: DurationMs; readonly deviationMs: DurationMs; readonly minMs?: DurationMs }
  /** Right-skewed, as waiting times are; `sigma` is the deviation of the logarithm. */
  | { readonly shape: "lognormal"; readonly medianMs: DurationMs; readonly sigma: number };

/** One duration, unrounded. */
export function sampleDuration(distribution: Distribution, random: Random): DurationMs {
  switch (distribution.shape) {
    case "fixed":
      return distribution.ms;
    case "uniform":
      return random.between(distribution.lowMs, distribution.highMs);
    case "normal":
      return Math.max(distribution.minMs ?? 0, distribution.meanMs + distribution.deviationMs * random.normal());
    case "lognormal":
      return distribution.medianMs * Math.exp(distribution.sigma * random.normal());
  }
}
