/** What the report says of each source. */

import { toClusterTime, toUtc } from "../model/clock.js";
import type { ReportSource } from "../model/report.js";
import type { Diagnostic, SourceSummary } from "../model/source.js";
import { type EpochMs, isoFromEpoch, isRunnerClock, localIso } from "../model/time.js";
import { clockOf, clockOfInvestigation, type Timeline } from "../model/timeline.js";

/** The sources by the clocks that the timeline found for them, and which of them ended before the run did. */
export function placedSources(
  given: readonly SourceSummary[],
  timeline: Timeline,
): { readonly sources: readonly SourceSummary[]; readonly endsEarly: readonly boolean[] } {
  const sources = given.map((source, index) => ({ ...source, ...timeline.logs?.get(index) }));
  return { sources, endsEarly: sources.map((source, index) => endsBeforeRun(source, index, timeline)) };
}

/** A source as the report has it: its times in UTC, or in the runner's own time where nothing places them. */
export function reportSource(source: SourceSummary, endsEarly: boolean, timeline: Timeline): ReportSource {
  const clock = source.clock === null ? undefined : clockOf(timeline, source.clock);
  const place = (reading: EpochMs | null) => (reading === null ? null : toUtc(clock, reading));
  const [from, to] = [place(source.from), place(source.to)];
  const { path, sha256, format, encoding, bytes, lines, matched, ignored, unparsed } = source;
  const local = {
    ...(from === null && source.from !== null ? { fromLocal: localIso(source.from) } : {}),
    ...(to === null && source.to !== null ? { toLocal: localIso(source.to) } : {}),
  };
  return {
    path,
    sha256,
    format,
    encoding,
    bytes,
    lines,
    matched,
    ignored,
    unparsed,
    from: from === null ? null : isoFromEpoch(from),
    to: to === null ? null : isoFromEpoch(to),
    ...local,
    clock: source.clock,
    endsEarly,
  };
}

/** A capture that showed nothing of investigations begun this long after its last row has ended before the run. */
const EARLY_END_SLACK_MS = 5000;

/**
 * A watch ends silently when the server closes it. It ended early if an investigation was begun after its last row: that would have shown. Not where
 * another went on after it.
 */
function endsBeforeRun(source: SourceSummary, index: number, timeline: Timeline): boolean {
  if (source.clock === null || isRunnerClock(source.clock) || source.to === null || timeline.runLines.has(index)) return false;
  if (timeline.continued?.has(index)) return false;
  const end = toClusterTime(clockOf(timeline, source.clock), source.to);
  if (end === null) return false;
  return timeline.investigations.some((investigation) => {
    const begun = toClusterTime(clockOfInvestigation(timeline, investigation), investigation.points[0]?.at ?? Number.NaN);
    return begun !== null && begun > end + EARLY_END_SLACK_MS;
  });
}

/** Which sources ended before the run did. */
export function coverageDiagnostics(sources: readonly SourceSummary[], endsEarly: readonly boolean[], timeline: Timeline): Diagnostic[] {
  const runEnd = timeline.logSpan === null ? null : toClusterTime(clockOf(timeline, "runner"), timeline.logSpan.hi);
  return sources.flatMap((source, index) => {
    if (!endsEarly[index] || source.to === null || runEnd === null || source.clock === null) return [];
    const at = toClusterTime(clockOf(timeline, source.clock), source.to);
    const values = { path: source.path, at: at === null ? "?" : isoFromEpoch(at), runEnd: isoFromEpoch(runEnd) };
    return [{ id: "source-ends-early", severity: "warning" as const, count: 1, values, examples: [] }];
  });
}
