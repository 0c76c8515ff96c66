import type { Growing } from "../../model/collections/growing.js";
import type { ObjectIdentity } from "../../model/event.js";
import type { JsonObject } from "../../model/text/json-object.js";
import { ownText, Remembered, sharedWord } from "../bytes/shared.js";
import { asText, asWhole } from "../json/json-fields.js";
import { epochOf } from "../stamps/quick-stamps.js";

/** An object and the texts that name it, kept once for all its states. */
export interface NamedObject extends Pick<ObjectIdentity, "namespace" | "name" | "uid"> {
  /** What the reader of its kind keeps with it; it checks that it still fits. */
  kept: unknown;
}

const known = new Remembered<NamedObject>();

/** The object that this metadata (ObjectMeta, meta/v1) names, or null without name or uid. */
export function namedObject(metadata: JsonObject): NamedObject | null {
  const name = asText(metadata.name);
  const uid = asText(metadata.uid);
  const namespace = asText(metadata.namespace);
  if (name === "" || uid === "") return null;
  const found = known.get(uid);
  if (found !== undefined && found.name === name && found.namespace === namespace) return found;
  const named: NamedObject = { namespace: sharedWord(namespace), name: ownText(name), uid: ownText(uid), kept: undefined };
  return known.set(named.uid, named);
}

/** Identity of an object from its metadata, or null without a time of creation. */
export function objectIdentity({ namespace, name, uid }: NamedObject, metadata: JsonObject): Growing<ObjectIdentity> | null {
  const createdAt = epochOf(metadata.creationTimestamp);
  if (createdAt === undefined) return null;
  const identity: Growing<ObjectIdentity> = { namespace, name, uid, createdAt };
  const resourceVersion = numericVersion(metadata.resourceVersion);
  const deletionTimestamp = epochOf(metadata.deletionTimestamp);
  const grace = asWhole(metadata.deletionGracePeriodSeconds);
  if (resourceVersion !== undefined) identity.resourceVersion = resourceVersion;
  if (deletionTimestamp !== undefined) identity.deletionTimestamp = deletionTimestamp;
  if (grace !== undefined) identity.deletionGracePeriodMs = grace * 1000;
  return identity;
}

/** A resourceVersion is opaque by contract and a number of one cluster in fact (etcd revision). */
export function numericVersion(value: unknown): number | undefined {
  if (typeof value !== "string" || value.length === 0 || value.length > 15) return undefined;
  let version = 0;
  for (let at = 0; at < value.length; at += 1) {
    const digit = value.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    version = version * 10 + digit;
  }
  return version;
}

/** When the deletion was asked for: the deletionTimestamp lies a grace period ahead of it [epoch ms]. */
export function deletionRequest(identity: ObjectIdentity): number | undefined {
  return identity.deletionTimestamp === undefined ? undefined : identity.deletionTimestamp - (identity.deletionGracePeriodMs ?? 0);
}
