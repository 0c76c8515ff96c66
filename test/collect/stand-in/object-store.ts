/** What etcd does for an API server: objects under numbered writes, and the history after a number, as far as it is kept. */
import { randomUUID } from "node:crypto";
import type { StandInObject } from "./api.js";

export interface Write {
  /** By the server's clock. */
  readonly at: number;
  readonly version: number;
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: StandInObject;
}

const API_VERSIONS: Readonly<Record<string, string>> = { Job: "batch/v1", Pod: "v1", Service: "v1", Event: "events.k8s.io/v1" };

export class ObjectStore {
  readonly history: Write[] = [];
  /** Writes up to this number are forgotten. */
  compacted = 0;
  version = 1000;
  readonly #objects = new Map<string, StandInObject>();
  readonly #listeners = new Set<(write: Write) => void>();

  /** @param keep how many writes are kept */
  constructor(
    readonly now: () => number,
    private readonly keep: number,
  ) {}

  put(object: Record<string, unknown>): StandInObject {
    const kind = String(object.kind);
    const given = object.metadata as Record<string, unknown>;
    const namespace = String(given.namespace ?? "default");
    const name = String(given.name);
    const key = `${kind}/${namespace}/${name}`;
    const before = this.#objects.get(key);
    const uid = before?.metadata.uid ?? randomUUID();
    const creationTimestamp = before?.metadata.creationTimestamp ?? seconds(this.now());
    const metadata = { uid, creationTimestamp, managedFields: [{ manager: "stand-in" }], ...given, name, namespace };
    return this.#write(before === undefined ? "ADDED" : "MODIFIED", key, {
      apiVersion: API_VERSIONS[kind] ?? "v1",
      ...object,
      kind,
      metadata,
    });
  }

  remove(kind: string, namespace: string, name: string): StandInObject | undefined {
    const key = `${kind}/${namespace}/${name}`;
    const before = this.#objects.get(key);
    return before === undefined ? undefined : this.#write("DELETED", key, before);
  }

  get(kind: string, namespace: string, name: string): StandInObject | undefined {
    return this.#objects.get(`${kind}/${namespace}/${name}`);
  }

  /** The objects of a kind; "" for all namespaces. */
  list(kind: string, namespace: string): StandInObject[] {
    return [...this.#objects.values()].filter(
      (object) => object.kind === kind && (namespace === "" || object.metadata.namespace === namespace),
    );
  }

  listen(listener: (write: Write) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  compact(): void {
    this.compacted = this.version;
  }

  #write(type: Write["type"], key: string, object: StandInObject): StandInObject {
    this.version += 1;
    const written: StandInObject = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.version) } };
    if (type === "DELETED") this.#objects.delete(key);
    else this.#objects.set(key, written);
    const write: Write = { at: this.now(), version: this.version, type, object: written };
    this.history.push(write);
    if (this.history.length > 2 * this.keep) this.compacted = this.history.splice(0, this.keep).at(-1)?.version ?? this.compacted;
    for (const listener of this.#listeners) listener(write);
    return written;
  }
}

/** As Kubernetes prints a time. */
export function seconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
