/**
 * Plain data as the bytes of its JSON, the same as `JSON.stringify` gives, several times as fast and without a text in between: a report
 * of a long run is some hundred megabytes of JSON, most of them names of fields and indentation.
 */

/** A piece of this size is worth handing on [bytes]. */
const PIECE_BYTES = 1 << 16;
/** Names of fields that are kept as bytes at each depth [entries]. */
const REMEMBERED_NAMES = 2000;
const CODE = { lineFeed: 10, space: 32, quote: 34, comma: 44, minus: 45, dot: 46, zero: 48, backslash: 92, tilde: 126 } as const;
/** Thousandths up to this are told apart by a double: they are a number's shortest decimal text if they give the number back. */
const MOST_DECIMAL = 2 ** 43;
/** Nine digits are written at once. */
const PART = 1_000_000_000;

export class JsonBytes {
  private bytes = Buffer.allocUnsafe(2 * PIECE_BYTES);
  private at = 0;
  /** By depth: a comma, the line feed and its indentation, the name with its colon. */
  private readonly names: Map<string, Uint8Array>[] = [];
  /** By depth: a comma, the line feed and its indentation. */
  private readonly breaks: Uint8Array[] = [];

  /** @param indent spaces a level; 0: everything in one line, with nothing between. */
  constructor(private readonly indent: 0 | 2) {}

  /** What was written since, where it is long enough. */
  piece(): Buffer | undefined {
    return this.at < PIECE_BYTES ? undefined : this.rest();
  }

  /** What was written since. */
  rest(): Buffer {
    const piece = this.bytes.subarray(0, this.at);
    this.bytes = Buffer.allocUnsafe(2 * PIECE_BYTES);
    this.at = 0;
    return piece;
  }

  /** Writes plain ASCII as it stands. */
  ascii(text: string): void {
    this.reserve(text.length);
    for (let index = 0; index < text.length; index += 1) this.bytes[this.at + index] = text.charCodeAt(index);
    this.at += text.length;
  }

  /** Writes a value; `depth` is that of the list or object in which it stands. */
  value(value: unknown, depth: number): void {
    if (typeof value === "string") this.text(value);
    else if (typeof value === "number") this.number(value);
    else if (typeof value === "boolean") this.ascii(value ? "true" : "false");
    else if (typeof value !== "object" || value === null) this.ascii("null");
    else if (Array.isArray(value)) this.list(value, depth + 1);
    else this.fields(value as Readonly<Record<string, unknown>>, depth + 1);
  }

  /** Begins a value in a list of this depth: a comma where it is not the first, a line of its own. */
  next(isFirst: boolean, depth: number): void {
    const known = this.breaks[depth] ?? Buffer.from(`,${this.line(depth)}`);
    this.breaks[depth] = known;
    this.copy(known, isFirst ? 1 : 0);
  }

  /** Begins a value of this name in an object of this depth. */
  name(name: string, isFirst: boolean, depth: number): void {
    const names = this.names[depth] ?? new Map<string, Uint8Array>();
    this.names[depth] = names;
    let known = names.get(name);
    if (known === undefined) {
      if (names.size >= REMEMBERED_NAMES) names.clear();
      known = Buffer.from(`,${this.line(depth)}${JSON.stringify(name)}:${this.indent === 0 ? "" : " "}`);
      names.set(name, known);
    }
    this.copy(known, isFirst ? 1 : 0);
  }

  private line(depth: number): string {
    return this.indent === 0 ? "" : `\n${" ".repeat(this.indent * depth)}`;
  }

  private list(list: readonly unknown[], depth: number): void {
    this.ascii("[");
    for (let index = 0; index < list.length; index += 1) {
      this.next(index === 0, depth);
      this.value(list[index], depth);
    }
    if (list.length > 0) this.next(true, depth - 1);
    this.ascii("]");
  }

  private fields(fields: Readonly<Record<string, unknown>>, depth: number): void {
    this.ascii("{");
    let isFirst = true;
    for (const name in fields) {
      const value = fields[name];
      if (value === undefined || !Object.hasOwn(fields, name)) continue;
      this.name(name, isFirst, depth);
      this.value(value, depth);
      isFirst = false;
    }
    if (!isFirst) this.next(true, depth - 1);
    this.ascii("}");
  }

  private text(text: string): void {
    this.reserve(text.length + 2);
    const { bytes } = this;
    let at = this.at;
    bytes[at++] = CODE.quote;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code < CODE.space || code > CODE.tilde || code === CODE.quote || code === CODE.backslash) {
        this.escaped(text);
        return;
      }
      bytes[at++] = code;
    }
    bytes[at++] = CODE.quote;
    this.at = at;
  }

  private escaped(text: string): void {
    const json = JSON.stringify(text);
    this.reserve(json.length * 3);
    this.at += this.bytes.write(json, this.at, "utf8");
  }

  private number(value: number): void {
    const thousandths = Math.round(value * 1000);
    // Whole numbers; 0 for -0 too, as JSON has it.
    if ((value | 0) === value) this.decimal(value, 0);
    else if (Math.abs(value) < MOST_DECIMAL && thousandths / 1000 === value) {
      const whole = Math.trunc(value);
      this.decimal(whole, Math.abs(thousandths - whole * 1000), value < 0);
    } else this.ascii(Number.isFinite(value) ? String(value) : "null");
  }

  private decimal(whole: number, thousandths: number, isNegative = whole < 0): void {
    this.reserve(24);
    if (isNegative) this.bytes[this.at++] = CODE.minus;
    this.digits(Math.abs(whole), 1);
    if (thousandths === 0) return;
    this.bytes[this.at++] = CODE.dot;
    if (thousandths % 100 === 0) this.digits(thousandths / 100, 1);
    else if (thousandths % 10 === 0) this.digits(thousandths / 10, 2);
    else this.digits(thousandths, 3);
  }

  /** A whole number that is not negative, with zeros before it up to so many digits. */
  private digits(whole: number, fewest: number): void {
    let rest = whole;
    let least = fewest;
    if (whole >= PART) {
      const high = Math.floor(whole / PART);
      this.digits(high, 1);
      rest = whole - high * PART;
      least = 9;
    }
    let length = 1;
    for (let power = 10; power <= rest; power *= 10) length += 1;
    length = Math.max(length, least);
    for (let place = this.at + length - 1; place >= this.at; place -= 1) {
      const tenth = (rest / 10) | 0;
      this.bytes[place] = CODE.zero + rest - tenth * 10;
      rest = tenth;
    }
    this.at += length;
  }

  private copy(from: Uint8Array, start: number): void {
    this.reserve(from.length);
    const { bytes, at } = this;
    for (let index = start; index < from.length; index += 1) bytes[at + index - start] = from[index] as number;
    this.at = at + from.length - start;
  }

  private reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.at + more));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
  }
}
