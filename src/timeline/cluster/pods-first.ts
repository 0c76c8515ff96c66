/** Pods that were asked to go before their Job went: somebody else asked, as where a namespace is deleted, whose Jobs and Pods go in any order. */
import type { JobObservation } from "../../model/event.js";
import type { Moment } from "../../model/timeline.js";
import type { PodHistory } from "./cluster-history.js";
import { goneAfterPods, type PodContext } from "./pod-moments.js";
import type { ResourceVersions } from "./resource-versions.js";

/** Whether a Pod was asked to go before its Job went that waited for none, by their numbers: that tells nothing of its Job. */
export function wentFirst(pod: PodHistory, deleted: JobObservation | undefined, versions: ResourceVersions): boolean {
  const version = deleted?.job.resourceVersion;
  if (deleted?.change !== "DELETED" || deleted.job.deletionTimestamp !== undefined || version === undefined) return false;
  const marked = pod.observations.find(({ pod: { deletionTimestamp } }) => deletionTimestamp !== undefined)?.pod.resourceVersion;
  return marked !== undefined && marked < version && !versions.foundTwoNumberings;
}

/** When a Job was gone at the latest of which a Pod that was asked to go first was there longer. */
export function outlivedBy(pods: readonly PodHistory[], deleted: JobObservation | undefined, context: PodContext): Moment | undefined {
  const version = deleted?.job.resourceVersion ?? Number.POSITIVE_INFINITY;
  const outliving = pods.find((pod) => {
    const row = pod.observations.find(({ change }) => change === "DELETED");
    return wentFirst(pod, deleted, context.versions) && (row?.pod.resourceVersion ?? version) > version;
  });
  const end = outliving && goneAfterPods([outliving], { known: Number.NEGATIVE_INFINITY }, context);
  return end && { ...end, at: end.hi, lo: Number.NEGATIVE_INFINITY, bracket: true };
}
