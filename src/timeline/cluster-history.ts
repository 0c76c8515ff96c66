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

interface KnownJob {
  readonly name: string;
  readonly namespace: string;
  readonly createdAt?: EpochMs;
}

/** Groups observations, Events and audit rows by the object they speak of: the uid is the identity, names are reused. */
export function gatherHistories(events: readonly TimelineEvent[]): JobHistory[] {
  const observed = groupBy(ofType(events, "job"), (event) => event.job.uid);
  const pods = podHistories(events);
  const podsByJob = groupBy(pods.values(), (pod) => pod.jobUid);
  const jobEvents = groupBy(
    ofType(events, "cluster-event").filter((event) => event.involved.kind === "Job"),
    (event) => event.involved.uid,
  );
  const lives = auditLives(ofType(events, "api-request").filter((request) => request.resource === "jobs"));
  const known = knownJobs(observed, jobEvents, pods.values());
  const namesakes = groupBy(known.values(), (job) => `${job.namespace}/${job.name}`);
  const matched = new Set<AuditLife>();
  const histories = [...known].map(([uid, { name, namespace, createdAt }]): JobHistory => {
    const key = `${namespace}/${name}`;
    const life = lifeOf(uid, createdAt, lives.get(key) ?? [], namesakes.get(key)?.length === 1);
    if (life !== undefined) matched.add(life);
    const observations = inOrder(observed.get(uid) ?? []);
    const audit = life === undefined ? {} : { audit: life };
    return { uid, name, namespace, observations, ...audit, events: jobEvents.get(uid) ?? [], pods: podsByJob.get(uid) ?? [] };
  });
  return [...histories, ...auditOnly(lives, matched)];
}

/** Every Job that an object, an Event or a Pod's owner names, by uid. */
function knownJobs(
  observed: ReadonlyMap<string, readonly JobObservation[]>,
  jobEvents: ReadonlyMap<string, readonly ClusterEvent[]>,
  pods: Iterable<PodHistory>,
): Map<string, KnownJob> {
  const known = new Map<string, KnownJob>();
  for (const [uid, [first]] of observed) if (first !== undefined) known.set(uid, first.job);
  for (const [uid, [first]] of jobEvents) if (first !== undefined && !known.has(uid)) known.set(uid, first.involved);
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

interface GrowingLife {
  create?: ApiRequest;
  remove?: ApiRequest;
  release?: ApiRequest;
  uid?: string;
}

function auditLives(requests: readonly ApiRequest[]): Map<string, AuditLife[]> {
  const named = requests.filter((request) => request.name !== "");
  const result = new Map<string, AuditLife[]>();
  for (const [key, ofName] of groupBy(named, (request) => `${request.namespace}/${request.name}`)) {
    const lives: GrowingLife[] = [];
    for (const request of [...ofName].sort((a, b) => a.completed.at - b.completed.at)) {
      const begins = request.verb === "create" && request.subresource === undefined;
      if (begins || lives.length === 0) lives.push({});
      const life = lives.at(-1);
      if (life !== undefined) addRequest(life, request, begins);
    }
    result.set(
      key,
      lives.filter((life) => life.create !== undefined || life.remove !== undefined),
    );
  }
  return result;
}

function addRequest(life: GrowingLife, request: ApiRequest, begins: boolean): void {
  if (request.uid !== undefined) life.uid ??= request.uid;
  if (begins) life.create = request;
  if (begins || request.subresource !== undefined) return;
  if (request.verb === "delete") life.remove ??= request;
  else if (life.remove !== undefined && GARBAGE_COLLECTOR.test(request.user)) life.release = request;
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
