import type { Unit } from "../measurement.js";
import type { Bilingual } from "../profile.js";
import type { Reason } from "../source.js";
import type { DurationMs } from "../time.js";
import type { ReportClaim, Verdict } from "./claims.js";
import type { IsoTime, LocalTime } from "./rows.js";

/** This run held against an earlier one; only where a baseline was given. Differences are this run's value less the earlier one's. */
export interface ReportComparison {
  readonly baseline: ComparedRun;
  readonly durations: readonly DurationComparison[];
  /** Single numbers of the whole run: no test, only their bands. */
  readonly runLevel: readonly RunLevelComparison[];
  /** Claims with another verdict than in the earlier run. */
  readonly verdicts: readonly VerdictChange[];
  /** Claims whose documented value has changed since: their verdicts rest on different things. */
  readonly documented: readonly DocumentedChange[];
  /** Ids of claims that only one of the two reports holds. */
  readonly claimsAdded: readonly string[];
  readonly claimsRemoved: readonly string[];
  /** Labels (build, branch, image tags) with another value; null where a run has none. */
  readonly labels: readonly NameChange[];
  readonly parameters: readonly NameChange[];
}

/** The earlier run, as its report tells. */
export interface ComparedRun {
  /** As given by --title. */
  readonly runTitle: string | null;
  readonly generatedAt: IsoTime;
  readonly window: { readonly from: IsoTime; readonly to: IsoTime } | null;
  readonly windowLocal?: { readonly from: LocalTime; readonly to: LocalTime };
  readonly investigations: number;
  /** Of them, those that ended well. */
  readonly ok: number;
  /** Its Jobs and how many of them did not fail, where they alone tell of it. */
  readonly jobs?: { readonly count: number; readonly ok: number };
}

/** One side of a comparison of durations. */
export interface ComparedSample {
  readonly n: number;
  readonly failed: number;
  readonly censored: number;
  readonly medianMs?: DurationMs;
  readonly ci95Ms?: readonly [DurationMs, DurationMs];
}

/** How long a stage took in both runs. */
export interface DurationComparison {
  readonly stage: string;
  readonly title: Bilingual;
  readonly before: ComparedSample;
  readonly after: ComparedSample;
  readonly finding: "longer" | "shorter" | "no-change-seen" | "not-compared";
  /** Hodges-Lehmann shift; after Gehan where some were cut off. */
  readonly shiftMs?: DurationMs;
  /** 95%, with what the resolution of both runs adds. */
  readonly ci95Ms?: readonly [DurationMs, DurationMs];
  /** A change of this size would have been seen in four of five cases. */
  readonly detectableMs?: DurationMs;
  /** Why there is no finding. */
  readonly reason?: Reason;
}

/** A number with the band that uncertain ends leave around it. */
export interface BandedValue {
  readonly value: number;
  readonly band?: readonly [number, number];
}

/** A number that a run has once, in both runs. */
export interface RunLevelComparison {
  readonly quantity: "mean-open-jobs" | "peak-open-jobs" | "run-duration";
  readonly unit: Unit;
  readonly before: BandedValue;
  readonly after: BandedValue;
  readonly difference: number;
  /** What the difference may be, where a band leaves it open. */
  readonly differenceRange?: readonly [number, number];
  /** overlapping: the bands leave open which is larger. part: of one of the runs only a part was seen. */
  readonly finding: "larger" | "smaller" | "equal" | "overlapping" | "part";
}

/** A claim with another verdict than in the earlier run. */
export interface VerdictChange {
  readonly id: string;
  readonly title: Bilingual;
  readonly before: Verdict;
  readonly after: Verdict;
  /** From confirmed or inconclusive towards contradicted (worse) or away from it (better); to or from a verdict that says nothing: other. */
  readonly direction: "worse" | "better" | "other";
}

/** A claim that documents another value than in the earlier run. */
export interface DocumentedChange {
  readonly id: string;
  readonly title: Bilingual;
  readonly before: ReportClaim["documented"];
  readonly after: ReportClaim["documented"];
}

/** A label or parameter with another value than in the earlier run. */
export interface NameChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}
