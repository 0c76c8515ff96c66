import type { WatchedKind } from "./collect-types.js";

/** Where the API serves each kind, and what its objects call themselves: items of a list name neither. */
export const RESOURCES: Readonly<Record<WatchedKind, { readonly apiVersion: string; readonly root: string; readonly plural: string }>> = {
  Job: { apiVersion: "batch/v1", root: "/apis/batch/v1", plural: "jobs" },
  Pod: { apiVersion: "v1", root: "/api/v1", plural: "pods" },
  Service: { apiVersion: "v1", root: "/api/v1", plural: "services" },
  Event: { apiVersion: "events.k8s.io/v1", root: "/apis/events.k8s.io/v1", plural: "events" },
};

/** Path of a collection; "" for all namespaces. */
export function collectionPath(kind: WatchedKind, namespace: string): string {
  const { root, plural } = RESOURCES[kind];
  return namespace === "" ? `${root}/${plural}` : `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}
