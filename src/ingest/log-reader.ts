/**
 * Reads the lines of a log as records. A record goes from its header to the next one; what a console wrapped is joined again where that
 * is needed: when only that makes a text whole that a pattern knows, or its lines have exactly the width of the console. Any other line without a time
 * has none: it may have been printed long after the record before it. Some times are final only
 * when the whole log was seen (records without a date, or with a zone among others without): those events leave at the end.
 */
import type { Evidence } from "../model/source.js";
import type { DurationMs } from "../model/time.js";
import { ARRIVAL_RESOLUTION_MS, type Arrival, arrivedRecord } from "./arrival.js";
import type { CompiledProfile } from "./compiled-profile.js";
import { ErrorBlocks, isTraceback, withoutProgramName } from "./console-capture.js";
import { ConsoleResults } from "./console-results.js";
import { gluedRecord } from "./glued-record.js";
import { LogCoverage } from "./log-coverage.js";
import { Detections, outcomeOf, placeEvent, type Unplaced, withoutTime } from "./log-marks.js";
import { isCutStamp, type LogRecord, parseLogRecord, startsWithStamp } from "./log-record.js";
import { firstLine, type OpenRecord } from "./open-record.js";
import type { PlainRun } from "./plain-run.js";
import { isCaptured, isErrorText, isProgress, isSection, repeatsEarlierOutput } from "./pytest-console.js";
import type { LineClass, Recorder } from "./recorder.js";
import { type Said, Sayings } from "./said.js";
import { drawings } from "./terminal-line.js";
import { type DateHint, isFinal, type Placed, WallClock } from "./wall-clock.js";
import { WrappedRecords } from "./wrapped-records.js";

/** Longest line that is searched [characters]; longer ones are bodies, not messages. */
export const MATCH_LIMIT = 64 * 1024;

interface Draft {
  readonly event: Unplaced;
  readonly placed: Placed;
  readonly resolutionMs: DurationMs;
}

/** What is known of a line beyond its text. */
interface LineFacts {
  /** When it was read, where the source says that: it is the time of a line that has none of its own. */
  readonly arrival?: Arrival;
  /** Nothing in it is of use to any pattern, unless it belongs to another line. */
  readonly isMute?: boolean;
}

export class LogReader {
  private readonly clock = new WallClock();
  private readonly blocks = new ErrorBlocks();
  private readonly detections: Detections;
  private readonly sayings: Sayings;
  private readonly wrapped: WrappedRecords;
  private open: OpenRecord | undefined;
  /** Class of lines that no open record takes. */
  private current: LineClass = "unparsed";
  private readonly drafts: Draft[] = [];
  /** Marks of section lines wait for the time of the next record. */
  private waiting: Unplaced[] = [];
  private lastRecord: { placed: Placed; resolutionMs: DurationMs } | undefined;
  private readonly coverage = new LogCoverage();
  private jsonRows = false;
  /** The first record that names a zone. */
  private zoned: Evidence | undefined;
  private readonly results: ConsoleResults;
  /** Of the line that is being read. */
  private isMute = false;
  /** In a part of pytest's console that repeats what was printed before. */
  private repeating = false;

  constructor(
    private readonly recorder: Recorder,
    private readonly profile: CompiledProfile,
  ) {
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
    this.detections.note(said.detected, record.message, line);
    this.jsonRows = record.variant === "json";
    this.begin(text, line, record, said, from);
  }

  /** Whether a record of one line that says nothing would change nothing but the time, the coverage, the counts and the lengths of lines. */
  takesPlain(zoneMinutes: number | undefined): boolean {
    const { waiting, blocks, recorder } = this;
    return (
      waiting.length === 0 && !blocks.open && recorder.examination === undefined && (zoneMinutes === undefined || this.zoned !== undefined)
    );
  }

  /** Such a record may be followed by an empty line. */
  blank(): void {
    this.recorder.count("ignored");
  }

  /** Such records follow. Whether they may be told many at once. */
  beginPlain({ date, zoneMinutes }: PlainRun): boolean {
    this.close();
    return this.clock.takesRuns(date, zoneMinutes);
  }

  /** The length of one of them. */
  notePlain(length: number): void {
    this.wrapped.note(length);
  }

  /** They are over. */
  endPlain({ count, low, high, last, resolutionMs, date, zoneMinutes }: PlainRun): void {
    const zone = zoneMinutes === undefined ? {} : { zoneMinutes };
    const placed = this.clock.place({
      at: last,
      ...zone,
      ...(date === "none" ? { timeOnly: true } : date === "yearless" ? { yearless: true } : {}),
    });
    if (count > 1) for (const at of [low, high]) this.coverage.see({ ...placed, at });
    this.coverage.see(placed);
    this.lastRecord = { placed, resolutionMs };
    this.jsonRows = false;
    this.current = "ignored";
    this.recorder.count("ignored", count);
  }

