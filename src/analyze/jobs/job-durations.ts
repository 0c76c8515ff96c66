import { betweenCollectorsMs, type Clock, isTied, toClusterTime } from "../../model/clock.js";
import { oncePer, oncePerPair } from "../../model/collections/once-per.js";
import { cleanupsByJob } from "../../model/names-used-again.js";
import { runJobs } from "../../model/reports/run-jobs.js";
import { largest } from "../../model/statistics/statistics.js";
import { type Bounds, type DurationMs, type EpochMs, roundMicroseconds } from "../../model/time.js";
import {
  CAUSED_WITHIN_MS,
  clockOfInvestigation,
  type Investigation,
  isSound,
  type Job,
  type Moment,
  type Point,
  type Timeline,
} from "../../model/timeline.js";

/** A duration that ends in the cluster; when `ended` is false it is right-censored there. */
export interface JobDuration {
  readonly job: Job;
  readonly durationMs: DurationMs;
  readonly ended: boolean;
  /** Age at which the Job came under observation. */
  readonly enteredMs: DurationMs;
  /** Width of what the duration may be: ranges of both ends and the uncertainty between the clocks; of the start alone where the end is a bracket. */
  readonly resolutionMs: DurationMs;
  /** Of that, half the width which all durations of a run share: the offset between two clocks is off by the same amount in each. */
  readonly clockMs?: DurationMs;
  /** The coarser of what the stamps of both ends cut off: durations between cut stamps lie whole steps apart. */
  readonly stepMs: DurationMs;
  /** Where its end is known only from a bracket. */
  readonly range?: DurationRange;
}

/** Every duration that a bracketed end allows. */
interface DurationRange {
  readonly loMs: DurationMs;
  readonly hiMs: DurationMs;
  /** Something that the end caused, or that caused it, lies at once beside it as a rule: the value. Otherwise nothing tells where in the range it lies. */
  readonly caused: boolean;
}

/** No stamp of the cluster is cut to more, however wide the range is in which it lets an end lie. */
const CLUSTER_CUTS_MS: DurationMs = 1000;

export type StartPoint = "created" | "disconnected";
export type EndPoint = "requested" | "gone" | "pod-gone";

/** Serving Jobs of this run, in order of creation. */
export const servingJobs: (timeline: Timeline) => readonly Job[] = oncePer(runJobs);

/** The cleanup Jobs of each serving Job, of other runs too: these have Jobs of the same ids. */
export const cleanupsOf: (timeline: Timeline) => ReadonlyMap<Job | undefined, readonly Job[]> = oncePer(({ jobs }) =>
  cleanupsByJob(
    jobs.filter((job) => job.role === "serving"),
    jobs.filter((job) => job.role === "cleanup"),
  ),
);

/** Investigations by the number that a Job names. */
export const investigationsByNumber: (timeline: Timeline) => ReadonlyMap<number, Investigation> = oncePer(
  ({ investigations }) => new Map(investigations.map((investigation) => [investigation.number, investigation])),
);

/** The investigation that a Job serves. */
export function investigationOf(timeline: Timeline, { investigation }: Job): Investigation | undefined {
  return investigation === undefined ? undefined : investigationsByNumber(timeline).get(investigation);
}

/** More Jobs than this whose end no source could show, and no curve of open Jobs would mean anything. */
const MOST_UNSEEN_ENDS = 0.05;

/** Why there is no Job to measure: the input has none, or has some and tells of none when it was created. */
export function whyNoJobs({ diagnostics }: Pick<Timeline, "diagnostics">): "no-cluster-data" | "no-creations" {
  return diagnostics.some(({ id }) => id === "creation-unknown") ? "no-creations" : "no-cluster-data";
}

/** Whether the sources could show when the run's Jobs went, for all but a few of them; one that went later than they tell is right-censored like one that is open. */
export const seesEnds: (timeline: Timeline) => boolean = oncePer((timeline) =>
  showsMost(timeline, (job) => job.gone === undefined && job.mechanism !== "open" && job.wentLater !== true),
);

/** Whether all but a few are known to be open or gone at any moment that the sources cover. */
export const seesWhoIsOpen: (timeline: Timeline) => boolean = oncePer((timeline) =>
  showsMost(timeline, (job) => job.gone === undefined && job.mechanism !== "open"),
);

function showsMost(timeline: Timeline, isUnseen: (job: Job) => boolean): boolean {
  const own = servingJobs(timeline);
  return timeline.jobCoverage !== null && own.filter(isUnseen).length <= own.length * MOST_UNSEEN_ENDS;
}

