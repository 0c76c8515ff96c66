/** Pods that a watch shows, and that are not in the list with which it began again in the same file: what became of them, and so of their Jobs, is in no row. */

import { groupBy } from "../../model/collections/group-by.js";
import { inOrder } from "../../model/collections/in-order.js";
import type { PodObservation } from "../../model/event.js";
import type { SourceSummary } from "../../model/source.js";
import type { JobHistory, PodHistory } from "./cluster-history.js";
import { isTypedRow, type SourceReach } from "./coverage.js";
import type { JobDraft } from "./jobs.js";
import { laterLists } from "./later-lists.js";

/**
 * By source and namespace, the line at which its last list of Pods may begin; only of watches that began again. Watches of several namespaces may write into one file, and the first list
 * of one is none of the others: a list is of the namespaces that it shows, and of all where the watch before it was of several. A capture of postrun's own says itself what it missed.
 */
export function lastPodLists(podRows: readonly PodObservation[], sources: readonly SourceSummary[]): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const [source, rows] of groupBy(podRows.filter(isTypedRow), ({ evidence }) => evidence.source)) {
    if (sources[source]?.selfDescribing) continue;
    const inFile = inOrder(rows, (a, b) => a.evidence.line - b.evidence.line);
    const lists = laterLists(
      inFile.map((row) => ({ change: row.change, uid: row.pod.uid, resourceVersion: row.pod.resourceVersion, atWork: isAtWork(row) })),
    );
    const known = new Set<string>();
    lists.forEach(({ listFrom }, index) => {
      const ofWatchBefore = inFile.slice(lists[index - 1]?.listFrom ?? 0, listFrom);
      for (const { pod } of ofWatchBefore) known.add(pod.uid);
      const before = watchesOf(ofWatchBefore);
      const first = inFile[listFrom];
      const listed = listedIn(inFile.slice(listFrom, lists[index + 1]?.listFrom), known);
      const relisted = [...watchesOf(listed), ...(before.size > 1 ? before : [])];
      if (first !== undefined) for (const watch of relisted) lines.set(watch, first.evidence.line);
    });
  }
  return lines;
}

/** The rows of a watch that begins with a list which are of that list for certain: the Pod was there before it. */
function listedIn(watch: readonly PodObservation[], known: ReadonlySet<string>): readonly PodObservation[] {
  const end = watch.findIndex(({ change }) => change !== "ADDED");
  return watch.slice(0, end < 0 ? undefined : end).filter((row) => isAtWork(row) || known.has(row.pod.uid));
}

function isAtWork({ pod: { phase, node } }: PodObservation): boolean {
  return phase !== "Pending" || node !== undefined;
}

function watchesOf(rows: readonly PodObservation[]): ReadonlySet<string> {
  return new Set(rows.map(watchOf));
}

function watchOf({ evidence, pod }: PodObservation): string {
  return `${evidence.source} ${pod.namespace}`;
}

/** Whether its source goes on without it. */
export function isMissed({ observations }: PodHistory, { podsListedFrom }: Pick<SourceReach, "podsListedFrom">): boolean {
  const last = observations.at(-1);
  return last !== undefined && last.change !== "DELETED" && last.evidence.line < (podsListedFrom.get(watchOf(last)) ?? 0);
}

/** Of how many serving Jobs it is unknown whether they went, because their Pods were missed. */
export function endsMissed(histories: readonly JobHistory[], jobs: readonly JobDraft[], reach: SourceReach): number {
  if (reach.podsListedFrom.size === 0) return 0;
  const missed = new Set(histories.flatMap(({ uid, pods }) => (pods.some((pod) => isMissed(pod, reach)) ? [uid] : [])));
  return jobs.filter((job) => job.role === "serving" && job.gone === undefined && job.mechanism === "unknown" && missed.has(job.uid))
    .length;
}
