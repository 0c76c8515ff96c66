/**
 * Bytes to text: UTF-8 and UTF-16 (either order, with or without a mark), also one after the other in a file, and where the bytes are no UTF-8 the
 * Windows code pages 1252 and 1255, told apart by where Hebrew letters stand. Decoders are those of the WHATWG Encoding Standard. Bytes that are no
 * valid text become U+FFFD.
 */
import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { EncodingChanges, type Part, type Width } from "./encoding-changes.js";

/** Bytes looked at to find UTF-16. */
export const PROBE_BYTES = 512;
/** Text handed on at once, so that a small file that inflates enormously stays small in memory [bytes]. */
const CHUNK_BYTES = 64 * 1024;
/** From this share of Hebrew letters on, the bytes beyond ASCII are Hebrew. */
const HEBREW_SHARE = 0.6;

/** Whole letters of a text: the bytes themselves where they are valid UTF-8 (most files are), else decoded. */
export type TextPiece = Buffer | string;

/** The piece decoded. */
export function textOf(piece: TextPiece): string {
  // Plain ASCII, which every encoding here reads alike, is copied, not decoded, and stays one byte a character.
  return typeof piece === "string" ? piece : piece.toString(isAscii(piece) ? "latin1" : "utf8");
}

/** The piece as UTF-8. */
export function utf8Of(piece: TextPiece): Buffer {
  return typeof piece === "string" ? Buffer.from(piece) : piece;
}

/** Hears of all encodings in order, and may be called again: UTF-8 until bytes are met that are none; the text is valid as long as none are. */
type OnEncodings = (encodings: readonly string[], isValid: boolean) => void;

/**
 * Decodes a stream whose first chunk has at least `PROBE_BYTES` (or is all there is).
 * Where `whole` says so, valid UTF-8 is handed on in the size in which it comes.
 */
export async function* decodeText(bytes: AsyncIterable<Buffer>, onEncodings: OnEncodings, whole: () => boolean): AsyncGenerator<TextPiece> {
  const parts = new PartDecoder(onEncodings, whole);
  let changes: EncodingChanges | undefined;
  for await (const chunk of bytes) {
    changes ??= new EncodingChanges(unicodeEncoding(chunk));
    for (const part of changes.push(chunk)) yield* withoutZeros(parts.decode(part));
  }
  for (const part of changes?.end() ?? []) yield* withoutZeros(parts.decode(part));
  yield parts.end();
}

const ZERO = String.fromCharCode(0);

/** Zero bytes are no text but what a crash, or a log that was emptied while it was written, leaves between records. */
function* withoutZeros(pieces: Iterable<TextPiece>): Generator<TextPiece> {
  for (const piece of pieces) {
    if (typeof piece === "string") yield piece.includes(ZERO) ? piece.replaceAll(ZERO, "") : piece;
    else yield piece.includes(0) ? Buffer.from(piece.filter((byte) => byte !== 0)) : piece;
  }
}

/** Decodes what comes in one encoding after the other. */
class PartDecoder {
  private readonly encodings: string[] = [];
  private width: Width | undefined;
  private decoder: Utf8OrCodePage | TextDecoder | undefined;

  constructor(
    private readonly onEncodings: OnEncodings,
    private readonly whole: () => boolean,
  ) {}

  *decode({ width, bytes }: Part): Generator<TextPiece> {
    if (width !== this.width) {
      yield this.end();
      this.begin(width);
    }
    const { decoder } = this;
    if (decoder === undefined) return;
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      const rest = decoder instanceof Utf8OrCodePage && this.whole() ? decoder.valid(bytes.subarray(at)) : undefined;
      yield rest ?? decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true });
      if (rest !== undefined) break;
    }
  }

  end(): TextPiece {
    return this.decoder?.decode() ?? "";
  }

  private begin(width: Width): void {
    this.width = width;
    this.encodings.push(width);
    const note = (encoding: string, isValid: boolean): void => {
      this.encodings[this.encodings.length - 1] = encoding;
      this.onEncodings([...new Set(this.encodings)], isValid && this.encodings.length === 1);
    };
    this.decoder = width === "utf-8" ? new Utf8OrCodePage(note) : new TextDecoder(width);
    note(width, width === "utf-8");
  }
}

