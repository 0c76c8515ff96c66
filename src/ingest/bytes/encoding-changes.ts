/**
 * Where the encoding changes inside a file: two programs wrote to its end, one of them in UTF-16 (Windows PowerShell's `>>`). Text of 8 bits holds
 * no zero bytes, and UTF-16 one in every Latin letter; long runs of UTF-8, or its line ends, are no letters of UTF-16 that any text has.
 */

/** `utf-8` stands for any encoding of 8 bits. */
export type Width = "utf-8" | "utf-16le" | "utf-16be";

export interface Part {
  readonly width: Width;
  readonly bytes: Buffer;
}

/** Looked at to tell UTF-16 from a zero byte [bytes]. */
const WINDOW_BYTES = 64;
/** Fewest Latin letters of UTF-16 that are told from zero bytes in other text. */
const FEWEST_LETTERS = 4;
/** How far back UTF-16 is followed that begins with letters other than Latin ones, or held back until what follows it is known [bytes]. */
const LOOK_BACK_BYTES = 512;
const ASCII = `\\t${String.fromCharCode(27)} -~`;
/** Letters that can be told from those of UTF-16, in UTF-8, and the bytes in which they stand at the most. */
const NARROW_LETTERS = 48;
const NARROW_BYTES = 4 * NARROW_LETTERS;
const NARROW = new RegExp(
  `(?:[${ASCII}\\n\\r]|[\\xc2-\\xdf][\\x80-\\xbf]|[\\xe0-\\xef][\\x80-\\xbf]{2}|[\\xf0-\\xf4][\\x80-\\xbf]{3}){${NARROW_LETTERS}}`,
);
/** A line end of Windows behind fewer letters. */
const NARROW_LINE_END = new RegExp(`[${ASCII}]{2,${NARROW_LETTERS}}\\r\\n$`);
const LINE_END = Buffer.from("\r\n");
/** So far apart are the places that are looked at for text of 8 bits [bytes]; every long run holds one. */
const STRIDE_BYTES = 16;
/** Byte order marks, and whether an odd number of bytes is between one and the first zero byte. */
const MARKS: readonly (readonly [Buffer, Width, 0 | 1])[] = [
  [Buffer.from([0xff, 0xfe]), "utf-16le", 1],
  [Buffer.from([0xfe, 0xff]), "utf-16be", 0],
];

const NEWLINE = 10;
const NOTHING = -1;

/** Cuts a stream of bytes where its encoding changes. */
export class EncodingChanges {
  private held: Buffer = Buffer.alloc(0);
  /** Last byte that was handed on. */
  private lastByte = NOTHING;

  constructor(private width: Width) {}

