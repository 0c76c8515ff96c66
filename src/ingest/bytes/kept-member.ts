import { createInflateRaw } from "node:zlib";
import { headerLength, TRAILER_BYTES } from "./gzip-members.js";
import { PIECE_BYTES, STEP_BYTES, SteppedInflation } from "./stepped-inflation.js";

/** Of a longer member only the last steps are kept: behind so many compressed bytes, up to a piece is lost at its damage. */
const KEPT_BYTES = 16 * 1024 * 1024;

/** What zlib says is about the last step; so many hold at least the size in a trailer. */
const LAST_STEPS = 4;

/** Where a step breaks, the member is inflated once more, with finer ones from there on; the last ones are single bytes [bytes]. */
const EVER_FINER = [STEP_BYTES, 128, 1];

/**
 * The compressed bytes of the member that is being inflated. Where zlib meets damage it keeps the piece that it was about to hand out. So the member is
 * inflated again, up to the very byte that breaks it; without its trailer, as all its data are there where only that is wrong.
 */
export class KeptMember {
  /** Once salvaged: what stands behind its damage, or behind its trailer where only that is wrong. */
  behind: Buffer = Buffer.alloc(0);
  isOnlyTrailer = false;
  private steps: Buffer[] = [];
  private length = 0;

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** The step that zlib is given next. */
  add(step: Buffer): void {
    this.steps.push(step);
    this.length += step.length;
    if (!this.isAll) this.steps = this.steps.slice(-LAST_STEPS);
  }

  /** The last bytes, so many of those of the last steps. */
  last(length: number): Buffer {
    return length === 0 ? Buffer.alloc(0) : Buffer.concat(this.steps.slice(-LAST_STEPS)).subarray(-length);
  }

  /** What it holds before its damage. @param given so much of it was handed on already, and is left out [bytes] */
  async *salvage(given: number): AsyncGenerator<Buffer> {
    const bytes = Buffer.concat(this.steps);
    const from = this.isAll ? headerLength(bytes) : undefined;
    if (from === undefined) {
      // What breaks zlib at its very beginning is passed over.
      this.behind = bytes.subarray(1);
      return;
    }
    /** How far it is known to be good. */
    let damage = from;
    /** What was handed on [bytes]. */
    let done = given;
    for (const finer of EVER_FINER) {
      const zlib = new SteppedInflation(createInflateRaw({ chunkSize: PIECE_BYTES }));
      let at = from;
      let length = 0;
      try {
        while (at < bytes.length && !zlib.broken && !zlib.ended) {
          const to = at < damage ? Math.min(at + STEP_BYTES, damage) : at + finer;
          await zlib.write(bytes.subarray(at, to));
          for (const piece of zlib.taken()) {
            length += piece.length;
            if (length > done) yield piece.subarray(done - length);
            done = Math.max(done, length);
          }
          if (!zlib.broken) at = to;
        }
      } finally {
        zlib.close();
      }
      this.isOnlyTrailer = zlib.ended;
      damage = zlib.ended ? from + zlib.consumed + TRAILER_BYTES : at;
      if (!zlib.broken) break;
    }
    this.behind = bytes.subarray(damage);
  }

  private get isAll(): boolean {
    return this.length <= KEPT_BYTES;
  }
}
