/** When a Pod started, ended and was gone, from the finest of what the inputs say of it. */
import type { ApiRequest } from "../model/event.js";
import type { Evidence } from "../model/source.js";
import type { DurationMs, EpochMs } from "../model/time.js";
import { type Moment, toClusterTime } from "../model/timeline.js";
import type { PodHistory } from "./cluster-history.js";
import type { ResourceVersions } from "./resource-versions.js";
import { arrivalOf, type ClockTable, exact, truncated } from "./stamped-moments.js";

/** From the moment a Job is gone until the garbage collector asks for its Pods to go: about 15 ms in the captured runs. */
const GARBAGE_COLLECTION_MS: DurationMs = 100;

/** A bracket of a Pod's end wider than this says too little to be printed as a moment. */
const WIDEST_POD_BRACKET_MS: DurationMs = 2000;

/** Pods that no other followed: one that was deleted (evicted, say) before the Job made another tells nothing of the end of its Job. */
export function lastPods(pods: readonly PodHistory[]): readonly PodHistory[] {
  if (pods.length < 2) return pods;
  const createdAt = ({ observations: [first] }: PodHistory) => first?.pod.createdAt ?? Number.NaN;
  return pods.filter((pod) => {
    const askedAt = podDeletionStamp([pod])?.hi;
    // The stamps of both are cut to the second.
    const follows = (other: PodHistory) =>
      createdAt(other) > createdAt(pod) && createdAt(other) + 1000 >= (askedAt ?? Number.POSITIVE_INFINITY);
    return !pods.some(follows);
  });
}

/** The Pod's deletion is asked for by the garbage collector right after its Job is gone; the stamp is that second plus the grace. */
export function podDeletionStamp(pods: readonly PodHistory[]): Moment | undefined {
  let earliest: { readonly at: EpochMs; readonly evidence: Evidence } | undefined;
  for (const { observations } of pods) {
    for (const { pod, evidence } of observations) {
      if (pod.deletionTimestamp === undefined) continue;
      const at = pod.deletionTimestamp - (pod.deletionGracePeriodMs ?? 0);
      if (earliest === undefined || at < earliest.at) earliest = { at, evidence };
    }
  }
  if (earliest === undefined) return undefined;
  const asked = truncated(earliest.at, "pod-deletion-timestamp", earliest.evidence);
  return { ...asked, lo: asked.lo - GARBAGE_COLLECTION_MS };
}

/** When a Pod object was gone: arrival of its DELETED row, the kubelet's last delete, or the writes around the row. */
export function podGoneOf(
  pod: PodHistory,
  context: { readonly clocks: ClockTable; readonly versions: ResourceVersions },
): Moment | undefined {
  const last: ApiRequest | undefined = pod.removes.at(-1);
  const deleted = pod.observations.find((o) => o.change === "DELETED");
  const arrival = arrivalOf(deleted, context.clocks);
  if (arrival !== undefined && arrival.hi - arrival.lo <= WIDEST_POD_BRACKET_MS) return arrival;
  if (last !== undefined) return exact(last.completed.at, last.received.at, "audit", last.evidence);
  const version = deleted?.pod.resourceVersion;
  if (deleted === undefined || version === undefined) return undefined;
  const { lo, hi, fine } = context.versions.neighbourhood(version);
  if (!Number.isFinite(hi)) return undefined;
  const asked = podDeletionStamp([pod])?.lo ?? Number.NEGATIVE_INFINITY;
  const from = Math.min(Math.max(lo, asked, deleted.pod.createdAt), hi);
  if (hi - from > WIDEST_POD_BRACKET_MS) return undefined;
  return { at: fine ? hi : Math.max(from, hi - 500), lo: from, hi, how: "resource-version", bracket: true, evidence: deleted.evidence };
}

/** When the first container of a Pod ran: the kubelet's Started Event, else the whole second of its state. */
export function podStartOf(pod: PodHistory, clocks: ClockTable): Moment | undefined {
  const event = pod.events.find((e) => e.reason === "Started");
  if (event !== undefined && event.first.resolutionMs < 1000) {
    const clock = clocks.get(event.first.clock);
    const at = toClusterTime(clock, event.first.at);
    const slack = clock?.uncertaintyMs ?? 0;
    if (at !== null) return { at, lo: at - slack, hi: at + slack, how: "event-name", bracket: false, evidence: event.evidence };
  }
  const running = pod.observations.find((o) => o.pod.startedAt !== undefined);
  const startedAt = running?.pod.startedAt;
  if (startedAt !== undefined && running !== undefined) return truncated(startedAt, "container-state", running.evidence);
  return event === undefined ? undefined : truncated(event.first.at, "event-time", event.evidence);
}

/** When the containers of a Pod had ended by themselves; undefined where it was deleted while running. */
export function podFinishOf(pod: PodHistory): Moment | undefined {
  const finished = pod.observations.find((o) => o.pod.finishedAt !== undefined);
  const finishedAt = finished?.pod.finishedAt;
  return finishedAt === undefined || finished === undefined ? undefined : truncated(finishedAt, "container-state", finished.evidence);
}
