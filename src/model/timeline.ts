import { type Clock, toClusterTime } from "./clock.js";
import type { LogMark } from "./event.js";
import type { JobRole, Mechanism, Outcome } from "./report.js";
import type { Diagnostic, Evidence } from "./source.js";
import type { Bounds, ClockId, DurationMs, EpochMs } from "./time.js";

/** Everything the analysis sees: one run on one time axis. */
export interface Timeline {
  readonly run: RunSelection;
  readonly clocks: readonly Clock[];
  /** In order of their start. */
  readonly investigations: readonly Investigation[];
  /** No two investigations overlap: each ends before the next starts. */
  readonly sequential: boolean;
  /** Marks that belong to the run, not to one investigation (waves, iterations, announced delays). */
  readonly runMarks: readonly Point[];
  /** Of each log the first line that no investigation in it can own; absent where all are owned. One so early is of an investigation that began before the log. */
  readonly unowned?: readonly UnownedLine[];
  /** Every Job seen, of this run and of others, in order of creation. */
  readonly jobs: readonly Job[];
  readonly pods: readonly Pod[];
  /** Absent without samples of a monitoring system; empty where none of them can be used. */
  readonly cpu?: readonly CpuUsage[];
  /** First and last record of the run's log, runner clock; null without a log. */
  readonly logSpan: Bounds | null;
  /** Lines of each log (index of its source) that belong to this run: after the end of the run before it. */
  readonly runLines: ReadonlyMap<number, Bounds>;
  /** Time over which deletions would have been seen, cluster clock; null when no source could show one. */
  readonly jobCoverage: Bounds | null;
  /** When no watch of the run's Jobs was up between two that were, cluster clock: what came and went meanwhile is in no row. Absent where there was no such time. */
  readonly unwatched?: readonly Bounds[];
  /** Sources (by index) that ended while another went on that keeps the same kinds of the same namespaces. */
  readonly continued?: ReadonlySet<number>;
  readonly diagnostics: readonly Diagnostic[];
  /** Where durations on a runner's clock are not known. */
  readonly doubtful?: readonly DoubtfulStretch[];
  /** Clock and readings of the logs for which the source's own statement does not hold: another runner's, or one whose clock was set. */
  readonly logs?: ReadonlyMap<number, PlacedLog>;
  /** Runners that began investigations after those that `--to` leaves; absent where there are none. */
  readonly goingOn?: ReadonlySet<ClockId>;
}

