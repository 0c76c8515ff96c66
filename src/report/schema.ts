import { z } from "zod";
import type { Report } from "../model/report.js";

/** report.json, schemaVersion 1, for reading and for schemas/report.schema.json. Its type equals the model's; the last lines hold that. */
const number = z.number();
const text = z.string();
const iso = z.string().describe("ISO 8601 UTC with milliseconds");
const local = z.string().describe("ISO 8601 without a zone, in the runner's clock");
const pair = z.tuple([number, number]).readonly();
const duration = number.describe("milliseconds");
const clockId = z.union([
  z.enum(["runner", "cluster", "collector"]),
  z.templateLiteral(["node:", z.string()]),
  z.templateLiteral(["http:", z.string()]),
]);
const unit = z.enum(["s", "count", "jobs", "millicores", "share"]);
const values = z.record(text, z.union([text, number])).readonly();

const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).readonly();
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

const bilingual = z.strictObject({ en: text.min(1), he: text.min(1) });
const evidence = object({ source: number, line: number, text: text.exactOptional() });
const reasonShape = { key: text, values };
const diagnostic = object({ id: text, severity: z.enum(["info", "warning", "error"]), count: number, values, examples: list(evidence) });

const source = object({
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

const clock = object({
  id: clockId,
  zoneOffsetMinutes: number.nullable(),
  skewMs: duration.nullable(),
  uncertaintyMs: duration.nullable(),
  driftPpm: number.exactOptional(),
  method: z.enum(["reference", "declared", "bounds", "http-date", "none"]),
  anchors: number,
});

const investigation = object({
  id: text,
  jobId: text.nullable(),
  outcome: z.enum(["ok", "failed", "timeout", "unopened", "running"]),
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
      resolutionMs: duration,
      outcome: z.enum(["ok", "failed", "censored"]),
      evidence: list(evidence),
    }),
  ),
  evidence: list(evidence),
});

const job = object({
  name: text,
  namespace: text,
  uid: text,
  role: z.enum(["serving", "cleanup", "other"]),
  ofThisRun: z.boolean(),
  investigationId: text.exactOptional(),
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
  resolutionMs: duration,
  evidence: list(evidence),
});

const stage = object({
  stage: text,
  title: bilingual,
  n: number,
  failed: number,
  censored: number,
  minMs: duration.exactOptional(),
  p50Ms: duration.exactOptional(),
  p90Ms: duration.exactOptional(),
  p95Ms: duration.exactOptional(),
  p99Ms: duration.exactOptional(),
  maxMs: duration.exactOptional(),
  meanMs: duration.exactOptional(),
  stddevMs: duration.exactOptional(),
  ci95Ms: pair.exactOptional(),
  resolutionMs: duration,
  samplesMs: list(duration),
});

const curve = object({
  peak: number,
  peakAt: iso.nullable(),
  peakMembers: list(text),
  mean: number,
  meanRange: pair,
  timeAtLevelMs: z.record(text, duration).readonly(),
  points: list(pair),
});

const survival = object({
  n: number,
  censored: number,
  medianMs: duration.nullable(),
  ci95Ms: pair.exactOptional(),
  steps: list(z.tuple([number, number, number, number]).readonly()),
  censoredAtMs: list(duration),
  documentedMs: duration.nullable(),
  resolutionMs: duration,
  populations: list(object({ n: number, medianMs: duration, lowMs: duration, highMs: duration })).exactOptional(),
});

const lifePart = object({
  part: z.enum(["create", "connect", "frames", "disconnect", "first-check-wait", "checks", "deletion", "after-disconnect"]),
  durationMs: duration,
  n: number.exactOptional(),
});

const claim = object({
  id: text,
  title: bilingual,
  statement: bilingual,
  documented: object({
    value: number.exactOptional(),
    low: number.exactOptional(),
    high: number.exactOptional(),
    unit,
    operator: z.enum(["about", "between", "exactly", "at-most", "at-least"]),
    tolerance: number.exactOptional(),
    from: text.exactOptional(),
    to: text.exactOptional(),
  }),
  measured: object({
    value: number,
    ci95: pair.nullable(),
    intervalKind: z.enum(["confidence", "band", "none"]),
    n: number,
    failed: number,
    censored: number,
    statistic: text,
    unit,
    samples: list(number),
    resolution: number,
  }).exactOptional(),
  condition: bilingual.exactOptional(),
  verdict: z.enum(["confirmed", "contradicted", "inconclusive", "not-measured", "not-applicable"]),
  reason: object(reasonShape),
  suggestion: bilingual.exactOptional(),
  evidenceClass: z.enum(["code", "documentation", "estimated", "computed"]),
  source: object({ file: text, lines: text, quote: text.exactOptional() }),
  lookup: object({
    status: z.enum(["found", "moved", "changed", "gone"]),
    file: text.exactOptional(),
    line: number.exactOptional(),
  }).exactOptional(),
  evidence: list(evidence),
});

const holds = z.enum(["yes", "no", "depends"]);
const relation = object({
  id: text,
  statement: bilingual,
  documented: object({ left: pair, right: pair }),
  measured: object({ left: pair, right: pair, holds }).exactOptional(),
  relation: text,
  holds,
  dependsOn: bilingual.exactOptional(),
  explanation: bilingual,
});

export const reportSchema = object({
  schemaVersion: z.literal(1),
  tool: object({ name: z.literal("postrun"), version: text }),
  generatedAt: iso,
  title: text.nullable(),
  note: text.exactOptional(),
  ticket: text.exactOptional(),
  profile: object({ id: text, title: bilingual }),
  parameters: z
    .record(
      text,
      object({ value: z.union([text, number]).nullable(), origin: z.enum(["given", "detected", "default", "measured", "unknown"]) }),
    )
    .readonly(),
  labels: z.record(text, text).readonly(),
  window: object({ from: iso, to: iso }).nullable(),
  windowLocal: object({ from: local, to: local }).exactOptional(),
  command: text,
  run: object({ selected: z.union([number, z.literal("all")]), found: number, announced: number.exactOptional() }),
  sources: list(source),
  clocks: list(clock),
  investigations: list(investigation),
  jobs: list(job),
  stages: list(stage),
  concurrency: object({
    window: object({ from: iso, to: iso }).nullable(),
    openJobs: curve.exactOptional(),
    allJobs: curve.exactOptional(),
    runningPods: curve.exactOptional(),
    connected: curve.exactOptional(),
    documented: object({ fromDisconnect: curve.exactOptional(), fromCreation: curve.exactOptional() }).exactOptional(),
  }),
  cleanup: object({ fromDisconnect: survival.exactOptional(), unopenedFromCreation: survival.exactOptional() }),
  jobLife: object({ documented: list(lifePart), measured: list(lifePart) }),
  meanDifference: object({
    documented: number,
    documentedCurve: number,
    measured: number,
    causes: list(object({ cause: z.enum(["arithmetic", "cleanup"]), jobs: number })),
  }).exactOptional(),
  claims: list(claim),
  consistency: list(relation),
  diagnostics: list(diagnostic),
  missing: list(object({ ...reasonShape, commands: list(object({ shell: z.enum(["bash", "powershell"]), text })) })),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** Does not compile when the schema and the model part ways. */
export type SchemaEqualsModel = Same<z.infer<typeof reportSchema>, Report> extends true ? true : never;
export const schemaEqualsModel: SchemaEqualsModel = true;
