import type { ClusterEvent, JobObservation, PodObservation } from "../model/event.js";
import { addToGroup, groupBy, trimmed } from "../model/group-by.js";
import { inOrder } from "../model/in-order.js";
import type { EpochMs } from "../model/time.js";
import type { PlacedRequest } from "./audit-clocks.js";
import type { EventGroups } from "./event-groups.js";

/** One life of a Job name in the audit log: from a create (if it was logged) to its delete. */
export interface AuditLife {
  readonly create?: PlacedRequest;
  /** The first successful delete; of all Jobs of its namespace, where no delete names it. */
  readonly remove?: PlacedRequest;
  /** The garbage collector takes the finalizer off after a foreground delete: then the object is gone. */
  readonly release?: PlacedRequest;
  readonly uid?: string;
  /** From then on the log does not prove that it stayed: a delete of several may have taken it. */
  readonly provenUntil?: EpochMs;
}

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

const GARBAGE_COLLECTOR = /:generic-garbage-collector$/;

/** An audit create belongs to the object whose (truncated) creation second it falls into, give or take the time the request took. */
const CREATE_SLACK_MS = 1000;

interface KnownJob {
  readonly name: string;
  readonly namespace: string;
  readonly createdAt?: EpochMs;
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
    const life = findLife(uid, nameKey(namespace, name), createdAt);
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

function nameKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
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
    (request) => nameKey(request.namespace, request.name),
  );
  const creators = podCreators(clusterEvents);
  const result: OwnedPod[] = [];
  for (const uid of new Set([...observations.keys(), ...byPod.keys()])) {
    const seen = byVersion(observations.get(uid) ?? []);
    const events = byPod.get(uid) ?? [];
    const identity = seen[0]?.pod ?? events[0]?.involved;
    if (identity === undefined) continue;
    const owner = seen.find((o) => o.pod.ownerUid !== undefined)?.pod.ownerUid;
    const key = owner === undefined || removes.size > 0 ? nameKey(identity.namespace, identity.name) : "";
    const jobUid = owner ?? creators.get(key);
    if (jobUid !== undefined)
      result.push({ uid, name: identity.name, jobUid, observations: seen, events, removes: removes.get(key) ?? [] });
  }
  return result;
}

/** Without Pod objects, the job controller's own Events say which Job made which Pod. */
function podCreators(events: readonly ClusterEvent[]): Map<string, string> {
  const creators = new Map<string, string>();
  for (let index = 0; index < events.length; index += 1) {
    const { reason, involved, message } = events[index] as ClusterEvent;
    if (reason !== "SuccessfulCreate" || involved.kind !== "Job") continue;
    const pod = /^Created pod: (\S+)/.exec(message)?.[1];
    if (pod !== undefined) creators.set(nameKey(involved.namespace, pod), involved.uid);
  }
  return creators;
}

/** A life whose requests are being read. */
interface GrowingLife {
  create?: PlacedRequest;
  remove?: PlacedRequest;
  release?: PlacedRequest;
  uid?: string;
  provenUntil?: EpochMs;
  /** Its first request. */
  readonly first: PlacedRequest;
  /** When it was there, by the last request that is not of the garbage collector. */
  seenAt: EpochMs;
  /** What the garbage collector wrote last. */
  freed?: PlacedRequest;
}

function auditLives(requests: readonly PlacedRequest[]): Map<string, AuditLife[]> {
  const ofJobs = requests.filter(({ resource }) => resource === "jobs");
  const named = ofJobs.filter(({ name }) => name !== "");
  const ofSeveral = inOrder(
    ofJobs.filter(({ verb }) => verb === "deletecollection"),
    (a, b) => a.received.at - b.received.at,
  );
  const byNamespace = groupBy(ofSeveral, ({ namespace }) => namespace);
  const result = new Map<string, AuditLife[]>();
  for (const [key, ofName] of groupBy(named, (request) => nameKey(request.namespace, request.name))) {
    const lives: GrowingLife[] = [];
    for (const request of inOrder(ofName, (a, b) => a.completed.at - b.completed.at)) {
      const begins = request.verb === "create" && request.subresource === undefined;
      if (begins || lives.length === 0) lives.push({ first: request, seenAt: request.completed.at });
      const life = lives.at(-1);
      if (life !== undefined) addRequest(life, request, begins);
    }
    lives.forEach((life, index) => {
      if (life.remove === undefined) addDeletesOfSeveral(life, lives[index + 1], byNamespace.get(life.first.namespace) ?? []);
    });
    result.set(
      key,
      lives.filter((life) => life.create !== undefined || life.remove !== undefined),
    );
  }
  return result;
}

function addRequest(life: GrowingLife, request: PlacedRequest, begins: boolean): void {
  if (request.uid !== undefined) life.uid ??= request.uid;
  if (begins) life.create = request;
  const freed = !begins && request.subresource === undefined && request.verb !== "delete" && GARBAGE_COLLECTOR.test(request.user);
  if (freed) life.freed = request;
  else life.seenAt = request.completed.at;
  if (begins || request.subresource !== undefined) return;
  if (request.verb === "delete") life.remove ??= request;
  else if (life.remove !== undefined && freed) life.release = request;
}

/**
 * What deletes of several Jobs (deletecollection, in order) tell of one that no delete names. One that takes all takes what was there before it was received.
 * Of any other, and of one in whose time the Job was created, it is not known whether it took this one.
 */
function addDeletesOfSeveral(life: GrowingLife, next: GrowingLife | undefined, requests: readonly PlacedRequest[]): void {
  for (const request of requests) {
    if (next !== undefined && request.received.at >= next.first.completed.at) return;
    if (request.completed.at <= life.first.received.at) continue;
    if (life.freed !== undefined && life.freed.completed.at >= Math.max(request.received.at, life.seenAt)) life.release = life.freed;
    if (request.takesAll && request.received.at >= life.first.completed.at) {
      life.remove = request;
      return;
    }
    life.provenUntil ??= Math.max(request.received.at, life.seenAt);
    // What may be gone by now is not known to be there for the next.
    if (life.seenAt <= request.completed.at) return;
  }
}

/** Finds the life of a Job among those of its name. */
function lifeFinder(
  known: ReadonlyMap<string, KnownJob>,
  lives: ReadonlyMap<string, readonly AuditLife[]>,
): (uid: string, key: string, createdAt: EpochMs | undefined) => AuditLife | undefined {
  if (lives.size === 0) return () => undefined;
  const namesakes = new Map<string, number>();
  for (const { namespace, name } of known.values()) {
    const key = nameKey(namespace, name);
    namesakes.set(key, (namesakes.get(key) ?? 0) + 1);
  }
  return (uid, key, createdAt) => {
    const ofName = lives.get(key);
    return ofName === undefined ? undefined : lifeOf(uid, createdAt, ofName, namesakes.get(key) === 1);
  };
}

function lifeOf(uid: string, createdAt: EpochMs | undefined, lives: readonly AuditLife[], onlyOne: boolean): AuditLife | undefined {
  const byUid = lives.find((life) => life.uid === uid);
  if (byUid !== undefined) return byUid;
  const anonymous = lives.filter((life) => life.uid === undefined);
  if (createdAt !== undefined) {
    const byTime = anonymous.find((life) => {
      const at = life.create?.completed.at;
      return at !== undefined && at >= createdAt - CREATE_SLACK_MS && at < createdAt + 1000 + CREATE_SLACK_MS;
    });
    if (byTime !== undefined) return byTime;
  }
  const [single] = anonymous;
  return onlyOne && anonymous.length === 1 && (createdAt === undefined || single?.create === undefined) ? single : undefined;
}
