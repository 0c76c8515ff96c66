import { createGunzip } from "node:zlib";

/** RFC 1952 section 2.3.1: the two identification bytes. */
export function isGzip(start: Buffer): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/** Compressed bytes given to zlib at once: what they can inflate to at most (about 1,030 times) stays in memory. */
const STEP_BYTES = 16 * 1024;

/** Pieces that come out: in small ones, handing them on takes as long as inflating them. */
const PIECE_BYTES = 128 * 1024;

/** What an inflating stream asks of its reader. */
export interface InflateWatch {
  /** The compressed data are broken or cut. */
  onDamage(): void;
  /** Hears the size of each piece before it is yielded; false: this piece and all after it are not wanted. */
  admit(bytes: number): boolean;
}

/**
 * Inflates all members of a gzip stream. Broken or cut data are told; all that could be inflated before is yielded, and the stored
 * bytes are read to their end. A queue instead of a pipe, because a destroyed pipe loses what it still holds.
 */
export async function* inflateChunks(stored: AsyncIterable<Buffer>, watch: InflateWatch): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  const queue: Buffer[] = [];
  let broken = false;
  let stopped = false;
  /** zlib ends by itself at what stands behind the last member and is none. */
  let ended = false;
  let settle: () => void = () => undefined;
  gunzip.on("data", (chunk: Buffer) => queue.push(chunk));
  gunzip.on("error", () => {
    broken = true;
    settle();
  });
  for (const event of ["end", "close"]) {
    gunzip.once(event, () => {
      ended = true;
      settle();
    });
  }
  function* admitted(pieces: readonly Buffer[]): Generator<Buffer> {
    for (const chunk of pieces) {
      stopped ||= !watch.admit(chunk.length);
      if (!stopped) yield chunk;
    }
  }
  const step = (start: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      settle = resolve;
      start(resolve);
    });
  try {
    // Another thread inflates the next step while what the last one gave is read here.
    let underWay = Promise.resolve();
    for await (const chunk of stored) {
      for (let at = 0; at < chunk.length && !broken && !stopped && !ended; at += STEP_BYTES) {
        await underWay;
        if (broken || ended) break;
        const pieces = queue.splice(0);
        underWay = step((done) => gunzip.write(chunk.subarray(at, at + STEP_BYTES), () => done()));
        yield* admitted(pieces);
      }
    }
    await underWay;
    yield* admitted(queue.splice(0));
    if (!broken && !stopped && !ended) await step(() => gunzip.end());
    yield* admitted(queue.splice(0));
  } finally {
    gunzip.destroy();
  }
  if (broken) watch.onDamage();
}
