import type { ApiRequest, ClusterEvent, JobObservation, PodObservation, TimelineEvent } from "../model/event.js";
import { groupBy } from "../model/group-by.js";
import type { EpochMs } from "../model/time.js";

/** One life of a Job name in the audit log: from a create (if it was logged) to its delete. */
export interface AuditLife {
  readonly create?: ApiRequest;
  /** The first successful delete. */
  readonly remove?: ApiRequest;
  /** The garbage collector takes the finalizer off after a foreground delete: then the object is gone. */
  readonly release?: ApiRequest;
  readonly uid?: string;
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
}

/** Everything the inputs say of one Pod. */
export interface PodHistory {
  readonly uid: string;
  readonly name: string;
  readonly observations: readonly PodObservation[];
  readonly events: readonly ClusterEvent[];
  /** Last successful delete in the audit log: the kubelet's, with grace 0. */
  readonly removes: readonly ApiRequest[];
}

const GARBAGE_COLLECTOR = /:generic-garbage-collector$/;

/** An audit create belongs to the object whose (truncated) creation second it falls into, give or take the time the request took. */
const CREATE_SLACK_MS = 1000;

/** Groups observations, Events and audit rows by the object they speak of: the uid is the identity, names are reused. */
export function gatherHistories(events: readonly TimelineEvent[]): JobHistory[] {
  const jobs = groupBy(ofType(events, "job"), (event) => event.job.uid);
  const pods = podHistories(events);
  const podsByJob = groupBy(pods.values(), (pod) => pod.jobUid);
  const jobEvents = groupBy(
    ofType(events, "cluster-event").filter((event) => event.involved.kind === "Job"),
    (event) => event.involved.uid,
  );
  const lives = auditLives(ofType(events, "api-request").filter((request) => request.resource === "jobs"));
  const histories: JobHistory[] = [];
  const matchedLives = new Set<AuditLife>();
  const known = new Map<string, { name: string; namespace: string; createdAt?: EpochMs }>();
  for (const [uid, [first]] of jobs) {
    if (first !== undefined) known.set(uid, first.job);
  }
  for (const [uid, [first]] of jobEvents) {
    if (first !== undefined && !known.has(uid)) known.set(uid, first.involved);
  }
  for (const pod of pods.values()) {
    const owner = pod.observations[0]?.pod;
    if (owner?.ownerUid !== undefined && owner.ownerName !== undefined && !known.has(owner.ownerUid)) {
      known.set(owner.ownerUid, { name: owner.ownerName, namespace: owner.namespace });
    }
  }
  const namesakes = groupBy(known.values(), (job) => `${job.namespace}/${job.name}`);
  for (const [uid, job] of known) {
    const key = `${job.namespace}/${job.name}`;
    const life = lifeOf(uid, job.createdAt, lives.get(key) ?? [], namesakes.get(key)?.length === 1);
    if (life !== undefined) matchedLives.add(life);
    histories.push({
      uid,
      name: job.name,
      namespace: job.namespace,
      observations: inOrder(jobs.get(uid) ?? []),
      ...(life === undefined ? {} : { audit: life }),
      events: jobEvents.get(uid) ?? [],
      pods: podsByJob.get(uid) ?? [],
    });
  }
  for (const [key, ofName] of lives) {
    for (const [index, life] of ofName.entries()) {
      if (matchedLives.has(life)) continue;
      const slash = key.indexOf("/");
      histories.push({
        uid: life.uid ?? `audit:${key}#${index + 1}`,
        name: key.slice(slash + 1),
        namespace: key.slice(0, slash),
        observations: [],
        audit: life,
        events: [],
        pods: [],
      });
    }
  }
  return histories;
}

function ofType<T extends TimelineEvent["type"]>(events: readonly TimelineEvent[], type: T): Extract<TimelineEvent, { type: T }>[] {
  return events.filter((event): event is Extract<TimelineEvent, { type: T }> => event.type === type);
}

function inOrder<T extends JobObservation | PodObservation>(observations: readonly T[]): T[] {
  const version = (o: JobObservation | PodObservation) => (o.type === "job" ? o.job : o.pod).resourceVersion ?? Number.NaN;
  return [...observations].sort((a, b) => version(a) - version(b) || Number(a.change === "DELETED") - Number(b.change === "DELETED") || 0);
}

type OwnedPod = PodHistory & { readonly jobUid: string };

function podHistories(events: readonly TimelineEvent[]): Map<string, OwnedPod> {
  const observations = groupBy(ofType(events, "pod"), (event) => event.pod.uid);
  const podEvents = ofType(events, "cluster-event").filter((event) => event.involved.kind === "Pod");
  const byPod = groupBy(podEvents, (event) => event.involved.uid);
  const removes = groupBy(
    ofType(events, "api-request").filter((r) => r.resource === "pods" && r.verb === "delete" && r.subresource === undefined),
    (request) => `${request.namespace}/${request.name}`,
  );
  const creators = podCreators(events);
  const result = new Map<string, OwnedPod>();
  for (const uid of new Set([...observations.keys(), ...byPod.keys()])) {
    const seen = inOrder(observations.get(uid) ?? []);
    const identity = seen[0]?.pod ?? byPod.get(uid)?.[0]?.involved;
    if (identity === undefined) continue;
    const key = `${identity.namespace}/${identity.name}`;
    const jobUid = seen.find((o) => o.pod.ownerUid !== undefined)?.pod.ownerUid ?? creators.get(key);
    if (jobUid === undefined) continue;
    result.set(uid, {
      uid,
      name: identity.name,
      jobUid,
      observations: seen,
      events: byPod.get(uid) ?? [],
      removes: removes.get(key) ?? [],
    });
  }
  return result;
}

/** Without Pod objects, the job controller's own Events say which Job made which Pod. */
function podCreators(events: readonly TimelineEvent[]): Map<string, string> {
  const creators = new Map<string, string>();
  for (const event of ofType(events, "cluster-event")) {
    if (event.involved.kind !== "Job" || event.reason !== "SuccessfulCreate") continue;
    const pod = /^Created pod: (\S+)/.exec(event.message)?.[1];
    if (pod !== undefined) creators.set(`${event.involved.namespace}/${pod}`, event.involved.uid);
  }
  return creators;
}

function auditLives(requests: readonly ApiRequest[]): Map<string, AuditLife[]> {
  const result = new Map<string, AuditLife[]>();
  const named = requests.filter((request) => request.name !== "");
  for (const [key, ofName] of groupBy(named, (request) => `${request.namespace}/${request.name}`)) {
    const inTime = [...ofName].sort((a, b) => a.completed.at - b.completed.at);
    const lives: { create?: ApiRequest; remove?: ApiRequest; release?: ApiRequest; uid?: string }[] = [];
    for (const request of inTime) {
      if (request.verb === "create" && request.subresource === undefined) {
        lives.push({ create: request, ...(request.uid === undefined ? {} : { uid: request.uid }) });
        continue;
      }
      const life = lives.at(-1) ?? (lives.push({}), lives[0]);
      if (life === undefined) continue;
      if (request.uid !== undefined) life.uid ??= request.uid;
      if (request.subresource !== undefined) continue;
      if (request.verb === "delete") life.remove ??= request;
      else if (life.remove !== undefined && GARBAGE_COLLECTOR.test(request.user)) life.release = request;
    }
    result.set(
      key,
      lives.filter((life) => life.create !== undefined || life.remove !== undefined),
    );
  }
  return result;
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
