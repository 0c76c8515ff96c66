/** Which Jobs are of the run, and whose. */

import type { Clock } from "../../model/clock.js";
import { ANY_TIME, type ClockId } from "../../model/time.js";
import { type Investigation, unseenCreation } from "../../model/timeline.js";
import type { ClusterSide } from "../cluster/cluster-side.js";
import { type JobDraft, wentBefore } from "../cluster/jobs.js";
import type { Link } from "./candidate-jobs.js";
import { createdBetween } from "./created-between.js";

/** Without a log every serving Job is the run's that was there while it was captured; with one, only those that it names, and their cleanup Jobs. */
export function assignJobs(
  jobs: readonly JobDraft[],
  investigations: readonly Investigation[],
  { serviceOf, coverage }: Pick<ClusterSide, "serviceOf" | "coverage">,
): void {
  const byUid = new Map<string, Investigation>();
  const besides = new Map<string, Investigation>();
  for (const investigation of investigations) {
    if (investigation.jobUid !== undefined) byUid.set(investigation.jobUid, investigation);
    for (const uid of investigation.companionUids ?? []) besides.set(uid, investigation);
  }
  const keyOf = ({ namespace, jobId }: JobDraft) => `${namespace}/${jobId}`;
  const servingIds = new Set<string>();
  for (const job of jobs) if (job.jobId !== null && (byUid.has(job.uid) || besides.has(job.uid))) servingIds.add(keyOf(job));
  for (const job of jobs) {
    const investigation = byUid.get(job.uid);
    const madeBeside = besides.get(job.uid);
    const companion = madeBeside !== undefined || (job.role === "cleanup" && job.jobId !== null && servingIds.has(keyOf(job)));
    const unlogged = investigations.length === 0 && job.role !== "other" && !wentBefore(job, coverage);
    job.ofThisRun = unlogged || investigation !== undefined || companion;
    if (investigation !== undefined) job.investigation = investigation.number;
    if (madeBeside !== undefined) job.companionOf = madeBeside.number;
    const serviceGone = serviceOf(job);
    if (serviceGone !== undefined) job.serviceGone = serviceGone;
  }
}

/** Where the log names no Jobs, those that fit the request of an investigation without one may serve it, though nothing tells which does; so may those of its id whose try no clock tells. */
export function markPossible(
  jobs: readonly JobDraft[],
  investigations: readonly Investigation[],
  links: readonly Link[],
  clocks: ReadonlyMap<ClockId, Clock>,
): void {
  const named = new Set(links.flatMap(({ possible }) => possible ?? []));
  for (const job of jobs) if (!job.ofThisRun && named.has(job.uid)) job.mayBeOfThisRun = true;
  const without = investigations.filter(({ jobUid }) => jobUid === undefined);
  if (without.length === 0 || investigations.some(({ jobId }) => jobId !== null)) return;
  const createdIn = createdBetween(jobs.filter(({ role, ofThisRun }) => role === "serving" && !ofThisRun));
  for (const investigation of without) {
    const { lo, hi } = unseenCreation(clocks.get(investigation.clock ?? "runner"), investigation) ?? ANY_TIME;
    for (const job of createdIn(lo, hi)) job.mayBeOfThisRun = true;
  }
}
