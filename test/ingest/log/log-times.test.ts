import { describe, expect, test } from "vitest";
import type { Unplaced } from "../../../src/ingest/log/log-marks.js";
import type { LogRecord } from "../../../src/ingest/log/log-record.js";
import { LogTimes } from "../../../src/ingest/log/log-times.js";
import { Recorder } from "../../../src/ingest/recorder.js";

const at = (text: string) => Date.parse(`${text}Z`);
const DAY = at("2025-12-07T00:00:00");

function mark(line: number): Unplaced {
  return { type: "log-mark", mark: "m", groups: {}, logger: "", variant: "logging", message: "", evidence: { source: 0, line } };
}

/** The times of a log whose recorder tells lines and times of what has left. */
function begin() {
  const recorder = new Recorder(0, "input");
  const times = new LogTimes(recorder);
  /** The record of a line, which says something. */
  const record = (line: number, time: number, facts: Partial<LogRecord> = {}) => {
    const text = "";
    const read = { at: time, resolutionMs: 1, logger: "", variant: "logging", message: text, ...facts };
    const placed = times.place(read, {
      line,
      record: read,
      said: undefined,
      pieces: [text],
      from: 0,
      telling: [],
      cutAt: 0,
      lines: 1,
      size: 0,
    });
    times.add([mark(line)], placed);
    return placed;
  };
  const left = () =>
    recorder.events.map((event) =>
      event.type === "log-mark" ? `${event.evidence.line} ${new Date(event.at.at).toISOString().slice(5, 19)}` : event.type,
    );
  return { recorder, times, record, left };
}

describe("events of a log", () => {
  test("leave with their record where its time is final", () => {
    const { record, left } = begin();
    record(1, at("2025-12-07T10:00:00"));
    expect(left()).toEqual(["1 12-07T10:00:00"]);
  });

  test("are held to the end, and come in the order of the log, where a date or zone is missing", () => {
    const { times, record, left, recorder } = begin();
    record(1, at("2025-12-07T09:59:00") - DAY, { timeOnly: true });
    record(2, at("2025-12-07T10:00:00"));
    record(3, at("2025-12-07T08:00:01"), { zoneMinutes: 0 });
    record(4, at("2025-12-07T10:00:02"));
    expect(left()).toEqual(["2 12-07T10:00:00", "4 12-07T10:00:02"]);
    times.end({});
    expect(left()).toEqual(["1 12-07T09:59:00", "2 12-07T10:00:00", "3 12-07T10:00:01", "4 12-07T10:00:02"]);
    expect(recorder).toMatchObject({ from: at("2025-12-07T09:59:00"), to: at("2025-12-07T10:00:02"), zoneMinutes: 120 });
    expect(recorder.diagnostics).toMatchObject([{ id: "zone-in-log", examples: [{ line: 3 }] }]);
  });

  test("have times that all name a zone, or not all", () => {
    for (const last of [{ zoneMinutes: 60 }, {}]) {
      const { times, record, recorder } = begin();
      record(1, at("2025-12-07T08:00:00"), { zoneMinutes: 0 });
      record(2, at("2025-12-07T09:00:01"), last);
      times.end({});
      expect(recorder).toMatchObject({ zoned: "zoneMinutes" in last });
    }
  });

  test("of a record that was undecided stand where it stands", () => {
    const { times, record, left } = begin();
    const undecided = record(1, at("2025-12-07T10:00:00"));
    record(3, at("2025-12-07T10:00:01"));
    times.addLate([mark(2)], undecided);
    times.end({});
    expect(left()).toEqual(["1 12-07T10:00:00", "2 12-07T10:00:00", "3 12-07T10:00:01"]);
  });

  test("of a line without a time take that of the next record, or else of the last", () => {
    const { times, record, left } = begin();
    times.addWithoutTime([mark(1)]);
    expect([times.takesPlain(undefined), left()]).toEqual([false, []]);
    record(2, at("2025-12-07T10:00:00"));
    expect([times.takesPlain(undefined), left()]).toEqual([true, ["1 12-07T10:00:00", "2 12-07T10:00:00"]]);
    times.addWithoutTime([mark(3)]);
    times.end({});
    expect(left().at(-1)).toBe("3 12-07T10:00:00");
  });

  test("of a log without any record are none, and their lines say nothing", () => {
    const { times, left, recorder } = begin();
    recorder.count("matched");
    times.addWithoutTime([mark(1)]);
    times.end({});
    expect([left(), recorder.counts]).toEqual([[], { lines: 1, matched: 0, ignored: 1, unparsed: 0 }]);
  });
});
