/**
 * Knows the headers of records again that were met before in the same file, by their bytes: whatever stands before the message but the stamp, such as
 * ` - src.apis.grpc_client - DEBUG - `.
 *
 * Why that is enough: the expressions of log-record.ts read a header from its beginning, never look ahead, and take any message. So what one has taken
 * as a header once is one wherever a line begins with a stamp and the same bytes: the line is a record with that stamp and zone, and its message
 * begins behind those bytes, or later: what an expression prefers can take more of the line, never less. Formats of a profile promise none of this.
 */
import { type ByteBlock, byteBlock } from "../bytes/byte-block.js";
import { ByteStamp, STAMP_BYTES } from "../stamps/byte-stamp.js";
import { formOf, type LogRecord } from "./log-record.js";

/**
 * The forms whose headers are learnt, and how the header ends of a record whose every reading ends there: the bytes before bound whatever an expression could
 * prefer to take. Behind `] ` of pytest's, a name may follow or not; a hyphen may belong to a name in brackets.
 */
const FORMS: Readonly<Record<string, RegExp>> = { logging: / - $/, "pytest-live": /[^\]] $/, bracketed: /: $/ };
const [NEWLINE, RETURN, ESCAPE, OPEN_BRACKET] = [10, 13, 27, 91];
/** Steps of all headers together; beyond, no more are learnt. */
const MOST_STEPS = 8192;
/** Numbers of headers fit into 16 bits. */
const MOST_HEADERS = 32_000;
/** Longest header learnt, stamp included [bytes]. */
const LONGEST = 500;
/** Attempts that taught nothing, until no more are made: a file of other records. */
const MOST_FAILURES = 1000;
/** The first step of a header: behind a stamp, and behind one that a bracket opens. */
const [ROOT, BRACKET_ROOT] = [0, 1];

/** What stands between a stamp and a message. */
export interface Header {
  readonly block: ByteBlock;
  readonly bracket: boolean;
  readonly zoneMinutes: number | undefined;
  readonly form: string;
  readonly logger: string;
  /** The message of each such record begins directly behind it, and the logger is this one. */
  readonly exact: boolean;
}

export class RecordHeaders {
  /** Of the record that was read last. */
  readonly stamp = new ByteStamp();
  /** The header that was read last. */
  header: Header | undefined;
  /** No header goes on as the line does, but a stamp begins it. */
  private unknown = false;
  /** Where each step leads with each byte: 0 nowhere, above to the next step, below to the end of a header. */
  private steps = new Int16Array(64 * 256);
  private used = 2;
  /** From 1. */
  private readonly headers: (Header | undefined)[] = [undefined];
  private failures = 0;

  /** Where the message of the record that begins there may begin; -1 where no header known begins. Lines end in "\n". */
  read(block: ByteBlock, from: number): number {
    const { bytes } = block;
    this.unknown = false;
    if (from + STAMP_BYTES > bytes.length) return -1;
    const bracket = bytes[from] === OPEN_BRACKET;
    if (!this.stamp.read(block, bracket ? from + 1 : from)) return -1;
    // Most records have the header of the one before.
    if (this.header !== undefined && this.header.bracket === bracket && begins(block, this.stamp.end, this.header.block)) {
      return this.stamp.end + this.header.block.bytes.length;
    }
    let at = this.stamp.end;
    let step = bracket ? BRACKET_ROOT : ROOT;
    do {
      step = this.steps[(step << 8) | (bytes[at] as number)] as number;
      at += 1;
    } while (step > 0);
    this.unknown = step === 0;
    if (this.unknown) return -1;
    this.header = this.headers[-step];
    return at;
  }

  /** Whether the line that was looked at last is worth `learn`. */
  get learns(): boolean {
    return this.unknown && this.failures < MOST_FAILURES;
  }

  /** The line was read as a record, or as none: its header is known from now on. */
  learn(text: string, record: LogRecord | null): void {
    this.failures += 1;
    const end = record === null ? undefined : FORMS[formOf(record.variant)];
    if (record === null || end === undefined) return;
    const length = text.length - record.message.length;
    const header = Buffer.from(text.slice(0, length));
    const padded = Buffer.concat([header, Buffer.alloc(STAMP_BYTES)]);
    const bracket = padded[0] === OPEN_BRACKET;
    if (header.length !== length || length > LONGEST || !this.stamp.read(byteBlock(padded), bracket ? 1 : 0)) return;
    // A header without a byte behind its stamp is none, and what acts on a terminal could reach into the message.
    if (this.stamp.end >= length || [NEWLINE, RETURN, ESCAPE].some((byte) => header.includes(byte))) return;
    // Each byte takes one step at most.
    if (this.used + length > MOST_STEPS || this.headers.length > MOST_HEADERS) return;
    const { zoneMinutes, logger } = record;
    const form = formOf(record.variant);
    const exact = end.test(text.slice(0, length));
    this.insert({ block: byteBlock(header.subarray(this.stamp.end)), bracket, zoneMinutes, form, logger, exact });
    this.failures -= 1;
  }

  private insert(header: Header): void {
    const { bytes } = header.block;
    let step = header.bracket ? BRACKET_ROOT : ROOT;
    for (const [index, byte] of bytes.entries()) {
      const edge = (step << 8) | byte;
      const known = this.steps[edge] as number;
      // A shorter one is known: it is met first.
      if (known < 0) return;
      if (index < bytes.length - 1) step = known === 0 ? this.addStep(edge) : known;
      else {
        this.headers.push(header);
        this.steps[edge] = 1 - this.headers.length;
      }
    }
  }

  private addStep(edge: number): number {
    const added = this.used;
    this.used += 1;
    if (this.used << 8 > this.steps.length) {
      const more = new Int16Array(this.steps.length * 2);
      more.set(this.steps);
      this.steps = more;
    }
    this.steps[edge] = added;
    return added;
  }
}

/** Whether these bytes stand there. */
function begins({ bytes, words }: ByteBlock, from: number, expected: ByteBlock): boolean {
  const { length } = expected.bytes;
  if (from + length > bytes.length) return false;
  let at = 0;
  for (; at + 4 <= length; at += 4) if (words.getInt32(from + at) !== expected.words.getInt32(at)) return false;
  for (; at < length; at += 1) if (bytes[from + at] !== expected.bytes[at]) return false;
  return true;
}
