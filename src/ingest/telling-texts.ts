/**
 * Which messages cannot say anything: what every pattern, every `detect` expression and an HTTP date must contain, searched at once in a block of
 * bytes. A message without any of it is ignored, whatever else stands in it.
 */
import { type RequiredLiterals, requiredLiterals } from "../model/required-literal.js";
import type { CompiledProfile } from "./compiled-profile.js";
import { HTTP_DATE_TEXT } from "./http-date.js";
import { LiteralScan } from "./literal-scan.js";

/** What a byte of a message means for its line. */
export const PLAIN_BYTE = 0;
/** A letter beyond ASCII begins, or goes on. */
export const WIDE_BYTE = 1;
/** The line is over, or must be looked at. */
export const STOP_BYTE = 2;

const [NEWLINE, ESCAPE, FIRST_WIDE] = [10, 27, 0x80];
/** The letters beyond ASCII that a search without case takes for an `s` and a `k` (Unicode's simple case folding). */
const FOLDED = [Buffer.from("\u017f"), Buffer.from("\u212a")];

export class TellingTexts {
  /** The meaning of each byte. */
  readonly bytes: Uint8Array;
  private readonly scan: LiteralScan;
  private readonly ignoresCase: boolean;
  /** Lines of the block with letters beyond ASCII must be looked at. */
  doubtsWide = false;

  private constructor(sets: readonly RequiredLiterals[]) {
    const single = (text: string): boolean => Buffer.byteLength(text) === 1;
    this.scan = new LiteralScan(sets.map(({ anyOf, ignoreCase }) => ({ anyOf: anyOf.filter((text) => !single(text)), ignoreCase })));
    this.ignoresCase = sets.some(({ ignoreCase }) => ignoreCase);
    this.bytes = new Uint8Array(256).fill(WIDE_BYTE, FIRST_WIDE);
    for (const byte of [NEWLINE, ESCAPE]) this.bytes[byte] = STOP_BYTE;
    for (const { anyOf, ignoreCase } of sets) {
      for (const text of anyOf.filter(single)) {
        for (const letter of ignoreCase ? [text.toLowerCase(), text.toUpperCase()] : [text]) this.bytes[letter.charCodeAt(0)] = STOP_BYTE;
      }
    }
  }

  /** Undefined where an expression can match without any text of its own: then every message must be looked at. */
  static of(profile: CompiledProfile): TellingTexts | undefined {
    const expressions = [
      // What only says that a message is of no use may be overlooked: without it, the message is ignored as well.
      ...profile.patterns.filter(({ ignore }) => !ignore).map(({ expression }) => expression),
      ...profile.detections.map(({ expression }) => expression),
    ];
    const sets: RequiredLiterals[] = [{ anyOf: [HTTP_DATE_TEXT], ignoreCase: false }];
    for (const { source } of expressions) {
      const required = requiredLiterals(source);
      if (required === null || !required.anyOf.every((text) => isSearchable(text, required.ignoreCase))) return undefined;
      sets.push(required);
    }
    return new TellingTexts(sets);
  }

  /** Looks through a block, between two offsets. */
  search(block: Buffer, from: number, to: number): void {
    this.scan.search(block, from, to);
    this.doubtsWide = this.ignoresCase && FOLDED.some((letter) => block.includes(letter));
  }

  /** Where the first of the texts begins from this offset on. Offsets only grow. */
  next(from: number): number {
    return this.scan.next(from);
  }
}

/** Case is ignored for letters of ASCII only; half a letter of UTF-16 has no bytes of UTF-8. */
function isSearchable(text: string, ignoreCase: boolean): boolean {
  return text !== "" && (ignoreCase ? /^[\0-\x7f]*$/.test(text) : Buffer.from(text).toString() === text);
}
