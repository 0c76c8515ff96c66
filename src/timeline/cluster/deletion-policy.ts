/** Whether a Job goes before its Pods (deleted in the background) or after them (in the foreground). */
import type { EpochMs } from "../../model/time.js";
import type { JobHistory } from "./cluster-history.js";
import type { SourceReach } from "./coverage.js";
import { markedAt } from "./foreground-deletion.js";
import { isOrphaned, killingOf, lastPods, podDeletionStamp } from "./pod-moments.js";
import { newestStamp, printedFinish } from "./printed-stamps.js";
import type { ClockTable } from "./stamped-moments.js";

function isFinished({ observations }: JobHistory): boolean {
  return observations.some(({ job }) => printedFinish(job) !== undefined);
}

/** Whether a Job stays until its Pods have ended once it is deleted. `either`: some of its kind did, and others did not. */
export type WaitsForPods = "yes" | "no" | "either";

/** What its own rows tell, and the answer to the request. */
function ownWait(history: JobHistory, shownUntil: UntypedReach, clocks: ClockTable): "yes" | "no" | undefined {
  if (markedAt(history) !== undefined) return "yes";
  const isGoneUnmarked =
    history.observations.some(({ change }) => change === "DELETED") || isUnmarkedToItsEnd(history, shownUntil(), clocks);
  return isGoneUnmarked || history.audit?.remove?.answeredStatus === true ? "no" : undefined;
}

/** By source, the newest stamp in the rows of a watch that prints no types. */
type UntypedReach = () => ReadonlyMap<number, EpochMs>;

/** Without types a deletion is one more copy of the object. But the row that would have marked it comes before its Pods are killed, and so before all that the watch shows of later. */
function isUnmarkedToItsEnd(history: JobHistory, shownUntil: ReadonlyMap<number, EpochMs>, clocks: ClockTable): boolean {
  const killed = isUntyped(history) ? killedAt(history, clocks) : undefined;
  const source = history.observations.at(-1)?.evidence.source ?? Number.NaN;
  return killed !== undefined && (shownUntil.get(source) ?? Number.NEGATIVE_INFINITY) >= killed;
}

function isUntyped({ observations }: JobHistory): boolean {
  return observations.length > 0 && observations.every(({ change }) => change === "unknown");
}

/** When the end of its Pods had begun. */
function killedAt(history: JobHistory, clocks: ClockTable): EpochMs | undefined {
  const last = lastPods(history);
  return (killingOf(last, clocks) ?? podDeletionStamp(last))?.hi;
}

/** Without watches of which rows could not be read, or that were begun again: those print once more, unchanged, what is there then, and what happened meanwhile is in no row. */
function untypedReach(histories: readonly JobHistory[], lostLines: SourceReach["lostLines"]): ReadonlyMap<number, EpochMs> {
  const newest = new Map<number, EpochMs>();
  const broken = new Set(lostLines.keys());
  for (const { observations } of histories) {
    const printed = new Set<string>();
    for (const { change, job, evidence } of observations) {
      if (change !== "unknown") continue;
      const key = `${evidence.source} ${job.resourceVersion}`;
      if (printed.has(key)) broken.add(evidence.source);
      printed.add(key);
      newest.set(evidence.source, Math.max(newestStamp(job), newest.get(evidence.source) ?? Number.NEGATIVE_INFINITY));
    }
  }
  return new Map([...newest].filter(([source]) => !broken.has(source)));
}

/**
 * Finds whether a Job waits for its Pods. The Pods of a finished one go in milliseconds, unless its own rows show it marked meanwhile. Pods and Events look alike either way: of a Job that they alone tell of, it is as with the others of its kind that were deleted at work, for
 * the same client deletes them. Undefined where nothing tells.
 */
export function waitFinder(
  histories: readonly JobHistory[],
  kindOf: (history: JobHistory) => string,
  { clocks, lostLines }: { readonly clocks: ClockTable } & Pick<SourceReach, "lostLines">,
): (history: JobHistory) => WaitsForPods | undefined {
  let byKind: ReadonlyMap<string, WaitsForPods> | undefined;
  let reach: ReadonlyMap<number, EpochMs> | undefined;
  const shownUntil = () => {
    reach ??= untypedReach(histories, lostLines);
    return reach;
  };
  const findAll = () => {
    const waits = new Map<string, WaitsForPods>();
    const unshown = new Set<string>();
    for (const history of histories) {
      if (isFinished(history) || isOrphaning(history)) continue;
      const own = ownWait(history, shownUntil, clocks);
      const kind = kindOf(history);
      if (own === undefined) {
        if (isUntyped(history) && killedAt(history, clocks) !== undefined) unshown.add(kind);
        continue;
      }
      waits.set(kind, (waits.get(kind) ?? own) === own ? own : "either");
    }
    // Where a watch without types has gaps, those that waited show it, and those that did not show nothing.
    for (const kind of unshown) if (waits.get(kind) === "yes") waits.set(kind, "either");
    return waits;
  };
  return (history) => {
    if (isOrphaning(history)) return "no";
    if (isFinished(history)) return markedAt(history) === undefined ? "no" : "yes";
    const own = ownWait(history, shownUntil, clocks);
    if (own !== undefined) return own;
    byKind ??= findAll();
    return byKind.get(kindOf(history));
  };
}

/** It leaves its Pods behind. */
function isOrphaning({ pods }: JobHistory): boolean {
  return pods.some(isOrphaned);
}
