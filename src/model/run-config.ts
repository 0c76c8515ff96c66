import { z } from "zod";
import { maskKinds } from "./privacy/identifiers.js";

const scalar = z.union([z.string(), z.number()]);

/** postrun.yaml: what one would otherwise type for the folder of a run. Flags of the command line win over it. */
export const runConfigSchema = z.strictObject({
  profile: z.string().min(1).exactOptional().describe("A built-in profile, or a path relative to this file."),
  claims: z.string().min(1).exactOptional().describe("Claims to check instead of the profile's, relative to this file."),
  inputs: z
    .array(z.string().min(1))
    .min(1)
    .exactOptional()
    .describe("Files and folders, relative to this file; without it, the folder itself."),
  parameters: z.record(z.string(), scalar).exactOptional().describe("Parameters of the profile, for example delay: 5."),
  labels: z.record(z.string(), scalar).exactOptional().describe("Labels on the report, for example environment: staging."),
  tz: z.string().exactOptional().describe("Zone of the runner's log: +02:00 or Asia/Jerusalem."),
  "clock-offset": z.string().exactOptional().describe("How far the runner's clock is ahead (+) or behind (-): -3.7s."),
  run: z
    .union([z.int().positive(), z.literal("all")])
    .exactOptional()
    .describe("Which run of those in the log."),
  from: z.string().exactOptional().describe("Only investigations that begin then or later: with a zone, or in the log's own time."),
  to: z.string().exactOptional().describe("Only investigations that begin before."),
  namespace: z.string().exactOptional().describe("Only Jobs of this namespace."),
  redact: z.array(z.enum(maskKinds)).exactOptional().describe("Kinds of names to mask in the report."),
  docs: z.string().exactOptional().describe("Folder with the documents that the claims cite, relative to this file."),
  title: z.string().exactOptional(),
  ticket: z.string().exactOptional(),
  note: z.string().exactOptional(),
});
export type RunConfig = z.infer<typeof runConfigSchema>;
