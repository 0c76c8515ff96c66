/** Pods that a watch shows, and that are not in the list with which it began again in the same file: what became of them, and so of their Jobs, is in no row. */
import type { PodObservation } from "../model/event.js";
import { groupBy } from "../model/group-by.js";
import { inOrder } from "../model/in-order.js";
import type { SourceSummary } from "../model/source.js";
import type { JobHistory, PodHistory } from "./cluster-history.js";
import { isTypedRow, type SourceReach } from "./coverage.js";
import type { JobDraft } from "./jobs.js";
import { laterLists } from "./later-lists.js";

/** By source, the line at which its last list of Pods may begin; only of watches that began again. A capture of postrun's own says itself what it missed. */
export function lastPodLists(podRows: readonly PodObservation[], sources: readonly SourceSummary[]): ReadonlyMap<number, number> {
  const lines = new Map<number, number>();
  for (const [source, rows] of groupBy(podRows.filter(isTypedRow), ({ evidence }) => evidence.source)) {
    if (sources[source]?.selfDescribing) continue;
    const inFile = inOrder(rows, (a, b) => a.evidence.line - b.evidence.line);
    const last = laterLists(
      inFile.map(({ change, pod: { uid, resourceVersion, phase, node } }) => ({
        ...{ change, uid, resourceVersion },
        atWork: phase !== "Pending" || node !== undefined,
      })),
    ).at(-1);
    const first = last === undefined ? undefined : inFile[last.listFrom];
    if (first !== undefined) lines.set(source, first.evidence.line);
  }
  return lines;
}

/** Whether its source goes on without it. */
export function isMissed({ observations }: PodHistory, { podsListedFrom }: Pick<SourceReach, "podsListedFrom">): boolean {
  const last = observations.at(-1);
  return last !== undefined && last.change !== "DELETED" && last.evidence.line < (podsListedFrom.get(last.evidence.source) ?? 0);
}

/** Of how many serving Jobs it is unknown whether they went, because their Pods were missed. */
export function endsMissed(histories: readonly JobHistory[], jobs: readonly JobDraft[], reach: SourceReach): number {
  if (reach.podsListedFrom.size === 0) return 0;
  const missed = new Set(histories.flatMap(({ uid, pods }) => (pods.some((pod) => isMissed(pod, reach)) ? [uid] : [])));
  return jobs.filter((job) => job.role === "serving" && job.gone === undefined && job.mechanism === "unknown" && missed.has(job.uid))
    .length;
}
