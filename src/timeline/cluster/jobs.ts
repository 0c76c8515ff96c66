import type { Growing } from "../../model/collections/growing.js";
import { compilePattern } from "../../model/patterns/safe-pattern.js";
import type { Profile } from "../../model/profile.js";
import type { JobRole } from "../../model/report.js";
import type { Evidence } from "../../model/source.js";
import type { Bounds, EpochMs } from "../../model/time.js";
import type { Job, Moment, MomentSource } from "../../model/timeline.js";
import { isBySchedule } from "./by-schedule.js";
import { cleanupFinder } from "./cleanup-finder.js";
import type { JobHistory, PodHistory } from "./cluster-history.js";
import { isTypedRow, type SourceReach, tellsCreations } from "./coverage.js";
import { type WaitsForPods, waitFinder } from "./deletion-policy.js";
import { crowdFinder, type IsCrowded } from "./foreground-deletion.js";
import { firstEventOf } from "./job-beginning.js";
import { absenceFinder, type JobList } from "./job-lists.js";
import { finishStampOf, mechanismOf } from "./job-mechanism.js";
import { jobPoints } from "./job-points.js";
import { lastSeenAlive, openUntil } from "./last-seen.js";
import { creationOf, deleteRequestOf, deletionOf, isUntouched } from "./moments.js";
import { podGoneOf } from "./pod-moments.js";
import { type GoneInGap, SHORT_MS, type WatchGaps, watchedAs } from "./relists.js";
import type { ResourceVersions } from "./resource-versions.js";
import type { ClockTable } from "./stamped-moments.js";

/** What it takes to date the life of a Job. */
export interface JobContext {
  readonly clocks: ClockTable;
  readonly versions: ResourceVersions;
  readonly naming: (name: string) => { role: JobRole; jobId: string | null };
  readonly coverage: Bounds | null;
  readonly reach: SourceReach;
  readonly gaps: WatchGaps;
  /** Only called where some Job needs them. */
  readonly lists: () => readonly JobList[];
  readonly profile: Profile;
}

/** A Job of which nobody has said yet whose it is. */
export type JobDraft = Growing<Job>;

/** One Job per uid, with its moments from the finest sources, in order of creation. */
export function buildJobs(histories: readonly JobHistory[], context: JobContext): readonly JobDraft[] {
  const cleanupUsers = context.profile.cleanupUsers.map((source) => compilePattern(source));
  const waitsOf = waitFinder(histories, (history) => watchedAs(history, context.naming), {
    clocks: context.clocks,
    lostLines: context.reach.lostLines,
  });
  // There are as many requests as Jobs, and few who make them.
  const known = new Map<string, boolean>();
  const isCleanupUser = (user: string) => {
    const is = known.get(user) ?? cleanupUsers.some((pattern) => pattern.test(user));
    known.set(user, is);
    return is;
  };
  const datable = histories.flatMap((history) => {
    const created = creationOf(history, context.clocks) ?? createdUnseen(history, context.reach);
    return created === undefined ? [] : [{ history, created }];
  });
  const isCrowded = crowdFinder(histories);
  const cleanupOf = cleanupFinder(() => datable, context.naming);
  const unseen = datable.filter(({ history }) => isUnseen(history));
  const absentFrom = unseen.length === 0 ? () => undefined : absenceFinder(unseen, context.lists(), context);
  const jobs = datable.map((job) => {
    const absent = isUnseen(job.history) ? absentFrom(job) : undefined;
    return buildJob(job.history, job.created, { absent, waits: waitsOf(job.history), isCrowded, cleanupOf, isCleanupUser }, context);
  });
  return jobs.sort(inOrderOfCreation);
}