  push(chunk: Buffer): Part[] {
    return this.split(this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]), false);
  }

  end(): Part[] {
    return this.split(this.held, true);
  }

  private split(bytes: Buffer, isLast: boolean): Part[] {
    const parts: Part[] = [];
    let from = 0;
    for (;;) {
      const { at, width } = this.width === "utf-8" ? this.toWide(bytes, from, isLast) : this.toNarrow(bytes, from, isLast);
      if (at > from) {
        parts.push({ width: this.width, bytes: bytes.subarray(from, at) });
        this.lastByte = bytes[at - 1] ?? NOTHING;
      }
      from = at;
      if (width === this.width) break;
      this.width = width;
    }
    this.held = bytes.subarray(from);
    return parts;
  }

  /** Where UTF-16 begins, or how far it is certain that it does not. */
  private toWide(bytes: Buffer, from: number, isLast: boolean): { at: number; width: Width } {
    for (let zero = bytes.indexOf(0, from); zero !== -1; zero = bytes.indexOf(0, zero)) {
      if (!isLast && bytes.length - zero < WINDOW_BYTES) return { at: Math.max(from, zero - LOOK_BACK_BYTES), width: "utf-8" };
      if (isWide(bytes, zero)) return this.wideAround(bytes, from, zero);
      while (bytes[zero] === 0) zero += 1;
    }
    return { at: isLast ? bytes.length : this.certain(bytes, from), width: "utf-8" };
  }

  /** Up to where nothing is the beginning of UTF-16 whose first zero byte is still to come: its mark, or its first letter on a line. */
  private certain(bytes: Buffer, from: number): number {
    const tail = Math.max(from, bytes.length - 3);
    const mark = bytes.subarray(tail).findIndex((byte) => byte >= 0xfe);
    if (mark !== -1) return tail + mark;
    const last = bytes.length - 1;
    return last >= from && (last > 0 ? bytes[last - 1] : this.lastByte) === NEWLINE ? last : bytes.length;
  }

  /** Where the UTF-16 begins that has this zero byte, the first one. */
  private wideAround(bytes: Buffer, from: number, zero: number): { at: number; width: Width } {
    const before = bytes.subarray(Math.max(from, zero - LOOK_BACK_BYTES), zero);
    for (const [mark, width, odd] of MARKS) {
      const at = before.lastIndexOf(mark);
      const letters = before.subarray(at);
      if (at !== -1 && letters.length % 2 === odd && narrowAt(letters, 0) === undefined) return { at: zero - letters.length, width };
    }
    const previous = zero > from ? bytes[zero - 1] : this.lastByte;
    // The first letter of a line begins with its zero byte where the greater byte comes first.
    if (previous === NEWLINE || previous === NOTHING) return { at: otherLetters(bytes, from, zero, 0), width: "utf-16be" };
    return { at: zero > from ? otherLetters(bytes, from, zero - 1, 1) : zero + 1, width: "utf-16le" };
  }

  /** Where text of 8 bits begins, or how far it is certain that it does not. */
  private toNarrow(bytes: Buffer, from: number, isLast: boolean): { at: number; width: Width } {
    // The letter of the last zero byte ends with it, or with the byte after it.
    const after = this.width === "utf-16le" ? 1 : 2;
    const found = narrowAt(bytes, from);
    const until = found ?? bytes.length;
    const zero = until > from ? bytes.lastIndexOf(0, until - 1) : -1;
    const begin = zero === -1 ? from : Math.max(from, zero + after);
    if (found !== undefined) return { at: begin, width: "utf-8" };
    if (isLast) return { at: bytes.length, width: this.width };
    return { at: begin > bytes.length ? zero : Math.max(begin, bytes.length - LOOK_BACK_BYTES), width: this.width };
  }
}

/** Whether zero bytes stand in every other place from here on, and hardly between. */
function isWide(bytes: Buffer, zero: number): boolean {
  const end = Math.min(bytes.length, zero + WINDOW_BYTES);
  let letters = 0;
  let latin = 0;
  let between = 0;
  for (let at = zero; at < end; at += 2) {
    letters += 1;
    if (bytes[at] === 0) latin += 1;
    if (at + 1 < end && bytes[at + 1] === 0) between += 1;
  }
  return latin >= FEWEST_LETTERS && latin > letters * 0.6 && between <= letters * 0.1;
}

/** Where text of 8 bits is seen first in UTF-16; undefined where none is. */
function narrowAt(bytes: Buffer, from: number): number | undefined {
  const lineEnd = bytes.indexOf(LINE_END, from);
  const line = lineEnd === -1 ? "" : bytes.toString("latin1", Math.max(from, lineEnd - NARROW_LETTERS), lineEnd + LINE_END.length);
  const before = line.length - (NARROW_LINE_END.exec(line)?.index ?? line.length);
  const until = before === 0 ? bytes.length : lineEnd + LINE_END.length - before;
  for (let at = from; at + 1 < until; at += STRIDE_BYTES) {
    if (!isTextByte(bytes[at] ?? 0) || !isTextByte(bytes[at + 1] ?? 0)) continue;
    const begin = Math.max(from, at - NARROW_BYTES);
    const found = NARROW.exec(bytes.toString("latin1", begin, at + NARROW_BYTES))?.index;
    if (found !== undefined) return Math.min(begin + found, until);
  }
  return before === 0 ? undefined : until;
}

/** No byte of Latin text in UTF-16 beside another one, nor of Hebrew letters. */
function isTextByte(byte: number): boolean {
  return byte >= 32 || byte === 9 || byte === 10 || byte === 13 || byte === 27;
}

/** Back over letters of UTF-16 whose greater byte no text of 8 bits has, such as Hebrew ones. @param greater its place in a letter */
function otherLetters(bytes: Buffer, from: number, letter: number, greater: 0 | 1): number {
  let at = letter;
  while (at - 2 >= from) {
    const byte = bytes[at - 2 + greater] ?? 0;
    if (byte === 0 || byte > 8) break;
    at -= 2;
  }
  return at;
}
