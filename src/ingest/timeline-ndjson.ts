/**
 * postrun's own timeline as NDJSON: a header `{"postrun":"timeline","schemaVersion":1}`, a row `{"source":SourceSummary}` for each source, in
 * order, and a row `{"event":TimelineEvent}` for each event, whose evidence points into those sources.
 */
import { Readable } from "node:stream";
import type { TimelineEvent } from "../model/event.js";
import { redactDeep } from "../model/redaction.js";
import type { SourceSummary } from "../model/source.js";
import { plainEvent } from "./event-table/event-table.js";
import type { Ingester } from "./ingester.js";
import { asObject, type JsonObject } from "./json-fields.js";
import type { TextSource } from "./text-source.js";

const SCHEMA_VERSION = 1;

/** The timeline as a stream of NDJSON text, without secrets, as a report is. */
export function writeTimelineNdjson(events: readonly TimelineEvent[], sources: readonly SourceSummary[]): Readable {
  function* rows(): Generator<object> {
    yield { postrun: "timeline", schemaVersion: SCHEMA_VERSION };
    for (const source of sources) yield { source: redactDeep(source) };
    for (const event of events) yield { event: redactDeep(plainEvent(event)) };
  }
  async function* texts(): AsyncGenerator<string> {
    const { default: ndjson } = await import("ndjson");
    yield* Readable.from(rows()).pipe(ndjson.stringify());
  }
  // Once more through Node's own class: the package's stream is of an older one.
  return Readable.from(texts());
}

export const timelineNdjson: Ingester = {
  id: "postrun-timeline",
  matches: (head) => /^\s*\{"postrun":"timeline","schemaVersion":1\}/.test(head),
  async read(source, recorder) {
    const { default: ndjson } = await import("ndjson");
    const { isSourceSummary, isTimelineEvent } = await import("./timeline-rows.js");
    const takeRow = (row: JsonObject): boolean => {
      if (row.postrun === "timeline") return true;
      if (isSourceSummary(row.source)) {
        recorder.embedded.push(row.source);
        return true;
      }
      if (!isTimelineEvent(row.event) || row.event.evidence.source >= recorder.embedded.length) return false;
      recorder.emit(row.event);
      return true;
    };
    let handed = 0;
    let read = 0;
    async function* objects(): AsyncGenerator<string> {
      for await (const line of wholeLines(source)) {
        if (line.startsWith("{")) {
          handed += 1;
          yield `${line}\n`;
        } else recorder.count(line.trim() === "" ? "ignored" : "unparsed");
      }
    }
    for await (const row of Readable.from(objects()).pipe(ndjson.parse({ strict: false }))) {
      read += 1;
      recorder.count(takeRow(asObject(row)) ? "matched" : "ignored");
    }
    recorder.count("unparsed", handed - read);
    if (recorder.counts.unparsed > 0) recorder.diagnose("unreadable-document", "warning", { lines: recorder.counts.unparsed });
  },
};

async function* wholeLines(source: TextSource): AsyncGenerator<string> {
  let pending = "";
  for await (const chunk of source.chunks) {
    const lines = (pending + chunk).split("\n");
    pending = lines.pop() ?? "";
    yield* lines;
  }
  if (pending !== "") yield pending;
}
