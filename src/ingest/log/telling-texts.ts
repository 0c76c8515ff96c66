/**
 * Which messages cannot say anything: what every pattern, every `detect` expression and an HTTP date must contain, searched at once in a block of
 * bytes. A message without any of it is ignored, whatever else stands in it.
 */
import { type RequiredLiterals, requiredLiterals } from "../../model/patterns/required-literal.js";
import type { ByteBlock } from "../bytes/byte-block.js";
import { HTTP_DATE_TEXT } from "../stamps/http-date.js";
import type { CompiledProfile } from "./compiled-profile.js";
import { LiteralScan } from "./literal-scan.js";

/** What a byte of a message means for its line. */
export const PLAIN_BYTE = 0;
/** A letter beyond ASCII begins, or goes on. */
const WIDE_BYTE = 1;
/** The line is over, or must be looked at. */
export const STOP_BYTE = 2;

const [NEWLINE, RETURN, ESCAPE, FIRST_WIDE] = [10, 13, 27, 0x80];
/** The letters beyond ASCII that a search without case takes for an `s` and a `k` (Unicode's simple case folding). */
const FOLDED = [Buffer.from("\u017f"), Buffer.from("\u212a")];

/** Shorter texts would make the search for all of them slow: a few are searched for one by one [bytes, texts]. */
const SHORT = 5;
const MOST_SHORT = 4;

export class TellingTexts {
  /** The meaning of each byte. */
  readonly bytes: Uint8Array;
  /** Only controls and letters beyond ASCII mean anything. */
  readonly onlyControls: boolean;
  private readonly scan: LiteralScan;
  private readonly short: readonly Buffer[];
  /** Where the short ones stand in the block, in their order. */
  private places: readonly number[] = [];
  private passed = 0;
  private readonly ignoresCase: boolean;
  private block: Buffer | undefined;
  private wide: boolean | undefined;

  private constructor(sets: readonly RequiredLiterals[]) {
    const size = (text: string): number => Buffer.byteLength(text);
    const short = sets.flatMap(({ anyOf, ignoreCase }) => (ignoreCase ? [] : anyOf.filter((text) => size(text) > 1 && size(text) < SHORT)));
    const apart = new Set(short.slice(0, MOST_SHORT));
    const together = (text: string, ignoreCase: boolean): boolean => size(text) > 1 && (ignoreCase || !apart.has(text));
    this.scan = new LiteralScan(
      sets.map(({ anyOf, ignoreCase }) => ({ anyOf: anyOf.filter((text) => together(text, ignoreCase)), ignoreCase })),
    );
    // What a text begins with is searched for, and a space is everywhere.
    this.short = [...apart].map((text) => Buffer.from(text.trimStart() || text));
    this.ignoresCase = sets.some(({ ignoreCase }) => ignoreCase);
    this.bytes = new Uint8Array(256).fill(WIDE_BYTE, FIRST_WIDE);
    for (const byte of [NEWLINE, RETURN, ESCAPE]) this.bytes[byte] = STOP_BYTE;
    const single = sets.flatMap(({ anyOf, ignoreCase }) =>
      anyOf.filter((text) => size(text) === 1).flatMap((text) => (ignoreCase ? [text.toLowerCase(), text.toUpperCase()] : [text])),
    );
    for (const letter of single) this.bytes[letter.charCodeAt(0)] = STOP_BYTE;
    this.onlyControls = single.length === 0;
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

  /** A new block, of which lines are looked at from the first to the last. */
  begin(block: Buffer): void {
    this.block = block;
    this.wide = undefined;
    this.places = this.short.flatMap((text) => [...placesOf(text, block)]).sort((a, b) => a - b);
    this.passed = 0;
  }

  /** Whether lines of the block with letters beyond ASCII must be looked at. */
  get doubtsWide(): boolean {
    this.wide ??= this.ignoresCase && FOLDED.some((letter) => this.block?.includes(letter));
    return this.wide;
  }

  /** Whether one of the texts stands between two offsets of the block. */
  stand(block: ByteBlock, from: number, to: number): boolean {
    while (this.passed < this.places.length && (this.places[this.passed] as number) < from) this.passed += 1;
    return (this.passed < this.places.length && (this.places[this.passed] as number) < to) || this.scan.finds(block, from, to);
  }
}

function* placesOf(text: Buffer, block: Buffer): Generator<number> {
  for (let at = block.indexOf(text); at !== -1; at = block.indexOf(text, at + 1)) yield at;
}

/** Case is ignored for letters of ASCII only; half a letter of UTF-16 has no bytes of UTF-8. */
function isSearchable(text: string, ignoreCase: boolean): boolean {
  return text !== "" && (ignoreCase ? /^[\0-\x7f]*$/.test(text) : Buffer.from(text).toString() === text);
}
