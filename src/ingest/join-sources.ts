import type { TimelineEvent } from "../model/event.js";
import type { SourceSummary } from "../model/source.js";
import { plainEvent } from "./event-table/event-table.js";
import type { Recorder } from "./recorder.js";

/**
 * Events of all recorders over one list of sources. A written timeline brings sources of its own: they follow the files, and events of one
 * that was also read as a file (same SHA-256) are left out.
 */
export function joinSources(
  recorders: readonly Recorder[],
  read: readonly SourceSummary[],
): { events: readonly TimelineEvent[]; sources: readonly SourceSummary[] } {
  const sources = [...read];
  const known = new Set(read.map((source) => source.sha256));
  const events = recorders.flatMap((recorder) => {
    if (recorder.embedded.length === 0) return recorder.events;
    const indexes = recorder.embedded.map((source) => {
      if (known.has(source.sha256)) return undefined;
      known.add(source.sha256);
      return sources.push(source) - 1;
    });
    return recorder.events.flatMap((event) => {
      const source = indexes[event.evidence.source];
      return source === undefined ? [] : [{ ...plainEvent(event), evidence: { ...event.evidence, source } }];
    });
  });
  return { events, sources };
}
