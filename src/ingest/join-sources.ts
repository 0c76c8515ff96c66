import type { TimelineEvent } from "../model/event.js";
import type { Evidence, ParameterHint, SourceSummary } from "../model/source.js";
import { plainEvent } from "./event-table/event-table.js";
import type { FileReading } from "./files/read-file.js";
import type { ReadingNote } from "./recorder.js";

/** Everything that was read; all evidence points into the one list of sources. */
export interface JoinedSources {
  readonly events: readonly TimelineEvent[];
  readonly sources: readonly SourceSummary[];
  readonly hints: readonly ParameterHint[];
  readonly notes: readonly ReadingNote[];
}

/**
 * What all files say over one list of sources. A written timeline brings sources of its own: they follow the files, and what it says of one
 * that was also read as a file (same SHA-256) is left out.
 */
export function joinSources(readings: readonly FileReading[]): JoinedSources {
  const sources = readings.map(({ summary }) => summary);
  const events: TimelineEvent[] = [];
  const hints = readings.flatMap((reading) => reading.hints);
  const notes = readings.flatMap(({ diagnostics }, source) => diagnostics.map((diagnostic): ReadingNote => ({ source, diagnostic })));
  for (const { embedded, events: read } of readings) {
    if (embedded === undefined) {
      for (const event of read) events.push(event);
      continue;
    }
    // Several empty files have the same digest: those of one timeline are told apart.
    const known = new Set(sources.map(({ sha256 }) => sha256));
    const indexes = embedded.sources.map((source) =>
      source === undefined || known.has(source.sha256) ? undefined : sources.push(source) - 1,
    );
    for (const event of read) {
      const evidence = moved(event.evidence, indexes);
      if (evidence !== undefined) events.push({ ...plainEvent(event), evidence });
    }
    for (const hint of embedded.hints) {
      const evidence = moved(hint.evidence, indexes);
      if (evidence !== undefined) hints.push({ ...hint, evidence });
    }
    for (const note of embedded.notes) for (const movedTo of movedNote(note, indexes)) notes.push(movedTo);
  }
  return { events, sources, hints, notes };
}

/** By their place in a timeline, where its sources stand now; undefined for those that are left out. */
type Indexes = readonly (number | undefined)[];

function moved(evidence: Evidence, indexes: Indexes): Evidence | undefined {
  const source = indexes[evidence.source];
  return source === undefined ? undefined : { ...evidence, source };
}

function movedNote({ source: place, diagnostic }: ReadingNote, indexes: Indexes): readonly ReadingNote[] {
  const examples = diagnostic.examples.flatMap((example) => moved(example, indexes) ?? []);
  if (place === undefined) return [{ diagnostic: { ...diagnostic, examples } }];
  const source = indexes[place];
  return source === undefined ? [] : [{ source, diagnostic: { ...diagnostic, examples } }];
}
