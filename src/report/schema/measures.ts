import { z } from "zod";
import { bilingual, duration, iso, list, number, object, pair, step, text, width } from "./shapes.js";

export const stage = object({
  stage: text,
  title: bilingual,
  n: number,
  failed: number,
  censored: number,
  late: number.exactOptional(),
  unknown: number.exactOptional(),
  minMs: duration.exactOptional(),
  p50Ms: duration.exactOptional(),
  p50RangeMs: pair.exactOptional(),
  p90Ms: duration.exactOptional(),
  p95Ms: duration.exactOptional(),
  p99Ms: duration.exactOptional(),
  maxMs: duration.exactOptional(),
  meanMs: duration.exactOptional(),
  stddevMs: duration.exactOptional(),
  ci95Ms: pair.exactOptional(),
  resolutionMs: width,
  samplesMs: list(duration),
});

export const curve = object({
  peak: number,
  peakAt: iso.nullable(),
  peakMembers: list(text),
  peakRange: pair.exactOptional(),
  mean: number,
  meanRange: pair,
  timeAtLevelMs: z.record(text, duration).readonly(),
  points: list(step),
});

export const survival = object({
  n: number,
  censored: number,
  unknown: number.exactOptional(),
  medianMs: duration.nullable(),
  medianRangeMs: pair.exactOptional(),
  ci95Ms: pair.exactOptional(),
  quantiles: list(object({ q: number, atMs: duration, ci95Ms: pair.exactOptional() })).exactOptional(),
  steps: list(z.tuple([number, number, number, number]).readonly()),
  censoredAtMs: list(duration),
  documentedMs: duration.nullable(),
  resolutionMs: width,
  populations: list(object({ n: number, medianMs: duration, lowMs: duration, highMs: duration })).exactOptional(),
});

export const lifePartName = z.enum([
  "create",
  "connect",
  "frames",
  "disconnect",
  "first-check-wait",
  "checks",
  "deletion",
  "after-disconnect",
]);

export const lifePart = object({
  part: lifePartName,
  durationMs: duration,
  n: number.exactOptional(),
});
