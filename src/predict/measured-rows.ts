import type { Outcome, Report, ReportInvestigation, ReportJob } from "../model/report.js";
import { areRunnersTied } from "../model/reports/open-level.js";
import { DELAY_STAGE } from "../model/reserved-stages.js";
import type { Reason } from "../model/source.js";
import { MIN_SAMPLES_FOR_INTERVAL, median } from "../model/statistics/statistics.js";
import type { DurationMs, EpochMs } from "../model/time.js";

/** One Job of an investigation, relative to it. */
export interface MeasuredJob {
  /** Its name without the id of the investigation: Jobs of one kind end alike. */
  readonly kind: string;
  /** From the start of the investigation to the creation of the Job. */
  readonly lagMs: DurationMs;
  /** From the end of the investigation to the end of the Job (negative where it went before); where no end is known, to the last sign of it. */
  readonly tailMs: DurationMs;
  readonly ended: boolean;
}

/** One investigation as a whole, so that what belongs together is drawn together. */
export interface MeasuredRow {
  readonly outcome: Outcome;
  /** From its start to its end (disconnect or failure), without the delay. */
  readonly busyMs: DurationMs;
  /** From its end to the start of the next; undefined after the last. */
  readonly gapMs: DurationMs | undefined;
  /** null: whether and how long it had a Job is not known. */
  readonly jobs: readonly MeasuredJob[] | null;
}

export interface MeasuredRows {
  readonly rows: readonly MeasuredRow[];
  /** Still running when the log ended, so of unknown length. */
  readonly running: number;
  /** Jobs of the run of which the report does not say whose they are. */
  readonly strayJobs: number;
}

/** A log with whole seconds may show an investigation beginning so long before the one before it ended. */
const OVERLAP_SLACK_MS: DurationMs = 1000;
/** With a larger share of overlapping neighbours the run was parallel. */
const MOST_OVERLAPS = 0.05;

/** The investigations of a sequential run, or why nothing can be predicted from them. */
export function measuredRows(report: Report): MeasuredRows | { readonly notPredictable: Reason } {
  if (report.pooled !== undefined) return refuse("several-runs", { n: report.pooled.runs.length });
  const { selected, found } = report.run;
  if (selected === "all" && found > 1) return refuse("several-runs", { n: found });
  const timed = report.investigations.flatMap((investigation) => placed(investigation, report.window !== null) ?? []);
  if (timed.length === 0) return refuse("no-investigations", {});
  const overlaps = timed.filter(({ endAt }, index) => (timed[index + 1]?.startAt ?? Number.POSITIVE_INFINITY) < endAt - OVERLAP_SLACK_MS);
  if (overlaps.length > timed.length * MOST_OVERLAPS) return refuse("parallel", { n: timed.length, k: overlaps.length });
  const jobs = jobsByInvestigation(report);
  const rows = timed.flatMap((one, index): MeasuredRow[] => {
    if (one.investigation.outcome === "running") return [];
    const next = timed[index + 1]?.startAt;
    const gapMs = next === undefined ? undefined : next - one.endAt;
    const own = jobs?.get(one.investigation.id);
    return [
      {
        outcome: one.investigation.outcome,
        busyMs: one.endAt - one.startAt,
        gapMs: gapMs !== undefined && gapMs < 0 ? undefined : gapMs,
        jobs: jobs === undefined ? null : measuredJobs(one, own ?? []),
      },
    ];
  });
  if (rows.length < MIN_SAMPLES_FOR_INTERVAL) return refuse("too-few", { n: rows.length, needed: MIN_SAMPLES_FOR_INTERVAL });
  return { rows, running: timed.length - rows.length, strayJobs: jobs?.get(undefined)?.length ?? 0 };
}

function refuse(key: string, values: Reason["values"]): { notPredictable: Reason } {
  return { notPredictable: { key, values } };
}

interface PlacedInvestigation {
  readonly investigation: ReportInvestigation;
  readonly startAt: EpochMs;
  readonly endAt: EpochMs;
}

/** When it began and ended, on the one clock that all rows of a report share: the cluster's where that is known. Undefined where it has no place on it. */
function placed(investigation: ReportInvestigation, inClusterTime: boolean): PlacedInvestigation | undefined {
  const place = (iso: string | null, local: string | undefined) => epoch(iso, inClusterTime ? undefined : local);
  const startAt = place(investigation.startedAt, investigation.startedAtLocal);
  const delay = investigation.stages.find(({ stage }) => stage === DELAY_STAGE);
  const left = delay === undefined ? undefined : place(delay.from, delay.fromLocal);
  const ended = left ?? place(investigation.endedAt, investigation.endedAtLocal);
  const endAt = investigation.outcome === "running" ? (ended ?? startAt) : ended;
  return startAt === undefined || endAt === undefined ? undefined : { investigation, startAt, endAt: Math.max(startAt, endAt) };
}

function epoch(iso: string | null, local: string | undefined): EpochMs | undefined {
  if (iso !== null) return Date.parse(iso);
  return local === undefined ? undefined : Date.parse(`${local}Z`);
}

/** The run's own serving Jobs; undefined where the report does not know how many were open, or when they came and went beside the investigations. */
function jobsByInvestigation(report: Report): ReadonlyMap<string | undefined, readonly ReportJob[]> | undefined {
  if (report.concurrency.openJobs === undefined || !areRunnersTied(report)) return undefined;
  const byInvestigation = new Map<string | undefined, ReportJob[]>();
  for (const job of report.jobs) {
    if (!job.ofThisRun || job.role !== "serving") continue;
    const id = job.investigationId ?? job.companionOf;
    const own = byInvestigation.get(id) ?? [];
    own.push(job);
    byInvestigation.set(id, own);
  }
  return byInvestigation;
}

/**
 * An investigation without a Job had none only if it failed before one was named; otherwise the capture did not see it. A Job that was open
 * when the capture began is not taken: of those, only the long-lived were seen.
 */
function measuredJobs({ investigation, startAt, endAt }: PlacedInvestigation, jobs: readonly ReportJob[]): MeasuredJob[] | null {
  if (jobs.length === 0) return investigation.outcome === "failed" && investigation.jobId === null ? [] : null;
  if (jobs.some((job) => job.truncated)) return null;
  return jobs.map((job) => {
    const createdAt = Date.parse(job.createdAt);
    const ended = job.deletedAt !== undefined && !job.censored;
    const goneAt = ended ? Date.parse(job.deletedAt) : createdAt + (job.openMs ?? 0);
    const kind = investigation.jobId === null ? job.name : job.name.replace(investigation.jobId, "");
    return { kind, lagMs: createdAt - startAt, tailMs: goneAt - endAt, ended };
  });
}

/**
 * What a set delay of 0 would leave between investigations: the measured gaps less the delay. The delay is the one that was given or
 * detected, where no gap was shorter than it (a sleep does not end early); else the median gap.
 */
export function delayOf(report: Report, rows: readonly MeasuredRow[]): { readonly delayMs: DurationMs; readonly isSet: boolean } {
  const gaps = rows.flatMap(({ gapMs }) => gapMs ?? []);
  const parameter = report.parameters[DELAY_STAGE];
  const setMs = (parameter?.origin === "given" || parameter?.origin === "detected") && Number(parameter.value) * 1000;
  if (typeof setMs === "number" && setMs >= 0 && gaps.every((gap) => setMs - SLEEP_SLACK_MS <= gap)) return { delayMs: setMs, isSet: true };
  return { delayMs: median(gaps), isSet: false };
}

/** Stamps in whole seconds make a gap look shorter by up to that. */
const SLEEP_SLACK_MS: DurationMs = 1000;
