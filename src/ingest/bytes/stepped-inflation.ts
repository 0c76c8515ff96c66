import type { Gunzip, InflateRaw } from "node:zlib";

/** Compressed bytes given to zlib at once: what they can inflate to at most (about 1,030 times) stays in memory. */
export const STEP_BYTES = 16 * 1024;

/** Pieces that come out: in small ones, handing them on takes as long as inflating them. */
export const PIECE_BYTES = 128 * 1024;

/** An inflating stream that is given one step after the other. A queue instead of a pipe, because a destroyed pipe loses what it still holds. */
export class SteppedInflation {
  broken = false;
  /** It ended by itself: what follows is none of its data. */
  ended = false;
  /** So much was given [bytes]. */
  given = 0;
  /** So much has come out [bytes]. */
  length = 0;
  private queue: Buffer[] = [];
  private settle: () => void = () => undefined;

  constructor(private readonly stream: Gunzip | InflateRaw) {
    stream.on("data", (chunk: Buffer) => {
      this.queue.push(chunk);
      this.length += chunk.length;
    });
    stream.on("error", () => {
      this.broken = true;
      this.settle();
    });
    for (const event of ["end", "close"]) {
      stream.once(event, () => {
        this.ended ||= !this.broken;
        this.settle();
      });
    }
  }

  /** Compressed bytes that its data took. */
  get consumed(): number {
    return this.stream.bytesWritten;
  }

  /** Settles when another thread has inflated them, or when the stream is broken or over. */
  write(bytes: Buffer): Promise<void> {
    this.given += bytes.length;
    return new Promise((resolve) => {
      this.settle = resolve;
      this.stream.write(bytes, () => resolve());
    });
  }

  /** No more comes. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      this.settle = resolve;
      this.stream.end();
    });
  }

  /** What came out since it was asked last. */
  taken(): Buffer[] {
    return this.queue.splice(0);
  }

  close(): void {
    this.stream.destroy();
  }
}
