import type { Measured } from "../../model/measurement.js";
import { median } from "../../model/statistics/statistics.js";
import { roundedSeconds } from "../../model/time.js";
import { seesEnds, whyNoJobs } from "../jobs/job-durations.js";
import { jobSetting } from "../metrics/job-settings.js";
import { none, ofRun } from "../metrics/measured.js";
import type { MetricContext } from "../metrics/metric-context.js";
import { fitPolling, type PollingFound, type PollingResult } from "./polling.js";
import { type PollingSamples, pollingSamples } from "./polling-samples.js";

export interface PollingSeen {
  readonly seen: PollingSamples;
  readonly result: PollingResult;
}

/** Five quantities and the report ask for the same: each run is looked at once. */
const known = new WeakMap<MetricContext, PollingSeen>();

/** Deletions of a run's Jobs and what they tell of the polling. */
export function seePolling(context: MetricContext): PollingSeen {
  const before = known.get(context);
  if (before !== undefined) return before;
  const seen = pollingSamples(context.timeline, context.profile, context.stages);
  const found = { seen, result: fitPolling(seen, deployedChecks(context)) };
  known.set(context, found);
  return found;
}

/** What the specs of the cleanup Jobs set, where the profile names the variable. */
function deployedChecks(context: MetricContext): number | null {
  const { cleanupChecks } = context.profile;
  if (cleanupChecks === undefined) return null;
  const deployed = jobSetting({ metric: "job-setting", role: "cleanup", setting: { env: cleanupChecks } }, context);
  return "measurement" in deployed && deployed.measurement.settings?.length === 1 ? deployed.measurement.value : null;
}

/** A quantity of the polling; where several fits explain the data, all of them, and none is claimed. */
export function polling(quantity: "interval" | "checks" | "trigger" | "process", context: MetricContext): Measured {
  const { timeline } = context;
  if (timeline.jobs.length === 0) return none(whyNoJobs(timeline));
  if (!seesEnds(timeline)) return none("no-deletions");
  if (timeline.investigations.length === 0) return none("no-log");
  const { result } = seePolling(context);
  if ("notIdentified" in result) return none(result.notIdentified);
  if (quantity === "interval") return interval(result);
  const deletionMs = result.asked ? medianDeletion(context) : 0;
  return deletionMs === null ? none("end-not-seen") : ofFits(quantity, result, deletionMs);
}

/** From the request to the Job gone. */
function medianDeletion({ timeline }: MetricContext): number | null {
  const took = timeline.jobs.flatMap(({ ofThisRun, role, gone, deleteRequested }) =>
    ofThisRun && role === "serving" && gone !== undefined && deleteRequested?.how === "audit" ? [gone.at - deleteRequested.at] : [],
  );
  return took.length === 0 ? null : median(took);
}

function interval(found: PollingFound): Measured {
  const [lo, hi] = found.intervalRangeMs;
  const intervals = [...new Set(found.fits.map(({ intervalMs }) => roundedSeconds(intervalMs)))];
  return ofRun(roundedSeconds(found.intervalMs), "s", {
    statistic: "fit",
    n: found.n,
    interval: [roundedSeconds(lo), roundedSeconds(hi)],
    intervalKind: "confidence",
    resolution: 0,
    ...(intervals.length > 1 ? { ambiguous: intervals.map((value) => ({ interval: value })) } : {}),
  });
}

/**
 * The number of checks is behaviour alone: it is ambiguous where the deployed specs decide. Trigger and process follow from the fit that these decide, and
 * say so; the process is a range where the lag of the readings is not known. That requests come promptly decides nothing: it is an assumption.
 */
function ofFits(quantity: "checks" | "trigger" | "process", found: PollingFound, deletionMs: number): Measured {
  const { settled, n } = found;
  const asDeployed = settled?.by === "deployed" && quantity !== "checks";
  const fits = settled !== null && (asDeployed || settled.by === "behaviour") ? [settled.fit] : found.fits;
  const ambiguous = fits.map(({ intervalMs, checks, triggerMs, processMs }) => ({
    interval: roundedSeconds(intervalMs),
    checks,
    trigger: roundedSeconds(triggerMs),
    processLow: roundedSeconds(processMs[0] + deletionMs),
    process: roundedSeconds(processMs[1] + deletionMs),
  }));
  const last = ambiguous.at(-1);
  if (last === undefined) return none("polling-no-grid");
  const lowest = (fit: typeof last) => fit[quantity === "process" ? "processLow" : quantity];
  const [shortest, longest] = found.intervalRangeMs.map((ms) => (quantity === "trigger" ? ms / found.intervalMs : 1));
  const low = Math.min(...ambiguous.map(lowest)) * (shortest ?? 1);
  const high = Math.max(...ambiguous.map((fit) => fit[quantity])) * (longest ?? 1);
  // One fit with a wide process is two: with the most lag that there can be, and without.
  const open = ambiguous.length === 1 && quantity === "process" && isWide(last) ? [{ ...last, process: last.processLow }, last] : ambiguous;
  // Of a process that is known within a range there is no better value than its middle.
  const value = quantity === "process" ? (low + high) / 2 : last[quantity];
  return ofRun(value, quantity === "checks" ? "count" : "s", {
    statistic: "fit",
    n,
    interval: [low, high],
    resolution: 0,
    ...(asDeployed ? { asDeployed: { checks: settled.fit.checks } } : {}),
    ...(open.length > 1 ? { ambiguous: open } : {}),
  });
}

/** The lag of the readings could make up a good part of it. */
function isWide(fit: { readonly process: number; readonly processLow: number; readonly interval: number }): boolean {
  return fit.process - fit.processLow > fit.interval / 10;
}
