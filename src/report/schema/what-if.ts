import { z } from "zod";
import { duration, list, number, object, pair, reasonShape } from "./shapes.js";

const forecast = object({ median: number, pi90: pair, pi95: pair });

export const prediction = object({
  n: number,
  seed: number,
  replicates: number,
  basis: object({
    investigations: number,
    failed: number,
    delayMs: z.tuple([duration, duration, duration]).readonly(),
    jobs: object({ n: number, censored: number, peak: number, peakRange: pair.exactOptional() }).exactOptional(),
  }),
  delays: list(
    object({
      delayMs: duration,
      totalMs: forecast,
      openJobs: object({ mean: forecast, peak: forecast, withinLimit: number.exactOptional() }).exactOptional(),
      extrapolates: list(z.enum(["shorter-delay", "more-open-jobs", "more-investigations"])),
    }),
  ),
  limit: object({ maxOpen: number, delayMs: duration.nullable(), withinLimit: number, ownPeak: number.exactOptional() }).exactOptional(),
  notes: list(object(reasonShape)),
});
