import { isSecretName, REDACTED, redactSecrets } from "../model/privacy/redaction.js";
import { isObject } from "../model/text/json-object.js";
import type { KubeObject } from "./collect-types.js";

/** Holds the whole object once more, with every value in it. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
/** Arrays of texts that programs are started with. */
const COMMANDS: ReadonlySet<string> = new Set(["command", "args"]);
/** Arrays of names with values: environment variables, and headers of probes. */
const NAMED_VALUES: ReadonlySet<string> = new Set(["env", "httpHeaders"]);

/**
 * The object as it is stored: without managedFields (a third of the bytes), and with secrets masked where people put them: values of environment
 * variables and of fields whose names say so, commands, probes, annotations and messages. Settings stay.
 */
export function spareObject(object: KubeObject, kind: string): KubeObject {
  const metadata = spareMetadata(object.metadata ?? {});
  if (kind === "Event") return { ...object, metadata, ...masked(object, "note"), ...masked(object, "message") };
  return {
    ...object,
    metadata,
    ...(object.spec === undefined ? {} : { spec: spareSpec(object.spec) }),
    ...(object.status === undefined ? {} : { status: spareStatus(object.status) }),
  };
}

function spareMetadata({ managedFields: _, ...metadata }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return isObject(metadata.annotations) ? { ...metadata, annotations: spareAnnotations(metadata.annotations) } : metadata;
}

function spareAnnotations(annotations: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const kept = Object.entries(annotations).filter(([name]) => name !== LAST_APPLIED);
  return Object.fromEntries(kept.map(([name, value]) => [name, isSecretName(name) ? REDACTED : maskText(value)]));
}

/** Of a Pod, its conditions and containers, and of a Job: messages quote what programs wrote. */
function spareStatus(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spareStatus);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, name === "message" ? maskText(entry) : spareStatus(entry)]),
  );
}

function masked(object: KubeObject, field: "note" | "message"): Partial<KubeObject> {
  return typeof object[field] === "string" ? { [field]: redactSecrets(object[field]) } : {};
}

function maskText(value: unknown): unknown {
  return typeof value === "string" ? redactSecrets(value) : value;
}

/** Templates hold metadata and specs of their own. */
function spareSpec(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spareSpec);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => {
      if (NAMED_VALUES.has(name) && Array.isArray(entry)) return [name, entry.map(spareVariable)];
      if (name === "httpGet" && isObject(entry)) return [name, { ...(spareSpec(entry) as object), path: maskText(entry.path) }];
      if (typeof entry === "string" && entry !== "" && isSecretName(name)) return [name, REDACTED];
      if (COMMANDS.has(name) && Array.isArray(entry)) return [name, entry.map(maskArgument)];
      if (name === "metadata" && isObject(entry)) return [name, spareMetadata(entry)];
      return [name, spareSpec(entry)];
    }),
  );
}

/** `--password` and what follows it are two texts of the array. */
function maskArgument(value: unknown, at: number, all: readonly unknown[]): unknown {
  const [before] = /^--?[\w-]+$/.exec(String(all[at - 1] ?? "")) ?? [];
  return before !== undefined && isSecretName(before) && !String(value).startsWith("-") ? REDACTED : maskText(value);
}

function spareVariable(variable: unknown): unknown {
  if (!isObject(variable) || typeof variable.value !== "string" || variable.value === "") return variable;
  return { ...variable, value: isSecretName(String(variable.name)) ? REDACTED : redactSecrets(variable.value) };
}
