/**
 * Reads the lines of a log as records. A line that begins with the header of a record opens it and ends the one before; the lines behind it go on with it
 * until the next header, or a line of pytest's console, comes. Only then, when it is closed, is a record put in time (log-times.ts) and held against the
 * patterns: what a console wrapped is joined again where that is needed (wrapped-records.ts). A line that a pattern knows by itself, but that has no time,
 * is never given that of the record before it: it may have been printed long after it.
 */

import type { LineClass, Recorder } from "../recorder.js";
import { ARRIVAL_RESOLUTION_MS, type Arrival, arrivedRecord, isArrived } from "./arrival.js";
import type { CompiledProfile } from "./compiled-profile.js";
import { ErrorBlocks, isTraceback, withoutProgramName } from "./console-capture.js";
import { ConsoleResults } from "./console-results.js";
import { gluedRecord } from "./glued-record.js";
import { Detections, examine, outcomeOf, withoutTime } from "./log-marks.js";
import { isCutStamp, type LogRecord, parseLogRecord, startsWithStamp } from "./log-record.js";
import { LogTimes } from "./log-times.js";
import type { OpenRecord } from "./open-record.js";
import type { PlainRun } from "./plain-run.js";
import { isCaptured, isErrorText, isProgress, isSection, repeatsEarlierOutput } from "./pytest-console.js";
import { type Said, Sayings } from "./said.js";
import { drawings } from "./terminal-line.js";
import type { DateHint } from "./wall-clock.js";
import { WrappedRecords } from "./wrapped-records.js";

/** Longest line that is searched [characters]; longer ones are bodies, not messages. */
export const MATCH_LIMIT = 64 * 1024;

/** What is known of a line beyond its text. */
interface LineFacts {
  /** When it was read, where the source says that: it is the time of a line that has none of its own. */
  readonly arrival?: Arrival;
  /** Nothing in it is of use to any pattern, unless it belongs to another line. */
  readonly isMute?: boolean;
}

export class LogReader {
  private readonly times: LogTimes;
  private readonly blocks = new ErrorBlocks();
  private readonly detections: Detections;
  private readonly sayings: Sayings;
  private readonly wrapped: WrappedRecords;
  private readonly results: ConsoleResults;
  private open: OpenRecord | undefined;
  /** Class of lines that no open record takes. */
  private current: LineClass = "unparsed";
  /** The last record was a row of a JSON-lines logger: what begins like one is one that was cut. */
  private jsonRows = false;
  /** Of the line that is being read. */
  private isMute = false;
  /** In a part of pytest's console that repeats what was printed before. */
  private repeating = false;

  constructor(
    private readonly recorder: Recorder,
    private readonly profile: CompiledProfile,
  ) {
    this.times = new LogTimes(recorder);
    this.detections = new Detections(recorder, profile);
    this.sayings = new Sayings(profile);
    this.wrapped = new WrappedRecords(recorder, profile, this.sayings, this.detections);
    this.results = new ConsoleResults(recorder);
  }

  line(raw: string, line: number, terminated: boolean, { arrival, isMute = false }: LineFacts = {}): void {
    this.isMute = isMute;
    const drawn = drawings(raw);
    const last = drawn.at(-1) ?? "";
    // Loggers end every line: one without an end was cut, by a kill or by whoever copied the file. What it says is used as far as it can be read.
    if (!terminated && last.trim() !== "") this.recorder.diagnose("cut-line", "info", { line });
    if (drawn.length === 1) this.text(last, line, terminated, arrival);
    else this.redrawn(drawn, line, terminated, arrival);
  }

  /** A line whose header was read already, where `takesPlain`. */
  record(text: string, line: number, record: LogRecord, from = 0): void {
    const said = this.sayings.of(record.logger, record.message);
    said.detected ??= this.detections.in(record.message);
    this.detections.note(said.detected, line);
    this.jsonRows = record.variant === "json";
    this.begin(text, line, record, said, from);
  }

  /** Whether a record of one line that says nothing would change nothing but the time, the coverage, the counts and the lengths of lines. */
  takesPlain(zoneMinutes: number | undefined): boolean {
    return this.times.takesPlain(zoneMinutes) && !this.blocks.open && this.recorder.examination === undefined;
  }

