/** A reading on its way from one thread to another, where it is that of source 0. */
import type { TimelineEvent } from "../../model/event.js";
import type { Evidence } from "../../model/source.js";
import type { Place } from "../event-table/event-rows.js";
import { type EventTable, type PackedEvents, unpackEvents } from "../event-table/event-table.js";
import type { FileReading } from "./read-file.js";

export interface PackedReading {
  readonly events: PackedEvents;
  readonly rest: Pick<FileReading, "summary" | "contentSha256" | "isValidText" | "usable" | "hints" | "diagnostics">;
}

/** `transfer` are the buffers that go over without a copy. */
export function packReading(
  { summary, contentSha256, isValidText, usable, hints, diagnostics }: FileReading,
  table: EventTable,
): { readonly packed: PackedReading; readonly transfer: readonly ArrayBuffer[] } {
  const { packed: events, transfer } = table.pack();
  return { packed: { events, rest: { summary, contentSha256, isValidText, usable, hints, diagnostics } }, transfer };
}

/** The reading as it stands here, its lines behind others where it is a piece. */
export function unpackReading({ events, rest }: PackedReading, place: Place): FileReading {
  const { source, linesBefore } = place;
  const moved = (evidence: Evidence): Evidence => ({ ...evidence, source, line: evidence.line + linesBefore });
  const plain = events.plain.map((event): TimelineEvent => ({ ...event, evidence: moved(event.evidence) }));
  return {
    ...rest,
    events: unpackEvents({ ...events, plain }, place),
    // A piece has none but those of the name of its file.
    hints: rest.hints.map((hint) => ({ ...hint, evidence: { ...hint.evidence, source } })),
    diagnostics: rest.diagnostics.map(({ values, examples, ...note }) => ({
      ...note,
      values: typeof values.line === "number" ? { ...values, line: values.line + linesBefore } : values,
      examples: examples.map(moved),
    })),
  };
}
