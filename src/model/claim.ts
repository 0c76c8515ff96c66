import { z } from "zod";
import type { MetricSpec } from "./measurement.js";
import { bilingualSchema, idSchema } from "./profile.js";

const unitSchema = z.enum(["s", "count", "jobs", "millicores", "share"]);

/** What to measure for a claim; the same shape as `MetricSpec`, for files. */
const metricSpecSchema = z.discriminatedUnion("metric", [
  z.strictObject({
    metric: z.literal("stage-duration"),
    stage: idSchema.describe("A stage of the profile."),
    onlyWhere: z
      .strictObject({ group: z.string(), equals: z.number() })
      .exactOptional()
      .describe("Only investigations in which a mark of the stage reported this number."),
  }),
  z.strictObject({ metric: z.literal("mark-value"), mark: idSchema.describe("A pattern of the profile."), group: z.string() }),
  z.strictObject({
    metric: z.literal("job-duration"),
    from: z.enum(["created", "disconnected"]),
    to: z.enum(["requested", "gone", "pod-gone"]),
    population: z.enum(["connected", "unopened", "all"]),
  }),
  z.strictObject({ metric: z.literal("peak-connected") }),
  z.strictObject({ metric: z.literal("open-jobs"), statistic: z.enum(["mean", "peak"]) }),
  z.strictObject({ metric: z.literal("run-duration") }),
  z.strictObject({ metric: z.literal("investigation-count") }),
  z.strictObject({ metric: z.literal("polling"), quantity: z.enum(["interval", "checks", "trigger", "process"]) }),
  z.strictObject({
    metric: z.literal("job-setting"),
    role: z.enum(["serving", "cleanup"]),
    setting: z.union([z.strictObject({ env: z.string() }), z.enum(["ttlSecondsAfterFinished", "backoffLimit"])]),
  }),
  z.strictObject({ metric: z.literal("ttl"), role: z.enum(["serving", "cleanup"]) }),
  z.strictObject({ metric: z.literal("ended-by-others") }),
  z.strictObject({ metric: z.literal("unpaired-jobs") }),
  z.strictObject({ metric: z.literal("cleanup-retries") }),
  z.strictObject({ metric: z.literal("idle-stream") }),
  z.strictObject({ metric: z.literal("iteration-size") }),
  z.strictObject({ metric: z.literal("stop-limit") }),
  z.strictObject({ metric: z.literal("cpu-threshold") }),
]) satisfies z.ZodType<MetricSpec>;

const toleranceSchema = z
  .number()
  .nonnegative()
  .exactOptional()
  .describe("Half width that still agrees, in the unit; without it the rule of the operator.");

/** What a document says, as numbers. */
const documentedSchema = z.discriminatedUnion("operator", [
  z
    .strictObject({ operator: z.literal("about"), value: z.number(), unit: unitSchema, tolerance: toleranceSchema })
    .describe("Tolerance: the larger of 10 % and half a unit of the last digit."),
  z
    .strictObject({ operator: z.literal("exactly"), value: z.number(), unit: unitSchema, tolerance: toleranceSchema })
    .describe("Counts: no tolerance."),
  z
    .strictObject({ operator: z.literal("at-most"), value: z.number(), unit: unitSchema, tolerance: toleranceSchema })
    .describe("One-sided; the tolerance lies above."),
  z
    .strictObject({ operator: z.literal("at-least"), value: z.number(), unit: unitSchema, tolerance: toleranceSchema })
    .describe("One-sided; the tolerance lies below."),
  z.strictObject({ operator: z.literal("between"), low: z.number(), high: z.number(), unit: unitSchema }).describe("Taken as written."),
]);
export type DocumentedValue = z.infer<typeof documentedSchema>;

