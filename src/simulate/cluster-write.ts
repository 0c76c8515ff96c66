import type { Random } from "../model/statistics/random.js";
import type { EpochMs } from "../model/time.js";
import type { KubernetesObject } from "./job-objects.js";

/** One write to the cluster's store, at its true moment. */
export interface ClusterWrite {
  readonly at: EpochMs;
  readonly kind: "Job" | "Pod" | "Event";
  readonly change: "ADDED" | "MODIFIED" | "DELETED";
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** Of an Event: the uid of the object that it is about. */
  readonly about?: string;
  /** The object as of this write; for an Event also the version that the object which it is about has by then. */
  readonly object: (ownVersion: string, versionOfAbout: string) => KubernetesObject;
}

/** A write with its place in the one order of all writes. */
export interface VersionedWrite extends Omit<ClusterWrite, "about" | "object"> {
  readonly resourceVersion: number;
  /** Made when it is asked for: most captures need few of the objects. */
  readonly object: () => KubernetesObject;
}

/**
 * Gives every write its resourceVersion: one counter over all kinds, in the true order of writes. Writes that no capture here
 * shows (leases, endpoints) leave gaps.
 */
export function numberWrites(writes: readonly ClusterWrite[], random: Random): VersionedWrite[] {
  const versions = new Map<string, string>();
  let version = 1_000 + random.integer(0, 500_000);
  return [...writes]
    .sort((left, right) => left.at - right.at)
    .map((write) => {
      version += 1 + Math.floor(3 * random.next() ** 4);
      const own = String(version);
      const { about, object, ...rest } = write;
      const versionOfAbout = (about === undefined ? undefined : versions.get(about)) ?? own;
      versions.set(write.uid, own);
      return { ...rest, resourceVersion: version, object: () => object(own, versionOfAbout) };
    });
}

/** Puts the version into an object's metadata. */
export function withVersion(object: KubernetesObject, resourceVersion: string): KubernetesObject {
  const { metadata, ...rest } = object;
  return { ...rest, metadata: { ...(typeof metadata === "object" ? metadata : {}), resourceVersion } };
}
