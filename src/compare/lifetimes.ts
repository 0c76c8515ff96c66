import type { Report, ReportStage } from "../model/report.js";
import { runJobs } from "../model/reports/run-jobs.js";
import { sorted } from "../model/statistics/statistics.js";
import type { Lifetime } from "../model/statistics/survival.js";
import type { DurationMs } from "../model/time.js";

/**
 * The lifetimes behind a stage of a saved report, with those that were cut off. A stage counts its cut-off ones; how long they had lasted stands elsewhere
 * in the report: in the curve of the cleanup, in the table of Jobs, or in the investigation that was still going on. Undefined where none of
 * these fits the stage: then the stage cannot be compared without leaving them out.
 */
export function lifetimesOf(report: Report, stage: ReportStage): readonly Lifetime[] | undefined {
  const ended = stage.samplesMs.map((durationMs) => ({ durationMs, ended: true }));
  if (stage.censored === 0) return ended;
  const cutOff = [afterDisconnect(report), sinceCreation(report), stillGoing(report, stage.stage)].find(
    (candidate) =>
      candidate?.cutOffMs.length === stage.censored && (candidate.endedMs === null || sameValues(candidate.endedMs, stage.samplesMs)),
  );
  return cutOff && [...ended, ...cutOff.cutOffMs.map((durationMs) => ({ durationMs, ended: false }))];
}

interface CutOff {
  /** The lifetimes that ended, to know the stage by; null: known by its name. */
  readonly endedMs: readonly DurationMs[] | null;
  readonly cutOffMs: readonly DurationMs[];
}

/** The cleanup: disconnect to gone. */
function afterDisconnect(report: Report): CutOff | undefined {
  const curve = report.cleanup.fromDisconnect;
  const jobs = runJobs(report);
  if (curve === undefined || jobs.some((job) => job.truncated)) return undefined;
  return { endedMs: cleanupTimes(jobs), cutOffMs: curve.censoredAtMs };
}

function cleanupTimes(jobs: Report["jobs"]): DurationMs[] {
  return jobs.flatMap(({ cleanupMs }) => (cleanupMs === undefined || cleanupMs < 0 ? [] : [cleanupMs]));
}

/** The whole life of a Job: creation to gone. */
function sinceCreation(report: Report): CutOff | undefined {
  const jobs = runJobs(report);
  if (jobs.some((job) => job.truncated)) return undefined;
  return { endedMs: lives(jobs, false), cutOffMs: lives(jobs, true) };
}

function lives(jobs: Report["jobs"], censored: boolean): DurationMs[] {
  return jobs.filter((job) => job.censored === censored).flatMap(({ openMs }) => openMs ?? []);
}

/** Stages of the log that had begun when it ended. */
function stillGoing({ investigations, window, windowLocal }: Report, stage: string): CutOff | undefined {
  const end = window?.to ?? windowLocal?.to;
  if (end === undefined) return undefined;
  const rows = investigations
    .filter((investigation) => investigation.outcome === "running")
    .flatMap((investigation) => investigation.stages.filter((row) => row.stage === stage && row.outcome === "censored"));
  const begun = rows.flatMap((row) => (window === null ? row.fromLocal : row.from) ?? []);
  return { endedMs: null, cutOffMs: begun.map((from) => Math.max(0, epoch(end) - epoch(from))) };
}

/** Milliseconds of a time with or without a zone; only differences of two of a kind are used. */
function epoch(time: string): number {
  return Date.parse(time.endsWith("Z") ? time : `${time}Z`);
}

function sameValues(some: readonly number[], others: readonly number[]): boolean {
  const [a, b] = [sorted(some), sorted(others)];
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
