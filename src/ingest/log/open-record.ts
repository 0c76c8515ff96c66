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
  /** Where it begins in the first of them. */
  readonly from: number;
  /** Those after the first that say something by themselves, where nothing says that they only quote it. */
  readonly telling: TellingPiece[];
  /** Index of the piece that an error block of PowerShell cut from the one before. */
  cutAt: number;
  /** Physical lines that have its class. */
  lines: number;
  size: number;
}

/** A line without a time that a pattern knows. */
export interface TellingPiece {
  /** Among the pieces of its record. */
  readonly index: number;
  readonly line: number;
  readonly text: string;
}

/** The first line of a record, without what stands before it. */
export function firstLine({ pieces, from }: OpenRecord): string {
  const first = pieces[0] ?? "";
  return from === 0 ? first : first.slice(from);
}

export interface Joined {
  readonly text: string;
  /** How many pieces it is made of. */
  readonly count: number;
}

/** The lines of a record that a console would have cut from its first one, joined: all but the last have the length of the first. */
export function joined({ pieces, from, cutAt }: OpenRecord, width: ConsoleWidth): Joined {
  const first = pieces[0] ?? "";
  width.note(first.length, pieces[1]);
  let text = first;
  let count = 1;
  let whole = true;
  for (; count < pieces.length; count += 1) {
    const piece = pieces[count] ?? "";
    width.note(piece.length);
    if ((!whole && cutAt !== count) || isTraceback(piece)) break;
    text += piece;
    whole = piece.length === first.length;
  }
  return { text: from === 0 ? text : text.slice(from), count };
}
