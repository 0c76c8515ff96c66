/**
 * Stage logs (docs/stage-log.md): JSON lines `{"postrun":"stage","version":1,...}` that a test runner writes itself; samples/python/ has
 * a writer. Read without any pattern of a profile. The zone that the stamps name is the runner's own; stamps in other zones of the same
 * file are turned into it. Rows of other programs between them are passed over.
 */
import type { LogMark } from "../../model/event.js";
import { STAGE_LOG_MESSAGE, type StageLogEvent, stageLogMark, WHOLE } from "../../model/stage-log.js";
import type { JsonObject } from "../../model/text/json-object.js";
import { forEachLine } from "../bytes/lines.js";
import type { Ingester } from "../ingester.js";
import { asText, parseObject } from "../json/json-fields.js";
import type { LineClass, Recorder } from "../recorder.js";
import { parseRfc3339, zoneMinutes } from "../stamps/stamps.js";

const ROW_LIMIT = 256 * 1024;
const VERSION = 1;
const RECORD = /\{\s*"postrun"\s*:\s*"stage"/;
/** Names of stages, as ids of a profile. */
const STAGE_NAME = /^[a-z0-9][a-z0-9-]{0,99}$/;
const OUTCOMES_OK: ReadonlySet<string> = new Set(["", "ok"]);
/** Fields with a meaning of their own; the others become values of the mark. */
const FIELDS: ReadonlySet<string> = new Set([
  "postrun",
  "version",
  "time",
  "stage",
  "event",
  "outcome",
  "error",
  "investigation",
  "job_id",
]);

export const stageLog: Ingester = {
  id: "stage-log",
  matches: isStageRecord,
  async read(source, recorder) {
    recorder.clock = "runner";
    const reader = new StageLogReader(recorder);
    const cut = await forEachLine(source, (text, line, terminated) => recorder.count(reader.line(text, line, terminated)), ROW_LIMIT);
    if (cut > 0) recorder.diagnose("long-line", "warning", { lines: cut, limit: ROW_LIMIT });
    if (recorder.counts.matched === 0) recorder.diagnose("no-recognised-line", "warning", { lines: recorder.counts.lines });
  },
};

/** Whether a line holds a record of a stage log. */
export function isStageRecord(line: string): boolean {
  return RECORD.test(line);
}

/** Reads the records of one source. */
export class StageLogReader {
  /** Zone of the file, from its first stamp [minutes east]. */
  private zone: number | undefined;
  /** Investigations of which a stage has failed: the record of the whole repeats that. */
  private readonly failed = new Set<string>();

  constructor(private readonly recorder: Recorder) {}

  line(text: string, line: number, terminated: boolean): LineClass {
    if (!RECORD.test(text)) return "ignored";
    const row = parseObject(text);
    if (row === null) {
      this.recorder.diagnose(terminated ? "unreadable-document" : "cut-document", "warning", { line }, this.recorder.evidence(line, text));
      return "unparsed";
    }
    const mark = this.mark(row, line, text);
    if (mark === null) {
      this.recorder.diagnose("unusable-stage-record", "warning", { line }, this.recorder.evidence(line, text));
      return "unparsed";
    }
    this.recorder.emit(mark);
    return "matched";
  }

  /** A record as a mark; null where a field that it must have is absent or has no such value. */
  private mark(row: JsonObject, line: number, text: string): LogMark | null {
    const stamp = parseRfc3339(row.time);
    const stage = row.stage === undefined || row.stage === null ? WHOLE : asText(row.stage);
    const investigation = textOf(row.investigation);
    const event = this.eventOf(row, stage, investigation);
    if (row.version !== VERSION || stamp === undefined || event === null || (investigation === "" && event !== "run")) return null;
    if (stage !== WHOLE && !STAGE_NAME.test(stage)) return null;
    const at = stamp.at + this.zoneOf(asText(row.time)) * 60_000;
    this.recorder.see(at);
    return {
      type: "log-mark",
      mark: stageLogMark(stage, event),
      at: { at, resolutionMs: stamp.resolutionMs, clock: "runner" },
      groups: groupsOf(row, investigation, event),
      logger: "",
      variant: "stage-log",
      message: messageOf(row, stage, investigation, event),
      evidence: this.recorder.evidence(line, event === "failed" ? text : undefined),
    };
  }

  private eventOf(row: JsonObject, stage: string, investigation: string): StageLogEvent | null {
    if (row.event === "start" || row.event === "run") return row.event;
    if (row.event !== "end") return null;
    if (OUTCOMES_OK.has(asText(row.outcome))) return "end";
    if (stage === WHOLE) return this.failed.has(investigation) ? "end" : "failed";
    this.failed.add(investigation);
    return "failed";
  }

  private zoneOf(time: string): number {
    if (this.zone !== undefined) return this.zone;
    this.zone = zoneMinutes(/(?:[Zz]|[+-]\d\d:?\d\d)$/.exec(time)?.[0]) ?? 0;
    this.recorder.zoneMinutes = this.zone;
    this.recorder.zoned = true;
    this.recorder.diagnose("zone-in-log", "info", { minutes: this.zone });
    return this.zone;
  }
}

/** Unique for its record, so that records of the same millisecond stay apart. */
function messageOf(row: JsonObject, stage: string, investigation: string, event: StageLogEvent): string {
  const error = textOf(row.error);
  const words = [STAGE_LOG_MESSAGE, investigation, stage, event === "failed" ? asText(row.outcome) : event].filter((word) => word !== "");
  return event === "failed" && error !== "" ? `${words.join(" ")}: ${error}` : words.join(" ");
}

/** The keys of correlation, and every plain value that the runner added. */
function groupsOf(row: JsonObject, investigation: string, event: StageLogEvent): Record<string, string> {
  const extra = Object.entries(row).flatMap(([name, value]) => {
    const text = textOf(value);
    return FIELDS.has(name) || text === "" ? [] : [[name, text] as const];
  });
  const jobId = textOf(row.job_id);
  const error = textOf(row.error) || asText(row.outcome);
  return {
    ...Object.fromEntries(extra),
    ...(event === "failed" ? { error } : {}),
    ...(jobId === "" ? {} : { jobId }),
    ...(investigation === "" ? {} : { investigation }),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" && Number.isFinite(value) ? String(value) : "";
}
