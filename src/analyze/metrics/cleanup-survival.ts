import type { SurvivalCurve } from "../../model/report.js";
import type { Diagnostic } from "../../model/source.js";
import { twoPopulations } from "../../model/statistics/modes.js";
import { secondsToTenth } from "../../model/statistics/rounding.js";
import { largest } from "../../model/statistics/statistics.js";
import type { JobDuration, StartPoint } from "../jobs/job-durations.js";
import { durationsFor } from "../jobs/job-populations.js";
import { estimateLifetimes, type LifetimeEstimate, lifetimeQuantile } from "../jobs/lifetime-estimate.js";
import type { MetricContext } from "./metric-context.js";
import { unknownField } from "./unknown-ends.js";

/** How long Jobs stay open, as the share still open over time; undefined where it cannot be measured. */
export function cleanupSurvival(
  from: StartPoint,
  population: "connected" | "unopened",
  context: MetricContext,
  documentedS: number | undefined,
): SurvivalCurve | undefined {
  const found = durationsFor({ from, to: "gone", population }, context);
  if ("missing" in found) return undefined;
  const estimate = estimateLifetimes(found.durations);
  const { medianRangeMs, medianIntervalMs } = estimate;
  const populations = populationsOf(found.durations, estimate);
  // Quartiles and tails, with their intervals.
  const quantiles = [0.25, 0.75, 0.9, 0.95].flatMap((q) => quantileRow(estimate, q));
  return {
    n: estimate.n,
    censored: estimate.censored,
    ...unknownField(found.unknown),
    medianMs: estimate.medianMs,
    ...(medianRangeMs === undefined ? {} : { medianRangeMs }),
    ...(medianIntervalMs === undefined ? {} : { ci95Ms: medianIntervalMs }),
    ...(quantiles.length === 0 ? {} : { quantiles }),
    steps: estimate.steps,
    censoredAtMs: estimate.censoredAtMs,
    documentedMs: documentedS === undefined ? null : documentedS * 1000,
    resolutionMs: estimate.resolutionMs,
    ...(populations === undefined ? {} : { populations }),
  };
}

function quantileRow(estimate: LifetimeEstimate, q: number): NonNullable<SurvivalCurve["quantiles"]> {
  const found = lifetimeQuantile(estimate, q);
  if (found === undefined) return [];
  const finite = Number.isFinite(found.intervalMs[1]);
  return [{ q, atMs: found.atMs, ...(finite ? { ci95Ms: found.intervalMs } : {}) }];
}

/** Ranges of neighbours' making have modes of their own: only ends that are known well are tested. */
function populationsOf(durations: readonly JobDuration[], { sharp }: LifetimeEstimate): SurvivalCurve["populations"] {
  if (!sharp) return undefined;
  const ended = durations.filter((duration) => duration.ended);
  const found = twoPopulations(
    ended.map((duration) => duration.durationMs),
    largest(ended.map(({ stepMs }) => stepMs)),
  );
  return found?.map(({ n, median, low, high }) => ({ n, medianMs: median, lowMs: low, highMs: high }));
}

/** More than one way in which Jobs end: a single typical value would describe neither. */
export function populationDiagnostics(curve: SurvivalCurve | undefined): Diagnostic[] {
  const [early, late] = curve?.populations ?? [];
  if (early === undefined || late === undefined) return [];
  const values = { early: early.n, earlyS: secondsToTenth(early.medianMs), late: late.n, lateS: secondsToTenth(late.medianMs) };
  return [{ id: "two-populations", severity: "warning", count: 2, values, examples: [] }];
}