/** By the time of creation, then by name. */
export function inOrderOfCreation(a: JobDraft, b: JobDraft): number {
  return a.created.at - b.created.at || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** What a deletion in the background causes, and one in the foreground does before the Job goes. */
const BEFORE_ITS_PODS: ReadonlySet<MomentSource> = new Set(["pod-killing", "pod-deletion-timestamp", "cleanup-completion"]);

/** The first list of a capture has it no more: what old Events tell of it is not of what was captured. */
export function wentBefore({ gone }: JobDraft, coverage: Bounds | null): boolean {
  return gone?.how === "watch-restarted" && coverage !== null && gone.hi <= coverage.lo + SHORT_MS;
}

/** Only its Pods and Events tell of it. */
function isUnseen({ observations, audit }: JobHistory): boolean {
  return observations.length === 0 && audit === undefined;
}

/** What the others tell of a Job. */
interface Surroundings {
  readonly absent: GoneInGap | undefined;
  readonly waits: WaitsForPods | undefined;
  readonly isCrowded: IsCrowded;
  readonly cleanupOf: ReturnType<typeof cleanupFinder>;
  readonly isCleanupUser: (user: string) => boolean;
}

function buildJob(
  history: JobHistory,
  known: Moment,
  { absent, waits, isCrowded, cleanupOf, isCleanupUser }: Surroundings,
  context: JobContext,
): JobDraft {
  const { role, jobId } = context.naming(history.name);
  // Whoever asked for the deletion in the audit log need not be looked for.
  const cleanup = role === "serving" && history.audit?.remove === undefined ? cleanupOf(history) : undefined;
  const deletion = (gap: GoneInGap | undefined) =>
    deletionOf(history, {
      clocks: context.clocks,
      versions: context.versions,
      cleanup,
      waits,
      isCrowded,
      aliveAt: lastSeenAlive(history, context.reach),
      gap,
    });
  const gone = notBefore(known.lo, deletion(context.gaps.gone.get(history.uid)) ?? (absent === undefined ? undefined : deletion(absent)));
  const created = notAfter(gone?.hi, known);
  const last = history.observations.at(-1)?.job;
  const finished = finishStampOf(history, context.clocks);
  const request = deleteRequestOf(history);
  const podGone = latest(history.pods, (pod) => podGoneOf(pod, context));
  const deletedBy = history.audit?.remove?.user;
  const open = gone === undefined ? openUntil(history, finished !== undefined, context) : undefined;
  const { clocks } = context;
  const ttlMs = last?.ttlMsAfterFinished;
  const mechanism = mechanismOf({
    gone,
    requested: request,
    finished,
    deletedBy,
    ttlMs,
    ttlUntold: last === undefined,
    cleanup,
    clocks,
    isCleanupUser,
  });
  const job: JobDraft = {
    name: history.name,
    namespace: history.namespace,
    uid: history.uid,
    role,
    jobId,
    ofThisRun: false,
    created,
    mechanism: mechanism === "open" && open?.endVisible !== true ? "unknown" : mechanism,
    truncated: isTruncated(history, known, context),
    env: last?.env ?? {},
    images: last?.images ?? [],
    specSeen: last !== undefined,
    evidence: evidenceOf(created, gone),
  };
  // Only what has a value, and not by spreading: that takes many times as long.
  if (gone !== undefined) job.gone = gone;
  else if (context.coverage !== null && open !== undefined) {
    job.censoredAt = Math.max(open.at, created.at);
    if (open.went) job.wentLater = true;
  }
  if (assumesBackground(gone, waits)) job.backgroundAssumed = true;
  if (request !== undefined) job.deleteRequested = request;
  if (podGone !== undefined) job.podGone = podGone;
  if (finished !== undefined) job.finished = finished;
  if (deletedBy !== undefined) job.deletedBy = deletedBy;
  const { scheduled, started, finishedAt } = jobPoints(history, finished, context.clocks);
  if (scheduled !== undefined) job.scheduled = scheduled;
  if (started !== undefined) job.started = started;
  if (finishedAt !== undefined) job.finishedAt = finishedAt;
  if (last?.ttlMsAfterFinished !== undefined) job.ttlMsAfterFinished = last.ttlMsAfterFinished;
  if (last?.backoffLimit !== undefined) job.backoffLimit = last.backoffLimit;
  if (isBySchedule(history)) job.bySchedule = true;
  return job;
}

/** What happened to its Pods tells when it was gone only if it did not wait for them. */
function assumesBackground(gone: Moment | undefined, waits: WaitsForPods | undefined): boolean {
  return waits === undefined && gone !== undefined && BEFORE_ITS_PODS.has(gone.how);
}

/** Nothing is gone before it was created, however little else bounds its end. */
function notBefore(created: EpochMs, gone: Moment | undefined): Moment | undefined {
  return gone === undefined ? undefined : { ...gone, lo: Math.max(gone.lo, Math.min(created, gone.at)) };
}

/** Nothing was created after it was gone, however coarse the stamp of its creation is. */
function notAfter(gone: EpochMs | undefined, created: Moment): Moment {
  if (gone === undefined || created.hi <= gone || gone < created.lo) return created;
  return { ...created, at: Math.min(created.at, (created.lo + gone) / 2), hi: gone };
}

/**
 * A Job of which only the deletion was logged was there when the log began. A log in which no Job is ever created says nothing of creations, and one that names none of those
 * in its namespace nothing of this one: then it was created at some time before.
 */
function createdUnseen({ audit, namespace }: JobHistory, reach: SourceReach): Moment | undefined {
  const removed = audit?.remove;
  if (removed === undefined || reach.audit === null) return undefined;
  const at = tellsCreations(reach, namespace) ? Math.min(reach.audit.lo, removed.received.at) : removed.received.at;
  return { at, lo: Number.NEGATIVE_INFINITY, hi: at, how: "audit", bracket: true, evidence: removed.evidence };
}

/**
 * Its first row (or that of its Pod) does not tell of its creation: it was there before the watch, or before the list was made. Not where the capture it
 * stands in was on before the Job was created: then a gap, or rows that were merged, kept its beginning from us.
 */
function isTruncated(history: JobHistory, created: Moment, { reach, gaps, naming }: JobContext): boolean {
  if (history.audit?.create !== undefined || firstEventOf(history)?.atCreation === true) return false;
  const first = history.observations[0];
  if (first !== undefined) {
    const { createdAt } = first.job;
    const arrivalsFrom = reach.arrivalsFrom.get(first.evidence.source);
    const listedBy = gaps.watchedFrom.get(watchedAs(history, naming)) ?? Number.POSITIVE_INFINITY;
    const watchedFrom = Math.min(arrivalsFrom ?? Number.POSITIVE_INFINITY, listedBy);
    if (!isUntouched(first)) return isTypedRow(first) && createdAt < watchedFrom;
    // Nobody had touched it, but its arrival is not that of its creation.
    return arrivalsFrom !== undefined && created.how !== "watch-received" && createdAt + 1000 <= watchedFrom;
  }
  const [pod] = history.pods.flatMap(({ observations }) => observations.slice(0, 1));
  if (pod !== undefined) {
    const watchedFrom = reach.arrivalsFrom.get(pod.evidence.source) ?? Number.POSITIVE_INFINITY;
    const isCreation = pod.change === "ADDED" && pod.pod.phase === "Pending";
    return !isCreation && isTypedRow(pod) && pod.pod.createdAt < watchedFrom;
  }
  return history.audit !== undefined && tellsCreations(reach, history.namespace);
}

function latest(pods: readonly PodHistory[], momentOf: (pod: PodHistory) => Moment | undefined): Moment | undefined {
  let last: Moment | undefined;
  for (const pod of pods) {
    const moment = momentOf(pod);
    if (moment !== undefined && (last === undefined || moment.at > last.at)) last = moment;
  }
  return last;
}

function evidenceOf(created: Moment, gone: Moment | undefined): Evidence[] {
  const evidence: Evidence[] = [];
  if (created.evidence !== undefined) evidence.push(created.evidence);
  if (gone?.evidence !== undefined) evidence.push(gone.evidence);
  return evidence;
}
