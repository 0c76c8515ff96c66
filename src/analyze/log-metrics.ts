import type { Measured, MetricSpec } from "../model/measurement.js";
import { largest } from "../model/statistics.js";
import type { Investigation } from "../model/timeline.js";
import { none, ofRun, ofSamples } from "./measured.js";
import type { MetricContext } from "./metrics.js";
import { hasFailed, intervalsOfStage } from "./stage-intervals.js";

export function stageDuration(
  spec: Extract<MetricSpec, { metric: "stage-duration" }>,
  { timeline, profile, stages }: MetricContext,
): Measured {
  const definition = profile.stages.find((stage) => stage.id === spec.stage);
  if (timeline.investigations.length === 0) return none("no-log");
  if (definition?.sequentialOnly === true && !timeline.sequential) return none("not-sequential");
  const includeFailed = definition?.includeFailed === true;
  const ofStage = intervalsOfStage(stages, spec.stage);
  const { onlyWhere } = spec;
  const found = onlyWhere === undefined ? ofStage : ofStage.filter(({ investigation }) => passes(investigation, onlyWhere));
  const complete = found.filter(
    ({ investigation, interval }) => interval.outcome === "ok" && (investigation.outcome === "ok" || includeFailed),
  );
  if (complete.length === 0) return none("no-samples", { stage: spec.stage });
  return ofSamples(
    complete.map(({ interval }) => (interval.durationMs ?? 0) / 1000),
    {
      unit: "s",
      resolution: largest(complete.map(({ interval }) => interval.resolutionMs)) / 1000,
      failed: found.filter(({ investigation, interval }) => hasFailed(investigation) && !(includeFailed && interval.outcome === "ok"))
        .length,
      evidence: complete.map(({ interval }) => interval.evidence),
    },
  );
}

function passes(investigation: Investigation, only: { readonly group: string; readonly equals: number }): boolean {
  return investigation.points.some((point) => Number(point.groups[only.group] ?? Number.NaN) === only.equals);
}

export function markValue(spec: Extract<MetricSpec, { metric: "mark-value" }>, { timeline }: MetricContext): Measured {
  if (timeline.investigations.length === 0) return none("no-log");
  const points = timeline.investigations
    .filter((investigation) => investigation.outcome === "ok")
    .flatMap(
      (investigation) => investigation.points.findLast((point) => point.mark === spec.mark && point.groups[spec.group] !== undefined) ?? [],
    );
  const values = points.map((point) => Number(point.groups[spec.group])).filter(Number.isFinite);
  if (values.length === 0) return none("no-samples", { stage: spec.mark });
  return ofSamples(values, { unit: "count", resolution: 0, evidence: points.map((point) => [point.evidence]) });
}

export function peakConnected({ timeline, concurrency }: MetricContext): Measured {
  if (timeline.investigations.length === 0) return none("no-log");
  if (concurrency.connected === undefined) return none("no-samples", { stage: "connect" });
  return ofRun(concurrency.connected.steps.peak, "count", { statistic: "peak", n: timeline.investigations.length });
}

export function runDuration({ timeline }: MetricContext): Measured {
  const [first, last] = [timeline.investigations[0]?.points[0], timeline.investigations.at(-1)?.points.at(-1)];
  if (first === undefined || last === undefined) return none("no-log");
  const resolution = Math.max(first.resolutionMs, last.resolutionMs) / 1000;
  const value = (last.at - first.at) / 1000;
  return ofRun(value, "s", {
    statistic: "total",
    n: timeline.investigations.length,
    resolution,
    interval: [value - resolution, value + resolution],
    evidence: [first.evidence, last.evidence],
  });
}

export function investigationCount({ timeline }: MetricContext): Measured {
  const n = timeline.investigations.length;
  return n === 0 ? none("no-log") : ofRun(n, "count", { statistic: "count", n });
}

export function iterationSize({ timeline }: MetricContext): Measured {
  const iterations = timeline.runMarks.filter((point) => point.groups.iteration !== undefined);
  if (iterations.length === 0) return none("no-iterations");
  const starts = timeline.investigations.map((investigation) => investigation.points[0]?.at ?? Number.NaN);
  const sizes = iterations.map((iteration, index) => {
    const next = iterations[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    return starts.filter((start) => start >= iteration.at && start < next).length;
  });
  return ofSamples(sizes, { unit: "count", resolution: 0, evidence: iterations.map((point) => [point.evidence]) });
}

/** A loop that was never stopped shows no limit. */
export function stopLimit({ timeline }: MetricContext): Measured {
  const counts = timeline.runMarks.map((point) => Number(point.groups.active ?? Number.NaN)).filter(Number.isFinite);
  return counts.length === 0 ? none("no-iterations") : none("limit-not-reached", { highest: largest(counts) });
}
