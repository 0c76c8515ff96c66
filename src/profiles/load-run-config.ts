import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunConfig } from "../model/run-config.js";
import { RUN_CONFIG_NAME } from "../model/run-config-name.js";
import { readYaml } from "./read-yaml.js";

/** The configuration in a folder, or null where it holds none. Throws a PostrunError (config) with file and place for one that is wrong. */
export async function loadRunConfig(folder: string): Promise<{ readonly path: string; readonly config: RunConfig } | null> {
  const path = join(folder, RUN_CONFIG_NAME);
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) return null;
  const { runConfigSchema } = await import("../model/run-config.js");
  const { data } = await readYaml(path, "run configuration", runConfigSchema.nullable(), { asWritten: ["labels", "parameters"] });
  return { path, config: data ?? {} };
}
