import type { SeenPart } from "../measurement.js";
import type { Bilingual } from "../profile.js";
import type { Reason } from "../source.js";
import type { DurationMs, EpochMs } from "../time.js";
import type { IsoTime } from "./rows.js";

/** How long a stage took over the run. `n`: completed ones; failed and cut-off ones are counted apart. A statistic is absent where there are too few for it. */
export interface ReportStage {
  readonly stage: string;
  readonly title: Bilingual;
  readonly n: number;
  readonly failed: number;
  readonly censored: number;
  /** So many of these had begun before the capture did, and were seen only because they lasted. Absent: none. */
  readonly late?: number;
  /** So many more went through it as far as is known, but not both of its ends are: they are in no statistic. Absent: none. */
  readonly unknown?: number;
  readonly minMs?: DurationMs;
  readonly p50Ms?: DurationMs;
  /** Where ends are known only as ranges: every median that these allow. */
  readonly p50RangeMs?: readonly [DurationMs, DurationMs];
  readonly p90Ms?: DurationMs;
  readonly p95Ms?: DurationMs;
  readonly p99Ms?: DurationMs;
  readonly maxMs?: DurationMs;
  readonly meanMs?: DurationMs;
  readonly stddevMs?: DurationMs;
  readonly ci95Ms?: readonly [DurationMs, DurationMs];
  readonly resolutionMs: DurationMs;
  /** Single durations in run order, for the points of the chart. */
  readonly samplesMs: readonly DurationMs[];
}

/** How many were open over time, as an exact step function. */
export interface StepCurve {
  readonly peak: number;
  readonly peakAt: IsoTime | null;
  readonly peakMembers: readonly string[];
  /** What the peak could be, where uncertain ends leave it open. */
  readonly peakRange?: readonly [number, number];
  readonly mean: number;
  /** What the mean could be, given uncertain ends. */
  readonly meanRange: readonly [number, number];
  /** Time spent at each level: of the watched time alone where uncertain ends make the mean of Jobs a range, and none where they leave it open there too. */
  readonly timeAtLevelMs: Readonly<Record<string, DurationMs>>;
  /** Right-continuous steps: from this moment on, n are open. */
  readonly points: readonly (readonly [EpochMs, number])[];
}

/** Open Jobs, running Pods and connected investigations over time; a curve is absent where it cannot be measured. */
export interface ReportConcurrency {
  /** null where no clock anchors it (then the points of `connected` are in local time). */
  readonly window: { readonly from: IsoTime; readonly to: IsoTime } | null;
  /** Stretches between several runs; means and times at a level leave them out. */
  readonly pauses?: readonly { readonly from: IsoTime; readonly to: IsoTime }[];
  /** Stretches in which no watch of the Jobs was up: who was open then is not known. Absent: none. */
  readonly unwatched?: readonly { readonly from: IsoTime; readonly to: IsoTime }[];
  /** The Jobs of so many investigations are in no capture, though they may have been open: the ranges alone hold them. Absent: none. */
  readonly unseenJobs?: number;
  /** The log, or the capture, holds only a part of the run: peaks are lower bounds for the run then, and means those of the part. */
  readonly part?: SeenPart;
  readonly openJobs?: StepCurve;
  readonly allJobs?: StepCurve;
  readonly runningPods?: StepCurve;
  readonly connected?: StepCurve;
  /** What the documents predict for this very run; absent where Jobs of it are in no capture. */
  readonly documented?: { readonly fromDisconnect?: StepCurve; readonly fromCreation?: StepCurve };
  /** The most open Jobs that the documents allow at once; absent where they set no bound, or not for this run. */
  readonly documentedLimit?: number;
}

/** Share still open over time: Kaplan-Meier, or Turnbull's estimate where ends are known only as ranges. */
export interface SurvivalCurve {
  readonly n: number;
  readonly censored: number;
  /** So many more Jobs of which not both ends are known: the curve is not of them. Absent: none. */
  readonly unknown?: number;
  readonly medianMs: DurationMs | null;
  /** Where ends are known only as ranges: every median that these allow. */
  readonly medianRangeMs?: readonly [DurationMs, DurationMs];
  readonly ci95Ms?: readonly [DurationMs, DurationMs];
  /** Ages by which a share q of the Jobs was gone, where there are enough Jobs to say so and all ends are known. */
  readonly quantiles?: readonly { readonly q: number; readonly atMs: DurationMs; readonly ci95Ms?: readonly [DurationMs, DurationMs] }[];
  /** Right-continuous: [time, share still open, lower 95%, upper 95%] from that time on. */
  readonly steps: readonly (readonly [DurationMs, number, number, number])[];
  readonly censoredAtMs: readonly DurationMs[];
  readonly documentedMs: DurationMs | null;
  readonly resolutionMs: DurationMs;
  /** Where one bell curve would be wrong: two populations of ended lifetimes (dip test at 1%), the shorter first. */
  readonly populations?: readonly {
    readonly n: number;
    readonly medianMs: DurationMs;
    readonly lowMs: DurationMs;
    readonly highMs: DurationMs;
  }[];
}

/** The parts of a Job's life that follow the disconnect; the measured side may have all of them as one, of this name. */
export const AFTER_DISCONNECT: ReadonlySet<LifePart["part"]> = new Set(["first-check-wait", "checks", "deletion", "after-disconnect"]);

/** A part of one Job's life, the typical one or the documented one. */
export interface LifePart {
  readonly part: "create" | "connect" | "frames" | "disconnect" | "first-check-wait" | "checks" | "deletion" | "after-disconnect";
  readonly durationMs: DurationMs;
  readonly n?: number;
}

/** The parts of a typical Job's life, one after the other, as documented and as measured. */
export interface JobLife {
  readonly documented: readonly LifePart[];
  readonly measured: readonly LifePart[];
  /** Of the parts that `after-disconnect` is measured in place of, between what each lies where they cannot be told apart; absent where that is not known. */
  readonly afterDisconnect?: readonly { readonly part: LifePart["part"]; readonly rangeMs: readonly [DurationMs, DurationMs] }[];
  /** The first documented part that was not measured, and why. */
  readonly missing?: Reason & { readonly part: LifePart["part"] };
  /** Creation to gone, where not every part was measured: the median over so many Jobs. */
  readonly whole?: { readonly durationMs: DurationMs; readonly n: number; readonly ci95Ms?: readonly [DurationMs, DurationMs] };
}

/** Why the documented mean of open Jobs is not the measured one [Jobs]. */
export interface MeanDifference {
  readonly documented: number;
  /** The documents' own numbers put through the right arithmetic for this run. */
  readonly documentedCurve: number;
  readonly measured: number;
  /** They add up to the difference, but for those that are too small to be told. `n`: so many Jobs leaked. */
  readonly causes: readonly { readonly cause: "arithmetic" | "leaks" | "cleanup"; readonly jobs: number; readonly n?: number }[];
}

/** Why it is not said why the documented and the measured mean differ: Jobs are in no capture, or the measured mean is known only as a range. */
export type MeanUnexplained = "unseen-jobs" | "mean-is-range";
