/** What one record says by the profile: the mark of its pattern, and the HTTP date in it. */
import type { HttpDate, LogMark } from "../../model/event.js";
import type { DurationMs } from "../../model/time.js";
import { sharedText } from "../bytes/shared.js";
import type { LineClass, Recorder } from "../recorder.js";
import type { CompiledProfile } from "./compiled-profile.js";
import { readSaid, type Said } from "./said.js";

/** An event that waits for its final time. */
export type Unplaced = Omit<LogMark, "at"> | Omit<HttpDate, "logged">;

/** What becomes of one record. */
export interface RecordOutcome {
  readonly lineClass: LineClass;
  readonly events: readonly Unplaced[];
  /** What it was made from. */
  readonly said: Said;
}

/** A record, as far as its events say it again. */
export interface Reading {
  readonly logger: string;
  readonly variant: string;
  /** The whole line, for the evidence of a failure. */
  readonly text: string;
}

/** What a record says, from what its message says. */
export function outcomeOf(said: Said, { logger, variant, text }: Reading, line: number, recorder: Recorder): RecordOutcome {
  const { date, pattern, groups, message } = said;
  const marks = pattern !== undefined && !pattern.ignore;
  if (!marks && !date) return { lineClass: "ignored", events: NO_EVENTS, said };
  const events: Unplaced[] = [];
  if (date) events.push({ type: "http-date", host: date.host, date: date.date, evidence: recorder.evidence(line) });
  if (marks) {
    const evidence = recorder.evidence(line, pattern.fails ? text : undefined);
    events.push({ type: "log-mark", mark: pattern.id, groups, logger: sharedText(logger), variant, message, evidence });
  }
  return { lineClass: "matched", events, said };
}

/** Tells an examination of a record, when it is certain how it is read: of a wrapped one that may be later. */
export function examine({ said: { date, pattern, message } }: RecordOutcome, line: number, { examination }: Recorder): void {
  // What only brings an HTTP date is of use without any pattern.
  if (pattern || !date) examination?.record(message, line, pattern?.id);
}

const NO_EVENTS: readonly Unplaced[] = [];

/** Holds one message against the patterns. */
export function readMessage(
  reading: Reading & { readonly message: string },
  line: number,
  recorder: Recorder,
  profile: CompiledProfile,
): RecordOutcome {
  const outcome = outcomeOf(readSaid(profile, reading.logger, reading.message), reading, line, recorder);
  examine(outcome, line, recorder);
  return outcome;
}

/** What would be a mark if it had a time is told, as a stage may be missing for it. */
export function withoutTime(recorder: Recorder, { text, line }: { readonly text: string; readonly line: number }): void {
  recorder.diagnose("marks-without-time", "warning", {}, recorder.evidence(line, text));
}

/** The event with its time, in the runner's clock. */
export function placeEvent(event: Unplaced, at: number, resolutionMs: DurationMs): LogMark | HttpDate {
  const instant = { at, resolutionMs, clock: "runner" } as const;
  if (event.type === "http-date")
    return { type: "http-date", host: event.host, date: event.date, evidence: event.evidence, logged: instant };
  const { type, mark, groups, logger, variant, message, evidence } = event;
  return { type, mark, groups, logger, variant, message, evidence, at: instant };
}

/** Of one expression's findings in a source that are kept; which of the runs in a log is asked about, nobody knows yet. The last is kept always. */
const MOST_FOUND = 1000;

/** Notes what the profile's `detect` expressions recognise, and on which lines. */
export class Detections {
  /** By expression: how many were noted, and where the last of them stands among the hints. */
  private readonly noted = new Map<number, { count: number; last: number }>();

  constructor(
    private readonly recorder: Recorder,
    private readonly profile: CompiledProfile,
  ) {}

  /** Notes what a text tells that is met once. */
  look(text: string, line: number): void {
    this.note(this.in(text), line);
  }

  /** Which expressions recognise a text. */
  in(text: string): readonly number[] {
    const found: number[] = [];
    for (const [index, { expression }] of this.profile.detections.entries()) if (expression.test(text)) found.push(index);
    return found.length === 0 ? NOTHING_FOUND : found;
  }

  note(found: readonly number[], line: number): void {
    const { hints } = this.recorder;
    for (const index of found) {
      const detection = this.profile.detections[index];
      if (detection === undefined) continue;
      const { parameter, value } = detection;
      const before = this.noted.get(index) ?? { count: 0, last: hints.length };
      // A wrapped line is looked at alone and whole.
      if (hints[before.last]?.evidence.line === line && before.count > 0) continue;
      const at = before.count < MOST_FOUND ? hints.length : before.last;
      hints[at] = { parameter, value, evidence: this.recorder.evidence(line) };
      this.noted.set(index, { count: before.count + 1, last: at });
    }
  }
}

const NOTHING_FOUND: readonly number[] = [];
