/**
 * `kubectl cluster-info dump` of Kubernetes 1.8 and before wrote internal objects: Go's field names (`InvolvedObject`, `FirstTimestamp`), and the
 * metadata without an object of their own. This gives such an object the names of the API.
 */
import { isObject, type JsonObject } from "../../model/text/json-object.js";

const MARKS = ["InvolvedObject", "Spec", "Status"];
/** Fields of ObjectMeta that readers use; they kept the names of the API. */
const METADATA = [
  "name",
  "namespace",
  "uid",
  "resourceVersion",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "labels",
  "ownerReferences",
];
/** Deeper than any object of Kubernetes. */
const DEPTH = 64;

export function hasGoNames(object: JsonObject): boolean {
  return !isObject(object.metadata) && MARKS.some((mark) => isObject(object[mark]));
}

/** The same object as the API writes it. */
export function withApiNames(object: JsonObject): JsonObject {
  const metadata = Object.fromEntries(METADATA.filter((name) => Object.hasOwn(object, name)).map((name) => [name, object[name]]));
  const fields = Object.entries(object).filter(([name]) => !METADATA.includes(name));
  return { ...Object.fromEntries(fields.map(([name, value]) => [apiName(name), renamed(value, DEPTH)])), metadata };
}

function renamed(value: unknown, depth: number): unknown {
  if (depth === 0) return undefined;
  if (Array.isArray(value)) return value.map((item) => renamed(item, depth - 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [apiName(name), renamed(field, depth - 1)]));
}

/** `FirstTimestamp` is firstTimestamp, `UID` is uid, `APIVersion` is apiVersion. */
function apiName(name: string): string {
  return name.replace(/^(?:[A-Z]+(?=[A-Z][a-z]|$)|[A-Z])/, (start) => start.toLowerCase());
}
