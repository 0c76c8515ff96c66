import { open } from "node:fs/promises";
import { findInputFiles } from "./input-files.js";
import { isOwnReport } from "./unusable.js";

const HEAD_BYTES = 4096;

/**
 * Paths of the files that reading these inputs would read, without those in folders that are reports of postrun: nothing is read from them, so they may be
 * written anew. Throws a PostrunError ("input") as reading does for what does not exist.
 */
export async function dataFiles(inputs: readonly string[]): Promise<readonly string[]> {
  const { files } = await findInputFiles(inputs);
  const named = new Set(inputs);
  const paths: string[] = [];
  for (const { path } of files) if (named.has(path) || !isOwnReport(await headOf(path))) paths.push(path);
  return paths;
}

/** The beginning of a file; nothing where it cannot be read, which is told when it is to be. */
async function headOf(path: string): Promise<string> {
  const file = await open(path, "r").catch(() => undefined);
  if (file === undefined) return "";
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