/** Whose clock a log is on, and its first and last reading. */
export interface PlacedLog {
  readonly clock: ClockId;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Which of the runs in a log was taken, and how many it announces. */
export interface RunSelection {
  readonly selected: number | "all";
  readonly found: number;
  /** Number of investigations that the log announces ("1/277"). */
  readonly announced?: number;
  /** The highest number of an investigation in the log ("30/277"); only where the log holds fewer than that: it begins later, or lines are missing. */
  readonly lastNumber?: number;
}

/** A stretch of a runner's log in which its clock may have been set, but nothing tells when or whether: a duration across it is not known. */
export interface DoubtfulStretch extends Bounds {
  readonly clock: ClockId;
}

/** A mark of an investigation, in the clock of its investigation (wall time as if UTC). */
export interface Point {
  readonly mark: string;
  readonly at: EpochMs;
  readonly resolutionMs: DurationMs;
  readonly groups: LogMark["groups"];
  readonly message: string;
  readonly evidence: Evidence;
  /** Several investigations could own it: it may place this one in its state, but it measures nothing. */
  readonly uncertain?: true;
}

/** When a runner's log has a line that could be of an investigation, but of none that it holds, on its clock. */
export interface UnownedLine {
  readonly clock: ClockId;
  readonly at: EpochMs;
  /** Which of several runs it stands in, from 1, where all of them were asked for. */
  readonly run?: number;
}

/** One unit of work under test, from request to end. */
export interface Investigation {
  /** Number in run order, from 1. */
  readonly number: number;
  readonly jobId: string | null;
  readonly outcome: Outcome;
  readonly error?: string;
  /** Line that tells of the failure. */
  readonly failure?: Point;
  readonly attempts: number;
  /** In order of time; runner clock. */
  readonly points: readonly Point[];
  readonly jobUid?: string;
  /** Other serving Jobs that were made for it: of other names, and of other tries. */
  readonly companionUids?: readonly string[];
  /**
   * Of one without such a Job: between which readings of its clock a Job was created, if any was. Open above where no answer came, and below where the log
   * does not hold the beginning.
   */
  readonly unseenCreation?: Bounds;
  readonly jobLink?: "job-id" | "alias" | "time";
  /** Lines without a key leave open which of several it was that ended so. */
  readonly outcomeUncertain?: true;
  /** No line tells that it ended; it was silent until the log's end for longer than any other was before it went on. */
  readonly endedBySilence?: true;
  /** Which of several runs it is of, from 1, where all of them were asked for. */
  readonly run?: number;
  /** Whose clock its points are in, where that is not `runner`. */
  readonly clock?: ClockId;
}

/** A moment on the cluster's clock that is known to lie in `[lo, hi]`; `at` is the value that the report prints. */
export interface Moment extends Bounds {
  readonly at: EpochMs;
  /** How it was found; a key of the locales. */
  readonly how: MomentSource;
  /** The value is the upper end of a range whose lower end may be far; up to its `hi` it has what a node's clock leaves open. */
  readonly bracket: boolean;
  readonly evidence?: Evidence;
  /** The clock that stamped it, where that is a collector's or an audit log's of its own: all moments by it are off alike, by no more than it is uncertain, which is not in the range. */
  readonly stampedBy?: Clock;
}

/** How a moment was found, by the source that tells of it; keys of the locales. */
export type MomentSource =
  | "audit"
  | "request"
  | "watch-received"
  | "event-name"
  | "event-time"
  | "creation-timestamp"
  | "resource-version"
  | "pod-killing"
  | "pod-deletion-timestamp"
  | "pod-gone"
  | "pod-orphaned"
  | "deletion-timestamp"
  | "cleanup-completion"
  | "watch-restarted"
  | "container-state";

/**
 * How long after a deletion its consequence is seen, at most. The kubelet kills within 0.4 s in the captured runs; the cleanup Job has to end, be noticed by
 * the kubelet (which looks once a second) and by the Job controller (which waits a second to collect changes).
 */
export const CAUSED_WITHIN_MS: Readonly<Partial<Record<MomentSource, DurationMs>>> = { "pod-killing": 400, "cleanup-completion": 3000 };

/**
 * An investigation that says nothing for longer than this does not go on: longer than any documented timeout of a client (120 s). Where others of the
 * run were silent for longer and then went on, as long as they were.
 */
export const SILENT_MS: DurationMs = 120_000;

/** The Kubernetes Job that serves an investigation, or any other Job in the input. */
export interface Job {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly role: JobRole;
  /** From its name, by the profile. */
  readonly jobId: string | null;
  readonly ofThisRun: boolean;
  /** It fits a request of this run that has no Job, but nothing tells that it is the one. */
  readonly mayBeOfThisRun?: true;
  /** Number of the investigation it serves. */
  readonly investigation?: number;
  /** Number of the investigation for which it was made beside the Job that serves it. */
  readonly companionOf?: number;
  readonly created: Moment;
  readonly deleteRequested?: Moment;
  readonly gone?: Moment;
  /** Its last Pod's end. */
  readonly podGone?: Moment;
  /** Its service; only the audit log tells. */
  readonly serviceGone?: Moment;
  /** Its first Pod got a node. */
  readonly scheduled?: Moment;
  /** Its first container ran. */
  readonly started?: Moment;
  /** Completed or failed, as finely as it is known. */
  readonly finishedAt?: Moment;
  /** Completed or failed, at the printed (truncated) time; `stampedBy`: the controller's clock, where that is not the cluster's. */
  readonly finished?: { readonly at: EpochMs; readonly failed: boolean; readonly stampedBy?: Clock };
  readonly deletedBy?: string;
  readonly mechanism: Mechanism;
  /** Already open when the first source that could show it began. */
  readonly truncated: boolean;
  /** Known to be open up to this moment: the end of coverage, or the last sign of it where no source shows more. Never beside `gone`. */
  readonly censoredAt?: EpochMs;
  /** It is known to have gone after `censoredAt`, but not how long after. */
  readonly wentLater?: true;
  /** When it was gone is told by what happened to its Pods, as of a deletion in the background: in the foreground it went after them. Nothing tells which it was. */
  readonly backgroundAssumed?: true;
  readonly ttlMsAfterFinished?: DurationMs;
  readonly backoffLimit?: number;
  /** A CronJob made it when its time had come: no request in a log led to it. */
  readonly bySchedule?: true;
  readonly env: Readonly<Record<string, string>>;
  readonly images: readonly string[];
  /** The object's spec was seen (so that a setting that is absent is known to be absent). */
  readonly specSeen: boolean;
  readonly evidence: readonly Evidence[];
}

/** A Pod of a Job of the timeline. */
export interface Pod {
  readonly name: string;
  readonly uid: string;
  readonly jobUid: string;
  /** First container running. */
  readonly started?: Moment;
  /** Containers ended, or the object gone, whichever came first. */
  readonly ended?: Moment;
  readonly gone?: Moment;
}

/** Mean CPU usage from one sample to the next. */
export interface CpuSpan {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly millicores: number;
}

/** CPU usage of one Pod of a Job: what lies between two spans is unknown, not zero. Cluster clock, in order of time. */
export interface CpuUsage {
  readonly jobUid: string;
  readonly spans: readonly CpuSpan[];
}

/**
 * Cluster time between which the Job of an investigation was created that no capture shows or nothing tells from others, if there was one; open on the side that nothing
 * places, and undefined where nothing places either.
 */
export function unseenCreation(clock: Clock | undefined, investigation: Pick<Investigation, "unseenCreation">): Bounds | undefined {
  const { lo, hi } = investigation.unseenCreation ?? { lo: Number.NaN, hi: Number.NaN };
  const [since, until] = [lo, hi].map((reading) => (Number.isFinite(reading) ? toClusterTime(clock, reading) : null));
  if (typeof since !== "number" && typeof until !== "number") return undefined;
  const uncertaintyMs = clock?.uncertaintyMs ?? 0;
  return { lo: (since ?? Number.NEGATIVE_INFINITY) - uncertaintyMs, hi: (until ?? Number.POSITIVE_INFINITY) + uncertaintyMs };
}

/** The clock that an investigation's points are in. */
export function clockOfInvestigation(timeline: Pick<Timeline, "clocks">, investigation: Investigation): Clock | undefined {
  return clockOf(timeline, investigation.clock ?? "runner");
}

/** Whether a stretch of an investigation's clock lies apart from all that is doubtful on it. */
export function isSound(timeline: Pick<Timeline, "doubtful">, clock: ClockId, { lo, hi }: Bounds): boolean {
  return !(timeline.doubtful ?? []).some((stretch) => stretch.clock === clock && lo < stretch.hi && hi > stretch.lo);
}

/** The clock of this id; undefined where nothing was stamped by it. */
export function clockOf(timeline: Pick<Timeline, "clocks">, id: ClockId): Clock | undefined {
  return timeline.clocks.find((clock) => clock.id === id);
}
