/** One state of a Pod: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
import type { Observation, PodObservation } from "../model/event.js";
import { asArray, asEpoch, asObject, asText, type JsonObject, present, textMap } from "./json-fields.js";
import { deletionRequest, objectIdentity } from "./kubernetes-object.js";
import type { Recorder } from "./recorder.js";

/** Reads a Pod, or null where it lacks name, uid or creation time. */
export function readPod(object: JsonObject, observation: Observation, recorder: Recorder): PodObservation | null {
  const identity = objectIdentity(object);
  if (!identity) return null;
  const status = asObject(object.status);
  const conditions = asArray(status.conditions).map(asObject);
  const ready = conditions.find((condition) => condition.type === "Ready" && condition.status === "True");
  const scheduled = conditions.find((condition) => condition.type === "PodScheduled" && condition.status === "True");
  const times = containerTimes(status);
  for (const at of [identity.createdAt, deletionRequest(identity), asEpoch(status.startTime), times.startedAt, times.finishedAt])
    recorder.see(at);
  for (const condition of conditions) recorder.see(asEpoch(condition.lastTransitionTime));
  return {
    type: "pod",
    ...observation,
    pod: {
      ...identity,
      ...present<Omit<PodObservation["pod"], keyof typeof identity | "phase">>({
        ...owner(object),
        ...times,
        node: asText(asObject(object.spec).nodeName) || undefined,
        scheduledAt: asEpoch(scheduled?.lastTransitionTime),
        readyAt: asEpoch(ready?.lastTransitionTime),
      }),
      phase: asText(status.phase),
    },
  };
}

/** First start and, once all containers ended, last end; init containers have times of their own and do not count. */
function containerTimes(status: JsonObject): { startedAt: number | undefined; finishedAt: number | undefined } {
  const containers = asArray(status.containerStatuses).map(asObject);
  const started: number[] = [];
  const finished: number[] = [];
  for (const container of containers) {
    const state = asObject(container.state);
    for (const run of [state.running, state.terminated, asObject(container.lastState).terminated]) {
      const at = asEpoch(asObject(run).startedAt);
      if (at !== undefined) started.push(at);
    }
    const end = asEpoch(asObject(state.terminated).finishedAt);
    if (end !== undefined) finished.push(end);
  }
  return {
    startedAt: started.length > 0 ? Math.min(...started) : undefined,
    finishedAt: finished.length > 0 && finished.length === containers.length ? Math.max(...finished) : undefined,
  };
}

/** The Job that owns the Pod, by ownerReference, else by the labels that the job controller sets. */
function owner(object: JsonObject): { ownerUid: string | undefined; ownerName: string | undefined } {
  const metadata = asObject(object.metadata);
  const jobs = asArray(metadata.ownerReferences)
    .map(asObject)
    .filter((reference) => reference.kind === "Job" && asText(reference.apiVersion).startsWith("batch/"));
  const reference = jobs.find((job) => job.controller === true) ?? jobs[0];
  const labels = textMap(metadata.labels);
  const jobName = labels["batch.kubernetes.io/job-name"] ?? labels["job-name"];
  const controllerUid = labels["batch.kubernetes.io/controller-uid"] ?? labels["controller-uid"];
  return {
    ownerUid: asText(reference?.uid) || (jobName === undefined ? undefined : controllerUid),
    ownerName: asText(reference?.name) || jobName,
  };
}
