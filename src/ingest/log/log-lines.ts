/** Hands the lines of a log to its reader: one by one as texts, or many at once where they say nothing (plain-records.ts). */
import { type ByteBlock, byteBlock } from "../bytes/byte-block.js";
import { ByteStamp } from "../stamps/byte-stamp.js";
import type { LogReader } from "./log-reader.js";
import { parseLogRecord, variantOf } from "./log-record.js";
import type { LineKind, PlainRecords } from "./plain-records.js";
import { PlainRun } from "./plain-run.js";

const [NEWLINE, RETURN] = [10, 13];
/** A character of UTF-16 has at most so many bytes of UTF-8. */
const WIDEST_CHARACTER = 3;

/** A plain record is one only where no line goes on with it: the last one waits for the next line. */
interface Waiting {
  readonly stamp: ByteStamp;
  zoneMinutes: number | undefined;
  from: number;
  end: number;
  line: number;
  length: number;
}

export class LogLines {
  /** Lines longer than the limit, handed over cut. */
  cut = 0;
  /** Lines that were read in full. */
  full = 0;
  private line = 0;
  /** The beginning of a line whose end is still to come. */
  private held: Buffer[] = [];
  private heldBytes = 0;
  /** More bytes than any line within the limit has. */
  private readonly mostBytes: number;
  private readonly run = new PlainRun();
  private atOnce = false;
  private waits = false;
  private readonly waiting: Waiting = { stamp: new ByteStamp(), zoneMinutes: undefined, from: 0, end: 0, line: 0, length: 0 };

  /**
   * @param limit longest piece of a line handed over [characters]
   * @param plain undefined: every line is read in full
   */
  constructor(
    private readonly reader: LogReader,
    private readonly limit: number,
    private readonly plain: PlainRecords | undefined,
  ) {
    this.mostBytes = WIDEST_CHARACTER * (limit + 2);
  }

  /** More of the text, as UTF-8. */
  push(block: Buffer): void {
    let at = 0;
    if (this.heldBytes > 0) {
      const end = block.indexOf(NEWLINE);
      this.hold(end === -1 ? block : block.subarray(0, end));
      if (end === -1) return;
      at = end + 1;
      this.readHeld(true);
    }
    const end = block.lastIndexOf(NEWLINE) + 1;
    if (end > at) this.lines(block, at, end);
    this.hold(block.subarray(Math.max(at, end)));
  }

  /** The text is over. */
  end(): void {
    if (this.heldBytes > 0) this.readHeld(false);
  }

  private hold(bytes: Buffer): void {
    // What no line within the limit has is not kept.
    if (this.heldBytes < this.mostBytes && bytes.length > 0) this.held.push(bytes.subarray(0, this.mostBytes));
    this.heldBytes += bytes.length;
  }

  private readHeld(terminated: boolean): void {
    const bytes = Buffer.concat(this.held);
    this.held = [];
    this.heldBytes = 0;
    this.line += 1;
    this.read(bytes, 0, bytes.length, this.line, terminated);
  }

  /** Whole lines, between two offsets. */
  private lines(bytes: Buffer, from: number, to: number): void {
    const block = byteBlock(bytes);
    this.plain?.begin(block);
    for (let at = from; at < to; ) {
      this.line += 1;
      const kind = this.plain === undefined ? "other" : this.plain.kind(block, at);
      if (this.plain !== undefined && this.passes(this.plain, kind, at)) {
        if (kind === "plain") this.wait(this.plain, at);
        at = this.plain.end + 1;
        continue;
      }
      if (kind === "other") this.release(bytes);
      else this.take();
      this.tell();
      at =
        kind === "telling" && this.plain !== undefined && this.tells(bytes, at, this.plain)
          ? this.plain.end + 1
          : this.inFull(block, at, kind) + 1;
    }
    this.release(bytes);
    this.tell();
  }

  /** Reads a line in full; where it ends. */
  private inFull(block: ByteBlock, at: number, kind: LineKind): number {
    const { bytes } = block;
    const end = bytes.indexOf(NEWLINE, at);
    const isMute = kind === "other" && this.plain?.isMute(block, at) === true;
    const text = this.read(bytes, at, end, this.line, true, isMute);
    if (kind === "other" && this.plain?.headers.learns === true) this.plain.headers.learn(text, parseLogRecord(text));
    return end;
  }

  /** Reads a record whose header is known exactly; false where it must be read in full. */
  private tells(block: Buffer, from: number, { headers, message, textEnd, end }: PlainRecords): boolean {
    const { stamp, header } = headers;
    if (header?.exact !== true || end - from > this.limit || !this.reader.takesPlain(header.zoneMinutes)) return false;
    const text = block.toString("utf8", from, textEnd);
    const { at, resolutionMs, date } = stamp;
    const { logger, form, zoneMinutes } = header;
    this.reader.record(text, this.line, {
      at,
      resolutionMs,
      ...(zoneMinutes === undefined ? {} : { zoneMinutes }),
      ...(date === "day" ? {} : date === "none" ? { timeOnly: true } : { yearless: true }),
      logger,
      variant: variantOf(form, stamp.separator),
      message: text.slice(message - from),
    });
    return true;
  }

  /** Whether the line need not be read; a blank one is counted. */
  private passes(plain: PlainRecords, kind: LineKind, from: number): boolean {
    if (kind === "plain") return plain.end - from <= this.limit && this.reader.takesPlain(plain.headers.header?.zoneMinutes);
    if (kind !== "blank" || !this.reader.takesPlain(undefined)) return false;
    this.reader.blank();
    return true;
  }

  private wait(plain: PlainRecords, from: number): void {
    this.take();
    const { waiting } = this;
    waiting.stamp.copy(plain.headers.stamp);
    waiting.zoneMinutes = plain.headers.header?.zoneMinutes;
    waiting.from = from;
    waiting.end = plain.end;
    waiting.line = this.line;
    waiting.length = plain.length;
    this.waits = true;
  }

  /** A record follows the one that waits: it was plain. */
  private take(): void {
    if (!this.waits) return;
    this.waits = false;
    const { run } = this;
    const { stamp, zoneMinutes, length } = this.waiting;
    if (run.count > 0 && (!this.atOnce || run.date !== stamp.date || run.zoneMinutes !== zoneMinutes)) this.tell();
    if (run.count === 0) {
      run.begin(stamp, zoneMinutes);
      this.atOnce = this.reader.beginPlain(run);
    }
    run.add(stamp);
    this.reader.notePlain(length);
  }

  /** Something else follows the one that waits, and may belong to it. */
  private release(block: Buffer): void {
    if (!this.waits) return;
    this.waits = false;
    this.tell();
    const { from, end, line } = this.waiting;
    this.read(block, from, end, line, true);
  }

  /** The run of plain records is over. */
  private tell(): void {
    if (this.run.count > 0) this.reader.endPlain(this.run);
    this.run.count = 0;
  }

  /** Reads a line in full. */
  private read(block: Buffer, from: number, end: number, line: number, terminated: boolean, isMute = false): string {
    const to = terminated && end > from && block[end - 1] === RETURN ? end - 1 : end;
    const whole = block.toString("utf8", from, Math.min(to, from + this.mostBytes));
    const text = whole.length > this.limit ? whole.slice(0, this.limit) : whole;
    if (text !== whole) this.cut += 1;
    this.full += 1;
    this.reader.line(text, line, terminated, { isMute });
    return text;
  }
}
