/** Which Kubernetes objects are used, and by which reader. */
import type { Observation, TimelineEvent } from "../../model/event.js";
import { isObject, type JsonObject } from "../../model/text/json-object.js";
import { asObject, asText } from "../json/json-fields.js";
import type { Recorder } from "../recorder.js";
import { readClusterEvent } from "./kubernetes-event.js";
import { hasGoNames, withApiNames } from "./kubernetes-go-names.js";
import { readJob } from "./kubernetes-job.js";
import { readPod } from "./kubernetes-pod.js";

type ObjectReader = (object: JsonObject, observation: Observation, recorder: Recorder) => TimelineEvent | null;

/** By kind; the group keeps other kinds of the same name away. */
const READERS: ReadonlyMap<string, { readonly group: RegExp; readonly read: ObjectReader }> = new Map([
  ["Job", { group: /^batch\//, read: readJob }],
  ["Pod", { group: /^v1$/, read: readPod }],
  ["Event", { group: /^(?:v1|events\.k8s\.io\/.+)$/, read: readClusterEvent }],
]);

/** Reads a Job, a Pod or an Event; null for every other object and for one that lacks what identifies it. */
export function readKubernetesObject(
  written: JsonObject,
  listKind: string,
  observation: Observation,
  recorder: Recorder,
): TimelineEvent | null {
  const object = hasGoNames(written) ? withApiNames(written) : written;
  const kind = asText(object.kind) || kindOfItem(listKind) || kindByShape(object);
  const reader = READERS.get(kind);
  const apiVersion = asText(object.apiVersion);
  if (!reader || (apiVersion !== "" && !reader.group.test(apiVersion))) return null;
  return reader.read(object, observation, recorder);
}

function kindOfItem(listKind: string): string {
  return listKind.endsWith("List") ? listKind.slice(0, -"List".length) : listKind;
}

/** Kind of an item that names none, in a List that has not named its own yet (kubectl sorts `items` before `kind`). */
function kindByShape(object: JsonObject): string {
  if (isObject(object.involvedObject) || isObject(object.regarding)) return "Event";
  const spec = asObject(object.spec);
  if (Array.isArray(spec.containers)) return "Pod";
  return isObject(spec.template) && object.status !== undefined && isJobSpec(spec) ? "Job" : "";
}

/** Deployments and the like have a template too; only a Job has these beside it. */
function isJobSpec(spec: JsonObject): boolean {
  return ["backoffLimit", "completions", "parallelism"].some((field) => spec[field] !== undefined) && spec.replicas === undefined;
}
