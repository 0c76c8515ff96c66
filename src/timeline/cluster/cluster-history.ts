import { addToGroup, groupBy, trimmed } from "../../model/collections/group-by.js";
import { inOrder } from "../../model/collections/in-order.js";
import type { ClusterEvent, JobObservation, PodObservation } from "../../model/event.js";
import type { PlacedRequest } from "./audit-clocks.js";
import { type AuditLife, auditLives, type KnownJob, lifeFinder } from "./audit-lives.js";
import type { EventGroups } from "./event-groups.js";
import { namespacedName } from "./namespaced-name.js";
import { podCreators } from "./pod-creators.js";

/** Everything the inputs say of one Job object (one uid). */
export interface JobHistory {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  /** In order of resourceVersion, else as read. */
  readonly observations: readonly JobObservation[];
  readonly audit?: AuditLife;
  readonly events: readonly ClusterEvent[];
  readonly pods: readonly PodHistory[];
  /** Jobs of its namespace are suspended: one may have been there for long when its first Pod was made. */
  readonly maySuspend?: true;
}

/** Everything the inputs say of one Pod. */
export interface PodHistory {
  readonly uid: string;
  readonly name: string;
  readonly observations: readonly PodObservation[];
  readonly events: readonly ClusterEvent[];
  /** Successful deletes in the audit log, in order of time: the last is the kubelet's, with grace 0. */
  readonly removes: readonly PlacedRequest[];
}

/** Groups observations, Events and audit rows by the object they speak of: the uid is the identity, names are reused. */
export function gatherHistories({ jobs, pods: podRows, clusterEvents }: EventGroups, requests: readonly PlacedRequest[]): JobHistory[] {
  const observed = groupBy(jobs, (event) => event.job.uid);
  const jobEvents = eventsOf("Job", clusterEvents);
  const pods = podHistories(podRows, clusterEvents, requests);
  const podsByJob = groupBy(pods, (pod) => pod.jobUid);
  const lives = auditLives(requests);
  const known = knownJobs(observed, jobEvents, pods);
  const findLife = lifeFinder(known, lives);
  const matched = new Set<AuditLife>();
  const histories: JobHistory[] = [];
  for (const [uid, { name, namespace, createdAt }] of known) {
    const life = findLife(uid, namespacedName({ namespace, name }), createdAt);
    if (life !== undefined) matched.add(life);
    const observations = byVersion(observed.get(uid) ?? []);
    histories.push({
      uid,
      name,
      namespace,
      observations,
      ...(life === undefined ? {} : { audit: ownLife(life, observations) }),
      events: jobEvents.get(uid) ?? [],
      pods: podsByJob.get(uid) ?? [],
    });
  }
  for (const history of auditOnly(lives, matched)) histories.push(history);
  const suspending = suspendingNamespaces(jobEvents);
  if (suspending.size === 0) return histories;
  return histories.map((history) => (suspending.has(history.namespace) ? { ...history, maySuspend: true } : history));
}

/** Where a row shows that it went, that tells more of it than a delete of all Jobs of its namespace. */
function ownLife(life: AuditLife, observations: readonly JobObservation[]): AuditLife {
  if (life.remove?.verb !== "deletecollection" || !observations.some(({ change }) => change === "DELETED")) return life;
  const { remove: _, ...own } = life;
  return own;
}

const OF_SUSPENSION: ReadonlySet<string> = new Set(["Suspended", "Resumed"]);

/** Namespaces in which the controller says of some Job that it shall not run yet, or no longer. */
function suspendingNamespaces(jobEvents: ReadonlyMap<string, readonly ClusterEvent[]>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const events of jobEvents.values())
    for (const { reason, involved } of events) if (OF_SUSPENSION.has(reason)) found.add(involved.namespace);
  return found;
}

/** Events about objects of one kind, by uid. */
function eventsOf(kind: string, events: readonly ClusterEvent[]): Map<string, ClusterEvent[]> {
  const byUid = new Map<string, ClusterEvent[]>();
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as ClusterEvent;
    const { involved } = event;
    if (involved.kind === kind) addToGroup(byUid, involved.uid, event);
  }
  return trimmed(byUid);
}

/** Every Job that an object, an Event or a Pod's owner names, by uid. */
function knownJobs(
  observed: ReadonlyMap<string, readonly JobObservation[]>,
  jobEvents: ReadonlyMap<string, readonly ClusterEvent[]>,
  pods: Iterable<PodHistory>,
): Map<string, KnownJob> {
  const known = new Map<string, KnownJob>();
  for (const [uid, rows] of observed) if (rows[0] !== undefined) known.set(uid, rows[0].job);
  for (const [uid, events] of jobEvents) if (events[0] !== undefined && !known.has(uid)) known.set(uid, events[0].involved);
  for (const { observations } of pods) {
    const { ownerUid, ownerName, namespace } = observations[0]?.pod ?? {};
    if (ownerUid !== undefined && ownerName !== undefined && namespace !== undefined && !known.has(ownerUid)) {
      known.set(ownerUid, { name: ownerName, namespace });
    }
  }
  return known;
}

/** Jobs of which only the audit log speaks; where it has no uid, name and order stand in for it. */
function auditOnly(lives: ReadonlyMap<string, readonly AuditLife[]>, matched: ReadonlySet<AuditLife>): JobHistory[] {
  return [...lives].flatMap(([key, ofName]) => {
    const slash = key.indexOf("/");
    const [namespace, name] = [key.slice(0, slash), key.slice(slash + 1)];
    return ofName.flatMap((life, index) =>
      matched.has(life)
        ? []
        : [{ uid: life.uid ?? `audit:${key}#${index + 1}`, name, namespace, observations: [], audit: life, events: [], pods: [] }],
    );
  });
}

function byVersion<T extends JobObservation | PodObservation>(observations: readonly T[]): readonly T[] {
  const version = (o: JobObservation | PodObservation) => (o.type === "job" ? o.job : o.pod).resourceVersion ?? Number.NaN;
  return inOrder(observations, (a, b) => version(a) - version(b) || Number(a.change === "DELETED") - Number(b.change === "DELETED") || 0);
}

type OwnedPod = PodHistory & { readonly jobUid: string };

function podHistories(
  rows: readonly PodObservation[],
  clusterEvents: readonly ClusterEvent[],
  requests: readonly PlacedRequest[],
): readonly OwnedPod[] {
  const observations = groupBy(rows, (event) => event.pod.uid);
  const byPod = eventsOf("Pod", clusterEvents);
  const deletes = requests.filter((r) => r.resource === "pods" && r.verb === "delete" && r.subresource === undefined);
  const removes = groupBy(
    inOrder(deletes, (a, b) => a.completed.at - b.completed.at),
    namespacedName,
  );
  const creatorOf = podCreators(clusterEvents);
  const result: OwnedPod[] = [];
  for (const uid of new Set([...observations.keys(), ...byPod.keys()])) {
    const seen = byVersion(observations.get(uid) ?? []);
    const events = byPod.get(uid) ?? [];
    const identity = seen[0]?.pod ?? events[0]?.involved;
    if (identity === undefined) continue;
    const owner = seen.find((o) => o.pod.ownerUid !== undefined)?.pod.ownerUid;
    const key = removes.size > 0 ? namespacedName(identity) : "";
    const jobUid = owner ?? creatorOf(identity);
    if (jobUid !== undefined)
      result.push({ uid, name: identity.name, jobUid, observations: seen, events, removes: removes.get(key) ?? [] });
  }
  return result;
}
