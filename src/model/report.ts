/**
 * report.json, schemaVersion 1: everything a reader sees is rendered from this alone.
 * Times are ISO 8601 UTC with milliseconds unless a name ends in `Local` (no zone is known) or `Ms`; durations are milliseconds.
 */
import type { Unit } from "./measurement.js";
import type { Bilingual } from "./profile.js";
import type { Diagnostic, Evidence, Reason } from "./source.js";
import type { ClockId, DurationMs, EpochMs } from "./time.js";

/** ISO 8601 UTC with milliseconds, e.g. 2025-12-07T08:50:11.323Z */
export type IsoTime = string;
/** ISO 8601 without a zone, in the runner's own clock. */
export type LocalTime = string;

export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "postrun"; readonly version: string };
  readonly generatedAt: IsoTime;
  /** As given by --title; null: the report names itself (number of investigations). */
  readonly title: string | null;
  /** Free text of --note and the ticket of --ticket. */
  readonly note?: string;
  readonly ticket?: string;
  readonly profile: { readonly id: string; readonly title: Bilingual };
  readonly parameters: Readonly<Record<string, ReportParameter>>;
  readonly labels: Readonly<Record<string, string>>;
  /** From the first to the last moment of the run; null where no clock anchors it. */
  readonly window: { readonly from: IsoTime; readonly to: IsoTime } | null;
  readonly windowLocal?: { readonly from: LocalTime; readonly to: LocalTime };
  readonly command: string;
  /** Which run of those in the log. */
  readonly run: { readonly selected: number | "all"; readonly found: number; readonly announced?: number };
  readonly sources: readonly ReportSource[];
  readonly clocks: readonly ReportClock[];
  readonly investigations: readonly ReportInvestigation[];
  readonly jobs: readonly ReportJob[];
  readonly stages: readonly ReportStage[];
  readonly concurrency: ReportConcurrency;
  /** Disconnect (or creation, for Jobs nobody opened) to gone, with censoring. */
  readonly cleanup: { readonly fromDisconnect?: SurvivalCurve; readonly unopenedFromCreation?: SurvivalCurve };
  /** The parts of a typical Job's life, one after the other, as documented and as measured. */
  readonly jobLife: { readonly documented: readonly LifePart[]; readonly measured: readonly LifePart[] };
  /** Why the documented and the measured mean of open Jobs differ. */
  readonly meanDifference?: MeanDifference;
  readonly claims: readonly ReportClaim[];
  readonly consistency: readonly ReportRelation[];
  readonly diagnostics: readonly Diagnostic[];
  /** What a full answer still needs, and the commands that would bring it next time. */
  readonly missing: readonly MissingPiece[];
}

export interface ReportParameter {
  readonly value: string | number | null;
  readonly origin: "given" | "detected" | "default" | "measured" | "unknown";
}

export interface ReportSource {
  readonly path: string;
  readonly sha256: string;
  readonly format: string;
  readonly encoding: string;
  readonly bytes: number;
  readonly lines: number;
  readonly matched: number;
  readonly ignored: number;
  readonly unparsed: number;
  /** In UTC where the clock of the source is anchored, else null (see fromLocal). */
  readonly from: IsoTime | null;
  readonly to: IsoTime | null;
  readonly fromLocal?: LocalTime;
  readonly toLocal?: LocalTime;
  readonly clock: ClockId | null;
  /** The source stops before the run does: the end of coverage, not of activity. */
  readonly endsEarly: boolean;
}

export interface ReportClock {
  readonly id: ClockId;
  readonly zoneOffsetMinutes: number | null;
  /** Clock reads minus cluster time, zone taken off. */
  readonly skewMs: DurationMs | null;
  /** Half width. */
  readonly uncertaintyMs: DurationMs | null;
  readonly driftPpm?: number;
  readonly method: "reference" | "declared" | "bounds" | "http-date" | "none";
  /** Number of bounds that agree. */
  readonly anchors: number;
}

export type Outcome = "ok" | "failed" | "timeout" | "unopened" | "running";

export interface ReportInvestigation {
  /** Number in run order, from "1". */
  readonly id: string;
  readonly jobId: string | null;
  readonly outcome: Outcome;
  readonly error?: string;
  readonly attempts: number;
  readonly startedAt: IsoTime | null;
  readonly endedAt: IsoTime | null;
  readonly startedAtLocal?: LocalTime;
  readonly endedAtLocal?: LocalTime;
  readonly jobUid?: string;
  /** How the Job was found: explicit id in the log, an alias (port), or the only one that fits in time. */
  readonly jobLink?: "job-id" | "alias" | "time";
  readonly stages: readonly ReportInvestigationStage[];
  /** The failing line, for outcomes other than ok. */
  readonly evidence: readonly Evidence[];
}

export interface ReportInvestigationStage {
  readonly stage: string;
  readonly from: IsoTime | null;
  readonly to: IsoTime | null;
  readonly fromLocal?: LocalTime;
  readonly toLocal?: LocalTime;
  /** null: it began and its end was not seen. */
  readonly durationMs: DurationMs | null;
  readonly resolutionMs: DurationMs;
  readonly outcome: "ok" | "failed" | "censored";
  readonly evidence: readonly Evidence[];
}

export type JobRole = "serving" | "cleanup" | "other";
export type Mechanism = "idle-cleanup" | "ttl" | "stream-timeout" | "other" | "unknown" | "open";

