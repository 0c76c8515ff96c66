/**
 * postrun's own timeline as NDJSON: a header `{"postrun":"timeline","schemaVersion":1}`, a row `{"source":SourceSummary}` for each source, in
 * order, rows `{"note":ReadingNote}` and `{"hint":ParameterHint}` for what the reading told beside the events, and a row `{"event":TimelineEvent}` for each
 * event. All evidence points into those sources. Versions that know only some kinds of rows pass the others over.
 */

import { Readable } from "node:stream";
import { redactDeep } from "../../model/privacy/redaction.js";
import type { ParameterHint } from "../../model/source.js";
import type { JsonObject } from "../../model/text/json-object.js";
import type { TextSource } from "../bytes/text-source.js";
import { plainEvent } from "../event-table/event-table.js";
import type { Ingester } from "../ingester.js";
import type { JoinedSources } from "../join-sources.js";
import { asObject } from "../json/json-fields.js";
import type { CompiledProfile } from "../log/compiled-profile.js";
import type { EmbeddedInputs, ReadingNote } from "../recorder.js";

const SCHEMA_VERSION = 1;
/** Rows are short: the longest hold what one Job was given in its environment [characters]. */
const ROW_LIMIT = 16 * 1024 * 1024;

/** The timeline as a stream of NDJSON text, without secrets, as a report is. */
export function writeTimelineNdjson({ events, sources, hints, notes }: JoinedSources): Readable {
  function* rows(): Generator<object> {
    yield { postrun: "timeline", schemaVersion: SCHEMA_VERSION };
    for (const source of sources) yield { source: redactDeep(source) };
    for (const note of notes) yield { note: redactDeep(note) };
    for (const hint of hints) yield { hint: redactDeep(hint) };
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
  async read(source, recorder, profile) {
    const { default: ndjson } = await import("ndjson");
    const { isSourceSummary, isTimelineEvent, parameterHintOf, readingNoteOf } = await import("./timeline-rows.js");
    const embedded: EmbeddedInputs = { sources: [], hints: [], notes: [] };
    recorder.embedded = embedded;
    const takeRow = (row: JsonObject): boolean => {
      if (row.postrun === "timeline") return true;
      if (row.source !== undefined) {
        const known = isSourceSummary(row.source) ? row.source : undefined;
        embedded.sources.push(known);
        // A timeline is only written where the inputs said something, be it that there was nothing.
        if (known !== undefined) recorder.usable = true;
        return known !== undefined;
      }
      if (row.note !== undefined) return keep(readingNoteOf(row.note), embedded.notes, (note) => isPlacedNote(note, embedded));
      if (row.hint !== undefined) return keep(parameterHintOf(row.hint), embedded.hints, (hint) => isPlacedHint(hint, embedded, profile));
      if (!isTimelineEvent(row.event) || !isPlaced(row.event.evidence, embedded)) return false;
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

/** Keeps what is one and may be believed; returns whether it does. */
function keep<T>(row: T | undefined, rows: T[], isGood: (row: T) => boolean): boolean {
  if (row === undefined || !isGood(row)) return false;
  rows.push(row);
  return true;
}

/** Whether its source stood before it, and can be believed. */
function isPlaced({ source }: { readonly source: number }, { sources }: EmbeddedInputs): boolean {
  return sources[source] !== undefined;
}

function isPlacedNote({ source, diagnostic }: ReadingNote, embedded: EmbeddedInputs): boolean {
  return (source === undefined || isPlaced({ source }, embedded)) && diagnostic.examples.every((example) => isPlaced(example, embedded));
}

/** What this profile would never have recognised is of another. */
function isPlacedHint({ parameter, value, evidence }: ParameterHint, embedded: EmbeddedInputs, { detections }: CompiledProfile): boolean {
  return isPlaced(evidence, embedded) && detections.some((known) => known.parameter === parameter && known.value === value);
}

/** A line longer than the limit comes cut, and is no row any more. */
async function* wholeLines(source: TextSource): AsyncGenerator<string> {
  let held: string[] = [];
  let length = 0;
  const hold = (piece: string): void => {
    if (length < ROW_LIMIT) held.push(piece);
    length += piece.length;
  };
  for await (const chunk of source.chunks) {
    const [rest = "", ...lines] = chunk.split("\n");
    hold(rest);
    for (const line of lines) {
      yield held.join("");
      held = [];
      length = 0;
      hold(line);
    }
  }
  if (length > 0) yield held.join("");
}
