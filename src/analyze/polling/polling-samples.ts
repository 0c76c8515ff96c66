import { toClusterTime } from "../../model/clock.js";
import { oncePer } from "../../model/collections/once-per.js";
import type { Profile } from "../../model/profile.js";
import { CONNECT_STAGE, FRAMES_STAGE } from "../../model/reserved-stages.js";
import { largest } from "../../model/statistics/statistics.js";
import type { ClockId, DurationMs, EpochMs } from "../../model/time.js";
import {
  CAUSED_WITHIN_MS,
  clockOfInvestigation,
  type Investigation,
  isSound,
  type Job,
  type Moment,
  type Timeline,
} from "../../model/timeline.js";
import { cleanupsOf, disconnectOf, investigationsByNumber, servingJobs } from "../jobs/job-durations.js";
import { closingMarks, populationOf } from "../jobs/job-populations.js";
import { type StageInterval, stageIntervals } from "../stages/stage-intervals.js";

/** One deletion as the cleanup's own clock sees it: everything is counted from the start of the cleanup's Pod. */
export interface PollingSample {
  readonly job: Job;
  /** The request for deletion; the Job gone, where no request was seen. */
  readonly endMs: DurationMs;
  /** When the client used the Job; null where none ever did. */
  readonly used: { readonly fromMs: DurationMs; readonly toMs: DurationMs } | null;
  readonly sinceDisconnectMs: DurationMs | null;
  /** How far `endMs` may be off, as a width. */
  readonly resolutionMs: DurationMs;
  /** The runner's clock that `used` was read from: how far it is off is the same for all of its samples. */
  readonly clock: ClockId;
  /** How far `used` may be off against `endMs`, as a width: between the clocks. */
  readonly clockWidthMs: DurationMs;
}

export interface PollingSamples {
  readonly samples: readonly PollingSample[];
  /** The ends are requests of the audit log, not the moments at which the Jobs were gone. */
  readonly asked: boolean;
  /** Deletions whose stamps were too coarse to be used. */
  readonly coarse: number;
  /** When the container of the Job's cleanup began; by the Job's uid. */
  readonly podStarts: ReadonlyMap<string, EpochMs>;
}

/** Coarser stamps than this cannot show a grid of seconds. */
const FINEST_NEEDED_MS: DurationMs = 500;

/**
 * What can be seen of each cleanup's polling. It needs the start of the cleanup's Pod and a fine moment of the deletion; Jobs that something
 * else ended, or that went when their cleanup was over, say nothing, nor do those whose client is not known to have left. Of several uses one after the other (reconnects) nothing tells which was
 * the last that a reading saw.
 */
export function pollingSamples(
  timeline: Timeline,
  profile: Profile,
  stages: ReadonlyMap<Investigation, readonly StageInterval[]> = stageIntervals(timeline, profile),
): PollingSamples {
  const cleanups = cleanupsOf(timeline);
  const started = new Map<string, Moment>();
  for (const pod of timeline.pods) if (pod.started !== undefined) started.set(pod.jobUid, pod.started);
  const unopened = new Set(populationOf(timeline, profile, "unopened"));
  const byNumber = investigationsByNumber(timeline);
  const candidates = servingJobs(timeline).filter((job) => job.mechanism !== "ttl" && job.mechanism !== "other");
  const requested = candidates.filter((job) => job.deleteRequested?.how === "audit").length;
  const asked = requested > 0 && requested >= candidates.filter((job) => job.gone !== undefined).length / 2;
  const closing = closingMarks(profile);
  const beginning = useMarks(profile);
  const samples: PollingSample[] = [];
  const podStarts = new Map<string, EpochMs>();
  const seesFinishes = [...cleanups.values()].flat().some(({ finished }) => finished !== undefined);
  let coarse = 0;
  for (const job of candidates) {
    const cleanup = cleanups.get(job)?.at(-1);
    const start = started.get(cleanup?.uid ?? "");
    const end = polledEnd(job, cleanup, { asked, seesFinishes });
    const investigation = byNumber.get(job.investigation ?? 0);
    if (start === undefined || end === undefined || investigation === undefined) continue;
    const widths = [start.hi - start.lo, widthOf(end)] as const;
    if (largest(widths) > FINEST_NEEDED_MS) {
      coarse += 1;
      continue;
    }
    podStarts.set(job.uid, start.at);
    if (investigation.points.filter(({ mark }) => beginning.has(mark)).length > 1) continue;
    const use = unopened.has(job) ? null : useOf(timeline, investigation, stages.get(investigation) ?? [], closing);
    if (use === undefined) continue;
    samples.push({
      job,
      endMs: end.at - start.at,
      used: use && { fromMs: use.from - start.at, toMs: use.to - start.at },
      sinceDisconnectMs: use && end.at - use.left,
      resolutionMs: widths[0] + widths[1],
      clock: investigation.clock ?? "runner",
      clockWidthMs: 2 * (clockOfInvestigation(timeline, investigation)?.uncertaintyMs ?? 0),
    });
  }
  return { samples, asked, coarse, podStarts };
}

