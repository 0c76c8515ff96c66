import { z } from "zod";

/** The same words in both languages of the report. */
export const bilingualSchema = z.strictObject({ en: z.string().min(1), he: z.string().min(1) });
export type Bilingual = z.infer<typeof bilingualSchema>;

/** Ids of marks, stages, claims. */
export const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "an id is lower-case words joined by hyphens");

/** A line of the runner's log that means something. */
const patternSchema = z.strictObject({
  id: idSchema.describe("Names the mark; stages and other patterns refer to it."),
  logger: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe("Exact logger name(s); without it any logger."),
  message: z
    .string()
    .describe(
      "RE2 regular expression, searched in the message. Named groups become keys: jobId, port, host, investigation (its name in the log), index, total, iteration, active, error, seconds, and any of your own. Of several patterns the first that matches is taken.",
    ),
  ignore: z.boolean().default(false).describe("Known and of no use: counted as ignored, not as unmatched."),
  startsRun: z.boolean().default(false).describe("The first line of a test session: a new run begins."),
  header: z.boolean().default(false).describe("Announces the next investigation (groups index and total)."),
  opens: z.boolean().default(false).describe("The request that begins an investigation."),
  answers: z
    .boolean()
    .default(false)
    .describe("The request has been answered: its Job was created before this line, whatever comes between the two in a log."),
  after: z
    .array(idSchema)
    .default([])
    .describe("Marks that may stand directly before it in the same investigation; this is how lines without a key find their owner."),
  closes: z.boolean().default(false).describe("The investigation has ended well."),
  fails: z.boolean().default(false).describe("Something failed (group error); a later success of the same investigation makes it a retry."),
  attempt: z.boolean().default(false).describe("Each occurrence is one attempt; attempts are counted."),
  reports: z
    .strictObject({ since: idSchema, seconds: z.string() })
    .optional()
    .describe(
      "A self-reported duration: group `seconds` counts from the mark `since`, which finds the owner among parallel investigations.",
    ),
  standalone: z.boolean().default(false).describe("Belongs to the run, not to one investigation."),
});
export type Pattern = z.infer<typeof patternSchema>;

/** A named phase between two points. A point is a mark, or one of a Job (`job.created`, `job.scheduled`, `job.started`, `job.finished`, `job.deleted`), or `next.start`. */
const stageSchema = z.strictObject({
  id: idSchema,
  title: bilingualSchema,
  from: z.union([z.string(), z.array(z.string())]).describe("A point; of several, the last that occurred."),
  to: z.string(),
  partOf: idSchema.optional(),
  sequentialOnly: z
    .boolean()
    .default(false)
    .describe("Means something only when investigations do not overlap; so does every stage to `next.start`."),
  includeFailed: z.boolean().default(false).describe("Also measured for investigations that failed (the delay after a failure)."),
});
export type StageDefinition = z.infer<typeof stageSchema>;

/** A family of Jobs, by name. */
const jobFamilySchema = z.strictObject({
  role: z.enum(["serving", "cleanup", "other"]),
  name: z.string().describe("Job name with {jobId} in it, or a name with * for any text."),
});
export type JobFamily = z.infer<typeof jobFamilySchema>;

const parameterSchema = z.strictObject({
  title: bilingualSchema,
  type: z.enum(["string", "number"]),
  values: z.array(z.string()).optional().describe("The values it may take, for type string."),
  default: z.union([z.string(), z.number()]).optional(),
  detect: z
    .array(
      z.strictObject({
        text: z.string().describe("RE2 expression searched in log messages and file names."),
        value: z.union([z.string(), z.number()]),
      }),
    )
    .default([]),
});
export type ParameterDefinition = z.infer<typeof parameterSchema>;

/** A number that the log gives by itself, and what it must be if everything was measured right. */
const crossCheckSchema = z.strictObject({
  id: idSchema,
  title: bilingualSchema.describe("What the number is, and what it is held against: Highest slot, and the peak of open Jobs."),
  mark: idSchema
    .exactOptional()
    .describe(
      "The pattern whose lines give the number; without it, it is one of the run: the largest that `group` of jobId has among its job ids.",
    ),
  group: z.string().describe("Named group that holds the number: of the pattern, or of jobId."),
  operator: z
    .enum(["exactly", "at-least"])
    .default("exactly")
    .describe("at-least: the number is a bound, as the highest slot is where slots are not given from the lowest up."),
  expected: z
    .string()
    .describe(
      "What the number should be: arithmetic over other groups of the same line and what was measured: open-jobs, all-open-jobs and connected-investigations at that moment; peak-open-jobs, peak-all-open-jobs and peak-connected-investigations of the run.",
    ),
});
export type CrossCheckDefinition = z.infer<typeof crossCheckSchema>;

/** What to look for in the leavings of one system, as data. */
export const profileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: idSchema,
  title: bilingualSchema,
  claims: z.string().default("claims.yaml").describe("The claims file, relative to the profile."),
  jobId: z.string().describe("RE2 expression of a whole job id, with optional named groups (slot)."),
  jobs: z.array(jobFamilySchema),
  aliases: z
    .array(
      z.strictObject({
        key: z.string().describe("The key that stands in for the job id (port)."),
        slotGroup: z.string().describe("Named group of jobId that the key gives."),
        base: z.number().describe("key = base + slot."),
      }),
    )
    .default([]),
  timeoutErrors: z
    .array(z.string())
    .default([])
    .describe("RE2 expressions; an error that matches one is a timeout (the client gave up waiting)."),
  log: z
    .strictObject({
      formats: z
        .array(z.string().min(1))
        .min(1)
        .describe("Format strings of Python's logging, for example %(asctime)s - %(name)s - %(levelname)s - %(message)s."),
      datefmt: z
        .string()
        .min(1)
        .exactOptional()
        .describe("Format of asctime (strftime, for example %d.%m.%Y %H:%M:%S.%f); without it logging's own, with milliseconds."),
    })
    .exactOptional()
    .describe("How the runner's log is written, where it is none of the known forms; these are tried first."),
  decimalSign: z
    .enum([".", ","])
    .exactOptional()
    .describe(
      'The decimal sign of numbers in the log: "," reads 2,051 as two and a bit, "." as thousands; without it, as far as they show it.',
    ),
  patterns: z.array(patternSchema),
  stages: z.array(stageSchema),
  cleanupUsers: z.array(z.string()).default([]).describe("RE2 expressions of user names that are the cleanup mechanism."),
  cleanupChecks: z
    .string()
    .min(1)
    .exactOptional()
    .describe("Environment variable of the cleanup Jobs: after how many idle readings in a row one deletes its Job."),
  crossChecks: z.array(crossCheckSchema).default([]),
  parameters: z.record(z.string(), parameterSchema).default({}),
});
export type Profile = z.infer<typeof profileSchema>;
