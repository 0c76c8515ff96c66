import type { Report, ReportJob } from "../../model/report.js";
import { runJobs } from "../../model/reports/run-jobs.js";
import type { EpochMs } from "../../model/time.js";

/**
 * Since and up to when it is known how many of the run's Jobs were open, stretches between two watches aside: the window of their curve, and for ever
 * on a side on which none can have been open beyond it.
 */
export interface KnownSpan {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** What the lead says of the end of the capture and what the page draws, shades and reads out go by this alone. Null where no window is known. */
export function knownSpan(report: Report): KnownSpan | null {
  const { window } = report.concurrency;
  if (window === null) return null;
  const jobs = runJobs(report);
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
  return {
    from: isEmptyBefore(report, jobs, from) ? Number.NEGATIVE_INFINITY : from,
    to: isEmptyAfter(report, jobs, to) ? Number.POSITIVE_INFINITY : to,
  };
}

/** Whether none was open before the window: it begins with the first creation then, and no Job of before it is missing. */
function isEmptyBefore(report: Report, jobs: readonly ReportJob[], from: EpochMs): boolean {
  const { part, unseenJobs } = report.concurrency;
  if (unseenJobs !== undefined || jobs.some((job) => job.truncated || Date.parse(job.createdAt) < from)) return false;
  if (part === "log" && (report.run.announced === undefined || report.run.lastNumber !== undefined)) return false;
  return !missesJob(report, (startedAt) => startedAt < from);
}

/** Whether none was open after it: it ends with the last deletion then, and none that was asked for later is missing. */
function isEmptyAfter(report: Report, jobs: readonly ReportJob[], to: EpochMs): boolean {
  const gone = jobs.map(goneAt);
  if (report.concurrency.unseenJobs !== undefined || gone.some(Number.isNaN) || !gone.some((at) => at >= to)) return false;
  return !missesJob(report, (startedAt) => startedAt > to);
}

/** Whether an investigation begun then, or at a moment that no clock places, may have had a Job that is in no capture. */
function missesJob({ concurrency, investigations }: Report, isThen: (startedAt: EpochMs) => boolean): boolean {
  // Of a log that is itself a part of the run, nothing says that each Job that it tells of was captured.
  if (concurrency.part === undefined) return false;
  return investigations.some(({ jobUid, startedAt }) => jobUid === undefined && (startedAt === null || isThen(Date.parse(startedAt))));
}

/** When a Job was gone at the latest; NaN where its end was not seen. */
function goneAt({ deletedAt, deletedAtRange }: ReportJob): EpochMs {
  return Date.parse(deletedAt ?? deletedAtRange?.[1] ?? "");
}
