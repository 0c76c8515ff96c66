/**
 * Whether the lines of a record are one that a console wrapped. Where only together they say what a pattern knows, they are; where the first line alone says
 * something too, or what follows it says all of it alone, the width of the console decides, which is known at the end of the log.
 */

import type { Recorder } from "../recorder.js";
import type { CompiledProfile } from "./compiled-profile.js";
import { ConsoleWidth } from "./console-capture.js";
import { type Detections, examine, outcomeOf, type RecordOutcome, withoutTime } from "./log-marks.js";
import { type LogRecord, parseLogRecord } from "./log-record.js";
import type { RecordTime } from "./log-times.js";
import { firstLine, type Joined, joined, type OpenRecord, type TellingPiece } from "./open-record.js";
import type { Sayings } from "./said.js";

interface Undecided {
  readonly line: number;
  /** Of its first line, with what stands before the record. */
  readonly length: number;
  /** What follows the first line says all of it by itself: it may as well have been printed without a time. */
  readonly isDoubtful: boolean;
  /** Of the lines that would be joined, those that say something by themselves. */
  readonly telling: readonly TellingPiece[];
  readonly lines: number;
  readonly time: RecordTime;
  readonly alone: RecordOutcome;
  readonly whole: RecordOutcome;
}

/** What a record turned out to say at the end. */
export interface Decided {
  readonly outcome: RecordOutcome;
  readonly time: RecordTime;
}

export class WrappedRecords {
  private readonly width = new ConsoleWidth();
  private readonly undecided: Undecided[] = [];

  constructor(
    private readonly recorder: Recorder,
    private readonly profile: CompiledProfile,
    private readonly sayings: Sayings,
    private readonly detections: Detections,
  ) {}

  /** The length of a line that is over. */
  note(length: number): void {
    this.width.note(length);
  }

  /** The lines of a record that is complete. */
  joined(open: OpenRecord): Joined {
    return joined(open, this.width);
  }

  /** What the record says for certain; all that it says where only the end of the log tells. */
  outcome(open: OpenRecord, record: LogRecord, { text: joinedText, count }: Joined, time: RecordTime): RecordOutcome {
    const text = firstLine(open);
    const said = open.said ?? this.sayings.of(record.logger, record.message);
    const alone = outcomeOf(said, { logger: record.logger, variant: record.variant, text }, open.line, this.recorder);
    let chosen = alone;
    let isDecided = true;
    /** Pieces that are part of what was chosen, or may be. */
    let used = open.record === null ? count : 1;
    const complete = joinedText === text || open.record === null ? null : parseLogRecord(joinedText, this.profile.logFormats);
    if (complete) {
      const wholly = this.sayings.of(complete.logger, complete.message);
      const whole = outcomeOf(wholly, { logger: complete.logger, variant: complete.variant, text: joinedText }, open.line, this.recorder);
      const saysMore = alone.events.length === 0 && whole.events.length > 0 && said.pattern?.ignore !== true;
      const isDoubtful = saysMore && this.standsAlone(record, joinedText.slice(text.length));
      if (open.cutAt > 0 || (saysMore && !isDoubtful)) {
        chosen = whole;
        used = count;
        this.detections.look(complete.message, open.line);
      } else if (isDoubtful || alone.events.length > 0) {
        const telling = open.telling.filter(({ index }) => index < count);
        const { length } = open.pieces[0] ?? "";
        this.undecided.push({ line: open.line, length, isDoubtful, telling, lines: open.lines, time, alone, whole });
        chosen = { ...alone, events: [] };
        isDecided = false;
        used = count;
      }
    }
    for (const piece of open.telling) if (piece.index >= used) withoutTime(this.recorder, piece);
    if (isDecided) examine(chosen, open.line, this.recorder);
    return chosen;
  }

  /** The text is over: what it left undecided, each counted as it turned out. `captured`: other signs say that a console stood between. */
  decide(captured: boolean): readonly Decided[] {
    const width = this.width.find(captured);
    const certainWidth = this.width.find(false);
    return this.undecided.map(({ line, length, isDoubtful, telling, lines, time, alone, whole }) => {
      const outcome = length === (isDoubtful ? certainWidth : width) ? whole : alone;
      if (outcome === alone) for (const piece of telling) withoutTime(this.recorder, piece);
      if (outcome.lineClass !== alone.lineClass) {
        this.recorder.counts[alone.lineClass] -= lines;
        this.recorder.counts[outcome.lineClass] += lines;
      }
      examine(outcome, line, this.recorder);
      return { outcome, time };
    });
  }

  /**
   * Whether what follows the first line of a record says all that the two say together. A record with an empty message begins with a line end (`"\nITERATION 4"`):
   * what follows is its message.
   */
  private standsAlone({ logger, message }: LogRecord, rest: string): boolean {
    if (message.trim() === "") return false;
    const { pattern, date } = this.sayings.of(logger, rest);
    return pattern?.ignore === false || date !== null;
  }
}
