import type { JobHistory } from "./cluster-history.js";
import { isFollowed, isTypedRow, type SourceReach } from "./coverage.js";
import type { JobDraft } from "./jobs.js";

/** How many Jobs a watch tells of whose end may stand in a row that could not be read. */
export function endsUnread(histories: readonly JobHistory[], jobs: readonly JobDraft[], reach: SourceReach): number {
  if (reach.lostLines.size === 0) return 0;
  const withoutEnd = new Set(jobs.flatMap(({ uid, gone }) => (gone === undefined ? [uid] : [])));
  return histories.filter(
    ({ uid, observations }) => withoutEnd.has(uid) && observations.some(isTypedRow) && !observations.some((row) => isFollowed(row, reach)),
  ).length;
}
