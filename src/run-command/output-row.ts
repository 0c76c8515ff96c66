/**
 * The stored output of a wrapped command: NDJSON that `src/ingest/readers/run-output.ts` reads (docs/formats.md). A header, then a row for each line
 * of either stream, in the order of arrival, and a last row with the end of the command.
 */
import { isUtf8 } from "node:buffer";
import { type EpochMs, isoFromEpoch } from "../model/time.js";

export const OUTPUT_MARK = '{"postrun":"output"';
const VERSION = 1;

export type StreamName = "stdout" | "stderr";

/** A line as it came out of the command. */
export interface ArrivedLine {
  readonly stream: StreamName;
  /** Without its line end. */
  readonly bytes: Buffer;
  /** When its first byte was read. */
  readonly received: EpochMs;
  /** When its end was read, where that was noticeably later. */
  readonly completed?: EpochMs;
  /** The line may have been written at any time since then: the command held it back. */
  readonly since?: EpochMs;
  /** `end`: the stream ended without a line end. `limit`: the line is longer than a row can be and goes on in the stream's next row. */
  readonly cut?: "end" | "limit";
}

export interface OutputStart {
  readonly at: EpochMs;
  /** The zone of this machine then, minutes east. */
  readonly zoneMinutes: number;
  /** Secrets taken out already. */
  readonly command: readonly string[];
  readonly tool: string;
}

export function startRow({ at, zoneMinutes, command, tool }: OutputStart): string {
  return row({ postrun: "output", version: VERSION, event: "start", received: isoFromEpoch(at), zoneMinutes, command, tool });
}

/** @param exit the exit code, or the name of the signal that ended it */
export function endRow(at: EpochMs, exit: number | string): string {
  return row({ postrun: "output", version: VERSION, event: "end", received: isoFromEpoch(at), exit });
}

/** Bytes that are no UTF-8 are kept in base64: what they mean is for the reader to find out. */
export function lineRow({ stream, bytes, received, completed, since, cut }: ArrivedLine): string {
  return row({
    received: isoFromEpoch(received),
    stream,
    ...(since === undefined ? {} : { since: isoFromEpoch(since) }),
    ...(completed === undefined ? {} : { completed: isoFromEpoch(completed) }),
    ...(cut === undefined ? {} : { cut }),
    ...(isUtf8(bytes) ? { text: bytes.toString("utf8") } : { base64: bytes.toString("base64") }),
  });
}

function row(value: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(value)}\n`;
}