export interface ReportJob {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly role: JobRole;
  /** Belongs to this run (other tenants' Jobs are kept apart). */
  readonly ofThisRun: boolean;
  readonly investigationId?: string;
  readonly createdAt: IsoTime;
  readonly deleteRequestedAt?: IsoTime;
  readonly deletedAt?: IsoTime;
  readonly deletedAtRange?: readonly [IsoTime, IsoTime];
  readonly podGoneAt?: IsoTime;
  readonly deletedBy?: string;
  readonly mechanism: Mechanism;
  readonly failed: boolean;
  /** Creation to gone; for a censored Job creation to end of coverage. */
  readonly openMs?: DurationMs;
  readonly censored: boolean;
  readonly truncated: boolean;
  /** Disconnect to gone. */
  readonly cleanupMs?: DurationMs;
  readonly sources: { readonly createdAt: string; readonly deletedAt: string | null };
  /** Of the deletion (of the creation where there is none). */
  readonly resolutionMs: DurationMs;
  readonly evidence: readonly Evidence[];
}

export interface ReportStage {
  readonly stage: string;
  readonly title: Bilingual;
  readonly n: number;
  readonly failed: number;
  readonly censored: number;
  readonly minMs?: DurationMs;
  readonly p50Ms?: DurationMs;
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

export interface StepCurve {
  readonly peak: number;
  readonly peakAt: IsoTime | null;
  readonly peakMembers: readonly string[];
  readonly mean: number;
  /** What the mean could be, given uncertain ends. */
  readonly meanRange: readonly [number, number];
  /** Time spent at each level. */
  readonly timeAtLevelMs: Readonly<Record<string, DurationMs>>;
  /** Right-continuous steps: from this moment on, n are open. */
  readonly points: readonly (readonly [EpochMs, number])[];
}

export interface ReportConcurrency {
  /** null where no clock anchors it (then the points of `connected` are in local time). */
  readonly window: { readonly from: IsoTime; readonly to: IsoTime } | null;
  readonly openJobs?: StepCurve;
  readonly allJobs?: StepCurve;
  readonly runningPods?: StepCurve;
  readonly connected?: StepCurve;
  /** What the documents predict for this very run. */
  readonly documented?: { readonly fromDisconnect?: StepCurve; readonly fromCreation?: StepCurve };
}

/** Kaplan-Meier estimate. */
export interface SurvivalCurve {
  readonly n: number;
  readonly censored: number;
  readonly medianMs: DurationMs | null;
  readonly ci95Ms?: readonly [DurationMs, DurationMs];
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

export interface LifePart {
  readonly part: "create" | "connect" | "frames" | "disconnect" | "first-check-wait" | "checks" | "deletion" | "after-disconnect";
  readonly durationMs: DurationMs;
  readonly n?: number;
}

export interface MeanDifference {
  readonly documented: number;
  /** The documents' own numbers put through the right arithmetic for this run. */
  readonly documentedCurve: number;
  readonly measured: number;
  readonly causes: readonly { readonly cause: "arithmetic" | "cleanup"; readonly jobs: number }[];
}

export type Verdict = "confirmed" | "contradicted" | "inconclusive" | "not-measured" | "not-applicable";
export type EvidenceClass = "code" | "documentation" | "estimated" | "computed";

export interface ReportClaim {
  readonly id: string;
  /** A few words that name it. */
  readonly title: Bilingual;
  readonly statement: Bilingual;
  readonly documented: {
    readonly value?: number;
    readonly low?: number;
    readonly high?: number;
    readonly unit: Unit;
    /** about: two-sided with tolerance; exactly; at-most and at-least: one-sided; between: range as written. */
    readonly operator: "about" | "between" | "exactly" | "at-most" | "at-least";
    /** Half width around value, in the unit. */
    readonly tolerance?: number;
    readonly from?: string;
    readonly to?: string;
  };
  readonly measured?: {
    readonly value: number;
    readonly ci95: readonly [number, number] | null;
    readonly intervalKind: "confidence" | "band" | "none";
    readonly n: number;
    readonly failed: number;
    readonly censored: number;
    readonly statistic: string;
    readonly unit: Unit;
    /** At most 300 of the samples, evenly picked, in the unit. */
    readonly samples: readonly number[];
    readonly resolution: number;
  };
  /** When the claim speaks of a run, in words. */
  readonly condition?: Bilingual;
  readonly verdict: Verdict;
  /** The rule that gave the verdict, in words of the locales. */
  readonly reason: Reason;
  /** What the document should say instead. */
  readonly suggestion?: Bilingual;
  readonly evidenceClass: EvidenceClass;
  readonly source: { readonly file: string; readonly lines: string; readonly quote?: string };
  /** Where the citation stands in the documents now; only where they were given. */
  readonly lookup?: ClaimLookup;
  readonly evidence: readonly Evidence[];
}

/** A citation held against the documents: at its place, at another, with another text or number, or without its file. */
export interface ClaimLookup {
  readonly status: "found" | "moved" | "changed" | "gone";
  readonly file?: string;
  /** Physical line, from 1. */
  readonly line?: number;
}

export interface ReportRelation {
  readonly id: string;
  readonly statement: Bilingual;
  /** Intervals [lo, hi] of both sides with the documented, rounded numbers. */
  readonly documented: { readonly left: readonly [number, number]; readonly right: readonly [number, number] };
  readonly measured?: {
    readonly left: readonly [number, number];
    readonly right: readonly [number, number];
    readonly holds: "yes" | "no" | "depends";
  };
  readonly relation: string;
  readonly holds: "yes" | "no" | "depends";
  readonly dependsOn?: Bilingual;
  readonly explanation: Bilingual;
}

export interface MissingPiece extends Reason {
  readonly commands: readonly { readonly shell: "bash" | "powershell"; readonly text: string }[];
}
