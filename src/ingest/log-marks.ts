/** What one record says by the profile: the mark of its pattern, and the HTTP date in it. */
import type { HttpDate, LogMark } from "../model/event.js";
import type { DurationMs } from "../model/time.js";
import type { CompiledProfile } from "./compiled-profile.js";
import type { LineClass, Recorder } from "./recorder.js";
import { readSaid, type Said } from "./said.js";
import { sharedText } from "./shared.js";

/** An event that waits for its final time. */
export type Unplaced = Omit<LogMark, "at"> | Omit<HttpDate, "logged">;

export interface Outcome {
  readonly lineClass: LineClass;
  readonly events: readonly Unplaced[];
}

/** A record, as far as its events say it again. */
export interface Reading {
  readonly logger: string;
  readonly variant: string;
  /** The whole line, for the evidence of a failure. */
  readonly text: string;
}

/** What a record says, from what its message says. */
export function outcomeOf(
  { date, pattern, groups, message }: Said,
  { logger, variant, text }: Reading,
  line: number,
  recorder: Recorder,
): Outcome {
  // What only brings an HTTP date is of use without any pattern.
  if (pattern || !date) recorder.examination?.record(message, line, pattern?.id);
  const marks = pattern !== undefined && !pattern.ignore;
  if (!marks && !date) return { lineClass: "ignored", events: NO_EVENTS };
  const events: Unplaced[] = [];
  if (date) events.push({ type: "http-date", host: date.host, date: date.date, evidence: recorder.evidence(line) });
  if (marks) {
    const evidence = recorder.evidence(line, pattern.fails ? text : undefined);
    events.push({ type: "log-mark", mark: pattern.id, groups, logger: sharedText(logger), variant, message, evidence });
  }
  return { lineClass: "matched", events };
}

const NO_EVENTS: readonly Unplaced[] = [];

/** Holds one message against the patterns. */
export function readMessage(
  reading: Reading & { readonly message: string },
  line: number,
  recorder: Recorder,
  profile: CompiledProfile,
): Outcome {
  return outcomeOf(readSaid(profile, reading.logger, reading.message), reading, line, recorder);
}

/** The event with its time, in the runner's clock. */
export function placeEvent(event: Unplaced, at: number, resolutionMs: DurationMs): LogMark | HttpDate {
  const instant = { at, resolutionMs, clock: "runner" } as const;
  if (event.type === "http-date")
    return { type: "http-date", host: event.host, date: event.date, evidence: event.evidence, logged: instant };
  const { type, mark, groups, logger, variant, message, evidence } = event;
  return { type, mark, groups, logger, variant, message, evidence, at: instant };
}

/** Notes what the profile's `detect` expressions recognise, each once in a source. */
export class Detections {
  private readonly detected = new Set<number>();

  constructor(
    private readonly recorder: Recorder,
    private readonly profile: CompiledProfile,
  ) {}

  look(text: string, line: number): void {
    for (const [index, { parameter, value, expression }] of this.profile.detections.entries()) {
      if (this.detected.has(index) || !expression.test(text)) continue;
      this.detected.add(index);
      this.recorder.hints.push({ parameter, value, text: sharedText(text.slice(0, 300)), evidence: this.recorder.evidence(line) });
    }
  }
}
