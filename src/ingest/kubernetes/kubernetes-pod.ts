/** One state of a Pod: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */

import type { Growing } from "../../model/collections/growing.js";
import type { Observation, PodObservation } from "../../model/event.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import type { JsonObject } from "../../model/text/json-object.js";
import { sharedText, sharedWord } from "../bytes/shared.js";
import { asArray, asObject, asText } from "../json/json-fields.js";
import type { Recorder } from "../recorder.js";
import { epochOf } from "../stamps/quick-stamps.js";
import { deletionRequest, namedObject, objectIdentity } from "./kubernetes-object.js";

/** Reads a Pod, or null where it lacks name, uid or creation time. */
export function readPod(object: JsonObject, observation: Observation, recorder: Recorder): PodObservation | null {
  const metadata = asObject(object.metadata);
  const named = namedObject(metadata);
  const identity = named && objectIdentity(named, metadata);
  if (!identity) return null;
  const status = asObject(object.status);
  const { startedAt, finishedAt } = containerTimes(status, recorder);
  recorder.see(identity.createdAt);
  recorder.see(deletionRequest(identity));
  recorder.see(epochOf(status.startTime));
  recorder.see(finishedAt);
  const { ready, scheduled } = reachedConditions(asArray(status.conditions), recorder);
  const { ownerUid, ownerName, orphaned } = owner(metadata);
  const node = asText(asObject(object.spec).nodeName);
  const scheduledAt = epochOf(scheduled?.lastTransitionTime);
  const readyAt = epochOf(ready?.lastTransitionTime);
  // One field after the other: objects that are spread together take ten times as long, and twice the memory for ever.
  const pod = identity as Growing<PodObservation["pod"]>;
  if (ownerUid !== undefined) pod.ownerUid = sharedText(ownerUid);
  if (ownerName !== undefined) pod.ownerName = sharedText(ownerName);
  if (orphaned) pod.orphaned = true;
  if (startedAt !== undefined) pod.startedAt = startedAt;
  if (finishedAt !== undefined) pod.finishedAt = finishedAt;
  if (node !== "") pod.node = sharedWord(node);
  if (scheduledAt !== undefined) pod.scheduledAt = scheduledAt;
  if (readyAt !== undefined) pod.readyAt = readyAt;
  pod.phase = sharedWord(asText(status.phase));
  const { change, received, delayedSince, evidence } = observation;
  if (received === undefined) return { type: "pod", change, evidence, pod };
  if (delayedSince === undefined) return { type: "pod", change, received, evidence, pod };
  return { type: "pod", change, received, delayedSince, evidence, pod };
}

/** The first conditions of these types that hold; all of them widen the coverage. */
function reachedConditions(conditions: readonly unknown[], recorder: Recorder): { ready?: JsonObject; scheduled?: JsonObject } {
  const reached: { ready?: JsonObject; scheduled?: JsonObject } = {};
  for (const item of conditions) {
    const condition = asObject(item);
    recorder.see(epochOf(condition.lastTransitionTime));
    if (condition.status !== "True") continue;
    if (condition.type === "Ready") reached.ready ??= condition;
    else if (condition.type === "PodScheduled") reached.scheduled ??= condition;
  }
  return reached;
}

/**
 * First start and, once all containers ended, last end; init containers have times of their own and do not count. A container tells when it runs and when it ran before that: of one that was
 * restarted more often the first start is forgotten, and so is that of its Pod.
 */
function containerTimes(status: JsonObject, recorder: Recorder): { startedAt: number | undefined; finishedAt: number | undefined } {
  const containers = asArray(status.containerStatuses).map(asObject);
  const started: number[] = [];
  const finished: number[] = [];
  let isForgotten = false;
  for (const { state: now, lastState, restartCount } of containers) {
    const state = asObject(now);
    const starts = [state.running, state.terminated, asObject(lastState).terminated].flatMap(
      (run) => epochOf(asObject(run).startedAt) ?? [],
    );
    for (const at of starts) {
      recorder.see(at);
      started.push(at);
    }
    if (typeof restartCount === "number" && restartCount > 0 && starts.length <= restartCount) isForgotten = true;
    const end = epochOf(asObject(state.terminated).finishedAt);
    if (end !== undefined) finished.push(end);
  }
  return {
    startedAt: started.length > 0 && !isForgotten ? smallest(started) : undefined,
    finishedAt: finished.length > 0 && finished.length === containers.length ? largest(finished) : undefined,
  };
}

/** The Job that owns the Pod, by ownerReference, else by the labels that the job controller sets. */
function owner(metadata: JsonObject): { ownerUid: string | undefined; ownerName: string | undefined; orphaned: boolean } {
  const jobs = asArray(metadata.ownerReferences)
    .map(asObject)
    .filter((reference) => reference.kind === "Job" && asText(reference.apiVersion).startsWith("batch/"));
  const reference = jobs.find((job) => job.controller === true) ?? jobs[0];
  const labels = asObject(metadata.labels);
  const jobName = label(labels, "batch.kubernetes.io/job-name") ?? label(labels, "job-name");
  const controllerUid = label(labels, "batch.kubernetes.io/controller-uid") ?? label(labels, "controller-uid");
  return {
    ownerUid: asText(reference?.uid) || (jobName === undefined ? undefined : controllerUid),
    ownerName: asText(reference?.name) || jobName,
    orphaned: reference === undefined && jobName !== undefined && controllerUid !== undefined,
  };
}

function label(labels: JsonObject, name: string): string | undefined {
  const value = labels[name];
  return typeof value === "string" ? value : undefined;
}
