import { Decompress } from "fzstd";
import type { InflateWatch } from "./gzip.js";

/** RFC 8878 section 3.1.1: the magic number of a frame. */
export function isZstd(start: Buffer): boolean {
  return start.length >= 4 && start.readUInt32LE(0) === 0xfd2fb528;
}

/** Largest window a decoder is asked to support without being told (`zstd --long=27`); it is held in memory [bytes]. */
const WINDOW_LIMIT = 128 * 1024 * 1024;
/** Compressed bytes decoded at once: a block of four bytes can stand for 128 KiB, all of which stays in memory until it is handed on. */
const STEP_BYTES = 1024;

/** Decompresses all frames. Broken or cut data, and a window that is too large, are damage; what came before is yielded, and the stored bytes are read to their end. */
export async function* decompressZstd(stored: AsyncIterable<Buffer>, watch: InflateWatch): AsyncGenerator<Buffer> {
  const queue: Buffer[] = [];
  const stream = new Decompress((data) => queue.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength)));
  let broken = false;
  let started = false;
  let stopped = false;
  function* admitted(): Generator<Buffer> {
    for (const chunk of queue.splice(0)) {
      stopped ||= !watch.admit(chunk.length);
      if (!stopped) yield chunk;
    }
  }
  const push = (bytes: Buffer, last: boolean): void => {
    try {
      stream.push(bytes, last);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      broken = true;
    }
  };
  for await (const chunk of stored) {
    if (!started) broken = windowBytes(chunk) > WINDOW_LIMIT;
    started = true;
    for (let at = 0; at < chunk.length && !broken && !stopped; at += STEP_BYTES) {
      push(chunk.subarray(at, at + STEP_BYTES), false);
      yield* admitted();
    }
  }
  if (!broken && !stopped) push(Buffer.alloc(0), true);
  yield* admitted();
  if (broken) watch.onDamage();
}

/** RFC 8878 section 3.1.1.1: what the header of the first frame asks for; 0 where a single segment needs no window of its own. */
function windowBytes(start: Buffer): number {
  const descriptor = start[4] ?? 0;
  const window = start[5] ?? 0;
  const sizeFlag = descriptor >> 6;
  if ((descriptor & 0x20) === 0) return 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8);
  if (sizeFlag < 2) return 0;
  const dictionaryId = descriptor & 3;
  const at = 5 + (dictionaryId === 3 ? 4 : dictionaryId);
  if (start.length < at + 8) return 0;
  return sizeFlag === 2 ? start.readUInt32LE(at) : Number(start.readBigUInt64LE(at));
}
