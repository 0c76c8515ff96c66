import type { EpochMs } from "../model/time.js";
import type { ArrivedLine, StreamName } from "./output-row.js";

/** Longest row [bytes]; a longer line goes on in the next row. */
const LINE_LIMIT = 1024 * 1024;
/** A line whose end comes so much later than its beginning says when it was complete [ms]. */
const NOTICEABLE_MS = 50;
/** What C libraries and Python hold back when they write into a pipe comes in pieces of at least so many bytes (BUFSIZ, io.DEFAULT_BUFFER_SIZE). */
const HELD_BACK_BYTES = 4096;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts one stream of bytes into lines with their times of arrival. The time of a line is that of its first byte. Several lines in one piece
 * that is as large as what buffered writers hand over, or that came with the end of the stream, may have been written long before: such
 * lines carry `since`, the arrival of the piece before.
 */
export class LineSplitter {
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private pendingSince: { received: EpochMs; since?: EpochMs } | undefined;
  private lastPieceAt: EpochMs;

  /** @param startedAt when the command was started */
  constructor(
    private readonly stream: StreamName,
    startedAt: EpochMs,
  ) {
    this.lastPieceAt = startedAt;
  }

  /** The lines that this piece completes. `last`: the stream ended with it. */
  push(piece: Buffer, at: EpochMs, last = false): ArrivedLine[] {
    const firstEnd = piece.indexOf(NEWLINE);
    const several = firstEnd !== -1 && firstEnd < piece.length - 1;
    const heldBack = several && (last || piece.length >= HELD_BACK_BYTES);
    const since = heldBack && this.lastPieceAt < at ? { since: this.lastPieceAt } : {};
    this.lastPieceAt = at;
    const lines: ArrivedLine[] = [];
    let from = 0;
    for (let end = firstEnd; end !== -1; end = piece.indexOf(NEWLINE, from)) {
      this.hold(piece.subarray(from, end), { received: at, ...since }, at, lines);
      lines.push(this.take(at));
      from = end + 1;
    }
    if (from < piece.length) this.hold(piece.subarray(from), { received: at, ...since }, at, lines);
    return lines;
  }

  /** What is left when the stream ends. */
  end(at: EpochMs): ArrivedLine[] {
    return this.pendingSince === undefined ? [] : [{ ...this.take(at), cut: "end" }];
  }

  private hold(bytes: Buffer, time: { received: EpochMs; since?: EpochMs }, at: EpochMs, lines: ArrivedLine[]): void {
    this.pendingSince ??= time;
    let rest = bytes;
    while (this.pendingBytes + rest.length > LINE_LIMIT) {
      const room = LINE_LIMIT - this.pendingBytes;
      this.keep(rest.subarray(0, room));
      lines.push({ ...this.take(at, false), cut: "limit" });
      rest = rest.subarray(room);
      this.pendingSince = time;
    }
    this.keep(rest);
  }

  private keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
  }

  private take(at: EpochMs, complete = true): ArrivedLine {
    const all = this.pending.length === 1 ? (this.pending[0] ?? Buffer.alloc(0)) : Buffer.concat(this.pending);
    const bytes = complete && all.at(-1) === CARRIAGE_RETURN ? all.subarray(0, -1) : all;
    const time = this.pendingSince ?? { received: at };
    this.pending = [];
    this.pendingBytes = 0;
    this.pendingSince = undefined;
    return { stream: this.stream, bytes, ...time, ...(at - time.received > NOTICEABLE_MS ? { completed: at } : {}) };
  }
}
