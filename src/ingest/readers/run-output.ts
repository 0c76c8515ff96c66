/**
 * The output of a command that `postrun run` wrapped (docs/formats.md): NDJSON, a header `{"postrun":"output","version":1,"event":"start",...}`,
 * then each line as `{"received","stream","text"}`. Lines are read as a log (log-reader.ts); one without a time of its own gets that of its arrival.
 * Records of a stage log among them are read as such. Ignored on purpose: the rest of a line longer than a row, which of the streams it was.
 */

import type { JsonObject } from "../../model/text/json-object.js";
import { forEachLine } from "../bytes/lines.js";
import type { Ingester } from "../ingester.js";
import { asNumber, asText, parseObject } from "../json/json-fields.js";
import type { Arrival } from "../log/arrival.js";
import { LogReader } from "../log/log-reader.js";
import type { Recorder } from "../recorder.js";
import { parseRfc3339 } from "../stamps/stamps.js";
import { isStageRecord, StageLogReader } from "./stage-log.js";

/** A row holds at most 1 MiB of a line, escaped. */
const ROW_LIMIT = 8 * 1024 * 1024;
const HEADER = /^\s{0,9}\{"postrun":"output"/;

export const runOutput: Ingester = {
  id: "run-output",
  matches: (head) => HEADER.test(head),
  async read(source, recorder, profile) {
    recorder.clock = "runner";
    const rows = new RowReader(recorder, new LogReader(recorder, profile));
    await forEachLine(source, (text, line, terminated) => rows.row(text, line, terminated), ROW_LIMIT);
    rows.end();
  },
};

class RowReader {
  private zoneMinutes = 0;
  /** Streams whose next row goes on with a line that was too long. */
  private readonly goesOn = new Set<string>();
  private readonly stages: StageLogReader;

  constructor(
    private readonly recorder: Recorder,
    private readonly log: LogReader,
  ) {
    this.stages = new StageLogReader(recorder);
  }

  row(text: string, line: number, terminated: boolean): void {
    const row = parseObject(text);
    if (row === null) {
      this.recorder.count("unparsed");
      this.recorder.diagnose(terminated ? "unreadable-document" : "cut-document", "warning", { line }, this.recorder.evidence(line, text));
      return;
    }
    if (row.postrun === "output") this.event(row);
    else this.line(row, line);
  }

  end(): void {
    this.log.end(false, {});
    if (this.recorder.table.holdsOnly("test-result")) {
      this.recorder.usable = false;
      this.recorder.diagnose("no-recognised-line", "warning", { lines: this.recorder.counts.lines });
    }
  }

  private event(row: JsonObject): void {
    this.recorder.count("ignored");
    if (row.event === "start") this.zoneMinutes = asNumber(row.zoneMinutes) ?? 0;
  }

  private line(row: JsonObject, line: number): void {
    const stream = asText(row.stream);
    const isRest = this.goesOn.delete(stream);
    if (row.cut === "limit") this.goesOn.add(stream);
    const text = textOf(row);
    const received = parseRfc3339(row.received);
    if (text === null || received === undefined) {
      this.recorder.count("unparsed");
      this.recorder.diagnose("unreadable-document", "warning", { line });
    } else if (isRest) this.recorder.count("ignored");
    else if (isStageRecord(text)) this.recorder.count(this.stages.line(text, line, true));
    else this.log.line(text, line, row.cut !== "end", { arrival: this.arrival(received.at, row) });
  }

  private arrival(utc: number, row: JsonObject): Arrival {
    const since = parseRfc3339(row.since)?.at;
    const completed = parseRfc3339(row.completed)?.at;
    return {
      utc,
      zoneMinutes: this.zoneMinutes,
      ...(since === undefined ? {} : { since }),
      ...(completed === undefined ? {} : { completed }),
    };
  }
}

/** Bytes that were no UTF-8: most likely a code page; what matters to patterns is ASCII in all of them. */
function textOf(row: JsonObject): string | null {
  if (typeof row.text === "string") return row.text;
  return typeof row.base64 === "string" ? Buffer.from(row.base64, "base64").toString("latin1") : null;
}