/** Marks with which a client begins to use a Job. */
const useMarks: (profile: Profile) => ReadonlySet<string> = oncePer(({ stages }) => {
  const stream = stages.find(({ id }) => id === FRAMES_STAGE)?.from;
  return new Set([stream ?? stages.find(({ id }) => id === CONNECT_STAGE)?.to ?? []].flat());
});

/** The decision to delete, if it may be that of the cleanup. Deleted in the foreground a Job goes when its Pods have ended, which may take long. */
function polledEnd(
  { deleteRequested, gone, mechanism }: Job,
  cleanup: Job | undefined,
  { asked, seesFinishes }: { readonly asked: boolean; readonly seesFinishes: boolean },
): Moment | undefined {
  const ofJob = gone?.how === "pod-gone" ? undefined : gone;
  const end = asked || deleteRequested?.how === "deletion-timestamp" ? deleteRequested : ofJob;
  return mechanism === "unknown" && end !== undefined && endedFirst(cleanup, end, seesFinishes) ? undefined : end;
}

/** Whether a cleanup was over before the deletion, or was deleted with its Job before it had ended, as by hand with many others: somebody else asked for that then. */
function endedFirst(cleanup: Job | undefined, deletion: Moment, seesFinishes: boolean): boolean {
  const { finished, gone } = cleanup ?? {};
  if (finished !== undefined) return finished.at + 1000 + (finished.stampedBy?.uncertaintyMs ?? 0) < deletion.lo;
  const completesMs = CAUSED_WITHIN_MS["cleanup-completion"] ?? 0;
  return gone !== undefined && (gone.hi < deletion.lo || (seesFinishes && gone.hi <= deletion.hi + completesMs));
}

function widthOf(moment: Moment): DurationMs {
  // What a deletion causes follows it within a time of its own, however far its last sign of life is; the next write of anything else may come much later.
  const within = moment.bracket ? CAUSED_WITHIN_MS[moment.how] : undefined;
  return Math.min(moment.hi - moment.lo, within ?? Number.POSITIVE_INFINITY);
}

/**
 * When the client used the Job, cluster clock: its stream where the profile has one, else from the connection to the disconnect. Not known where the
 * runner's clock may have been set meanwhile.
 */
function useOf(
  timeline: Timeline,
  investigation: Investigation,
  stages: readonly StageInterval[],
  closing: ReadonlySet<string>,
): { from: EpochMs; to: EpochMs; left: EpochMs } | undefined {
  const disconnect = disconnectOf(investigation, closing)?.at;
  const stream = stages.find(({ stage, to }) => stage === FRAMES_STAGE && to !== undefined);
  const first = stream?.from ?? stages.find(({ stage }) => stage === CONNECT_STAGE)?.to;
  if (disconnect === undefined || first === undefined) return undefined;
  if (!isSound(timeline, investigation.clock ?? "runner", { lo: first, hi: disconnect })) return undefined;
  const clock = clockOfInvestigation(timeline, investigation);
  const [from, to, left] = [first, stream?.to ?? disconnect, disconnect].map((at) => toClusterTime(clock, at) ?? undefined);
  return from === undefined || to === undefined || left === undefined ? undefined : { from, to, left };
}
