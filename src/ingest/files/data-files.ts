import { isOwnReport } from "../unusable.js";
import { headOf } from "./file-head.js";
import { findInputFiles } from "./input-files.js";

const HEAD_BYTES = 4096;

/**
 * Paths of the files that reading these inputs would read, without those in folders that are reports of postrun: nothing is read from them, so they may be
 * written anew. Throws a PostrunError ("input") as reading does for what does not exist.
 */
export async function dataFiles(inputs: readonly string[]): Promise<readonly string[]> {
  const { files } = await findInputFiles(inputs);
  const named = new Set(inputs);
  const paths: string[] = [];
  for (const { path } of files) if (named.has(path) || !isOwnReport(await headOf(path, HEAD_BYTES))) paths.push(path);
  return paths;
}
