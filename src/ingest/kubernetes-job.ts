/** One state of a batch/v1 Job: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/ */
import type { JobObservation, Observation } from "../model/event.js";
import { isSecretName, REDACTED, redactSecrets } from "../model/redaction.js";
import { asArray, asEpoch, asObject, asText, asWhole, type JsonObject, present, textMap } from "./json-fields.js";
import { deletionRequest, objectIdentity } from "./kubernetes-object.js";
import type { Recorder } from "./recorder.js";
import { sharedTexts } from "./shared.js";

/** Environment variables whose values are not taken over, beside those whose name is plainly a secret's. */
const SECRET_NAME = /token|passw|secret|key|credential/i;

/** Reads a Job, or null where it lacks name, uid or creation time. */
export function readJob(object: JsonObject, observation: Observation, recorder: Recorder): JobObservation | null {
  const identity = objectIdentity(object);
  if (!identity) return null;
  const spec = asObject(object.spec);
  const status = asObject(object.status);
  const conditions = asArray(status.conditions).map(asObject);
  const reached = (type: string): JsonObject | undefined => conditions.find((item) => item.type === type && item.status === "True");
  const complete = reached("Complete");
  const failed = reached("Failed");
  const ttl = asWhole(spec.ttlSecondsAfterFinished);
  const containers = asArray(asObject(asObject(spec.template).spec).containers).map(asObject);
  const startTime = asEpoch(status.startTime);
  const completionTime = asEpoch(status.completionTime);
  for (const at of [identity.createdAt, deletionRequest(identity), startTime, completionTime]) recorder.see(at);
  for (const condition of conditions) recorder.see(asEpoch(condition.lastTransitionTime));
  return {
    type: "job",
    ...observation,
    job: {
      ...identity,
      ...present<Omit<JobObservation["job"], keyof typeof identity | "active" | "images" | "env" | "labels">>({
        startTime,
        completionTime,
        completedAt: asEpoch(complete?.lastTransitionTime),
        failedAt: asEpoch(failed?.lastTransitionTime),
        failedReason: failed ? asText(failed.reason) : undefined,
        ttlMsAfterFinished: ttl === undefined ? undefined : ttl * 1000,
        backoffLimit: asWhole(spec.backoffLimit),
      }),
      active: asWhole(status.active) ?? 0,
      images: sharedTexts(containers.map((container) => asText(container.image)).filter((image) => image !== "")),
      env: sharedTexts(environment(containers)),
      labels: sharedTexts(textMap(asObject(object.metadata).labels)),
    },
  };
}

/** Plain values only (no `valueFrom`); those whose name looks secret are masked. */
function environment(containers: readonly JsonObject[]): Readonly<Record<string, string>> {
  const variables = containers.flatMap((container) => asArray(container.env).map(asObject));
  return Object.fromEntries(
    variables.flatMap(({ name, value }) =>
      typeof name === "string" && typeof value === "string"
        ? [[name, SECRET_NAME.test(name) || isSecretName(name) ? REDACTED : redactSecrets(value)]]
        : [],
    ),
  );
}
