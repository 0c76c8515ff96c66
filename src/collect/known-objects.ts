import { isObject } from "../model/text/json-object.js";
import type { KubeObject, ObjectRow } from "./collect-types.js";

/** Deletions that are remembered, so that a late row does not bring an object back. */
const REMEMBERED = 10_000;

/** What identifies an object. */
export interface Identity {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  /** Of its last write, as a number of one cluster; NaN where it is none. */
  readonly version: number;
}

export function identityOf(object: KubeObject): Identity {
  const { uid, name, namespace, resourceVersion } = object.metadata ?? {};
  return {
    uid: String(uid ?? ""),
    name: String(name ?? ""),
    namespace: String(namespace ?? ""),
    version: Number.parseInt(String(resourceVersion), 10),
  };
}

/** The objects of one watch that are there now, in their last state. */
export class KnownObjects {
  readonly #objects = new Map<string, KubeObject>();
  readonly #gone = new Set<string>();

  take({ type, object }: Pick<ObjectRow, "type" | "object">): void {
    const { uid, version } = identityOf(object);
    if (type === "DELETED") {
      this.#objects.delete(uid);
      this.#gone.add(uid);
      const [oldest] = this.#gone;
      if (this.#gone.size > REMEMBERED && oldest !== undefined) this.#gone.delete(oldest);
      return;
    }
    const before = this.#objects.get(uid);
    if (this.#gone.has(uid) || (before !== undefined && identityOf(before).version > version)) return;
    this.#objects.set(uid, object);
  }

  /** Takes out what a complete list no longer has, in its last state; its resourceVersion is that of an older write and is left out. */
  removeMissing(listed: ReadonlySet<string>): KubeObject[] {
    const missing = [...this.#objects].filter(([uid]) => !listed.has(uid));
    for (const [uid, object] of missing) this.take({ type: "DELETED", object: { ...object, metadata: { ...object.metadata, uid } } });
    return missing.map(([, object]) => {
      const { resourceVersion: _, ...metadata } = object.metadata ?? {};
      return { ...object, metadata };
    });
  }

  values(): IterableIterator<KubeObject> {
    return this.#objects.values();
  }
}

/** The Job has a condition that says it ended (batch/v1 JobStatus). */
export function isFinished(job: KubeObject): boolean {
  const conditions = isObject(job.status) ? job.status.conditions : undefined;
  return (
    Array.isArray(conditions) &&
    conditions.some((entry) => isObject(entry) && entry.status === "True" && (entry.type === "Complete" || entry.type === "Failed"))
  );
}