/** UTF-8 as long as the bytes are valid; at the first that are not, the whole piece decides whether the rest is a code page or damaged UTF-8. */
class Utf8OrCodePage {
  private decoder = new TextDecoder("utf-8");
  private settled = false;
  /** Valid letters beyond ASCII were seen, so damage is damage and no code page. */
  private beyondAscii = false;
  /** Something was read already: U+FEFF is a character from here on. */
  private inside = false;
  /** Bytes of a letter that the last piece cut. */
  private held: Buffer = Buffer.alloc(0);

  constructor(private readonly onEncoding: (encoding: string, isValid: boolean) => void) {}

  decode(piece?: Buffer, _options?: { stream: true }): TextPiece {
    if (!this.settled) {
      const valid = this.valid(piece);
      if (valid) return valid;
      this.settle(this.complete(piece).bytes);
    }
    const { bytes, rest } = this.complete(piece);
    this.held = rest;
    return this.decoder.decode(bytes, { stream: piece !== undefined });
  }

  /** The piece (undefined: what is left at the end) as it is; nothing happens where it is no valid UTF-8. */
  valid(piece?: Buffer): Buffer | undefined {
    if (this.settled) return undefined;
    const { bytes, rest } = this.complete(piece);
    const ascii = isAscii(bytes);
    if (!ascii && !isUtf8(bytes)) return undefined;
    this.held = rest;
    this.beyondAscii ||= !ascii;
    if (this.inside || bytes.length === 0) return bytes;
    this.inside = true;
    // Only a mark at the very beginning is one.
    this.decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    return bytes.indexOf(BYTE_ORDER_MARK) === 0 ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
  }

  /** What was held and the piece, and of that what is to be held on; once a decoder has taken over, it holds by itself. */
  private complete(piece: Buffer | undefined): { readonly bytes: Buffer; readonly rest: Buffer } {
    const all = piece === undefined ? this.held : this.held.length === 0 ? piece : Buffer.concat([this.held, piece]);
    const whole = piece === undefined || this.settled ? all.length : completeLength(all);
    return { bytes: all.subarray(0, whole), rest: all.subarray(whole) };
  }

  private settle(bytes: Buffer): void {
    this.settled = true;
    const page = this.beyondAscii ? undefined : codePage(bytes);
    if (page !== undefined) this.decoder = new TextDecoder(page);
    this.onEncoding(page ?? "utf-8", false);
  }
}

const BYTE_ORDER_MARK = Buffer.from("\ufeff");

/** Length without a letter of UTF-8 that the end cuts (at most its first three bytes). */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Zero bytes and the five codes that Windows-1252 leaves open: in no text of a code page. */
const NO_TEXT = new RegExp(`[${[0, 0x81, 0x8d, 0x8f, 0x90, 0x9d].map((code) => String.fromCharCode(code)).join("")}]`);

/** The code page of bytes that are no UTF-8, or undefined where they are rather damaged UTF-8 or no text at all. */
function codePage(bytes: Buffer): "windows-1252" | "windows-1255" | undefined {
  const text = bytes.toString("latin1");
  if (NO_TEXT.test(text)) return undefined;
  const runs = text.match(/[\x80-\xff]+/g) ?? [];
  const high = runs.reduce((sum, run) => sum + run.length, 0);
  // Letters of UTF-8 that a code page would hardly make.
  const sequences = text.match(/[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g)?.length ?? 0;
  if (sequences * 4 > high) return undefined;
  // Hebrew words are runs of letters beyond ASCII; in Western text such letters stand alone.
  const hebrew = text.match(/[\xe0-\xfa]/g)?.length ?? 0;
  return hebrew >= high * HEBREW_SHARE && runs.length * 2 <= high ? "windows-1255" : "windows-1252";
}

/** Four of them are two letters of UTF-16 that hardly begin a text. */
const ASCII_BEGINNING = /^[\t\n\r -~]{4}/;

/** By byte order mark, else by where the zero bytes of Latin text stand. */
function unicodeEncoding(start: Buffer): Width {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  if (ASCII_BEGINNING.test(start.toString("latin1", 0, 4))) return "utf-8";
  const probe = start.subarray(0, PROBE_BYTES);
  let even = 0;
  let odd = 0;
  for (const [index, byte] of probe.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const pairs = probe.length / 2;
  if (pairs >= 2 && odd > pairs * 0.6 && even < pairs * 0.1) return "utf-16le";
  if (pairs >= 2 && even > pairs * 0.6 && odd < pairs * 0.1) return "utf-16be";
  return "utf-8";
}