  /** The text is over. `captured`: its encoding says that a Windows shell wrote it. */
  end(captured: boolean, hint: DateHint): void {
    this.close();
    let unordered = this.drafts.length > 0;
    for (const { outcome, placed, resolutionMs } of this.wrapped.decide(captured || this.blocks.seen)) {
      for (const event of outcome.events) this.add(event, placed, resolutionMs);
      unordered = true;
    }
    this.endWaiting();
    const dateFrom = this.clock.finish(hint);
    if (dateFrom === "modified" || dateFrom === "name") this.recorder.diagnose("date-from-file", "info", { from: dateFrom });
    if (dateFrom === "none") this.recorder.diagnose("log-without-date", "warning");
    if (dateFrom === "none" || dateFrom === "modified") this.recorder.undated = this.clock.undated;
    for (const { event, placed, resolutionMs } of this.drafts) {
      this.recorder.emit(placeEvent(event, this.clock.resolve(placed), resolutionMs));
    }
    if (unordered) this.recorder.table.sortByLine();
    this.coverage.tell(this.recorder, this.clock);
    const zone = this.clock.zoneMinutes;
    if (zone === undefined) return;
    this.recorder.zoneMinutes = zone;
    this.recorder.diagnose("zone-in-log", "info", { minutes: zone }, this.zoned);
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
      if (arrival !== undefined && record.zoneMinutes === undefined && !record.timeOnly && !record.yearless)
        this.clock.witness(record.at, arrival.utc);
    } else {
      if (!this.isMute) this.detections.look(text, line);
      this.headerless(text, line, terminated, arrival);
    }
  }

  private begin(text: string, line: number, record: LogRecord | null, said?: Said, from = 0): void {
    this.close();
    this.open = { line, record, said, pieces: [text], from, telling: [], cutAt: 0, lines: 1, size: text.length };
  }

  private headerless(text: string, line: number, terminated: boolean, arrival: Arrival | undefined): void {
    if (text.trim() === "") this.recorder.count("ignored");
    else if (this.glued(text, line)) return;
    else if (isSection(text)) this.section(text, line);
    else if (isProgress(text)) this.progress(text, line);
    else if (isCaptured(text)) {
      this.close();
      this.current = "ignored";
      this.recorder.count("ignored");
    } else if (startsWithStamp(text) || isCutStamp(text) || (this.jsonRows && text.startsWith('{"'))) this.begin(text, line, null);
    else if (arrival !== undefined && this.saysSomething("", text)) this.arrived(text, line, arrival);
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

  private arrived(text: string, line: number, arrival: Arrival): void {
    const record = arrivedRecord(text, arrival);
    this.begin(text, line, record);
    this.recorder.diagnose("arrival-times", "info", { resolutionMs: ARRIVAL_RESOLUTION_MS });
    if (record.resolutionMs >= 1000) this.recorder.diagnose("held-back-output", "warning", {}, this.recorder.evidence(line, text));
  }

  /** Whether a pattern knows a line without a time of its own: such a line is no continuation, unless pytest prints what it had captured long before. */
  private saysSomething(logger: string, text: string): boolean {
    return !this.isMute && !this.repeating && this.sayings.of(logger, text).pattern?.ignore === false;
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

  private section(text: string, line: number): void {
    this.close();
    this.wrapped.note(text.length);
    this.current = "ignored";
    this.repeating = repeatsEarlierOutput(text) ?? this.repeating;
    const said = this.sayings.of("", text);
    if (text.includes("test session starts")) {
      this.clock.session();
      this.results.clear();
    }
    if (said.pattern?.ignore !== false) {
      this.recorder.count("ignored");
      return;
    }
    const { lineClass, events } = outcomeOf(said, { logger: "", variant: "pytest-section", text }, line, this.recorder);
    this.recorder.count(lineClass);
    this.waiting.push(...events);
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
    const placed = this.clock.place(record);
    this.coverage.see(placed);
    this.lastRecord = { placed, resolutionMs: record.resolutionMs };
    this.release();
    if (record.zoneMinutes !== undefined) this.zoned ??= this.recorder.evidence(open.line, firstLine(open));
    const { lineClass, events } = this.wrapped.outcome(open, record, whole, placed);
    this.current = lineClass;
    this.recorder.count(lineClass, open.lines);
    for (const event of events) this.add(event, placed, record.resolutionMs);
  }

  /** Emits what has its final time; the rest waits for the end of the log. */
  private add(event: Unplaced, placed: Placed, resolutionMs: DurationMs): void {
    if (!isFinal(placed) || placed.zoneMinutes !== undefined) this.drafts.push({ event, placed, resolutionMs });
    else this.recorder.emit(placeEvent(event, placed.at, resolutionMs));
  }

  private release(): void {
    if (!this.lastRecord || this.waiting.length === 0) return;
    for (const event of this.waiting) this.add(event, this.lastRecord.placed, this.lastRecord.resolutionMs);
    this.waiting = [];
  }

  /** Marks that no record followed take the time of the last one. */
  private endWaiting(): void {
    this.release();
    this.recorder.counts.matched -= this.waiting.length;
    this.recorder.counts.ignored += this.waiting.length;
  }
}