/** One documented statement, as data. */
export const claimSchema = z.strictObject({
  id: idSchema,
  title: bilingualSchema.describe("A few words that name it."),
  statement: bilingualSchema.describe("What the document says, as a sentence."),
  documented: documentedSchema,
  setting: z
    .boolean()
    .default(false)
    .describe("A configured value or delay: the tolerance is the larger of 2 %, 0.1 s and the resolution of the stamps."),
  from: z.string().min(1).describe("Where the measured quantity begins."),
  to: z.string().min(1).describe("Where it ends."),
  measure: metricSpecSchema.describe("How the behaviour is measured."),
  deployed: metricSpecSchema.exactOptional().describe("For settings: where the deployed value stands."),
  appliesWhen: z.string().min(1).exactOptional().describe("Expression over parameters; where it is false the claim is not applicable."),
  condition: bilingualSchema.exactOptional().describe("The same condition in words."),
  source: z.strictObject({
    file: z.string().min(1),
    // A single line is a number in YAML.
    lines: z
      .union([z.string().regex(/^\d+(-\d+)?(, \d+(-\d+)?)*$/, "lines such as 11-33 or 66, 610, 657-665"), z.int().positive()])
      .transform(String)
      .describe("Lines of the file, from 1."),
    quote: z.string().min(1).exactOptional(),
  }),
  evidenceClass: z.enum(["code", "documentation", "estimated", "computed"]),
  suggestion: bilingualSchema
    .exactOptional()
    .describe(
      "What the document should say instead. Placeholders: {value} {median} {low} {high} {p90low} {p90high} {min} {max} {n} {documented}.",
    ),
  shorterSuggestion: bilingualSchema
    .exactOptional()
    .describe("The same with fewer numbers, for where one that `suggestion` needs is not known: {p90low} and {p90high} need all ends."),
});
export type Claim = z.infer<typeof claimSchema>;

const relationOperators = ["=", "<", "<=", ">", ">="] as const;

/** What the claims must satisfy among themselves. */
const relationSchema = z.strictObject({
  id: idSchema,
  statement: bilingualSchema,
  left: z.string().min(1).describe("Arithmetic over claim ids, for example ceil(a / b) + 1; `between(a, b)` for what varies."),
  relation: z.enum(relationOperators),
  right: z.string().min(1),
  tolerance: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe("With measured numbers, how far the sides may be apart, as a share of the right one: medians do not add up exactly."),
  dependsOn: bilingualSchema.exactOptional().describe("What decides it, where it may hold or not."),
  explanation: bilingualSchema.describe("Why it holds, or where the documents go wrong."),
});
export type Relation = z.infer<typeof relationSchema>;

const lifePartSchema = z.enum(["create", "connect", "frames", "disconnect", "first-check-wait", "checks", "deletion", "after-disconnect"]);

/** What the analysis asks the claims for by role, so that it need not know the ids of one system. */
const quantityNames = [
  "cleanupAfterDisconnect",
  "unopenedJobDeleted",
  "pollInterval",
  "idleChecks",
  "cleanupTrigger",
  "cleanupProcess",
  "investigationDuration",
  "connectDuration",
  "meanOpenJobs",
  "peakOpenJobs",
  "runDuration",
  "finishedJobTtl",
  "cleanupJobTtl",
] as const;
export type QuantityName = (typeof quantityNames)[number];

/** A claims file: what is documented about one system, and how the statements hang together. */
export const claimsFileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  claims: z.array(claimSchema),
  relations: z.array(relationSchema).default([]),
  quantities: z
    .partialRecord(z.enum(quantityNames), z.union([idSchema, z.array(idSchema).min(1)]))
    .default({})
    .describe("Which claim documents a quantity that the analysis asks for; of several, the first that applies."),
  life: z
    .array(z.strictObject({ part: lifePartSchema, duration: z.string().min(1) }))
    .default([])
    .describe("The parts of one Job's life as documented, in order: arithmetic over claim ids, in seconds."),
});
export type ClaimsFile = z.infer<typeof claimsFileSchema>;
