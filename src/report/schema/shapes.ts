import { z } from "zod";
import { isMoment } from "../../model/time.js";

/** Pieces that the parts of report.json share. */
export const number = z.number();
export const text = z.string();
export const iso = z.string().refine(isMoment, "expected a time in UTC (ISO 8601)").describe("ISO 8601 UTC with milliseconds");
export const local = z
  .string()
  .refine((time) => isMoment(`${time}Z`), "expected a time without a zone (ISO 8601)")
  .describe("ISO 8601 without a zone, in the runner's clock");
export const pair = z.tuple([number, number]).readonly();
export const banded = z.object({ value: number, band: pair.exactOptional() }).readonly();
export const duration = number.describe("milliseconds");
export const width = number.nonnegative().describe("milliseconds");
/** What a date can be (ECMA-262). */
const MOST_MS = 8.64e15;
export const step = z.tuple([number.min(-MOST_MS).max(MOST_MS), number]).readonly();
export const clockId = z.union([
  z.enum(["runner", "cluster", "collector", "audit", "controller", "scheduler"]),
  z.templateLiteral(["runner:", z.number()]),
  z.templateLiteral(["collector:", z.number()]),
  z.templateLiteral(["audit:", z.number()]),
  z.templateLiteral(["node:", z.string()]),
  z.templateLiteral(["http:", z.string()]),
]);
export const seenPart = z.enum(["log", "capture"]);
export const unit = z.enum(["s", "count", "jobs", "millicores", "share"]);
const values = z.record(text, z.union([text, number])).readonly();

export const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).readonly();
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

export const bilingual = z.strictObject({ en: text.min(1), he: text.min(1) });
export const evidence = object({ source: number, line: number, text: text.exactOptional() });
export const reasonShape = { key: text, values };
export const diagnostic = object({
  id: text,
  severity: z.enum(["info", "warning", "error"]),
  count: number,
  values,
  examples: list(evidence),
});
