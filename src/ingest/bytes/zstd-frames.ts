/** The frames of a Zstandard stream (RFC 8878 section 3.1), followed by their headers and sizes without decoding anything. */

const FRAME_MAGIC = 0xfd2fb528;
/** The first of sixteen. */
const SKIPPABLE_MAGIC = 0x184d2a50;
const MAGIC_BYTES = 4;
const SKIPPABLE_HEADER_BYTES = 8;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
/** A block that repeats one byte. */
const RUN_LENGTH = 1;
/** By the two bits of the descriptor that say so, what a dictionary's id takes, and the size of the content [bytes]. */
const ID_BYTES = [0, 1, 2, 4] as const;
const SIZE_BYTES = [0, 2, 4, 8] as const;

/** Whether a frame begins with these bytes. */
export function isZstd(start: Buffer): boolean {
  return start.length >= MAGIC_BYTES && start.readUInt32LE(0) === FRAME_MAGIC;
}

/** Finds frames that ask for more memory than a decoder is to give. */
export class ZstdFrames {
  /** The beginning of a header whose rest is still to come. */
  private held: Buffer = Buffer.alloc(0);
  /** From the end of what was looked at to the next header [bytes]. */
  private skipped = 0;
  private inFrame = false;
  private hasChecksum = false;

  /** @param windowLimit of a frame [bytes] */
  constructor(private readonly windowLimit: number) {}

  /** Where in the next bytes the first frame begins that asks for a larger window (negative: before them); undefined where none does. */
  push(bytes: Buffer): number | undefined {
    const before = this.held.length;
    const all = before === 0 ? bytes : Buffer.concat([this.held, bytes]);
    let at = 0;
    for (;;) {
      const passed = Math.min(this.skipped, all.length - at);
      this.skipped -= passed;
      at += passed;
      const header = all.subarray(at);
      const length = this.skipped > 0 ? undefined : this.inFrame ? BLOCK_HEADER_BYTES : headerLength(header);
      if (length === undefined || header.length < length) break;
      if (this.inFrame) this.enterBlock(header.readUIntLE(0, BLOCK_HEADER_BYTES));
      else if (!isZstd(header)) this.skipped = skippableLength(header);
      else if (windowBytes(header) > this.windowLimit) return at - before;
      else this.enterFrame(header, length);
    }
    this.held = all.subarray(at);
    return undefined;
  }

  private enterFrame(header: Buffer, length: number): void {
    this.inFrame = true;
    this.hasChecksum = ((header[MAGIC_BYTES] ?? 0) & 4) !== 0;
    this.skipped = length;
  }

  /** Its last bit says whether it is the last of its frame, two its type, the others its size. */
  private enterBlock(header: number): void {
    this.skipped = BLOCK_HEADER_BYTES + (((header >> 1) & 3) === RUN_LENGTH ? 1 : header >> 3);
    if ((header & 1) === 0) return;
    this.inFrame = false;
    if (this.hasChecksum) this.skipped += CHECKSUM_BYTES;
  }
}

/** Of the header that begins here; undefined where too little of it is there to tell. */
function headerLength(start: Buffer): number | undefined {
  if (start.length <= MAGIC_BYTES) return undefined;
  if (!isZstd(start)) return SKIPPABLE_HEADER_BYTES;
  const descriptor = start[MAGIC_BYTES] ?? 0;
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = isSingle && sizeFlag === 0 ? 1 : SIZE_BYTES[sizeFlag as 0 | 1 | 2 | 3];
  return MAGIC_BYTES + 1 + (isSingle ? 0 : 1) + ID_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3] + sizeBytes;
}

/** Of a frame that is to be passed over, with its header; of what is no frame no end is known. */
function skippableLength(header: Buffer): number {
  const isSkippable = header.readUInt32LE(0) >>> 4 === SKIPPABLE_MAGIC >>> 4;
  return isSkippable ? SKIPPABLE_HEADER_BYTES + header.readUInt32LE(MAGIC_BYTES) : Number.POSITIVE_INFINITY;
}

/** RFC 8878 section 3.1.1.1: what the header of a frame asks for; that of a single segment is its content. */
function windowBytes(header: Buffer): number {
  const descriptor = header[MAGIC_BYTES] ?? 0;
  const window = header[MAGIC_BYTES + 1] ?? 0;
  if ((descriptor & 0x20) === 0) return 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8);
  const at = MAGIC_BYTES + 1 + ID_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3];
  const sizeFlag = descriptor >> 6;
  if (sizeFlag < 2) return 0;
  return sizeFlag === 2 ? header.readUInt32LE(at) : Number(header.readBigUInt64LE(at));
}
