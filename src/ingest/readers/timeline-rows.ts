/** What rows of a written timeline must hold before they are believed: anybody can have edited the file. */
import { z } from "zod";
import { type TimelineEvent, WRITE_VERBS, WRITTEN_RESOURCES } from "../../model/event.js";
import type { ParameterHint, SourceSummary } from "../../model/source.js";
import type { ReadingNote } from "../recorder.js";

/** Years 0 to 9999: what a stamp can be printed as. */
const epoch = z.number().min(-62_167_219_200_000).max(253_402_300_799_999);
const duration = z.number().min(0).max(1e12);
const count = z.int().min(0);
const text = z.string();
const texts = z.record(text, text);
const clock = text.regex(/^(?:runner|cluster|collector(?::\d+)?|(?:node|http):.+)$/);
const instant = z.object({ at: epoch, resolutionMs: duration, clock });
const place = { source: count, line: count };
const evidence = z.object({ ...place, text: text.exactOptional() });
const textOrNumber = z.union([text, z.number()]);
const observation = {
  change: z.enum(["ADDED", "MODIFIED", "DELETED", "listed", "unknown"]),
  received: instant.optional(),
  delayedSince: instant.optional(),
  evidence,
};
const identity = {
  namespace: text,
  name: text,
  uid: text,
  resourceVersion: z.number().optional(),
  createdAt: epoch,
  deletionTimestamp: epoch.optional(),
  deletionGracePeriodMs: duration.optional(),
};

const eventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("log-mark"), mark: text, at: instant, groups: texts, logger: text, variant: text, message: text, evidence }),
  z.object({
    type: z.literal("job"),
    ...observation,
    job: z.object({
      ...identity,
      startTime: epoch.optional(),
      completionTime: epoch.optional(),
      completedAt: epoch.optional(),
      failedAt: epoch.optional(),
      failedReason: text.optional(),
      active: z.number(),
      ended: z.number().optional(),
      ttlMsAfterFinished: duration.optional(),
      backoffLimit: z.number().optional(),
      bySchedule: z.literal(true).optional(),
      finalizers: text.optional(),
      images: z.array(text),
      env: texts,
      labels: texts,
    }),
  }),
  z.object({
    type: z.literal("pod"),
    ...observation,
    pod: z.object({
      ...identity,
      ownerUid: text.optional(),
      ownerName: text.optional(),
      orphaned: z.literal(true).optional(),
      phase: text,
      node: text.optional(),
      startedAt: epoch.optional(),
      finishedAt: epoch.optional(),
      scheduledAt: epoch.optional(),
      readyAt: epoch.optional(),
    }),
  }),
  z.object({
    type: z.literal("cluster-event"),
    uid: text,
    reason: text,
    message: text,
    involved: z.object({ kind: text, namespace: text, name: text, uid: text }),
    first: instant,
    firstFrom: z.enum(["name", "eventTime", "firstTimestamp", "creationTimestamp"]),
    last: instant,
    count,
    createdAt: epoch,
    resourceVersion: z.number().optional(),
    received: instant.optional(),
    host: text.optional(),
    evidence,
  }),
  z.object({
    type: z.literal("api-request"),
    auditId: text,
    verb: z.enum(WRITE_VERBS),
    resource: z.enum(WRITTEN_RESOURCES),
    namespace: text,
    name: text,
    uid: text.optional(),
    subresource: text.optional(),
    user: text,
    received: instant,
    completed: instant,
    answeredStatus: z.boolean(),
    takesAll: z.literal(true).optional(),
    evidence,
  }),
  z.object({ type: z.literal("http-date"), host: text, requested: instant.optional(), logged: instant, date: epoch, evidence }),
  z.object({
    type: z.literal("metric-sample"),
    metric: text,
    labels: z.object({ namespace: text, pod: text, container: text }),
    at: instant,
    rate: z.literal(true).exactOptional(),
    value: z.number(),
    evidence,
  }),
  z.object({
    type: z.literal("test-result"),
    nodeId: text,
    outcome: z.enum(["passed", "failed", "error", "skipped"]),
    started: instant.optional(),
    startedUtc: epoch.optional(),
    durationMs: duration.optional(),
    evidence,
  }),
]);

/** A zone is written with two digits of hours and two of minutes [min]. */
const MOST_ZONE_MINUTES = 99 * 60 + 99;

const sourceSchema = z
  .object({
    path: text.min(1),
    sha256: text,
    format: text.min(1),
    encoding: text,
    bytes: count,
    lines: count,
    matched: count,
    ignored: count,
    unparsed: count,
    from: epoch.nullable(),
    to: epoch.nullable(),
    clock: clock.nullable(),
    zoneMinutes: z.number().min(-MOST_ZONE_MINUTES).max(MOST_ZONE_MINUTES).optional(),
    zoned: z.literal(true).optional(),
    undated: z.enum(["day", "year"]).optional(),
    lostLine: count.optional(),
    selfDescribing: z.literal(true).exactOptional(),
    jobWatches: z
      .array(z.object({ namespace: text, from: epoch, to: epoch, line: count, selected: z.literal(true).exactOptional() }))
      .exactOptional(),
  })
  .refine(({ lines, matched, ignored, unparsed }) => matched + ignored + unparsed === lines);

const noteSchema = z.object({
  source: count.exactOptional(),
  diagnostic: z.object({
    id: text.min(1),
    severity: z.enum(["info", "warning", "error"]),
    count,
    values: z.record(text, textOrNumber),
    examples: z.array(evidence),
  }),
});

const hintSchema = z.object({ parameter: text, value: textOrNumber, evidence: z.object(place) });

/** Whether the value is one of the events of the model, with every field of its kind in range. */
export function isTimelineEvent(value: unknown): value is TimelineEvent {
  return eventSchema.safeParse(value).success;
}

export function isSourceSummary(value: unknown): value is SourceSummary {
  return sourceSchema.safeParse(value).success;
}

/** Undefined where it is none; what else stands in the row is left out. */
export function readingNoteOf(value: unknown): ReadingNote | undefined {
  return noteSchema.safeParse(value).data;
}

/** Undefined where it is none. */
export function parameterHintOf(value: unknown): ParameterHint | undefined {
  return hintSchema.safeParse(value).data;
}
