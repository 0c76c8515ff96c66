/** What all states of a Job have in common: its images, environment and labels, kept once by its uid. */
import type { JobObservation } from "../model/event.js";
import { isSecretName, REDACTED, redactSecrets } from "../model/redaction.js";
import { asArray, asObject, asText, type JsonObject } from "./json-fields.js";
import { ownText, Remembered, sharedTexts } from "./shared.js";

export type JobConstants = Pick<JobObservation["job"], "images" | "env" | "labels">;

/** Environment variables whose values are not taken over, beside those whose name is plainly a secret's. */
const SECRET_NAME = /token|passw|secret|key|credential/i;

/** As written: names and values by turns, so that another state can be compared without making anything. */
interface Written {
  readonly images: readonly string[];
  readonly env: readonly string[];
  readonly labels: readonly string[];
}

const known = new Remembered<{ readonly written: Written; readonly constants: JobConstants }>();

export function jobConstants(uid: string, object: JsonObject): JobConstants {
  const containers = asArray(asObject(asObject(asObject(object.spec).template).spec).containers);
  const labels = asObject(asObject(object.metadata).labels);
  const kept = known.get(uid);
  if (kept !== undefined && saysContainers(containers, kept.written) && saysLabels(labels, kept.written.labels)) return kept.constants;
  const written = { images: imagesOf(containers), env: variablesOf(containers), labels: labelsOf(labels) };
  const constants = {
    images: sharedTexts(written.images),
    env: sharedTexts(environment(written.env)),
    labels: sharedTexts(textsByName(written.labels)),
  };
  known.set(uid, { written, constants });
  return constants;
}

function imagesOf(containers: readonly unknown[]): string[] {
  return containers
    .map((container) => asText(asObject(container).image))
    .filter((image) => image !== "")
    .map(ownText);
}

/** Plain values only (no `valueFrom`). */
function variablesOf(containers: readonly unknown[]): string[] {
  const variables = containers.flatMap((container) => asArray(asObject(container).env).map(asObject));
  return variables.flatMap(({ name, value }) => (typeof name === "string" && typeof value === "string" ? [ownText(name), ownText(value)] : []));
}

/** Labels are texts; a key like `__proto__` is a name like any other. */
function labelsOf(labels: JsonObject): string[] {
  return Object.keys(labels).flatMap((name) => {
    const value = labels[name];
    return typeof value === "string" ? [ownText(name), ownText(value)] : [];
  });
}

function saysContainers(containers: readonly unknown[], { images, env }: Written): boolean {
  let image = 0;
  let variable = 0;
  for (const item of containers) {
    const container = asObject(item);
    const name = asText(container.image);
    if (name !== "" && images[image++] !== name) return false;
    for (const entry of asArray(container.env)) {
      const { name, value } = asObject(entry);
      if (typeof name !== "string" || typeof value !== "string") continue;
      if (env[variable] !== name || env[variable + 1] !== value) return false;
      variable += 2;
    }
  }
  return image === images.length && variable === env.length;
}

function saysLabels(labels: JsonObject, written: readonly string[]): boolean {
  let at = 0;
  for (const name of Object.keys(labels)) {
    const value = labels[name];
    if (typeof value !== "string") continue;
    if (written[at] !== name || written[at + 1] !== value) return false;
    at += 2;
  }
  return at === written.length;
}

/** Values whose name looks secret are masked. */
function environment(variables: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs(variables).map(([name, value]) => [name, SECRET_NAME.test(name) || isSecretName(name) ? REDACTED : redactSecrets(value)]),
  );
}

function textsByName(entries: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs(entries));
}

function pairs(entries: readonly string[]): [string, string][] {
  return entries.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, entries[at + 1] ?? ""]] : []));
}
