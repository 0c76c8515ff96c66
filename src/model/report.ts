/**
 * report.json, schemaVersion 1: everything a reader sees is rendered from this alone.
 * Times are ISO 8601 UTC with milliseconds unless a name ends in `Local` (no zone is known) or `Ms`; durations are milliseconds.
 */
import type { Prediction } from "./prediction.js";
import type { Bilingual } from "./profile.js";
import type { ReportClaim, ReportRelation } from "./reports/claims.js";
import type { BandedValue, ReportComparison } from "./reports/comparison.js";
import type { ReportCrossCheck } from "./reports/cross-checks.js";
import type { ReportDeviation } from "./reports/deviations.js";
import type { LittlesLaw } from "./reports/littles-law.js";
import type { JobLife, MeanDifference, MeanUnexplained, ReportConcurrency, ReportStage, SurvivalCurve } from "./reports/measures.js";
import type { ReportPolling } from "./reports/polling.js";
import type { ReportPool } from "./reports/pool.js";
import type { IsoTime, LocalTime, ReportClock, ReportInvestigation, ReportJob, ReportSource } from "./reports/rows.js";
import type { Diagnostic, Reason } from "./source.js";

export type * from "./reports/claims.js";
export type * from "./reports/comparison.js";
export type * from "./reports/cross-checks.js";
export type * from "./reports/deviations.js";
export type * from "./reports/littles-law.js";
export type * from "./reports/measures.js";
export type * from "./reports/polling.js";
export type * from "./reports/pool.js";
export type * from "./reports/rows.js";

/** All that a reader is told of one run, or of several taken together. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "postrun"; readonly version: string };
  readonly generatedAt: IsoTime;
  /** As given by --title; null: the report names itself (number of investigations). */
  readonly title: string | null;
  /** Free text of --note and the ticket of --ticket. */
  readonly note?: string;
  readonly ticket?: string;
  /** `stages`: the ids of all that it knows, in its order, whether or not this run has them. */
  readonly profile: { readonly id: string; readonly title: Bilingual; readonly stages?: readonly string[] };
  readonly parameters: Readonly<Record<string, ReportParameter>>;
  readonly labels: Readonly<Record<string, string>>;
  /** From the first to the last moment of the run; null where no clock anchors it. */
  readonly window: { readonly from: IsoTime; readonly to: IsoTime } | null;
  readonly windowLocal?: { readonly from: LocalTime; readonly to: LocalTime };
  /** First start to last end of its investigations [s], with the band of what stamps and clocks leave open; absent where it is not measured. */
  readonly runDuration?: BandedValue;
  readonly command: string;
  /** Which run of those in the log. */
  readonly run: {
    readonly selected: number | "all";
    readonly found: number;
    readonly announced?: number;
    /** Highest number of an investigation in the log; only where the log holds fewer. */
    readonly lastNumber?: number;
  };
  readonly sources: readonly ReportSource[];
  readonly clocks: readonly ReportClock[];
  readonly investigations: readonly ReportInvestigation[];
  readonly jobs: readonly ReportJob[];
  readonly stages: readonly ReportStage[];
  readonly concurrency: ReportConcurrency;
  /** Disconnect (or creation, for Jobs nobody opened) to gone, with censoring. */
  readonly cleanup: { readonly fromDisconnect?: SurvivalCurve; readonly unopenedFromCreation?: SurvivalCurve };
  readonly jobLife: JobLife;
  /** Why the documented and the measured mean of open Jobs differ. */
  readonly meanDifference?: MeanDifference;
  /** Why that is not said, where documents name a mean and one was measured. */
  readonly meanUnexplained?: MeanUnexplained;
  /** Curve and rows of the open Jobs held against each other. */
  readonly littlesLaw?: LittlesLaw;
  /** Numbers of the log held against measured ones; absent where the profile names none, or the log has none. */
  readonly crossChecks?: readonly ReportCrossCheck[];
  /** Jobs that did not go as the others did. */
  readonly deviations?: readonly ReportDeviation[];
  /** How the cleanup polls; absent where no deletion shows it. */
  readonly polling?: ReportPolling;
  readonly claims: readonly ReportClaim[];
  readonly consistency: readonly ReportRelation[];
  /** Against an earlier run, where one was given. */
  readonly comparison?: ReportComparison;
  /** The runs that were taken together, where this is a report of several. */
  readonly pooled?: ReportPool;
  /** The run with other delays, simulated from its investigations; absent where they do not allow it. */
  readonly whatIf?: Prediction;
  readonly diagnostics: readonly Diagnostic[];
  /** What a full answer still needs, and the commands that would bring it next time. */
  readonly missing: readonly MissingPiece[];
}

/** A parameter of the run, and how its value is known. */
export interface ReportParameter {
  readonly value: string | number | null;
  readonly origin: "given" | "detected" | "default" | "measured" | "unknown";
}

/** What would make the answer fuller, and how to capture it. */
export interface MissingPiece extends Reason {
  /** `any`: the same in every shell. */
  readonly commands: readonly { readonly shell: "bash" | "powershell" | "any"; readonly text: string }[];
}
