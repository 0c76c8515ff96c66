/**
 * Reads the lines of a log as records. A record goes from its header to the next one; what a console wrapped is joined again where that
 * is needed: when the record as it stands matches no pattern, or its lines have exactly the width of the console. Some times are final only
 * when the whole log was seen (records without a date, or with a zone among others without): those events leave at the end.
 */
import type { Evidence } from "../model/source.js";
import type { DurationMs } from "../model/time.js";
import { ARRIVAL_RESOLUTION_MS, type Arrival, arrivedRecord } from "./arrival.js";
import type { CompiledProfile } from "./compiled-profile.js";
import { ConsoleWidth, ErrorBlocks, withoutProgramName } from "./console-capture.js";
import { LogCoverage } from "./log-coverage.js";
import { Detections, type Outcome, outcomeOf, placeEvent, type Unplaced } from "./log-marks.js";
import { isCutStamp, type LogRecord, parseLogRecord, startsWithStamp, withoutAnsi } from "./log-record.js";
import { joined, type OpenRecord } from "./open-record.js";
import type { PlainRun } from "./plain-run.js";
import { consoleResult, isCaptured, isProgress, isSection, repeatsEarlierOutput } from "./pytest-console.js";
import type { LineClass, Recorder } from "./recorder.js";
import { type Said, Sayings } from "./said.js";
import { emitResult } from "./test-results.js";
import { type DateHint, isFinal, type Placed, WallClock } from "./wall-clock.js";

/** Longest line that is searched [characters]; longer ones are bodies, not messages. */
export const MATCH_LIMIT = 64 * 1024;

interface Draft {
  readonly event: Unplaced;
  readonly placed: Placed;
  readonly resolutionMs: DurationMs;
}

/** A record that matches as it stands and joined; the width of the console decides. */
interface Undecided {
  readonly length: number;
  readonly lines: number;
  readonly placed: Placed;
  readonly resolutionMs: DurationMs;
  readonly alone: Outcome;
  readonly whole: Outcome;
}

export class LogReader {
  private readonly clock = new WallClock();
  private readonly width = new ConsoleWidth();
  private readonly blocks = new ErrorBlocks();
  private readonly detections: Detections;
  private readonly sayings: Sayings;
  private open: OpenRecord | undefined;
  /** Class of lines that no open record takes. */
  private current: LineClass = "unparsed";
  private readonly drafts: Draft[] = [];
  private readonly undecided: Undecided[] = [];
  /** Marks of section lines wait for the time of the next record. */
  private waiting: Unplaced[] = [];
  private lastRecord: { placed: Placed; resolutionMs: DurationMs } | undefined;
  private readonly coverage = new LogCoverage();
  private jsonRows = false;
  /** The first record that names a zone. */
  private zoned: Evidence | undefined;
  /** Results of the session so far. */
  private readonly results = new Set<string>();
  /** In a part of pytest's console that repeats what was printed before. */
  private repeating = false;

  constructor(
    private readonly recorder: Recorder,
    private readonly profile: CompiledProfile,
  ) {
    this.detections = new Detections(recorder, profile);
    this.sayings = new Sayings(profile);
  }

  /** @param arrival when the line was read, where the source says that: it is the time of a line that has none of its own */
  line(raw: string, line: number, terminated: boolean, arrival?: Arrival): void {
    const colourless = withoutAnsi(raw);
    // Loggers end every line: one without an end was cut, by a kill or by whoever copied the file. What it says is used as far as it can be read.
    if (!terminated && colourless.trim() !== "") this.recorder.diagnose("cut-line", "info", { line });
    if (this.blocks.take(colourless)) {
      this.recorder.count("ignored");
      if (this.open) this.open.cutAt = this.open.pieces.length;
      return;
    }
    const text = withoutProgramName(colourless);
    const record = parseLogRecord(text, this.profile.logFormats);
    if (record) {
      this.blocks.end();
      this.record(text, line, record);
      if (arrival !== undefined && record.zoneMinutes === undefined && !record.timeOnly && !record.yearless)
        this.clock.witness(record.at, arrival.utc);
    } else {
      this.detections.look(text, line);
      this.headerless(text, line, terminated, arrival);
    }
  }

  /** A line whose header was read already, where `takesPlain`. */
  record(text: string, line: number, record: LogRecord): void {
    const said = this.sayings.of(record.logger, record.message);
    if (!said.detected) this.detections.look(record.message, line);
    said.detected = true;
    this.jsonRows = record.variant === "json";
    this.begin(text, line, record, said);
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
    this.width.note(length);
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
    const width = this.width.find(captured || this.blocks.seen);
    let unordered = this.drafts.length > 0;
    for (const { length, lines, placed, resolutionMs, alone, whole } of this.undecided) {
      const chosen = length === width ? whole : alone;
      if (chosen.lineClass !== alone.lineClass) {
        this.recorder.counts[alone.lineClass] -= lines;
        this.recorder.counts[chosen.lineClass] += lines;
      }
      for (const event of chosen.events) this.add(event, placed, resolutionMs);
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
    if (unordered) this.recorder.events.sort((a, b) => a.evidence.line - b.evidence.line);
    this.coverage.tell(this.recorder, this.clock);
    const zone = this.clock.zoneMinutes;
    if (zone === undefined) return;
    this.recorder.zoneMinutes = zone;
    this.recorder.diagnose("zone-in-log", "info", { minutes: zone }, this.zoned);
  }

