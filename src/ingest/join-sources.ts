import type { TimelineEvent } from "../model/event.js";
import type { SourceSummary } from "../model/source.js";
import { plainEvent } from "./event-table/event-table.js";
import type { FileReading } from "./read-file.js";

/**
 * Events of all files over one list of sources. A written timeline brings sources of its own: they follow the files, and events of one
 * that was also read as a file (same SHA-256) are left out.
 */
export function joinSources(readings: readonly FileReading[]): {
  events: readonly TimelineEvent[];
  sources: readonly SourceSummary[];
} {
  const sources = readings.map(({ summary }) => summary);
  const known = new Set(sources.map((source) => source.sha256));
  const events: TimelineEvent[] = [];
  for (const { embedded, events: read } of readings) {
    const indexes = embedded.map((source) => {
      if (known.has(source.sha256)) return undefined;
      known.add(source.sha256);
      return sources.push(source) - 1;
    });
    for (const event of read) {
      if (embedded.length === 0) events.push(event);
      else {
        const source = indexes[event.evidence.source];
        if (source !== undefined) events.push({ ...plainEvent(event), evidence: { ...event.evidence, source } });
      }
    }
  }
  return { events, sources };
}
