/**
 * Logs of Python test runners: logging records and pytest live-log records in one file, with pytest's section lines between (formats:
 * log-record.ts). Times are local without a zone, so the clock is "runner". Lines without a header continue the record before them.
 * Ignored on purpose: level, file and line of a record; captured records (`INFO name:file.py:270 message`), which have no time.
 */
import type { LogMark } from "../model/event.js";
import type { Instant } from "../model/time.js";
import { type CompiledProfile, firstMatch } from "./compiled-profile.js";
import { findHttpDate } from "./http-date.js";
import type { Ingester } from "./ingester.js";
import { forEachLine } from "./lines.js";
import { type LogRecord, parseLogRecord, startsWithStamp, withoutAnsi } from "./log-record.js";
import { detach, type LineClass, type Recorder } from "./recorder.js";

/** Longest line that is searched [characters]; longer ones are bodies, not messages. */
const MATCH_LIMIT = 64 * 1024;
/** `==== test session starts ====`, `---- live log call ----`. */
const SECTION = /^([=_-])\1{2,} .{1,300} \1{3,}$/;
/** `PASSED [ 50%]`, `tests/test_load.py::test_30 PASSED`. */
const PROGRESS = /^(?:(?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)\b|\S{1,300}\.py::)/;

export const pythonLog: Ingester = {
  id: "python-log",
  matches: (head) =>
    head.split("\n").some((raw) => {
      const line = withoutAnsi(raw.slice(0, 4096));
      return parseLogRecord(line) !== null || (SECTION.test(line) && line.includes("test session starts"));
    }),
  async read(source, recorder, profile) {
    recorder.clock = "runner";
    const reader = new LogReader(recorder, profile);
    const cut = await forEachLine(source, (text, line, terminated) => reader.line(text, line, terminated), MATCH_LIMIT);
    reader.end();
    if (cut > 0) recorder.diagnose("long-line", "info", { lines: cut, limit: MATCH_LIMIT });
    if (recorder.counts.matched === 0) {
      recorder.usable = false;
      recorder.diagnose("no-recognised-line", "warning", { lines: recorder.counts.lines });
    }
  },
};

class LogReader {
  /** Class of the record that a line without a header continues; before the first one there is none. */
  private current: LineClass = "unparsed";
  private lastTime: Instant | undefined;
  /** Marks of section lines wait for the time of the next record. */
  private waiting: Omit<LogMark, "at">[] = [];
  private readonly detected = new Set<number>();

  constructor(
    private readonly recorder: Recorder,
    private readonly profile: CompiledProfile,
  ) {}

  line(raw: string, line: number, terminated: boolean): void {
    const text = withoutAnsi(raw);
    const record = parseLogRecord(text);
    this.detect(record?.message ?? text, line);
    if (record) this.recorder.count(this.record(record, text, line));
    else this.recorder.count(this.headerless(text, line, terminated));
  }

  /** Marks that no record followed take the time of the last one. */
  end(): void {
    if (this.lastTime) this.release(this.lastTime);
    else if (this.waiting.length > 0) {
      this.recorder.counts.matched -= this.waiting.length;
      this.recorder.counts.ignored += this.waiting.length;
    }
  }

  private record(record: LogRecord, text: string, line: number): LineClass {
    const at: Instant = { at: record.at, resolutionMs: record.resolutionMs, clock: "runner" };
    this.lastTime = at;
    this.recorder.see(record.at);
    if (record.zoneMinutes !== undefined) {
      this.recorder.diagnose("zone-in-log", "info", { minutes: record.zoneMinutes }, this.recorder.evidence(line, text));
    }
    this.release(at);
    this.current = "ignored";
    this.httpDate(record.message, at, line);
    const found = firstMatch(this.profile, record.logger, record.message);
    if (found && !found.pattern.ignore) {
      this.current = "matched";
      this.recorder.emit({ ...this.mark(found, record.message, record.logger, record.variant, line, text), at });
    }
    return this.current;
  }

  private headerless(text: string, line: number, terminated: boolean): LineClass {
    if (text.trim() === "") return "ignored";
    if (SECTION.test(text) || PROGRESS.test(text)) {
      this.current = "ignored";
      const found = firstMatch(this.profile, "", text);
      if (!found || found.pattern.ignore) return "ignored";
      this.waiting.push(this.mark(found, text, "", "pytest-section", line, text));
      return "matched";
    }
    if (startsWithStamp(text)) this.current = "unparsed";
    else if (!terminated && /^\d{4}-[\d :T-]*$/.test(text)) return "unparsed";
    return this.current;
  }

  private mark(
    found: NonNullable<ReturnType<typeof firstMatch>>,
    message: string,
    logger: string,
    variant: string,
    line: number,
    text: string,
  ): Omit<LogMark, "at"> {
    return {
      type: "log-mark",
      mark: found.pattern.id,
      groups: Object.fromEntries(Object.entries(found.groups).map(([name, value]) => [name, detach(value)])),
      logger: detach(logger),
      variant,
      message: detach(message),
      evidence: this.recorder.evidence(line, found.pattern.fails ? text : undefined),
    };
  }

  private release(at: Instant): void {
    for (const mark of this.waiting) this.recorder.emit({ ...mark, at });
    this.waiting = [];
  }

  private httpDate(message: string, logged: Instant, line: number): void {
    const found = findHttpDate(message);
    if (!found) return;
    this.current = "matched";
    this.recorder.emit({ type: "http-date", host: detach(found.host), logged, date: found.date, evidence: this.recorder.evidence(line) });
  }

  private detect(text: string, line: number): void {
    for (const [index, { parameter, value, expression }] of this.profile.detections.entries()) {
      if (this.detected.has(index) || !expression.exec(text)) continue;
      this.detected.add(index);
      this.recorder.hints.push({ parameter, value, text: detach(text.slice(0, 300)), evidence: this.recorder.evidence(line) });
    }
  }
}