/**
 * Whether all but a few of those that have gone tell of such an end. The others went in another way (only a Job that is marked for its deletion shows the request, only a
 * Pod that went with it an end), and so after another time: those that tell would not speak for them.
 */
export function nearlyAllTellEnd(jobs: readonly Job[], end: EndPoint): boolean {
  const gone = jobs.filter((job) => job.gone !== undefined);
  return gone.filter((job) => endMoment(job, end) === undefined).length <= gone.length * MOST_UNSEEN_ENDS;
}

/** The last mark of a successful investigation that closes it; undefined where that may be another's. */
export function disconnectOf(investigation: Investigation, closing: ReadonlySet<string>): Point | undefined {
  const last = closingPoint(investigation, closing);
  return last?.uncertain === true ? undefined : last;
}

function closingPoint({ outcome, points }: Investigation, closing: ReadonlySet<string>): Point | undefined {
  return outcome === "ok" ? points.findLast((point) => closing.has(point.mark)) : undefined;
}

/** Cluster time of a mark; null where no clock ties it to that, on either side of where it may have been set, or it may have been set just there. */
export function placed(timeline: Timeline, investigation: Investigation, { at }: Point): EpochMs | null {
  const sound = isSound(timeline, investigation.clock ?? "runner", { lo: at, hi: at });
  return sound ? toClusterTime(clockOfInvestigation(timeline, investigation), at) : null;
}

/**
 * When the client of an investigation had disconnected, on the cluster's clock, also where it may be another's that overlapped: of a count over all of them
 * the ends only change places. Null where it did not, undefined where it did, but no clock anchors it.
 */
export function exchangeableDisconnectAt(
  timeline: Timeline,
  investigation: Investigation,
  closing: ReadonlySet<string>,
): EpochMs | null | undefined {
  const point = closingPoint(investigation, closing);
  return point === undefined ? null : (placed(timeline, investigation, point) ?? undefined);
}

/** Whether such a mark of any of their investigations has no place on the cluster's clock, although the clock of its log is tied to it elsewhere. */
export function someUnplaced(timeline: Timeline, jobs: readonly Job[], isSuch: (mark: string) => boolean): boolean {
  return jobs.some((job) => {
    const investigation = investigationOf(timeline, job);
    if (investigation === undefined || !isTied(clockOfInvestigation(timeline, investigation))) return false;
    return investigation.points.some((point) => isSuch(point.mark) && placed(timeline, investigation, point) === null);
  });
}

/**
 * The range in which an end lies that is known only from a bracket; undefined for others. What the deletion itself causes follows it closely, however far
 * the last sign of life is; the next write of anything else does not, nor the end of a cleanup Job, which ends too when it finds at its next check that its Job is gone.
 * A finished Job follows the mark of its deletion as closely, however far the next write is.
 */
export function bracketOf(moment: Moment, timeline: Pick<Timeline, "clocks">): (Bounds & { readonly caused: boolean }) | undefined {
  if (!moment.bracket || moment.hi <= moment.lo) return undefined;
  // The other way round: it follows what caused it.
  if (moment.how === "deletion-timestamp") return { lo: moment.lo, hi: moment.hi, caused: true };
  const within = CAUSED_WITHIN_MS[moment.how];
  if (within === undefined) return { lo: moment.lo, hi: moment.hi, caused: false };
  if (moment.how === "cleanup-completion") return { lo: moment.lo, hi: moment.hi, caused: moment.hi - moment.lo <= within };
  const doubt = moment.how === "pod-killing" ? 2 * nodeUncertainty(timeline) : 0;
  return { lo: Math.max(moment.lo, moment.hi - within - doubt), hi: moment.hi, caused: true };
}

/** A Killing is stamped by the clock of its node, and the range reaches to the late end of what that allows; which node it was is not kept. */
const nodeUncertainty: (timeline: Pick<Timeline, "clocks">) => DurationMs = oncePer(({ clocks }) =>
  Math.max(0, largest(clocks.filter(({ id }) => id.startsWith("node:")).map(({ uncertaintyMs }) => uncertaintyMs ?? 0))),
);

/** Such an end of a Job; undefined where no source tells of it. */
export function endMoment(job: Job, end: EndPoint): Moment | undefined {
  if (end === "requested") return job.deleteRequested;
  return end === "gone" ? job.gone : job.podGone;
}

/** Where durations begin: the moment, the width of what it may be, and how much of that (half width) comes from the offset between clocks. */
export interface Start {
  readonly at: EpochMs;
  /** The earliest that its own stamp allows; `clockMs` earlier still by the cluster's clock. */
  readonly lo: EpochMs;
  readonly uncertaintyMs: DurationMs;
  readonly clockMs?: DurationMs;
  /** The collector's clock through which it is tied to the cluster's, if it is. */
  readonly through?: Clock | undefined;
}

