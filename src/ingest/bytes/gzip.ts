import { createGunzip } from "node:zlib";
import { beginsWithMagic, cutMagic, MAGIC_BYTES, MemberSearch, magicAt, SAMPLE_BYTES } from "./gzip-members.js";
import { KeptMember } from "./kept-member.js";
import { PIECE_BYTES, STEP_BYTES, SteppedInflation } from "./stepped-inflation.js";
import { StoredInput } from "./stored-input.js";

/** RFC 1952 section 2.3.1: the two identification bytes. */
export function isGzip(start: Buffer): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

const NEWLINE = 10;

/** What an inflating stream asks of its reader. */
export interface InflateWatch {
  /** The compressed data are broken or cut. */
  onDamage(): void;
  /** Hears the size of each piece before it is yielded; false: this piece and all after it are not wanted. */
  admit(bytes: number): boolean;
}

/**
 * Inflates all members of a gzip stream. Broken or cut data are told; all that could be inflated before is yielded, what the next member holds
 * follows on a line of its own, and the stored bytes are read to their end. Zero bytes between members are padding.
 */
export async function* inflateChunks(stored: AsyncIterable<Buffer>, watch: InflateWatch): AsyncGenerator<Buffer> {
  const inflation = new Inflation(new StoredInput(stored), watch);
  try {
    yield* inflation.read();
  } finally {
    await inflation.close();
  }
}

class Inflation {
  private readonly search = new MemberSearch();
  private damaged = false;
  private stopped = false;
  /** What comes next does not go on with what came before. */
  private isTorn = false;
  /** What comes next is not the beginning of a member. */
  private isLost = false;
  private lastByte = NEWLINE;

  constructor(
    private readonly input: StoredInput,
    private readonly watch: InflateWatch,
  ) {}

  async *read(): AsyncGenerator<Buffer> {
    while (!this.stopped && (await this.findsMember())) yield* this.members();
    while ((await this.takeAll()).length > 0);
    if (this.damaged) this.watch.onDamage();
  }

  close(): Promise<void> {
    return this.input.close();
  }

  private *admitted(pieces: readonly Buffer[]): Generator<Buffer> {
    for (const piece of pieces) {
      if (this.isTorn && this.lastByte !== NEWLINE) yield Buffer.from([NEWLINE]);
      this.isTorn = false;
      this.stopped ||= !this.watch.admit(piece.length);
      if (this.stopped) return;
      this.lastByte = piece[piece.length - 1] ?? this.lastByte;
      yield piece;
    }
  }

  /** At least so many bytes, unless the stream ends, and whatever else is at hand. */
  private async takeAll(least = 1): Promise<Buffer> {
    return this.input.take((await this.input.look(least)).length);
  }

  /** Goes to the beginning of the next member; false where there is none. */
  private async findsMember(): Promise<boolean> {
    if (this.isLost) return this.findsMemberBehindDamage();
    for (let bytes = await this.input.look(1); bytes.length > 0; bytes = await this.input.look(1)) {
      const padding = bytes.findIndex((byte) => byte !== 0);
      this.input.take(padding === -1 ? bytes.length : padding);
      if (padding !== -1) return isGzip(await this.input.look(2)) || this.findsMemberBehindDamage();
    }
    return false;
  }

  private async findsMemberBehindDamage(): Promise<boolean> {
    this.goOn(Buffer.alloc(0), false);
    for (;;) {
      const bytes = await this.takeAll(2 * SAMPLE_BYTES);
      const isLast = bytes.length < 2 * SAMPLE_BYTES;
      const found = this.search.find(bytes, isLast);
      if (found === -1 && isLast) return false;
      this.input.putBack(bytes.subarray(found === -1 ? bytes.length - SAMPLE_BYTES : found));
      if (found !== -1) return true;
    }
  }

  /** Inflates one member after the other, as far as they follow each other without padding or damage. */
  private async *members(): AsyncGenerator<Buffer> {
    const zlib = new SteppedInflation(createGunzip({ chunkSize: PIECE_BYTES }));
    /** The member that is under way, and what had come out when it began [bytes]. */
    let kept = new KeptMember();
    let before = 0;
    let isCut = false;
    try {
      // Another thread inflates the next step while what the last one gave is read here.
      let underWay = Promise.resolve();
      for (let step = await this.nextStep(); step !== undefined; step = await this.nextStep()) {
        await underWay;
        const goesOn = !zlib.broken && !zlib.ended && !this.stopped;
        if (goesOn && !kept.isEmpty && beginsWithMagic(step)) {
          const length = zlib.length - before;
          if (endsWithSize(kept.last(4), length)) {
            kept = new KeptMember();
            before = zlib.length;
          } else {
            // Where nothing has come out, this may be what was compressed.
            isCut = length > 0 && this.search.isMember(Buffer.concat([step, await this.input.look(SAMPLE_BYTES)]));
          }
        }
        if (!goesOn || isCut) {
          this.input.putBack(step);
          break;
        }
        const pieces = zlib.taken();
        kept.add(step);
        underWay = zlib.write(step);
        yield* this.admitted(pieces);
      }
      await underWay;
      const isOver = !zlib.broken && !zlib.ended && !this.stopped && !isCut;
      if (isOver) await zlib.end();
      yield* this.admitted(zlib.taken());
      if (isCut || (isOver && zlib.broken)) this.goOn(Buffer.alloc(0), false);
      else if (zlib.broken) yield* this.salvaged(kept, zlib.length - before);
      else if (zlib.ended) this.input.putBack(kept.last(zlib.given - zlib.consumed));
    } finally {
      zlib.close();
    }
  }

  /** Compressed bytes to be inflated at once; they end where a member may begin. */
  private async nextStep(): Promise<Buffer | undefined> {
    let bytes = await this.input.look(1);
    if (cutMagic(bytes) === bytes.length) bytes = await this.input.look(MAGIC_BYTES);
    if (bytes.length === 0) return undefined;
    const most = Math.min(STEP_BYTES, magicAt(bytes.subarray(0, STEP_BYTES + MAGIC_BYTES), 1));
    return this.input.take(most < bytes.length ? most : most - cutMagic(bytes) || most);
  }

  /** What a damaged member still holds, so many bytes of which were given already. */
  private async *salvaged(kept: KeptMember, given: number): AsyncGenerator<Buffer> {
    for await (const piece of kept.salvage(given)) {
      yield* this.admitted([piece]);
      if (this.stopped) break;
    }
    this.goOn(kept.behind, !kept.isOnlyTrailer);
  }

  /** There is damage, and reading goes on with these bytes: a member, or (`isLost`) wherever one begins. */
  private goOn(bytes: Buffer, isLost: boolean): void {
    this.damaged = true;
    this.isTorn = true;
    this.isLost = isLost;
    this.input.putBack(bytes);
  }
}

/** Whether these last bytes are a trailer's size, modulo 2^32. */
function endsWithSize(last: Buffer, size: number): boolean {
  return last.length === 4 && last.readUInt32LE(0) === size % 2 ** 32;
}
