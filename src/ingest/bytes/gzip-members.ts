/** Where the members of a gzip stream begin (RFC 1952). */
import { constants, inflateRawSync } from "node:zlib";
import { crc32 } from "../../model/bytes/crc32.js";

/** The two identification bytes, and the only method there is. */
const MAGIC = Buffer.from([0x1f, 0x8b, 8]);
export const MAGIC_BYTES = MAGIC.length;
const HEADER_BYTES = 10;
export const TRAILER_BYTES = 8;
/** A member is told from the same bytes elsewhere by inflating so much of it [bytes]. */
export const SAMPLE_BYTES = 4096;
/** A sample that inflates to more than this does inflate [bytes]. */
const SAMPLE_LIMIT = 1024 * 1024;

/** Length of the header of the member that begins here; undefined where none does, or not all of it is there. */
export function headerLength(bytes: Buffer): number | undefined {
  if (bytes.length < HEADER_BYTES || !beginsWithMagic(bytes)) return undefined;
  const flags = bytes[3] ?? 0;
  // The other bits are reserved.
  if ((flags & 0xe0) !== 0) return undefined;
  let at = HEADER_BYTES;
  if ((flags & 4) !== 0) at += 2 + (at + 2 <= bytes.length ? bytes.readUInt16LE(at) : 0);
  // Its name and a comment end with zero bytes.
  for (const text of [8, 16]) if ((flags & text) !== 0) at = bytes.indexOf(0, at) + 1 || bytes.length;
  if ((flags & 2) !== 0) at += 2;
  return at < bytes.length ? at : undefined;
}

/** Tells members from the same bytes elsewhere. */
export class MemberSearch {
  /** So many places that only look like one are tried. */
  private tries = 1000;

  /** Where the first member begins of which a sample is there (`isLast`: or all that there is); -1 where none does. */
  find(bytes: Buffer, isLast: boolean): number {
    const to = isLast ? bytes.length : bytes.length - SAMPLE_BYTES;
    for (let at = magicAt(bytes, 0); at < to; at = magicAt(bytes, at + 1)) if (this.isMember(bytes.subarray(at))) return at;
    return -1;
  }

  /** Whether a member begins with these bytes. */
  isMember(bytes: Buffer): boolean {
    this.tries -= 1;
    // It may have been cut where the next one begins.
    return this.tries >= 0 && inflates(bytes.subarray(0, Math.min(SAMPLE_BYTES, magicAt(bytes, 1))));
  }
}

/** Where bytes stand next with which a member may begin; the length where none do. */
export function magicAt(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(MAGIC, from);
  return at === -1 ? bytes.length : at;
}

/** Whether they stand at this beginning. */
export function beginsWithMagic(bytes: Buffer): boolean {
  return bytes.subarray(0, MAGIC_BYTES).equals(MAGIC);
}

/** How many bytes at the end may be the beginning of them. */
export function cutMagic(bytes: Buffer): number {
  return [2, 1].find((length) => bytes.length >= length && bytes.subarray(-length).equals(MAGIC.subarray(0, length))) ?? 0;
}

/** Whether the sample is the beginning of a member, or all of one. */
function inflates(sample: Buffer): boolean {
  const header = headerLength(sample);
  if (header === undefined) return false;
  const data = sample.subarray(header);
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: SAMPLE_LIMIT, info: true };
    // The types of Node leave out what `info` does: the engine comes with what it gave.
    const { buffer, engine } = inflateRawSync(data, options) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    const trailer = data.subarray(engine.bytesWritten);
    // A member that goes on behind the sample has taken all of it.
    return trailer.length < TRAILER_BYTES || (trailer.readUInt32LE(0) === crc32(buffer) && trailer.readUInt32LE(4) === buffer.length);
  } catch (error) {
    if (error instanceof RangeError) return true;
    if (error instanceof Error && "errno" in error) return false;
    throw error;
  }
}
