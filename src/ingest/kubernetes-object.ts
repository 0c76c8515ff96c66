import type { ObjectIdentity } from "../model/event.js";
import { asEpoch, asObject, asText, asWhole, type JsonObject, type Writable } from "./json-fields.js";
import { sharedText } from "./shared.js";

/** Identity of an object from its metadata (ObjectMeta, meta/v1), or null without name or uid. */
export function objectIdentity(object: JsonObject): Writable<ObjectIdentity> | null {
  const metadata = asObject(object.metadata);
  const name = asText(metadata.name);
  const uid = asText(metadata.uid);
  const createdAt = asEpoch(metadata.creationTimestamp);
  if (name === "" || uid === "" || createdAt === undefined) return null;
  const identity: Writable<ObjectIdentity> = {
    namespace: sharedText(asText(metadata.namespace)),
    name: sharedText(name),
    uid: sharedText(uid),
    createdAt,
  };
  const resourceVersion = numericVersion(metadata.resourceVersion);
  const deletionTimestamp = asEpoch(metadata.deletionTimestamp);
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
