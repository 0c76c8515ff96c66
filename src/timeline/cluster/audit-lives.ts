/** What the audit log tells of each Job, by its name: names are reused. */
import { groupBy } from "../../model/collections/group-by.js";
import { inOrder } from "../../model/collections/in-order.js";
import type { EpochMs } from "../../model/time.js";
import type { PlacedRequest } from "./audit-clocks.js";
import { namespacedName } from "./namespaced-name.js";

/** One life of a Job name in the audit log: from a create (if it was logged) to its delete. */
export interface AuditLife {
  readonly create?: PlacedRequest;
  /** The first successful delete; of all Jobs of its namespace, where no delete names it. */
  readonly remove?: PlacedRequest;
  /** The last finalizer is taken off after a delete that left it marked (the garbage collector's, in the foreground, or somebody else's): then the object is gone. */
  readonly release?: PlacedRequest;
  readonly uid?: string;
  /** From then on the log does not prove that it stayed: a delete of several may have taken it. */
  readonly provenUntil?: EpochMs;
}

const GARBAGE_COLLECTOR = /:generic-garbage-collector$/;

/** An audit create belongs to the object whose (truncated) creation second it falls into, give or take the time the request took. */
const CREATE_SLACK_MS = 1000;

/** A Job that something else than the audit log tells of, too. */
export interface KnownJob {
  readonly name: string;
  readonly namespace: string;
  readonly createdAt?: EpochMs;
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
  /** What the garbage collector wrote last, and anybody. */
  freed?: PlacedRequest;
  written?: PlacedRequest;
}

/** The lives of each name of a Job, in order. */
export function auditLives(requests: readonly PlacedRequest[]): Map<string, AuditLife[]> {
  const ofJobs = requests.filter(({ resource }) => resource === "jobs");
  const named = ofJobs.filter(({ name }) => name !== "");
  const ofSeveral = inOrder(
    ofJobs.filter(({ verb }) => verb === "deletecollection"),
    (a, b) => a.received.at - b.received.at,
  );
  const byNamespace = groupBy(ofSeveral, ({ namespace }) => namespace);
  const result = new Map<string, AuditLife[]>();
  for (const [key, ofName] of groupBy(named, namespacedName)) {
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
  const writes = !begins && request.subresource === undefined && request.verb !== "delete";
  if (writes) life.written = request;
  if (writes && GARBAGE_COLLECTOR.test(request.user)) life.freed = request;
  else life.seenAt = request.completed.at;
  if (begins || request.subresource !== undefined) return;
  if (request.verb === "delete") life.remove ??= request;
  // Whoever could still write to it then: it was there, marked.
  else if (life.remove !== undefined && request.received.at >= life.remove.completed.at) life.release = request;
}

/**
 * What deletes of several Jobs (deletecollection, in order) tell of one that no delete names. One that takes all takes what was there before it was received.
 * Of any other, and of one in whose time the Job was created, it is not known whether it took this one.
 */
function addDeletesOfSeveral(life: GrowingLife, next: GrowingLife | undefined, requests: readonly PlacedRequest[]): void {
  for (const request of requests) {
    if (next !== undefined && request.received.at >= next.first.completed.at) return;
    if (request.completed.at <= life.first.received.at) continue;
    const { freed, written } = life;
    const takesIt = request.takesAll === true && request.received.at >= life.first.completed.at;
    // The collector writes to what is marked; what somebody else's finalizer holds goes when that is taken off.
    const isMarked = (freed?.completed.at ?? 0) >= request.received.at || (takesIt && (written?.received.at ?? 0) >= request.completed.at);
    if (written !== undefined && isMarked && written.completed.at >= life.seenAt) life.release = written;
    if (takesIt) {
      life.remove = request;
      return;
    }
    life.provenUntil ??= Math.max(request.received.at, life.seenAt);
    // What may be gone by now is not known to be there for the next.
    if (life.seenAt <= request.completed.at) return;
  }
}

/** Finds the life of a Job among those of its name. */
export function lifeFinder(
  known: ReadonlyMap<string, KnownJob>,
  lives: ReadonlyMap<string, readonly AuditLife[]>,
): (uid: string, key: string, createdAt: EpochMs | undefined) => AuditLife | undefined {
  if (lives.size === 0) return () => undefined;
  const namesakes = new Map<string, number>();
  for (const job of known.values()) {
    const key = namespacedName(job);
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
