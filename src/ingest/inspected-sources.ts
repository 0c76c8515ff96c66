import { groupBy } from "../model/collections/group-by.js";
import type { TimelineEvent } from "../model/event.js";
import type { InspectedSource } from "../model/inspection.js";
import type { Profile } from "../model/profile.js";
import type { SourceSummary } from "../model/source.js";
import type { Examined } from "./files/read-file.js";
import type { ReadingNote } from "./recorder.js";

/** What `inspect` says of each source: what it is and why, what it told, and which patterns of the profile matched. */
export function inspectedSources(
  sources: readonly SourceSummary[],
  examined: ReadonlyMap<number, Examined>,
  { events, notes }: { readonly events: readonly TimelineEvent[]; readonly notes: readonly ReadingNote[] },
  profile: Profile,
): InspectedSource[] {
  const bySource = groupBy(events, (event) => event.evidence.source);
  const notesBySource = groupBy(notes, ({ source }) => source);
  return sources.map((source, index) => {
    const found = examined.get(index);
    const counts = [...groupBy(bySource.get(index) ?? [], (event) => event.type)].map(([type, ofType]) => [type, ofType.length]);
    const matched = found?.examination.patterns ?? new Map<string, number>();
    const heldAgainst = matched.size > 0 || (source.clock === "runner" && (found?.examination.unmatched ?? 0) > 0);
    return {
      ...source,
      ...(found?.why === undefined ? {} : { why: found.why }),
      events: Object.fromEntries(counts),
      patterns: heldAgainst ? Object.fromEntries(profile.patterns.map(({ id }) => [id, matched.get(id) ?? 0])) : {},
      unmatched: found?.examination.unmatched ?? 0,
      shapes: found?.examination.commonest() ?? [],
      diagnostics: (notesBySource.get(index) ?? []).map(({ diagnostic }) => diagnostic),
    };
  });
}
