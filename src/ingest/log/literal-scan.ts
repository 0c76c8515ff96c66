/**
 * Searches a piece of a block for many texts at once, most bytes never looked at: S. Wu and U. Manber, "A Fast Algorithm for Multi-Pattern Searching", 1994.
 * Letters of ASCII are compared without their case where a text says so.
 */
import type { RequiredLiterals } from "../../model/patterns/required-literal.js";
import type { ByteBlock } from "../bytes/byte-block.js";

/** Bytes that tell how far the window can move on. */
const GROUP = 3;
const GROUP_MASK = 0xffffff;
const PAIR_MASK = 0xffff;
/** Shifts are stored in bytes, by a hash of so many bits: few enough to stay in the fastest memory. */
const LONGEST_WINDOW = 255;
const HASH_BITS = 14;
/** 2^32 over the golden ratio (D. Knuth, The Art of Computer Programming, 6.4). */
const HASH_FACTOR = 0x9e3779b1;

interface Literal {
  readonly bytes: Buffer;
  readonly ignoreCase: boolean;
}

export class LiteralScan {
  /** The beginning of every literal that is compared at once [bytes]. */
  private readonly window: number;
  private readonly group: number;
  private readonly mask: number;
  /** How far the window can move on where these bytes end it; 0: a literal may begin where it begins. */
  private readonly shifts = new Uint8Array(1 << HASH_BITS);
  private readonly candidates = new Map<number, Literal[]>();

  /** @param sets literals of at least two bytes each */
  constructor(sets: readonly RequiredLiterals[]) {
    const literals = sets.flatMap(({ anyOf, ignoreCase }) => anyOf.map((text) => ({ bytes: Buffer.from(text), ignoreCase })));
    this.window = literals.reduce((least, { bytes }) => Math.min(least, bytes.length), LONGEST_WINDOW);
    this.group = Math.min(GROUP, this.window);
    this.mask = this.group === GROUP ? GROUP_MASK : PAIR_MASK;
    this.shifts.fill(this.window - this.group + 1);
    for (const literal of literals) this.add(literal);
  }

  /** Whether one of the literals stands between two offsets; the block goes on behind them. */
  finds({ bytes, words }: ByteBlock, from: number, to: number): boolean {
    const { shifts, window, group, mask } = this;
    const full = window - group + 1;
    for (let begin = from + window - group; begin + group <= to; ) {
      const hash = Math.imul(words.getInt32(begin, true) & mask, HASH_FACTOR) >>> (32 - HASH_BITS);
      const shift = shifts[hash] as number;
      // Nearly always, and a constant does not wait for the table.
      if (shift === full) begin += full;
      else if (shift > 0) begin += shift;
      else {
        if (this.stands(hash, bytes, begin + group - window, to)) return true;
        begin += 1;
      }
    }
    return false;
  }

  private stands(hash: number, block: Buffer, from: number, to: number): boolean {
    return this.candidates.get(hash)?.some((literal) => stands(literal, block, from, to)) === true;
  }

  private add(literal: Literal): void {
    for (let end = this.group; end <= this.window; end += 1) {
      const shift = this.window - end;
      for (const hash of hashes(literal, end - this.group, end)) {
        if (shift < (this.shifts[hash] as number)) this.shifts[hash] = shift;
        if (shift === 0) this.candidates.set(hash, [...(this.candidates.get(hash) ?? []), literal]);
      }
    }
  }
}

/** Of the bytes between two offsets, in each case that they may have. */
function hashes({ bytes, ignoreCase }: Literal, from: number, to: number): readonly number[] {
  let groups = [0];
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    const cases = ignoreCase && isLetter(byte) ? [byte & ~0x20, byte | 0x20] : [byte];
    groups = groups.flatMap((group) => cases.map((letter) => group | (letter << (8 * (at - from)))));
  }
  return groups.map((group) => Math.imul(group, HASH_FACTOR) >>> (32 - HASH_BITS));
}

function stands({ bytes, ignoreCase }: Literal, block: Buffer, from: number, to: number): boolean {
  if (from + bytes.length > to) return false;
  for (let at = 0; at < bytes.length; at += 1) {
    const expected = bytes[at] as number;
    const found = block[from + at];
    if (found !== expected && !(ignoreCase && isLetter(expected) && found === (expected ^ 0x20))) return false;
  }
  return true;
}

function isLetter(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
}
