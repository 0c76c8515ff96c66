import type { ObjectIdentity } from "../model/event.js";
import { asEpoch, asObject, asText, asWhole, type JsonObject, present } from "./json-fields.js";
import { sharedText } from "./shared.js";

/** Identity of an object from its metadata (ObjectMeta, meta/v1), or null without name or uid. */
export function objectIdentity(object: JsonObject): ObjectIdentity | null {
  const metadata = asObject(object.metadata);
  const name = asText(metadata.name);
  const uid = asText(metadata.uid);
  const createdAt = asEpoch(metadata.creationTimestamp);
  if (name === "" || uid === "" || createdAt === undefined) return null;
  const grace = asWhole(metadata.deletionGracePeriodSeconds);
  return {
    namespace: sharedText(asText(metadata.namespace)),
    name: sharedText(name),
    uid: sharedText(uid),
    createdAt,
    ...present<Pick<ObjectIdentity, "resourceVersion" | "deletionTimestamp" | "deletionGracePeriodMs">>({
      resourceVersion: numericVersion(metadata.resourceVersion),
      deletionTimestamp: asEpoch(metadata.deletionTimestamp),
      deletionGracePeriodMs: grace === undefined ? undefined : grace * 1000,
    }),
  };
}

/** A resourceVersion is opaque by contract and a number of one cluster in fact (etcd revision). */
export function numericVersion(value: unknown): number | undefined {
  const text = asText(value);
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** When the deletion was asked for: the deletionTimestamp lies a grace period ahead of it [epoch ms]. */
export function deletionRequest(identity: ObjectIdentity): number | undefined {
  return identity.deletionTimestamp === undefined ? undefined : identity.deletionTimestamp - (identity.deletionGracePeriodMs ?? 0);
}
