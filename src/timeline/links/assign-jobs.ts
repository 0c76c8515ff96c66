/** Which Jobs are of the run, and whose. */

import { type Clock, toClusterTime } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import { ANY_TIME, type Bounds, type ClockId, type DurationMs, type EpochMs, MINUTE_MS } from "../../model/time.js";
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

/**
 * Jobs that may serve an investigation without one, though nothing tells which does: where the log names no Jobs, those that fit its request; where it does, those that
 * fit one whose name the log lacks because it ends, or begins, in the middle of it; in either, those of its id whose try no clock tells.
 */
export function markPossible(
  jobs: readonly JobDraft[],
  investigations: readonly Investigation[],
  links: readonly Link[],
  clocks: ReadonlyMap<ClockId, Clock>,
): void {
  const named = new Set(links.flatMap(({ possible }) => possible ?? []));
  for (const job of jobs) if (!job.ofThisRun && named.has(job.uid)) job.mayBeOfThisRun = true;
  const without = investigations.filter(({ jobUid }) => jobUid === undefined);
  if (without.length === 0) return;
  const free = jobs.filter(({ role, ofThisRun }) => role === "serving" && !ofThisRun);
  const createdIn = createdBetween(free);
  const namesJobs = investigations.some(({ jobId }) => jobId !== null);
  const spanOf = namesJobs ? cutOffSpans(jobs, investigations, clocks) : undefined;
  for (const investigation of without) {
    const clock = clocks.get(investigation.clock ?? "runner");
    const span = spanOf === undefined ? (unseenCreation(clock, investigation) ?? ANY_TIME) : spanOf(investigation);
    if (span === undefined) continue;
    const { lo, hi, openAt = Number.NEGATIVE_INFINITY }: CutOffSpan = span;
    for (const job of createdIn(lo, hi)) if ((job.gone?.hi ?? openAt) >= openAt) job.mayBeOfThisRun = true;
  }
}

/** Between what the Job of an investigation was created whose name the log lacks, and, where its beginning is not in the log, when it was there. */
interface CutOffSpan extends Bounds {
  readonly openAt?: EpochMs;
}

/** A Job may be created so long after the last line of a log that ends while its request waits (ours), or as long after its request as that of any other was. */
const CREATED_LATE_MS: DurationMs = MINUTE_MS;

/** Undefined for an investigation that was never given a Job, as far as the log shows, and for one that nothing places. */
function cutOffSpans(
  jobs: readonly JobDraft[],
  investigations: readonly Investigation[],
  clocks: ReadonlyMap<ClockId, Clock>,
): (investigation: Investigation) => CutOffSpan | undefined {
  const ofRunner = groupBy(investigations, ({ clock = "runner" }) => clock);
  const firstReading = ({ points }: Investigation) => points[0]?.at ?? Number.NaN;
  const byNumber = new Map(investigations.map((one) => [one.number, one]));
  const waits = jobs.flatMap(({ investigation, created }) => {
    const asking = investigation === undefined ? undefined : byNumber.get(investigation);
    const asked = asking && toClusterTime(clocks.get(asking.clock ?? "runner"), firstReading(asking));
    return typeof asked === "number" ? [created.at - asked] : [];
  });
  const lateMs = Math.max(CREATED_LATE_MS, largest(waits));
  return (investigation) => {
    const { clock: runner = "runner", jobId, outcome, unseenCreation: open } = investigation;
    const clock = clocks.get(runner);
    const span = unseenCreation(clock, investigation);
    if (jobId !== null || open === undefined || span === undefined) return undefined;
    const own = ofRunner.get(runner) ?? [];
    const beginsBefore = !Number.isFinite(open.lo);
    const waits = outcome === "running" && !Number.isFinite(open.hi);
    const roomMs = clock?.uncertaintyMs ?? 0;
    const ends = toClusterTime(clock, largest(own.flatMap(({ points }) => points.at(-1)?.at ?? [])));
    const begins = toClusterTime(clock, smallest(own.map(firstReading)));
    if (!(beginsBefore || waits) || ends === null || begins === null) return undefined;
    const hi = waits ? ends + lateMs + roomMs : span.hi;
    return { lo: span.lo, hi, ...(beginsBefore ? { openAt: begins - roomMs } : {}) };
  };
}
