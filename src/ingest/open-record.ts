import { type ConsoleWidth, isTraceback } from "./console-capture.js";
import type { LogRecord } from "./log-record.js";
import type { Said } from "./said.js";

/** A record whose lines are still coming. */
export interface OpenRecord {
  readonly line: number;
  /** Null: begins like a record, but its header is cut. */
  readonly record: LogRecord | null;
  /** What its first line says; absent where its header is cut. */
  readonly said: Said | undefined;
  /** Its lines, up to a limit. */
  readonly pieces: string[];
  /** Index of the piece that an error block of PowerShell cut from the one before. */
  cutAt: number;
  /** Physical lines that have its class. */
  lines: number;
  size: number;
}

/** The lines of a record that a console would have cut from its first one, joined: all but the last have the length of the first. */
export function joined({ pieces, cutAt }: OpenRecord, width: ConsoleWidth): string {
  const first = pieces[0] ?? "";
  width.note(first.length, pieces[1]);
  let text = first;
  let whole = true;
  for (let index = 1; index < pieces.length; index += 1) {
    const piece = pieces[index] ?? "";
    width.note(piece.length);
    if ((!whole && cutAt !== index) || isTraceback(piece)) break;
    text += piece;
    whole = piece.length === first.length;
  }
  return text;
}