  /** Such a record may be followed by an empty line. */
  blank(): void {
    this.recorder.count("ignored");
  }

  /** Such records follow. Whether they may be told many at once. */
  beginPlain(run: PlainRun): boolean {
    this.close();
    return this.times.takesRuns(run);
  }

  /** The length of one of them. */
  notePlain(length: number): void {
    this.wrapped.note(length);
  }

  /** They are over. */
  endPlain(run: PlainRun): void {
    this.times.placeRun(run);
    this.jsonRows = false;
    this.current = "ignored";
    this.recorder.count("ignored", run.count);
  }

  /** The text is over. `captured`: its encoding says that a Windows shell wrote it. */
  end(captured: boolean, hint: DateHint): void {
    this.close();
    for (const { outcome, time } of this.wrapped.decide(captured || this.blocks.seen)) this.times.addLate(outcome.events, time);
    this.times.end(hint);
  }

  /** A line that was drawn over: what is seen in the end, and every record that was written on the way. */
  private redrawn(drawn: readonly string[], line: number, terminated: boolean, arrival: Arrival | undefined): void {
    const records: string[] = [];
    for (const text of drawn) {
      const before = records.at(-1);
      if (this.holdsRecord(text)) records.push(text);
      else if (before !== undefined) records[records.length - 1] = `${before}\r${text}`;
    }
    // When the last text was drawn is known only where the whole line came at once.
    const known = arrival?.completed === undefined ? arrival : undefined;
    for (const [index, text] of records.entries()) {
      // The line counts once, with the last of them.
      if (index > 0 && this.open) this.open.lines = 0;
      this.blocks.end();
      this.text(text, line, terminated, known);
    }
    if (records.length === 0) this.text(drawn.at(-1) ?? "", line, terminated, known);
  }

  private holdsRecord(text: string): boolean {
    const { logFormats } = this.profile;
    return parseLogRecord(withoutProgramName(text), logFormats) !== null || gluedRecord(text, logFormats) !== undefined;
  }

  /** A line as it is seen. */
  private text(shown: string, line: number, terminated: boolean, arrival: Arrival | undefined): void {
    if (this.blocks.take(shown)) {
      this.recorder.count("ignored");
      if (this.open) this.open.cutAt = this.open.pieces.length;
      return;
    }
    const text = withoutProgramName(shown);
    const record = parseLogRecord(text, this.profile.logFormats);
    if (record) {
      this.blocks.end();
      this.record(text, line, record);
      if (arrival !== undefined) this.times.witness(record, arrival.utc);
    } else {
      if (!this.isMute) this.detections.look(text, line);
      this.headerless(text, line, terminated, arrival);
    }
  }

  /** A line that begins with no header that can be read: the first of these that it can be decides. */
  private headerless(text: string, line: number, terminated: boolean, arrival: Arrival | undefined): void {
    if (text.trim() === "") this.recorder.count("ignored");
    else if (this.glued(text, line)) return;
    else if (isSection(text)) this.section(text, line);
    else if (isProgress(text)) this.progress(text, line);
    else if (isCaptured(text)) {
      this.close();
      this.current = "ignored";
      this.recorder.count("ignored");
    } else if (this.profile.logFormats.some((format) => format.hasUnreadTime(text))) {
      this.recorder.diagnose("unread-times", "warning", {}, this.recorder.evidence(line, text));
      this.begin(text, line, null);
    } else if (startsWithStamp(text) || isCutStamp(text) || (this.jsonRows && text.startsWith('{"'))) this.begin(text, line, null);
    else if (arrival !== undefined && this.arrived(text, line, arrival)) return;
    else if (this.open) this.continueRecord(this.open, text, line);
    else {
      if (this.saysSomething("", text)) withoutTime(this.recorder, { text, line });
      this.recorder.count(terminated || this.current !== "unparsed" ? this.current : "unparsed");
    }
  }

