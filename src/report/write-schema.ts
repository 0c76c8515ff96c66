/** Prints schemas/report.schema.json: `node dist/report/write-schema.js > schemas/report.schema.json`. */
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { reportSchema } from "./schema/report.js";

/** JSON Schema (2020-12) of report.json. Additions are free, so unknown keys are allowed. */
export function reportJsonSchema(): string {
  const schema = z.toJSONSchema(reportSchema, { target: "draft-2020-12", io: "input" });
  return `${JSON.stringify({ title: "postrun report, schemaVersion 1", ...schema }, null, 2)}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(reportJsonSchema());
}
