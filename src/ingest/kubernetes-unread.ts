/**
 * Parts of Kubernetes objects that no reader looks at, although their values change from row to row. Only objects and arrays: a label or a variable of
 * such a name is a text, and read like any other.
 */
const PARTS: ReadonlySet<string> = new Set([
  "affinity",
  "annotations",
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

/** Whether nothing is read of the object or array that has this name and stands within one of that name. */
export function isUnread(name: string, within: string): boolean {
  return PARTS.has(name) || (name === "metadata" && within === "template");
}
