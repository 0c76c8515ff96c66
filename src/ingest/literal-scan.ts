/**
 * Searches a block of bytes for many texts at once, most bytes never looked at: S. Wu and U. Manber, "A Fast Algorithm for Multi-Pattern Searching",
 * 1994, with pairs of bytes. Letters of ASCII are compared without their case where a text says so.
 */
import type { RequiredLiterals } from "../model/required-literal.js";

/** Shifts are stored in bytes. */
const LONGEST_WINDOW = 255;

interface Literal {
  readonly bytes: Buffer;
  readonly ignoreCase: boolean;
}

export class LiteralScan {
  /** The beginning of every literal that is compared at once [bytes]; literals are at least two bytes long. */
  private readonly window: number;
  /** How far the window can move on where these two bytes end it; 0: a literal may begin where it begins. */
  private readonly shifts: Uint8Array;
  private readonly candidates = new Map<number, Literal[]>();
  private hits = new Float64Array(64);
  private count = 0;
  private read = 0;

  /** @param sets literals of at least two bytes each */
  constructor(sets: readonly RequiredLiterals[]) {
    const literals = sets.flatMap(({ anyOf, ignoreCase }) => anyOf.map((text) => ({ bytes: Buffer.from(text), ignoreCase })));
    this.window = literals.reduce((least, { bytes }) => Math.min(least, bytes.length), LONGEST_WINDOW);
    this.shifts = new Uint8Array(literals.length === 0 ? 0 : 0x10000).fill(this.window - 1);
    for (const literal of literals) this.add(literal);
  }

  /** Finds where literals begin between two offsets; `next` then tells them. */
  search(block: Buffer, from: number, to: number): void {
    this.count = 0;
    this.read = 0;
    const { shifts, window } = this;
    if (shifts.length === 0) return;
    for (let at = from + window - 1; at < to; ) {
      const shift = shifts[((block[at - 1] as number) << 8) | (block[at] as number)] as number;
      if (shift > 0) at += shift;
      else {
        this.compare(block, at - window + 1, at);
        at += 1;
      }
    }
  }

  /** Where the first literal begins that begins at this offset or after it. Offsets only grow. */
  next(from: number): number {
    while (this.read < this.count && (this.hits[this.read] as number) < from) this.read += 1;
    return this.read < this.count ? (this.hits[this.read] as number) : Number.POSITIVE_INFINITY;
  }

  private add(literal: Literal): void {
    for (let end = 1; end < this.window; end += 1) {
      const shift = this.window - 1 - end;
      for (const pair of pairs(literal, end)) {
        if (shift < (this.shifts[pair] as number)) this.shifts[pair] = shift;
        if (shift === 0) this.candidates.set(pair, [...(this.candidates.get(pair) ?? []), literal]);
      }
    }
  }

  private compare(block: Buffer, from: number, end: number): void {
    const pair = ((block[end - 1] as number) << 8) | (block[end] as number);
    for (const literal of this.candidates.get(pair) ?? []) {
      if (!beginsAt(block, from, literal)) continue;
      if (this.count === this.hits.length) {
        const more = new Float64Array(this.count * 2);
        more.set(this.hits);
        this.hits = more;
      }
      this.hits[this.count] = from;
      this.count += 1;
      return;
    }
  }
}

/** The two bytes that end there, in each case that they may have. */
function pairs({ bytes, ignoreCase }: Literal, end: number): readonly number[] {
  const cases = (byte: number): readonly number[] => (ignoreCase && isLetter(byte) ? [byte & ~0x20, byte | 0x20] : [byte]);
  return cases(bytes[end - 1] as number).flatMap((first) => cases(bytes[end] as number).map((second) => (first << 8) | second));
}

function beginsAt(block: Buffer, from: number, { bytes, ignoreCase }: Literal): boolean {
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