  private begin(text: string, line: number, record: LogRecord | null, said?: Said): void {
    this.close();
    this.open = { line, record, said, pieces: [text], cutAt: 0, lines: 1, size: text.length };
  }

  private headerless(text: string, line: number, terminated: boolean, arrival: Arrival | undefined): void {
    if (text.trim() === "") this.recorder.count("ignored");
    else if (isSection(text) || isProgress(text)) this.section(text, line);
    else if (isCaptured(text)) {
      this.close();
      this.current = "ignored";
      this.recorder.count("ignored");
    } else if (startsWithStamp(text) || isCutStamp(text) || (this.jsonRows && text.startsWith('{"'))) this.begin(text, line, null);
    else if (arrival !== undefined && this.saysSomething(text)) this.arrived(text, line, arrival);
    else if (this.open) this.continueRecord(this.open, text);
    else this.recorder.count(terminated || this.current !== "unparsed" ? this.current : "unparsed");
  }

  private arrived(text: string, line: number, arrival: Arrival): void {
    const record = arrivedRecord(text, arrival);
    this.begin(text, line, record);
    this.recorder.diagnose("arrival-times", "info", { resolutionMs: ARRIVAL_RESOLUTION_MS });
    if (record.resolutionMs >= 1000) this.recorder.diagnose("held-back-output", "warning", {}, this.recorder.evidence(line, text));
  }

  /** A line without a time of its own that a pattern knows is no continuation, unless pytest prints what it had captured long before. */
  private saysSomething(text: string): boolean {
    return !this.repeating && this.sayings.of("", text).pattern?.ignore === false;
  }

  private continueRecord(open: OpenRecord, text: string): void {
    open.lines += 1;
    open.size += text.length;
    if (open.size <= MATCH_LIMIT) open.pieces.push(text);
  }

  private section(text: string, line: number): void {
    this.close();
    this.width.note(text.length);
    this.current = "ignored";
    this.repeating = repeatsEarlierOutput(text) ?? this.repeating;
    const result = consoleResult(text);
    if (result) {
      const key = `${result.outcome} ${result.nodeId}`;
      // The summary at the end says it again.
      if (!this.results.has(key)) emitResult(this.recorder, { type: "test-result", ...result, evidence: this.recorder.evidence(line) });
      this.results.add(key);
      this.recorder.count("matched");
      return;
    }
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

  /** The open record is complete. */
  private close(): void {
    const open = this.open;
    if (!open) return;
    this.open = undefined;
    const joinedText = joined(open, this.width);
    const record = open.record ?? parseLogRecord(joinedText, this.profile.logFormats);
    if (!record) {
      this.current = "unparsed";
      this.recorder.count("unparsed", open.lines);
      return;
    }
    const placed = this.clock.place(record);
    this.coverage.see(placed);
    this.lastRecord = { placed, resolutionMs: record.resolutionMs };
    this.release();
    const text = open.pieces[0] ?? "";
    if (record.zoneMinutes !== undefined) this.zoned ??= this.recorder.evidence(open.line, text);
    this.decide(open, record, joinedText, placed);
  }

  private decide(open: OpenRecord, record: LogRecord, joinedText: string, placed: Placed): void {
    const text = open.pieces[0] ?? "";
    const { resolutionMs } = record;
    const said = open.said ?? this.sayings.of(record.logger, record.message);
    const alone = outcomeOf(said, { logger: record.logger, variant: record.variant, text }, open.line, this.recorder);
    let chosen = alone;
    const complete = joinedText === text || open.record === null ? null : parseLogRecord(joinedText, this.profile.logFormats);
    if (complete) {
      const wholly = this.sayings.of(complete.logger, complete.message);
      const whole = outcomeOf(wholly, { logger: complete.logger, variant: complete.variant, text: joinedText }, open.line, this.recorder);
      if (open.cutAt > 0 || (alone.events.length === 0 && whole.events.length > 0 && said.pattern?.ignore !== true)) chosen = whole;
      else if (alone.events.length > 0) {
        this.undecided.push({ length: text.length, lines: open.lines, placed, resolutionMs, alone, whole });
        chosen = { lineClass: alone.lineClass, events: [] };
      }
      if (chosen === whole) this.detections.look(complete.message, open.line);
    }
    this.current = chosen.lineClass;
    this.recorder.count(chosen.lineClass, open.lines);
    for (const event of chosen.events) this.add(event, placed, resolutionMs);
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
