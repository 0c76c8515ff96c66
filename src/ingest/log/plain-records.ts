/**
 * Records of one line that say nothing: most lines of most logs. They are recognised by their bytes, without a text or an object for each, and told to the
 * reader of the log many at once. What is not certainly such a record is left to be read in full; that reading alone says what lines mean.
 */
import type { ByteBlock } from "../bytes/byte-block.js";
import type { CompiledProfile } from "./compiled-profile.js";
import { RecordHeaders } from "./record-headers.js";
import { PLAIN_BYTE, STOP_BYTE, TellingTexts } from "./telling-texts.js";

const [NEWLINE, RETURN] = [10, 13];

/** plain: a record that says nothing; telling: one that may say something; record: one that must be read in full; blank: nothing at all; other: whatever else. */
export type LineKind = "plain" | "telling" | "record" | "blank" | "other";

/** Looks at the lines of a block of bytes. */
export class PlainRecords {
  /** Of a record: its stamp and header. */
  readonly headers = new RecordHeaders();
  /** Of a telling one: where its message may begin. */
  message = 0;
  /** Of a plain, telling or blank line: offset of its "\n". */
  end = 0;
  /** Of a plain or telling one: offset behind its last letter. */
  textEnd = 0;
  /** Of a plain one: its characters (UTF-16). */
  length = 0;

  private constructor(private readonly texts: TellingTexts) {}

  /** Undefined where no line is plain for this profile. */
  static of(profile: CompiledProfile): PlainRecords | undefined {
    const texts = profile.logFormats.length === 0 ? TellingTexts.of(profile) : undefined;
    return texts && new PlainRecords(texts);
  }

  /** Lines of this block are to be looked at, from the first to the last. */
  begin(block: ByteBlock): void {
    this.texts.begin(block.bytes);
  }

  /** What the line is that begins there; it ends in the block. */
  kind(block: ByteBlock, from: number): LineKind {
    const { bytes } = block;
    const first = bytes[from];
    if (first === NEWLINE || (first === RETURN && bytes[from + 1] === NEWLINE)) {
      this.end = first === NEWLINE ? from : from + 1;
      return "blank";
    }
    const message = this.headers.read(block, from);
    if (message === -1) return "other";
    this.textEnd = this.endOf(block, message);
    let end = this.textEnd;
    while (bytes[end] === RETURN) end += 1;
    if (bytes[end] !== NEWLINE) return "record";
    this.end = end;
    this.message = message;
    this.length -= from;
    return this.texts.stand(block, message, this.textEnd) ? "telling" : "plain";
  }

  /** Whether nothing stands in the line that begins there that says something by itself; false where that cannot be told. */
  isMute(block: ByteBlock, from: number): boolean {
    const end = this.endOf(block, from);
    let lineEnd = end;
    while (block.bytes[lineEnd] === RETURN) lineEnd += 1;
    return block.bytes[lineEnd] === NEWLINE && !this.texts.stand(block, from, end);
  }

  /** Where the message ends, or where something stands that must be looked at. Notes the length of the line as if it began with the block. */
  private endOf({ bytes, words }: ByteBlock, message: number): number {
    const { bytes: meanings, onlyControls } = this.texts;
    const lastWord = onlyControls ? bytes.length - WORD : -1;
    let at = message;
    let surplus = 0;
    for (;;) {
      while (at <= lastWord && isPrintable(words.getInt32(at, true))) at += WORD;
      const byte = bytes[at] as number;
      const meaning = meanings[byte];
      if (meaning === STOP_BYTE || (meaning !== PLAIN_BYTE && this.texts.doubtsWide)) break;
      if (meaning !== PLAIN_BYTE) surplus += surplusOf(byte);
      at += 1;
    }
    this.length = at - surplus;
    return at;
  }
}

/** Bytes of a word. */
const WORD = 4;

/** Whether four bytes are of ASCII and no controls: none has its highest bit, nor loses one to a subtraction of a space. */
function isPrintable(word: number): boolean {
  return ((((word - 0x20202020) & ~word) | word) & 0x80808080) === 0;
}

/** By how many bytes of UTF-8 exceed characters of UTF-16: a letter of two to four bytes is one character, one of four two. */
function surplusOf(byte: number): number {
  return byte < 0xc0 ? 1 : byte < 0xf0 ? 0 : -1;
}
