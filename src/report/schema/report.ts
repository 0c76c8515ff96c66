import { z } from "zod";
import type { Report } from "../../model/report.js";
import { claim, relation } from "./claims.js";
import { comparison } from "./comparison.js";
import { crossCheck } from "./cross-checks.js";
import { deviation } from "./deviations.js";
import { littlesLaw } from "./littles-law.js";
import { curve, lifePart, lifePartName, stage, survival } from "./measures.js";
import { polling } from "./polling.js";
import { pool } from "./pool.js";
import { clock, investigation, job, source } from "./rows.js";
import { banded, bilingual, diagnostic, duration, iso, list, local, number, object, pair, reasonShape, seenPart, text } from "./shapes.js";
import { prediction } from "./what-if.js";

/** report.json, schemaVersion 1, for reading and for schemas/report.schema.json. Its type equals the model's; the last lines hold that. */
export const reportSchema = object({
  schemaVersion: z.literal(1),
  tool: object({ name: z.literal("postrun"), version: text }),
  generatedAt: iso,
  title: text.nullable(),
  note: text.exactOptional(),
  ticket: text.exactOptional(),
  profile: object({ id: text, title: bilingual, stages: list(text).exactOptional() }),
  parameters: z
    .record(
      text,
      object({ value: z.union([text, number]).nullable(), origin: z.enum(["given", "detected", "default", "measured", "unknown"]) }),
    )
    .readonly(),
  labels: z.record(text, text).readonly(),
  window: object({ from: iso, to: iso }).nullable(),
  windowLocal: object({ from: local, to: local }).exactOptional(),
  runDuration: banded.describe("seconds; absent where it is not measured").exactOptional(),
  command: text,
  run: object({
    selected: z.union([number, z.literal("all")]),
    found: number,
    announced: number.exactOptional(),
    lastNumber: number.exactOptional(),
  }),
  sources: list(source),
  clocks: list(clock),
  investigations: list(investigation),
  jobs: list(job),
  stages: list(stage),
  concurrency: object({
    window: object({ from: iso, to: iso }).nullable(),
    pauses: list(object({ from: iso, to: iso })).exactOptional(),
    unwatched: list(object({ from: iso, to: iso })).exactOptional(),
    unseenJobs: number.exactOptional(),
    part: seenPart.exactOptional(),
    openJobs: curve.exactOptional(),
    allJobs: curve.exactOptional(),
    runningPods: curve.exactOptional(),
    connected: curve.exactOptional(),
    documented: object({ fromDisconnect: curve.exactOptional(), fromCreation: curve.exactOptional() }).exactOptional(),
    documentedLimit: number.exactOptional(),
  }),
  cleanup: object({ fromDisconnect: survival.exactOptional(), unopenedFromCreation: survival.exactOptional() }),
  jobLife: object({
    documented: list(lifePart),
    measured: list(lifePart),
    afterDisconnect: list(object({ part: lifePartName, rangeMs: pair })).exactOptional(),
    missing: object({ ...reasonShape, part: lifePartName }).exactOptional(),
    whole: object({ durationMs: duration, n: number, ci95Ms: pair.exactOptional() }).exactOptional(),
  }),
  meanDifference: object({
    documented: number,
    documentedCurve: number,
    measured: number,
    causes: list(object({ cause: z.enum(["arithmetic", "leaks", "cleanup"]), jobs: number, n: number.exactOptional() })),
  }).exactOptional(),
  meanUnexplained: z.enum(["unseen-jobs", "mean-is-range"]).exactOptional(),
  littlesLaw: littlesLaw.exactOptional(),
  crossChecks: list(crossCheck).exactOptional(),
  deviations: list(deviation).exactOptional(),
  polling: polling.exactOptional(),
  claims: list(claim),
  consistency: list(relation),
  comparison: comparison.exactOptional(),
  pooled: pool.exactOptional(),
  whatIf: prediction.exactOptional(),
  diagnostics: list(diagnostic),
  missing: list(object({ ...reasonShape, commands: list(object({ shell: z.enum(["bash", "powershell", "any"]), text })) })),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** Does not compile when the schema and the model part ways. */
export type SchemaEqualsModel = Same<z.infer<typeof reportSchema>, Report> extends true ? true : never;
export const schemaEqualsModel: SchemaEqualsModel = true;
