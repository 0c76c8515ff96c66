/** Whether a Job goes before its Pods (deleted in the background) or after them (in the foreground). */
import type { JobHistory } from "./cluster-history.js";
import { isOrphaned } from "./pod-moments.js";
import { printedFinish } from "./printed-stamps.js";

function isFinished({ observations }: JobHistory): boolean {
  return observations.some(({ job }) => printedFinish(job) !== undefined);
}

/** Marked for deletion while it was at work: it stays until the garbage collector has dealt with its Pods. */
export function isMarkedAtWork(history: JobHistory): boolean {
  return history.observations.some(({ job }) => job.deletionTimestamp !== undefined) && !isFinished(history);
}

/** Whether a Job stays until its Pods have ended once it is deleted. `either`: some of its kind did, and others did not. */
export type WaitsForPods = "yes" | "no" | "either";

/** What its own rows tell, and the answer to the request. */
function ownWait(history: JobHistory): "yes" | "no" | undefined {
  if (isMarkedAtWork(history)) return "yes";
  const isGoneUnmarked = history.observations.some(({ change }) => change === "DELETED");
  return isGoneUnmarked || history.audit?.remove?.answeredStatus === true ? "no" : undefined;
}

/**
 * Finds whether a Job waits for its Pods. Pods and Events look alike either way: of a Job that they alone tell of, it is as with the others of its kind that were deleted at work, for
 * the same client deletes them. Undefined where nothing tells.
 */
export function waitFinder(
  histories: readonly JobHistory[],
  kindOf: (history: JobHistory) => string,
): (history: JobHistory) => WaitsForPods | undefined {
  let byKind: ReadonlyMap<string, WaitsForPods> | undefined;
  const findAll = () => {
    const waits = new Map<string, WaitsForPods>();
    for (const history of histories) {
      const own = neverWaits(history) ? undefined : ownWait(history);
      if (own === undefined) continue;
      const kind = kindOf(history);
      waits.set(kind, (waits.get(kind) ?? own) === own ? own : "either");
    }
    return waits;
  };
  return (history) => {
    if (neverWaits(history)) return "no";
    const own = ownWait(history);
    if (own !== undefined) return own;
    byKind ??= findAll();
    return byKind.get(kindOf(history));
  };
}

/** The Pods of a finished Job go in milliseconds, and those of one that leaves them behind are not waited for. */
function neverWaits(history: JobHistory): boolean {
  return isFinished(history) || history.pods.some(isOrphaned);
}
