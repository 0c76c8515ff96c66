import { z } from "zod";
import { verdict } from "./claims.js";
import { comparedRun } from "./comparison.js";
import { duration, list, number, object, pair, seenPart, text } from "./shapes.js";

const value = object({
  run: number,
  verdict,
  value: number.exactOptional(),
  band: pair.exactOptional(),
  n: number.exactOptional(),
  atLeast: number.exactOptional(),
  leftOut: z.enum(["absent", "documented-differently", "not-applicable", "not-measured", "too-few"]).exactOptional(),
});

export const pool = object({
  runs: list(
    object({
      ...comparedRun,
      part: seenPart.exactOptional(),
      meanOpenJobs: number.exactOptional(),
      meanOpenJobsRange: pair.exactOptional(),
      peakOpenJobs: number.exactOptional(),
      peakOpenJobsRange: pair.exactOptional(),
      durationMs: duration.exactOptional(),
    }),
  ),
  claims: list(
    object({
      id: text,
      by: z.enum(["estimate", "range", "verdicts"]),
      runs: list(value),
      betweenRuns: number.exactOptional(),
      runsDiffer: z.boolean().exactOptional(),
    }),
  ),
});
