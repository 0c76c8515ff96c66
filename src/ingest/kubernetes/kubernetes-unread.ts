/**
 * What no reader of Kubernetes objects looks at, although it changes from row to row. A label or a variable may have any name, so what
 * stands directly among labels or variables is never meant.
 */
import type { Unread } from "../json/json-skeleton.js";
import { INSTANTIATE_ANNOTATION } from "./kubernetes-job.js";

/** Objects and arrays; a label of such a name is a text. */
const PARTS: ReadonlySet<string> = new Set([
  "affinity",
  "livenessProbe",
  "managedFields",
  "ports",
  "readinessProbe",
  "resources",
  "securityContext",
  "selector",
  "startupProbe",
  "tolerations",
  "volumeMounts",
  "volumes",
]);
/** Texts and numbers by what they stand in. */
const VALUES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["involvedObject", new Set(["apiVersion", "fieldPath", "resourceVersion"])],
  ["regarding", new Set(["apiVersion", "fieldPath", "resourceVersion"])],
  ["conditions", new Set(["lastProbeTime", "message"])],
]);

export const UNREAD: Unread = {
  part: (name, within) => PARTS.has(name) || (name === "metadata" && within === "template"),
  value: (name, within) => (within === "annotations" ? name !== INSTANTIATE_ANNOTATION : VALUES.get(within)?.has(name) === true),
};
