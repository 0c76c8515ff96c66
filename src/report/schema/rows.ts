import { z } from "zod";
import { clockId, duration, evidence, iso, list, local, number, object, text, width } from "./shapes.js";

export const source = object({
  path: text,
  sha256: text,
  format: text,
  encoding: text,
  bytes: number,
  lines: number,
  matched: number,
  ignored: number,
  unparsed: number,
  from: iso.nullable(),
  to: iso.nullable(),
  fromLocal: local.exactOptional(),
  toLocal: local.exactOptional(),
  clock: clockId.nullable(),
  endsEarly: z.boolean(),
});

export const clock = object({
  id: clockId,
  zoneOffsetMinutes: number.nullable(),
  skewMs: duration.nullable(),
  uncertaintyMs: duration.nullable(),
  driftPpm: number.exactOptional(),
  method: z.enum(["reference", "declared", "bounds", "http-date", "none"]),
  anchors: number,
  changes: list(
    object({
      from: text,
      to: text,
      byMs: duration,
      kind: z.enum(["zone", "step"]),
      settledBy: z.enum(["bounds", "http-date", "zone-rules", "reported-duration", "backwards"]),
    }),
  ).exactOptional(),
});

export const investigation = object({
  id: text,
  jobId: text.nullable(),
  outcome: z.enum(["ok", "failed", "timeout", "unopened", "running"]),
  outcomeUncertain: z.literal(true).exactOptional(),
  error: text.exactOptional(),
  attempts: number,
  startedAt: iso.nullable(),
  endedAt: iso.nullable(),
  startedAtLocal: local.exactOptional(),
  endedAtLocal: local.exactOptional(),
  jobUid: text.exactOptional(),
  jobLink: z.enum(["job-id", "alias", "time"]).exactOptional(),
  stages: list(
    object({
      stage: text,
      from: iso.nullable(),
      to: iso.nullable(),
      fromLocal: local.exactOptional(),
      toLocal: local.exactOptional(),
      durationMs: duration.nullable(),
      resolutionMs: width,
      outcome: z.enum(["ok", "failed", "censored"]),
      evidence: list(evidence),
    }),
  ),
  evidence: list(evidence),
});

export const job = object({
  name: text,
  namespace: text,
  uid: text,
  role: z.enum(["serving", "cleanup", "other"]),
  ofThisRun: z.boolean(),
  investigationId: text.exactOptional(),
  companionOf: text.exactOptional(),
  createdAt: iso,
  deleteRequestedAt: iso.exactOptional(),
  deletedAt: iso.exactOptional(),
  deletedAtRange: z.tuple([iso, iso]).readonly().exactOptional(),
  podGoneAt: iso.exactOptional(),
  deletedBy: text.exactOptional(),
  mechanism: z.enum(["idle-cleanup", "ttl", "stream-timeout", "other", "unknown", "open"]),
  failed: z.boolean(),
  openMs: duration.exactOptional(),
  censored: z.boolean(),
  truncated: z.boolean(),
  cleanupMs: duration.exactOptional(),
  sources: object({ createdAt: text, deletedAt: text.nullable() }),
  resolutionMs: width,
  evidence: list(evidence),
});