/** The beginning of a duration up to such an end: what a collector's clock is off cancels out if both are tied through it, and else is open as well. */
function startUntil(start: Start, end: Clock | undefined): Start {
  const betweenMs = betweenCollectorsMs(start.through, end);
  if (betweenMs === 0) return start;
  return { ...start, uncertaintyMs: start.uncertaintyMs + 2 * betweenMs, clockMs: (start.clockMs ?? 0) + betweenMs };
}

/** Whether an end came before a beginning wherever both may lie: in what their stamps leave open, and the clocks between them. */
export function endsBefore(start: Start, end: Moment): boolean {
  return end.hi + (startUntil(start, end.stampedBy).clockMs ?? 0) < start.lo;
}

/**
 * Durations from a start point to an end point, over the given Jobs; Jobs whose start is not known are left out, and those that are certain to have ended
 * before it. Where the order is open the duration is 0, give or take its resolution: without these the others would seem longer than all are.
 */
export function jobDurations(timeline: Timeline, jobs: readonly Job[], startOf: (job: Job) => Start | null, end: EndPoint): JobDuration[] {
  const durations: JobDuration[] = [];
  for (const job of jobs) {
    const begun = startOf(job);
    if (begun === null) continue;
    const moment = endMoment(job, end);
    const start = moment === undefined ? begun : startUntil(begun, moment.stampedBy);
    const stop = moment?.at ?? job.censoredAt;
    if (stop === undefined || (moment === undefined ? stop < start.at : endsBefore(begun, moment))) continue;
    const coveredFrom = timeline.jobCoverage?.lo ?? start.at;
    durations.push({
      job,
      durationMs: roundMicroseconds(Math.max(0, stop - start.at)),
      ended: moment !== undefined,
      enteredMs: job.truncated ? Math.max(0, coveredFrom - start.at) : 0,
      ...(start.clockMs === undefined ? {} : { clockMs: start.clockMs }),
      ...howWellKnown(start, moment, timeline),
    });
  }
  return durations;
}

/** What the ends leave open of a duration: a bracketed end as a range, all else as a width around the value. */
export function howWellKnown(
  start: Pick<Start, "at" | "uncertaintyMs" | "clockMs">,
  end: Moment | undefined,
  timeline: Pick<Timeline, "clocks">,
): Pick<JobDuration, "resolutionMs" | "stepMs" | "range"> {
  const bracket = end === undefined ? undefined : bracketOf(end, timeline);
  const endMs = end === undefined ? 0 : end.hi - end.lo;
  const stepMs = roundMicroseconds(Math.max(start.uncertaintyMs - 2 * (start.clockMs ?? 0), Math.min(endMs, CLUSTER_CUTS_MS)));
  if (bracket === undefined) return { resolutionMs: roundMicroseconds(start.uncertaintyMs + endMs), stepMs };
  const after = (at: EpochMs) => roundMicroseconds(Math.max(0, at - start.at));
  return {
    resolutionMs: roundMicroseconds(start.uncertaintyMs),
    stepMs,
    range: { loMs: after(bracket.lo), hiMs: after(bracket.hi), caused: bracket.caused },
  };
}

/** Start points of Jobs: their creation, or the disconnect of the client that they served. */
export const startPoints: (timeline: Timeline, closing: ReadonlySet<string>) => Record<StartPoint, (job: Job) => Start | null> =
  oncePerPair((timeline: Timeline, closing: ReadonlySet<string>) => {
    const known = new Map<Job, Start | null>();
    return {
      // A Job of which only the deletion was captured has no known creation.
      created: ({ created }) =>
        Number.isFinite(created.lo)
          ? { at: created.at, lo: created.lo, uncertaintyMs: created.hi - created.lo, through: created.stampedBy }
          : null,
      disconnected: (job) => {
        const before = known.get(job);
        if (before !== undefined) return before;
        const start = disconnectStart(timeline, job, closing);
        known.set(job, start);
        return start;
      },
    };
  });

function disconnectStart(timeline: Timeline, job: Job, closing: ReadonlySet<string>): Start | null {
  const investigation = investigationOf(timeline, job);
  const point = investigation === undefined ? undefined : disconnectOf(investigation, closing);
  if (investigation === undefined || point === undefined) return null;
  const at = placed(timeline, investigation, point);
  const clock = clockOfInvestigation(timeline, investigation);
  const clockMs = clock?.uncertaintyMs ?? 0;
  return at === null ? null : { at, lo: at, uncertaintyMs: 2 * clockMs + point.resolutionMs, clockMs, through: clock?.through };
}
