/**
 * Logs of test runners: logging records and pytest live-log records in one file, with pytest's section lines between, and rows of JSON-lines loggers
 * (formats: log-record.ts). Times are local without a zone as a rule, so the clock is "runner". Lines without a header continue the record
 * before them. Ignored on purpose: level, file and line of a record; captured records (`INFO name:file.py:270 message`), which have no time.
 */
import { basename } from "node:path";
import type { TextSource } from "../bytes/text-source.js";
import type { Ingester } from "../ingester.js";
import type { CompiledProfile } from "../log/compiled-profile.js";
import { withoutProgramName } from "../log/console-capture.js";
import { parseJsonRecord } from "../log/json-record.js";
import { LogLines } from "../log/log-lines.js";
import { LogReader, MATCH_LIMIT } from "../log/log-reader.js";
import { type LogFormat, parseLogRecord } from "../log/log-record.js";
import { PlainRecords } from "../log/plain-records.js";
import { isSection } from "../log/pytest-console.js";
import { drawings } from "../log/terminal-line.js";
import type { DateHint } from "../log/wall-clock.js";
import type { Recorder } from "../recorder.js";
import { wallTime } from "../stamps/stamps.js";

/** Mostly rows of a JSON-lines logger; text rows between them are read as well. */
export const jsonLog: Ingester = {
  id: "json-log",
  matches: (head) => {
    let rows = 0;
    let records = 0;
    for (const line of lines(head)) {
      if (line.startsWith("{") && parseJsonRecord(line)) rows += 1;
      else if (parseLogRecord(line)) records += 1;
    }
    return rows > records;
  },
  read: readLog,
};

export const pythonLog: Ingester = {
  id: "python-log",
  matches: (head, profile) =>
    lines(head).some((line) => isRecord(line, profile?.logFormats) || (isSection(line) && line.includes("test session starts"))),
  read: readLog,
};

function isRecord(line: string, formats: readonly LogFormat[] = []): boolean {
  return parseLogRecord(line, formats) !== null || formats.some((format) => format.hasUnreadTime(line));
}

function lines(head: string): string[] {
  return head.split("\n").flatMap((raw) => drawings(raw.slice(0, 4096)).map(withoutProgramName));
}

async function readLog(source: TextSource, recorder: Recorder, profile: CompiledProfile): Promise<void> {
  recorder.clock = "runner";
  const reader = new LogReader(recorder, profile);
  // Who inspects a log wants to see what no pattern takes.
  const lines = new LogLines(reader, MATCH_LIMIT, recorder.examination === undefined ? PlainRecords.of(profile) : undefined);
  for await (const block of source.bytes) lines.push(block);
  lines.end();
  reader.end(source.facts().encoding.includes("utf-16"), dateHint(source.path, recorder.modifiedAt));
  if (lines.cut > 0) recorder.diagnose("long-line", "info", { lines: lines.cut, limit: MATCH_LIMIT });
  if (recorder.table.holdsOnly("test-result")) {
    recorder.usable = false;
    recorder.diagnose("no-recognised-line", "warning", { lines: recorder.counts.lines });
  }
}

/** `console-2025-12-07.log`, `run_20251207_105000.txt`. */
function dateHint(path: string, modifiedAt: number | undefined): DateHint {
  const found = /(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)/.exec(basename(path));
  const day = found ? wallTime([found[1], found[3], found[4], "0", "0", "0"]) : undefined;
  return { ...(day === undefined ? {} : { day }), ...(modifiedAt === undefined ? {} : { modifiedAt }) };
}
