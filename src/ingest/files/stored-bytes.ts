import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { InputFile } from "./input-files.js";

/** Read at once from a file [bytes]: each read is a round trip to another thread. */
const READ_BYTES = 512 * 1024;

/** A stretch of a file [bytes]; `to` is not part of it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The bytes of a file, or of a stretch of it, up to its size at the start: a log that is still written to would be read against a moving end. A pipe has
 * neither size nor places to start from.
 */
export function storedBytes({ path, bytes }: InputFile, { from, to }: Stretch = { from: 0, to: bytes }): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: READ_BYTES, ...(from > 0 ? { start: from } : {}), ...(to > 0 ? { end: to - 1 } : {}) });
}

export async function sha256Of(file: InputFile): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of storedBytes(file)) hash.update(chunk);
  return hash.digest("hex");
}