  /** Reads the record that begins behind pytest's progress or a progress bar; false where none does. */
  private glued(text: string, line: number): boolean {
    const found = gluedRecord(text, this.profile.logFormats);
    if (found === undefined) return false;
    const { from, record } = found;
    this.close();
    this.results.take(text.slice(0, from).trimEnd(), line);
    if (record === null) this.begin(text, line, null, undefined, from);
    else this.record(text, line, record, from);
    return true;
  }

  private section(text: string, line: number): void {
    this.close();
    this.wrapped.note(text.length);
    this.current = "ignored";
    this.repeating = repeatsEarlierOutput(text) ?? this.repeating;
    const said = this.sayings.of("", text);
    if (text.includes("test session starts")) {
      this.times.session();
      this.results.clear();
    }
    if (said.pattern?.ignore !== false) {
      this.recorder.count("ignored");
      return;
    }
    const outcome = outcomeOf(said, { logger: "", variant: "pytest-section", text }, line, this.recorder);
    examine(outcome, line, this.recorder);
    this.recorder.count(outcome.lineClass);
    this.times.addWithoutTime(outcome.events);
  }

  private progress(text: string, line: number): void {
    this.close();
    this.wrapped.note(text.length);
    this.current = "ignored";
    const isResult = this.results.take(text, line);
    // What a test prints stands behind the name of the test, however long after it.
    if (!isResult && this.saysSomething("", text)) withoutTime(this.recorder, { text, line });
    this.recorder.count(isResult ? "matched" : "ignored");
  }

  /** Takes a line that a pattern knows for a record of the time at which it arrived; false for any other. */
  private arrived(text: string, line: number, arrival: Arrival): boolean {
    const pattern = this.isMute || this.repeating ? undefined : this.sayings.of("", text).pattern;
    if (pattern === undefined) {
      // Behind a record with a time of its own it may be a part of that.
      if (this.open === undefined || isArrived(this.open)) this.recorder.examination?.withoutMeaning(text, line);
      return false;
    }
    const record = arrivedRecord(text, arrival);
    this.begin(text, line, record);
    if (pattern.ignore) return true;
    this.recorder.diagnose("arrival-times", "info", { resolutionMs: ARRIVAL_RESOLUTION_MS });
    if (record.resolutionMs >= 1000) this.recorder.diagnose("held-back-output", "warning", {}, this.recorder.evidence(line, text));
    return true;
  }

  /** Whether a pattern knows a line without a time of its own: such a line is no continuation, unless pytest prints what it had captured long before. */
  private saysSomething(logger: string, text: string): boolean {
    return !this.isMute && !this.repeating && this.sayings.of(logger, text).pattern?.ignore === false;
  }

  /** Opens a record with its first line; the one before is complete. `record` is null where its header is cut: what is joined to it may complete it. */
  private begin(text: string, line: number, record: LogRecord | null, said?: Said, from = 0): void {
    this.close();
    this.open = { line, record, said, pieces: [text], from, telling: [], cutAt: 0, lines: 1, size: text.length };
  }

  private continueRecord(open: OpenRecord, text: string, line: number): void {
    open.lines += 1;
    open.size += text.length;
    if (open.size > MATCH_LIMIT) return;
    // Tracebacks and what pytest shows of an error quote texts.
    if (this.saysSomething(open.record?.logger ?? "", text) && !isErrorText(text) && !open.pieces.some(isTraceback))
      open.telling.push({ index: open.pieces.length, line, text });
    open.pieces.push(text);
  }

  /** The open record is complete. */
  private close(): void {
    const open = this.open;
    if (!open) return;
    this.open = undefined;
    const whole = this.wrapped.joined(open);
    const record = open.record ?? parseLogRecord(whole.text, this.profile.logFormats);
    if (!record) {
      this.current = "unparsed";
      this.recorder.count("unparsed", open.lines);
      for (const piece of open.telling) withoutTime(this.recorder, piece);
      return;
    }
    const time = this.times.place(record, open);
    const { lineClass, events } = this.wrapped.outcome(open, record, whole, time);
    this.current = lineClass;
    this.recorder.count(lineClass, open.lines);
    this.times.add(events, time);
  }
}
