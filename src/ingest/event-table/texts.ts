/**
 * The texts of many events as bytes, each made a string again when somebody asks for it: most never are. Plain ASCII takes a byte a
 * character, everything else two, so that any text comes back as it was, lone surrogates included.
 */

/** Texts remembered at once, to keep what repeats once; then all are forgotten, so that what is remembered does not grow with the input. */
const MOST_REMEMBERED = 50_000;
/** Longer texts hardly repeat [characters]. */
const LONGEST_REMEMBERED = 200;
const FIRST_BYTES = 64 * 1024;
const FIRST_TEXTS = 4096;
/** Room made ahead of need at the most. */
const MOST_SPARE_BYTES = 16 * 1024 * 1024;

/** What of the texts travels between threads. */
export interface PackedTexts {
  readonly bytes: Uint8Array;
  /** Where each text ends in the bytes; negative (less one) where it has two bytes a character. */
  readonly ends: Float64Array;
}

export class Texts {
  #bytes: Buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #used = 0;
  #ends: Float64Array = new Float64Array(FIRST_TEXTS);
  #count = 0;
  readonly #ids = new Map<string, number>();
  /** Those that were asked for. */
  #strings: (string | undefined)[] = [];

  static unpack({ bytes, ends }: PackedTexts): Texts {
    const texts = new Texts();
    texts.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    texts.#used = bytes.byteLength;
    texts.#ends = ends;
    texts.#count = ends.length;
    texts.#strings = new Array<string | undefined>(ends.length);
    return texts;
  }

  /** The number of a text that may have been there before. */
  id(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.add(text);
    if (text.length > LONGEST_REMEMBERED) return id;
    if (this.#ids.size >= MOST_REMEMBERED) this.#ids.clear();
    this.#ids.set(this.get(id), id);
    return id;
  }

  /** The number of a text that hardly repeats. */
  add(text: string): number {
    const wide = Buffer.byteLength(text) !== text.length;
    const size = wide ? text.length * 2 : text.length;
    this.#reserve(size);
    this.#used += this.#bytes.write(text, this.#used, size, wide ? "utf16le" : "latin1");
    this.#ends[this.#count] = wide ? -this.#used - 1 : this.#used;
    this.#count += 1;
    this.#strings.push(undefined);
    return this.#count - 1;
  }

  get(id: number): string {
    const known = this.#strings[id];
    if (known !== undefined) return known;
    const end = this.#ends[id] ?? 0;
    const wide = end < 0;
    const from = id === 0 ? 0 : byteEnd(this.#ends[id - 1] ?? 0);
    const text = this.#bytes.toString(wide ? "utf16le" : "latin1", from, byteEnd(end));
    this.#strings[id] = text;
    return text;
  }

  pack(): PackedTexts {
    return { bytes: this.#bytes.subarray(0, this.#used), ends: this.#ends.slice(0, this.#count) };
  }

  #reserve(size: number): void {
    if (this.#used + size > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length + Math.min(this.#bytes.length, MOST_SPARE_BYTES), this.#used + size));
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
    }
    if (this.#count === this.#ends.length) {
      const larger = new Float64Array(this.#ends.length * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
  }
}

function byteEnd(end: number): number {
  return end < 0 ? -end - 1 : end;
}
