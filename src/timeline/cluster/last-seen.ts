/** Until when the sources show that a Job was there, and whether they would have shown it go. */
import type { Evidence } from "../../model/source.js";
import type { EpochMs } from "../../model/time.js";
import type { JobHistory } from "./cluster-history.js";
import { isFollowed, type SourceReach } from "./coverage.js";
import { markedAt } from "./foreground-deletion.js";
import type { JobContext } from "./jobs.js";
import { isMissed } from "./missed-pods.js";
import { lastSignOfLife } from "./moments.js";
import { isOrphaned, leftBehindOf } from "./pod-moments.js";

/** Until when a Job is known to have been open whose end no source tells. `went`: it is gone since. `endVisible`: some source would have shown that it went. */
export function openUntil(
  history: JobHistory,
  finished: boolean,
  context: JobContext,
): { readonly at: EpochMs; readonly went: boolean; readonly endVisible: boolean } {
  const gap = context.gaps.gone.get(history.uid);
  // Of a row without a time of its own that is the last thing known, nothing tells how late it came.
  const deleted = history.observations.find(({ change }) => change === "DELETED");
  const left = history.pods.some((pod) => leftBehindOf(pod, context) !== undefined);
  const went = deleted !== undefined || gap !== undefined || left;
  const shownUntil = went ? undefined : endShownUntil(history, finished, context.reach);
  const at = Math.max(lastSignOfLife(history, deleted, context), shownUntil ?? gap?.lo ?? Number.NEGATIVE_INFINITY);
  return { at, went, endVisible: shownUntil !== undefined };
}

/**
 * Until when some source would have shown this very Job go; undefined where none would. Events alone show the end of a running Job (the Killing of its
 * Pod), but nothing of a finished one; a List shows no end at all, nor a watch whose row of it may be among those that could not be read. When the last of
 * its Pods is gone, or was left behind, or went while their watch was down, nothing of a Pod tells more of it; nor do Events once it was marked for deletion.
 */
function endShownUntil(history: JobHistory, finished: boolean, reach: SourceReach): EpochMs | undefined {
  let until = isProvenByAudit(history, reach) ? (reach.audit?.hi ?? Number.NEGATIVE_INFINITY) : undefined;
  const see = ({ source }: Evidence) => {
    until = Math.max(until ?? Number.NEGATIVE_INFINITY, reach.ends.get(source) ?? Number.NEGATIVE_INFINITY);
  };
  const { pods } = history;
  const there = pods.filter(
    (pod) => !isOrphaned(pod) && !isMissed(pod, reach) && !pod.observations.some(({ change }) => change === "DELETED"),
  );
  const mayBeKilled = !finished && markedAt(history) === undefined && (pods.length === 0 || there.length > 0);
  for (const { observations, events } of [history, ...there]) {
    for (const row of observations) if (isFollowed(row, reach)) see(row.evidence);
    for (const event of mayBeKilled ? events : []) see(event.evidence);
  }
  return until;
}

/** The audit log tells of it, and would have told of its deletion. */
function isProvenByAudit({ audit }: JobHistory, { auditIsWhole }: SourceReach): boolean {
  return auditIsWhole && audit !== undefined && audit.provenUntil === undefined;
}

/** A source that would have shown the Job's deletion and went on without showing it proves that the Job was still there. */
export function lastSeenAlive(history: JobHistory, reach: SourceReach): EpochMs | undefined {
  let last = isProvenByAudit(history, reach) ? reach.audit?.hi : undefined;
  for (const row of history.observations) {
    const end = isFollowed(row, reach) ? reach.ends.get(row.evidence.source) : undefined;
    if (end !== undefined) last = Math.max(last ?? end, end);
  }
  return last;
}
