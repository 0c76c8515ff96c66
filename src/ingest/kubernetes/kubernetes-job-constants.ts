/** What all states of a Job have in common: its images, environment and labels, kept once by its uid. */
import type { JobObservation } from "../../model/event.js";
import { isSecretName, REDACTED, redactSecrets } from "../../model/privacy/redaction.js";
import type { JsonObject } from "../../model/text/json-object.js";
import { ownText, Remembered } from "../bytes/shared.js";
import { asArray, asObject, asText } from "../json/json-fields.js";
import type { NamedObject } from "./kubernetes-object.js";

export type JobConstants = Pick<JobObservation["job"], "images" | "env" | "labels">;

/** Environment variables whose values are not taken over, beside those whose name is plainly a secret's. */
const SECRET_NAME = /token|passw|secret|key|credential/i;

/** As written: names and values by turns, so that another state can be compared without making anything. */
interface Written {
  readonly images: readonly string[];
  readonly env: readonly string[];
  readonly labels: readonly string[];
}

/** The constants of one Job, and as what they were written. */
class KeptConstants {
  constructor(
    readonly written: Written,
    readonly constants: JobConstants,
  ) {}
}

export function jobConstants(job: NamedObject, object: JsonObject): JobConstants {
  const containers = asArray(asObject(asObject(asObject(object.spec).template).spec).containers);
  const labels = asObject(asObject(object.metadata).labels);
  const { kept } = job;
  if (kept instanceof KeptConstants && saysContainers(containers, kept.written) && saysLabels(labels, kept.written.labels)) {
    return kept.constants;
  }
  const written = { images: imagesOf(containers), env: variablesOf(containers), labels: labelsOf(labels) };
  const constants = {
    images: imageLists.find(written.images),
    env: environments.find(written.env),
    labels: byName(written.labels, (_, value) => value),
  };
  job.kept = new KeptConstants(written, constants);
  return constants;
}

/** Lists and objects made of texts, the same one for the same texts: Jobs differ little from one another. */
class SharedValues<T> {
  private readonly made = new Remembered<{ readonly texts: readonly string[]; readonly value: T }>();

  constructor(private readonly make: (texts: readonly string[]) => T) {}

  find(texts: readonly string[]): T {
    const key = texts.join("\n");
    const known = this.made.get(key);
    if (known !== undefined && known.texts.length === texts.length && known.texts.every((text, at) => text === texts[at]))
      return known.value;
    return this.made.set(key, { texts, value: this.make(texts) }).value;
  }
}

const imageLists = new SharedValues((images): readonly string[] => images);
/** Values whose name looks secret are masked. */
const environments = new SharedValues((variables) =>
  byName(variables, (name, value) => (holdsSecret(name) ? REDACTED : redactSecrets(value))),
);

const secretNames = new Remembered<boolean>();

function holdsSecret(name: string): boolean {
  return secretNames.get(name) ?? secretNames.set(name, SECRET_NAME.test(name) || isSecretName(name));
}

/** Names and values by turns as an object; a key like `__proto__` is a name like any other. */
function byName(entries: readonly string[], textOf: (name: string, value: string) => string): Readonly<Record<string, string>> {
  const pairs: [string, string][] = [];
  for (let at = 0; at < entries.length; at += 2) {
    const name = entries[at] ?? "";
    pairs.push([name, textOf(name, entries[at + 1] ?? "")]);
  }
  return Object.fromEntries(pairs);
}

function imagesOf(containers: readonly unknown[]): string[] {
  const images: string[] = [];
  for (const container of containers) {
    const image = asText(asObject(container).image);
    if (image !== "") images.push(ownText(image));
  }
  return images;
}

/** Plain values only (no `valueFrom`). */
function variablesOf(containers: readonly unknown[]): string[] {
  const variables: string[] = [];
  for (const container of containers) {
    for (const variable of asArray(asObject(container).env)) {
      const { name, value } = asObject(variable);
      if (typeof name === "string" && typeof value === "string") variables.push(ownText(name), ownText(value));
    }
  }
  return variables;
}

function labelsOf(labels: JsonObject): string[] {
  const texts: string[] = [];
  for (const name of Object.keys(labels)) {
    const value = labels[name];
    if (typeof value === "string") texts.push(ownText(name), ownText(value));
  }
  return texts;
}

function saysContainers(containers: readonly unknown[], { images, env }: Written): boolean {
  let image = 0;
  let variable = 0;
  for (const item of containers) {
    const container = asObject(item);
    const name = asText(container.image);
    if (name !== "") {
      if (images[image] !== name) return false;
      image += 1;
    }
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
