import { Decompress } from "fzstd";
import type { InflateWatch } from "./gzip.js";
import { ZstdFrames } from "./zstd-frames.js";

/** Largest window a decoder is asked to support without being told (`zstd --long=27`); it is held in memory [bytes]. */
const WINDOW_LIMIT = 128 * 1024 * 1024;
/** Compressed bytes decoded at once: a block of four bytes can stand for 128 KiB, all of which stays in memory until it is handed on. */
const STEP_BYTES = 1024;

/** Decompresses all frames. Broken or cut data, and a window that is too large, are damage; what came before is yielded, and the stored bytes are read to their end. */
export async function* decompressZstd(stored: AsyncIterable<Buffer>, watch: InflateWatch): AsyncGenerator<Buffer> {
  const queue: Buffer[] = [];
  const stream = new Decompress((data) => queue.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength)));
  const frames = new ZstdFrames(WINDOW_LIMIT);
  let broken = false;
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
    for (let at = 0; at < chunk.length && !broken && !stopped; at += STEP_BYTES) {
      const step = chunk.subarray(at, at + STEP_BYTES);
      const tooLarge = frames.push(step);
      if (tooLarge === undefined) push(step, false);
      else {
        // The frames before it are whole.
        if (tooLarge >= 0) push(step.subarray(0, tooLarge), true);
        broken = true;
      }
      yield* admitted();
    }
  }
  if (!broken && !stopped) push(Buffer.alloc(0), true);
  yield* admitted();
  if (broken) watch.onDamage();
}
