/**
 * Knows the headers of records again that were met before in the same file, by their bytes: whatever stands before the message but the stamp, such as
 * ` - src.apis.grpc_client - DEBUG - `.
 *
 * Why that is enough: the expressions of log-record.ts read a header from its beginning, never look ahead, and take any message. So what one has taken
 * as a header once is one wherever a line begins with a stamp and the same bytes: the line is a record with that stamp and zone, and its message
 * begins behind those bytes, or later. Formats of a profile promise none of this.
 */
import { ByteStamp, STAMP_BYTES } from "./byte-stamp.js";
import type { LogRecord } from "./log-record.js";

const FORMS: ReadonlySet<string> = new Set(["logging", "pytest-live", "bracketed"]);
const [NEWLINE, ESCAPE, OPEN_BRACKET] = [10, 27, 91];
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

export class RecordHeaders {
  /** Of the header that was read last. */
  readonly stamp = new ByteStamp();
  zoneMinutes: number | undefined;
  /** No header goes on as the line does, but a stamp begins it. */
  unknown = false;
  /** Where each step leads with each byte: 0 nowhere, above to the next step, below to the end of a header. */
  private steps = new Int16Array(64 * 256);
  private used = 2;
  /** Zone of each header, from 1. */
  private readonly zones: (number | undefined)[] = [undefined];
  private failures = 0;

  /** Where the message of the record that begins there may begin; -1 where no header known begins. Lines end in "\n". */
  read(block: Buffer, from: number): number {
    this.unknown = false;
    if (from + STAMP_BYTES > block.length) return -1;
    const bracket = block[from] === OPEN_BRACKET;
    if (!this.stamp.read(block, bracket ? from + 1 : from)) return -1;
    let at = this.stamp.end;
    let step = bracket ? BRACKET_ROOT : ROOT;
    do {
      step = this.steps[(step << 8) | (block[at] as number)] as number;
      at += 1;
    } while (step > 0);
    this.unknown = step === 0;
    if (this.unknown) return -1;
    this.zoneMinutes = this.zones[-step];
    return at;
  }

  /** Whether a line whose header is unknown is worth `learn`. */
  get learns(): boolean {
    return this.unknown && this.failures < MOST_FAILURES;
  }

  /** The line was read as a record, or as none: its header is known from now on. */
  learn(text: string, record: LogRecord | null): void {
    this.failures += 1;
    if (record === null || !FORMS.has(record.variant)) return;
    const length = text.length - record.message.length;
    const header = Buffer.from(text.slice(0, length));
    const padded = Buffer.concat([header, Buffer.alloc(STAMP_BYTES)]);
    const bracket = padded[0] === OPEN_BRACKET;
    if (header.length !== length || length > LONGEST || !this.stamp.read(padded, bracket ? 1 : 0)) return;
    // Each byte takes one step at most; a header without a byte behind its stamp is none.
    if (this.used + length > MOST_STEPS || this.zones.length > MOST_HEADERS || this.stamp.end >= length || header.includes(NEWLINE) || header.includes(ESCAPE)) return;
    this.insert(header.subarray(this.stamp.end), bracket ? BRACKET_ROOT : ROOT, record.zoneMinutes);
    this.failures -= 1;
  }

  private insert(bytes: Buffer, root: number, zoneMinutes: number | undefined): void {
    let step = root;
    for (const [index, byte] of bytes.entries()) {
      const edge = (step << 8) | byte;
      const known = this.steps[edge] as number;
      if (index === bytes.length - 1) {
        this.zones.push(zoneMinutes);
        this.steps[edge] = 1 - this.zones.length;
        return;
      }
      // A shorter one is known: it is met first.
      if (known < 0) return;
      step = known === 0 ? this.addStep(edge) : known;
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
