/**
 * Whether the audit log has every request. Each API server of a control plane writes a log of its own, and rotated pieces get lost: then the log of one, or what is left of it, tells of some
 * Jobs and not of others, or of the creation of a Job and not of its deletion.
 */

import { groupBy } from "../../model/collections/group-by.js";
import type { ApiRequest } from "../../model/event.js";
import { largest } from "../../model/statistics/statistics.js";
import { ANY_TIME, type Bounds, type DurationMs, type EpochMs } from "../../model/time.js";
import { cleanupFinder } from "./cleanup-finder.js";
import type { JobHistory } from "./cluster-history.js";
import { finishStampOf } from "./job-mechanism.js";
import type { JobContext } from "./jobs.js";
import { creationOf, lastSignOfLife } from "./moments.js";
import { namespacedName } from "./namespaced-name.js";
import { killingOf, lastPods, podGoneOf } from "./pod-moments.js";
import { STAMP_MS } from "./printed-stamps.js";
import { watchedAs } from "./relists.js";
import { arrivalOf } from "./stamped-moments.js";

export interface UnloggedContext extends Pick<JobContext, "clocks" | "versions" | "naming" | "gaps" | "reach"> {
  /** All that the audit log has. */
  readonly requests: readonly ApiRequest[];
}

type CleanupOf = ReturnType<typeof cleanupFinder>;

interface Finders {
  readonly cleanupOf: CleanupOf;
  readonly namelessOf: ReturnType<typeof namelessDeletes>;
}

/** What happened this near to an end of the log may stand in the piece before or after it. */
const EDGE_MS: DurationMs = 1000;

/** Of how many Jobs another source shows the creation or the deletion at a time that the audit log covers, and it has neither. */
export function unloggedRequests(histories: readonly JobHistory[], context: UnloggedContext): number {
  const { audit, namelessCreationsIn } = context.reach;
  if (audit === null) return 0;
  const span = { lo: audit.lo + EDGE_MS, hi: audit.hi - EDGE_MS };
  const kindOf = (history: JobHistory) => watchedAs(history, context.naming);
  // Of Jobs that are not the run's nobody knows whether the log is of them.
  const logged = histories.filter((history) => history.audit !== undefined && !kindOf(history).endsWith("/other"));
  const kindsOf = (verb: "create" | "remove") => new Set(logged.filter((one) => one.audit?.[verb] !== undefined).map(kindOf));
  const [created, removed] = [kindsOf("create"), kindsOf("remove")];
  const alone = new Set(logged.filter(isLoggedAlone).map(namespacedName));
  const datedJobs = () => histories.map((history) => ({ history, created: creationOf(history, context.clocks) ?? ANY_TIME }));
  const finders = { cleanupOf: cleanupFinder(datedJobs, context.naming), namelessOf: namelessDeletes(context.requests) };
  return histories.filter((history) => {
    if (!isLoggedAlone(history) && alone.has(namespacedName(history))) return false;
    const kind = kindOf(history);
    if (created.has(kind) && !namelessCreationsIn.has(history.namespace) && lacksCreation(history, span, context)) return true;
    return (history.audit !== undefined || removed.has(kind)) && lacksDeletion(history, span, context, finders);
  }).length;
}

/** Only the log tells of it: of which Job of its name is then not known. */
function isLoggedAlone({ observations, events, pods }: JobHistory): boolean {
  return observations.length === 0 && events.length === 0 && pods.length === 0;
}

function lacksCreation(history: JobHistory, span: Bounds, { clocks }: UnloggedContext): boolean {
  if (history.audit?.create !== undefined) return false;
  const created = creationOf(history, clocks);
  return created !== undefined && created.lo > span.lo && created.hi < span.hi;
}

/** The deletes of several Jobs that name none, by namespace: that of a Job may be among them. */
function namelessDeletes(requests: readonly ApiRequest[]): (history: JobHistory) => readonly ApiRequest[] {
  const ofSeveral = requests.filter(({ resource, verb }) => resource === "jobs" && verb === "deletecollection");
  const byNamespace = groupBy(ofSeveral, ({ namespace }) => namespace);
  return ({ namespace }) => byNamespace.get(namespace) ?? [];
}

function lacksDeletion(history: JobHistory, span: Bounds, context: UnloggedContext, { cleanupOf, namelessOf }: Finders): boolean {
  const { create, remove, release } = history.audit ?? {};
  if (remove !== undefined || release !== undefined) return false;
  const goneBy = shownGoneBy(history, context, cleanupOf);
  if (goneBy === undefined || goneBy > span.hi) return false;
  const { lo: since } = creationOf(history, context.clocks) ?? ANY_TIME;
  if (namelessOf(history).some(({ received, completed }) => received.at <= goneBy && completed.at >= since)) return false;
  return Math.max(lastSignOfLife(history, undefined, context), create?.completed.at ?? Number.NEGATIVE_INFINITY) > span.lo;
}

/** By when another source than the audit log shows that it was gone, and no longer there in whatever state. */
function shownGoneBy(history: JobHistory, context: UnloggedContext, cleanupOf: CleanupOf): EpochMs | undefined {
  const deleted = history.observations.find(({ change }) => change === "DELETED");
  if (deleted === undefined) return context.gaps.gone.get(history.uid)?.hi ?? killedBy(history, context, cleanupOf);
  const version = deleted.job.resourceVersion;
  return arrivalOf(deleted, context.clocks)?.hi ?? (version === undefined ? undefined : context.versions.neighbourhood(version).hi);
}

/**
 * Its Pod was killed and gone, or its cleanup then done, and the controller neither made another nor said that the Job had failed or was suspended: as it would of a Pod that was evicted
 * or deleted alone.
 */
function killedBy(history: JobHistory, { clocks, versions }: UnloggedContext, cleanupOf: CleanupOf): EpochMs | undefined {
  const pods = lastPods(history);
  const killing = killingOf(pods, clocks);
  if (killing === undefined || finishStampOf(history, clocks) !== undefined) return undefined;
  if (history.events.some(({ reason }) => reason !== "SuccessfulCreate")) return undefined;
  if (killing.lo < lastSignOfLife(history, undefined, { clocks, versions })) return undefined;
  const gone = pods.flatMap((pod) => podGoneOf(pod, { clocks, versions })?.hi ?? []);
  if (gone.length === pods.length) return largest(gone);
  const cleanup = cleanupOf(history);
  const done = cleanup === undefined ? undefined : finishStampOf(cleanup, clocks);
  const doneBy = done === undefined || done.failed ? undefined : done.at + STAMP_MS;
  return doneBy !== undefined && doneBy >= killing.lo ? doneBy : undefined;
}
