/** One state of a batch/v1 Job: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/ */

import type { Growing } from "../../model/collections/growing.js";
import type { JobObservation, Observation } from "../../model/event.js";
import type { JsonObject } from "../../model/text/json-object.js";
import { sharedWord } from "../bytes/shared.js";
import { asArray, asObject, asText, asWhole } from "../json/json-fields.js";
import type { Recorder } from "../recorder.js";
import { epochOf } from "../stamps/quick-stamps.js";
import { jobConstants } from "./kubernetes-job-constants.js";
import { deletionRequest, namedObject, objectIdentity } from "./kubernetes-object.js";

/** Reads a Job, or null where it lacks name, uid or creation time. */
export function readJob(object: JsonObject, observation: Observation, recorder: Recorder): JobObservation | null {
  const metadata = asObject(object.metadata);
  const named = namedObject(metadata);
  const identity = named && objectIdentity(named, metadata);
  if (!identity) return null;
  const spec = asObject(object.spec);
  const status = asObject(object.status);
  const startTime = epochOf(status.startTime);
  const completionTime = epochOf(status.completionTime);
  recorder.see(identity.createdAt);
  recorder.see(deletionRequest(identity));
  recorder.see(startTime);
  recorder.see(completionTime);
  const { complete, failed } = reachedConditions(asArray(status.conditions), recorder);
  const completedAt = epochOf(complete?.lastTransitionTime);
  const failedAt = epochOf(failed?.lastTransitionTime);
  const ttl = asWhole(spec.ttlSecondsAfterFinished);
  const backoffLimit = asWhole(spec.backoffLimit);
  const { images, env, labels } = jobConstants(named, object);
  // One field after the other: objects that are spread together take ten times as long, and twice the memory for ever.
  const job = identity as Growing<JobObservation["job"]>;
  if (startTime !== undefined) job.startTime = startTime;
  if (completionTime !== undefined) job.completionTime = completionTime;
  if (completedAt !== undefined) job.completedAt = completedAt;
  if (failedAt !== undefined) job.failedAt = failedAt;
  if (failed !== undefined) job.failedReason = sharedWord(asText(failed.reason));
  if (ttl !== undefined) job.ttlMsAfterFinished = ttl * 1000;
  if (backoffLimit !== undefined) job.backoffLimit = backoffLimit;
  if (isBySchedule(metadata)) job.bySchedule = true;
  const finalizers = identity.deletionTimestamp === undefined ? [] : asArray(metadata.finalizers);
  if (finalizers.length > 0) job.finalizers = sharedWord(finalizers.map(asText).join(" "));
  job.active = asWhole(status.active) ?? 0;
  const ended = (asWhole(status.succeeded) ?? 0) + (asWhole(status.failed) ?? 0);
  if (ended > 0) job.ended = ended;
  job.images = images;
  job.env = env;
  job.labels = labels;
  const { change, received, delayedSince, evidence } = observation;
  if (received === undefined) return { type: "job", change, evidence, job };
  if (delayedSince === undefined) return { type: "job", change, received, evidence, job };
  return { type: "job", change, received, delayedSince, evidence, job };
}

/** Says `manual` of a Job that was made from a CronJob by hand (`kubectl create job --from`); the only annotation that is read. */
export const INSTANTIATE_ANNOTATION = "cronjob.kubernetes.io/instantiate";

function isBySchedule({ ownerReferences, annotations }: JsonObject): boolean {
  const ofCronJob = asArray(ownerReferences).some((reference) => asObject(reference).kind === "CronJob");
  return ofCronJob && asObject(annotations)[INSTANTIATE_ANNOTATION] !== "manual";
}

/** The first conditions of these types that hold; all of them widen the coverage. */
function reachedConditions(conditions: readonly unknown[], recorder: Recorder): { complete?: JsonObject; failed?: JsonObject } {
  const reached: { complete?: JsonObject; failed?: JsonObject } = {};
  for (const item of conditions) {
    const condition = asObject(item);
    recorder.see(epochOf(condition.lastTransitionTime));
    if (condition.status !== "True") continue;
    if (condition.type === "Complete") reached.complete ??= condition;
    else if (condition.type === "Failed") reached.failed ??= condition;
  }
  return reached;
}
