/** Lines of a container's log as the API serves them with timestamps: `2026-11-23T12:04:09.371000000Z the line`. */
import type { EpochMs } from "../model/time.js";

const NEWLINE = 10;
/** More of a line than this [bytes] is not kept: twice what is stored, so that a secret at the cut is seen as a whole. */
const KEPT_BYTES = 32 * 1024;

export interface LogLine {
  /** As the kubelet printed it; undefined where the line has none. */
  readonly stamp?: string;
  readonly text: string;
  /** When its first byte was there. */
  readonly received: EpochMs;
  /** It was longer than what is kept. */
  readonly cut: boolean;
}

/** RFC 3339 with any number of digits; the kubelet of a node elsewhere may print its own zone. */
const STAMPED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)(?: |$)/;

/**
 * Complete lines of a stream; what stands after the last line end is given only when the stream ends as it should. Whatever comes, no more than one line is
 * held, and of it no more than its beginning.
 */
export async function* logLines(stream: AsyncIterable<Buffer>, clock: () => EpochMs): AsyncGenerator<LogLine> {
  let parts: Buffer[] = [];
  let size = 0;
  let began = 0;
  const keep = (piece: Buffer, now: EpochMs) => {
    if (size === 0) began = now;
    const room = KEPT_BYTES - size;
    // A copy: a view would hold on to the whole chunk.
    if (room > 0) parts.push(Buffer.from(piece.subarray(0, room)));
    size += piece.length;
  };
  const line = (): LogLine => {
    const text = Buffer.concat(parts).toString("utf8");
    const cut = size > KEPT_BYTES;
    parts = [];
    size = 0;
    return { ...unstamped(text.endsWith("\r") ? text.slice(0, -1) : text), received: began, cut };
  };
  for await (const chunk of stream) {
    const now = clock();
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      keep(chunk.subarray(from, end), now);
      from = end + 1;
      yield line();
    }
    if (from < chunk.length) keep(chunk.subarray(from), now);
  }
  if (size > 0) yield line();
}

/** Nanoseconds since 1970 of a stamp, so that stamps with different numbers of digits and zones can be compared. */
export function stampNanos(stamp: string): bigint {
  const [, second = "", fraction = "", zone = "Z"] = STAMPED.exec(stamp) ?? [];
  const at = Date.parse(second + zone);
  return Number.isNaN(at) ? 0n : BigInt(at) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
}

function unstamped(text: string): { readonly stamp?: string; readonly text: string } {
  const [whole, second = "", fraction, zone = ""] = STAMPED.exec(text) ?? [];
  if (whole === undefined || Number.isNaN(Date.parse(second + zone))) return { text };
  return { stamp: `${second}${fraction === undefined ? "" : `.${fraction}`}${zone}`, text: text.slice(whole.length) };
}
