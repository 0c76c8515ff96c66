/** What one record says by the profile: the mark of its pattern, and the HTTP date in it. */
import type { HttpDate, LogMark } from "../model/event.js";
import type { DurationMs } from "../model/time.js";
import { type CompiledProfile, firstMatch } from "./compiled-profile.js";
import { findHttpDate } from "./http-date.js";
import type { LineClass, Recorder } from "./recorder.js";
import { sharedText, sharedTexts } from "./shared.js";

/** An event that waits for its final time. */
export type Unplaced = Omit<LogMark, "at"> | Omit<HttpDate, "logged">;

/** A record, as far as a pattern looks at it. */
export interface Reading {
  readonly logger: string;
  readonly variant: string;
  readonly message: string;
  /** The whole line, for the evidence of a failure. */
  readonly text: string;
}

export interface Outcome {
  readonly lineClass: LineClass;
  readonly events: readonly Unplaced[];
}

/** Holds a record against the patterns. */
export function readMessage(reading: Reading, line: number, recorder: Recorder, profile: CompiledProfile): Outcome {
  const events: Unplaced[] = [];
  const date = findHttpDate(reading.message);
  if (date) events.push({ type: "http-date", host: sharedText(date.host), date: date.date, evidence: recorder.evidence(line) });
  const found = firstMatch(profile, reading.logger, reading.message);
  // What only brings an HTTP date is of use without any pattern.
  if (found || !date) recorder.examination?.record(reading.message, line, found?.pattern.id);
  if (found && !found.pattern.ignore) {
    events.push({
      type: "log-mark",
      mark: found.pattern.id,
      groups: sharedTexts(Object.fromEntries(Object.entries(found.groups).map(([name, value]) => [name, sharedText(value)]))),
      logger: sharedText(reading.logger),
      variant: reading.variant,
      message: sharedText(reading.message),
      evidence: recorder.evidence(line, found.pattern.fails ? reading.text : undefined),
    });
  }
  return { lineClass: events.length > 0 ? "matched" : "ignored", events };
}

/** The event with its time, in the runner's clock. */
export function placeEvent(event: Unplaced, at: number, resolutionMs: DurationMs): LogMark | HttpDate {
  const instant = { at, resolutionMs, clock: "runner" } as const;
  return event.type === "log-mark" ? { ...event, at: instant } : { ...event, logged: instant };
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
