import { firstIndex } from "./collections/first-index.js";
import { groupBy } from "./collections/group-by.js";
import { inOrder } from "./collections/in-order.js";
import type { Bounds, EpochMs } from "./time.js";

/** A Job as far as it tells whose something is that only names it. */
interface Named {
  readonly namespace: string;
  readonly jobId: string | null;
  /** When it was created. */
  readonly created: Bounds;
}

/** A job id as names have it: Kubernetes allows them small letters alone, whatever the log prints. */
export function idInNames(jobId: string): string {
  return jobId.toLowerCase();
}

/**
 * Names and ids of Jobs are used again. Finds the Job of a key that something of a moment belongs to: the last one that may have been created by then;
 * undefined where there is none.
 */
export function lastCreatedBy<J extends Pick<Named, "created">>(
  jobs: readonly J[],
  keyOf: (job: J) => string,
): (key: string, at: EpochMs) => J | undefined {
  const byKey = groupBy(jobs, keyOf);
  const ordered = new Map<string, readonly J[]>();
  return (key, at) => {
    const having =
      ordered.get(key) ??
      inOrder(byKey.get(key) ?? [], (a, b) => Number(a.created.lo > b.created.lo) - Number(a.created.lo < b.created.lo));
    ordered.set(key, having);
    return having[firstIndex(having, ({ created }) => created.lo > at) - 1];
  };
}

/** The cleanup Jobs of each serving Job: those of its id in its namespace. Of undefined: those of none. */
export function cleanupsByJob<S extends Named, C extends Named>(
  serving: readonly S[],
  cleanups: readonly C[],
): ReadonlyMap<S | undefined, readonly C[]> {
  const keyOf = ({ namespace, jobId }: Named) => `${namespace}/${jobId}`;
  const jobOf = lastCreatedBy(serving, keyOf);
  return groupBy(cleanups, (cleanup) => jobOf(keyOf(cleanup), cleanup.created.hi));
}
