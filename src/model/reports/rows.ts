import type { Evidence } from "../source.js";
import type { ClockId, DurationMs } from "../time.js";

/** ISO 8601 UTC with milliseconds, e.g. 2025-12-07T08:50:11.323Z */
export type IsoTime = string;
/** ISO 8601 without a zone, in the runner's own clock. */
export type LocalTime = string;

/** One input: what it is, how its lines were classed (`matched + ignored + unparsed = lines`), and from when to when it goes. */
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

/** A clock that stamped something, held against the cluster's. */
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
  /** Where the clock was set in the middle of the run; zone and skew are those before the first. */
  readonly changes?: readonly ReportClockChange[];
}

/** A runner's clock was set between two records of its log. */
export interface ReportClockChange {
  /** UTC, or the clock's own time where nothing anchors it; all readings run on as if it had not been set. */
  readonly from: IsoTime | LocalTime;
  readonly to: IsoTime | LocalTime;
  /** What was added; forward is positive. */
  readonly byMs: DurationMs;
  /** `zone`: summer time began or ended. `step`: a correction. */
  readonly kind: "zone" | "step";
  /** What proves it; `backwards`: nothing but that the log goes back by that much. */
  readonly settledBy: "bounds" | "http-date" | "zone-rules" | "reported-duration" | "backwards";
}

/** How an investigation ended. `timeout`: the client gave up waiting; `failed`: any other error; `unopened`: nobody connected to its Job; `running`: still going when the log ends, or where it lacks lines. */
export type Outcome = "ok" | "failed" | "timeout" | "unopened" | "running";

/** One unit of work under test, from its request to its end. */
export interface ReportInvestigation {
  /** Number in run order, from "1". */
  readonly id: string;
  readonly jobId: string | null;
  readonly outcome: Outcome;
  /** Lines without a key leave open which of several that overlapped it was that ended so. */
  readonly outcomeUncertain?: true;
  readonly error?: string;
  readonly attempts: number;
  /** Null without an anchored clock, and where the outcome is uncertain and the line that tells of it may be another's. */
  readonly startedAt: IsoTime | null;
  readonly endedAt: IsoTime | null;
  readonly startedAtLocal?: LocalTime;
  readonly endedAtLocal?: LocalTime;
  readonly jobUid?: string;
  /** How the Job was found: explicit id in the log, an alias (port), or the only one that fits in time. */
  readonly jobLink?: "job-id" | "alias" | "time";
  readonly stages: readonly ReportInvestigationStage[];
  /** The failing line, for outcomes other than ok; of one that was never opened, its last. */
  readonly evidence: readonly Evidence[];
}

/** One stage of one investigation. */
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

/** What a Job is for, by the profile's families of names: the work itself, its cleanup, or neither. */
export type JobRole = "serving" | "cleanup" | "other";
/** What ended a Job. `other`: somebody else deleted it; `unknown`: nothing tells; `open`: it was there when the capture ended. Nothing tells `stream-timeout` from `other` yet. */
export type Mechanism = "idle-cleanup" | "ttl" | "stream-timeout" | "other" | "unknown" | "open";

/** One Kubernetes Job of the capture, of this run or of others. */
export interface ReportJob {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly role: JobRole;
  /** Belongs to this run (other tenants' Jobs are kept apart). */
  readonly ofThisRun: boolean;
  /** The investigation that it serves. */
  readonly investigationId?: string;
  /** The investigation for which it was made beside the Job that serves it: under another name, or in another try. */
  readonly companionOf?: string;
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
  /** Disconnect to gone; less than 0 where it was gone before, 0 where nothing tells which came first. */
  readonly cleanupMs?: DurationMs;
  readonly sources: { readonly createdAt: string; readonly deletedAt: string | null };
  /** Of its creation or its deletion, whichever is known less well. */
  readonly resolutionMs: DurationMs;
  readonly evidence: readonly Evidence[];
}
