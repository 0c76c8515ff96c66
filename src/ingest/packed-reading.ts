/** A reading on its way from one thread to another, where it is that of source 0. */
import type { TimelineEvent } from "../model/event.js";
import type { Evidence } from "../model/source.js";
import { type EventTable, type PackedEvents, unpackEvents } from "./event-table/event-table.js";
import type { FileReading } from "./read-file.js";

export interface PackedReading {
  readonly events: PackedEvents;
  readonly rest: Pick<FileReading, "summary" | "contentSha256" | "usable" | "hints" | "diagnostics">;
}

/** `transfer` are the buffers that go over without a copy. */
export function packReading(
  { summary, contentSha256, usable, hints, diagnostics }: FileReading,
  table: EventTable,
): { readonly packed: PackedReading; readonly transfer: readonly ArrayBuffer[] } {
  const { packed: events, transfer } = table.pack();
  return { packed: { events, rest: { summary, contentSha256, usable, hints, diagnostics } }, transfer };
}

/** The reading as that of the source with this index. */
export function unpackReading({ events, rest }: PackedReading, source: number): FileReading {
  const moved = <T extends { readonly evidence: Evidence }>(item: T): T => ({ ...item, evidence: { ...item.evidence, source } });
  return {
    ...rest,
    events: unpackEvents({ ...events, plain: events.plain.map((event): TimelineEvent => moved(event)) }, source),
    embedded: [],
    hints: rest.hints.map(moved),
    diagnostics: rest.diagnostics.map((note) => ({ ...note, examples: note.examples.map((example) => ({ ...example, source })) })),
  };
}
