import { z } from "zod";
import { duration, list, number, object, pair, text, width } from "./shapes.js";

const fitShape = { intervalMs: duration, checks: number, triggerMs: duration, processMs: pair };

export const polling = object({
  n: number,
  strays: number.exactOptional(),
  ends: z.enum(["requested", "gone"]),
  intervalMs: duration.exactOptional(),
  intervalRangeMs: pair.exactOptional(),
  intervalAtLeastMs: duration.exactOptional(),
  intervalAssumesMs: duration.exactOptional(),
  fits: list(object(fitShape)),
  settled: object({ ...fitShape, by: z.enum(["behaviour", "prompt", "deployed"]) }).exactOptional(),
  points: list(object({ job: text, sincePodStartMs: duration, sinceDisconnectMs: duration.nullable(), level: number.exactOptional() })),
  parts: list(
    object({
      part: z.enum(["first-check", "disconnected-requested", "requested-gone", "gone-pod-gone", "gone-service-gone"]),
      n: number,
      medianMs: duration,
      ci95Ms: pair.exactOptional(),
      resolutionMs: width,
    }),
  ),
  cpu: object({
    n: number,
    samplingMs: duration,
    idleAtMost: number.exactOptional(),
    busyAtLeast: number.exactOptional(),
    lag: object({ n: number, medianMs: duration, ci95Ms: pair.exactOptional() }).exactOptional(),
    followed: object({ n: number, idle: number }).exactOptional(),
  }).exactOptional(),
});
