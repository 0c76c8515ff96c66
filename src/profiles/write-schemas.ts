/** Writes the published JSON Schemas of profile and claims files, for editors: `node dist/profiles/write-schemas.js`. */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { claimsFileSchema } from "../model/claim.js";
import { profileSchema } from "../model/profile.js";
import { runConfigSchema } from "../model/run-config.js";

/** File name to text of every published schema. What has a default may be left out of a file, hence `io: input`. */
export function schemaFiles(): Readonly<Record<string, string>> {
  const text = (title: string, schema: z.ZodType): string =>
    `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: "input" }) }, undefined, 2)}\n`;
  return {
    "profile.schema.json": text("postrun profile", profileSchema),
    "claims.schema.json": text("postrun claims", claimsFileSchema),
    "run.schema.json": text("postrun.yaml of a run", runConfigSchema),
  };
}

/** Writes them into a folder, which is created if need be. */
async function writeSchemas(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(schemaFiles())) await writeFile(`${folder}/${name}`, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeSchemas(fileURLToPath(new URL("../../schemas", import.meta.url)));
