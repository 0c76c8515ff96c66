import type { Measured, MetricSpec } from "../model/measurement.js";
import { reportedNumber } from "../model/number-text.js";
import { connectedMark } from "../model/reserved-stages.js";
import type { Evidence } from "../model/source.js";
import { largest } from "../model/statistics.js";
import type { Point } from "../model/timeline.js";
import { none, ofRun, ofSamples } from "./measured.js";
import type { MetricContext } from "./metrics.js";
import { hasFailed, type IntervalOf, intervalsOfStage } from "./stage-intervals.js";

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
  const found = onlyWhere === undefined ? ofStage : ofStage.filter((one) => reports(one, onlyWhere));
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
      evidence: linesOf(complete),
    },
  );
}

/** One after the other: together they are many. */
function* linesOf(intervals: readonly IntervalOf[]): Generator<readonly Evidence[]> {
  for (const { interval } of intervals) yield interval.evidence;
}

/** Whether a mark of the stage, from the one that begins it to the one that ends it, reported the number. */
function reports({ investigation, interval }: IntervalOf, only: { readonly group: string; readonly equals: number }): boolean {
  const { points } = investigation;
  const last = interval.end === undefined ? -1 : points.indexOf(interval.end);
  // A stage that goes on, or ends with the next investigation, has all that follows.
  const after = last < 0 ? points.length : last + 1;
  return points.slice(points.indexOf(interval.begin), after).some(({ groups }) => reportedNumber(groups[only.group] ?? "") === only.equals);
}

/** What is measured from the numbers that a group of these points holds. One that cannot be read is not left out: the rest are a part of them. */
function fromNumbers(points: readonly Point[], group: string, measure: (values: readonly number[]) => Measured): Measured {
  const texts = points.map(({ groups }) => groups[group] ?? "");
  const values = texts.flatMap((text) => reportedNumber(text) ?? []);
  if (values.length === texts.length) return measure(values);
  const text = texts.find((one) => reportedNumber(one) === undefined) ?? "";
  return none("values-not-numbers", { group, count: texts.length - values.length, n: texts.length, text });
}

export function markValue(spec: Extract<MetricSpec, { metric: "mark-value" }>, { timeline }: MetricContext): Measured {
  if (timeline.investigations.length === 0) return none("no-log");
  const points = timeline.investigations
    .filter((investigation) => investigation.outcome === "ok")
    .flatMap(
      (investigation) => investigation.points.findLast((point) => point.mark === spec.mark && point.groups[spec.group] !== undefined) ?? [],
    );
  if (points.length === 0) return none("no-samples", { stage: spec.mark });
  const evidence = points.map((point) => [point.evidence]);
  return fromNumbers(points, spec.group, (values) => ofSamples(values, { unit: "count", resolution: 0, step: 1, evidence }));
}

export function peakConnected({ timeline, profile, concurrency }: MetricContext): Measured {
  if (timeline.investigations.length === 0) return none("no-log");
  if (connectedMark(profile) === undefined) return none("no-connect-stage");
  if (concurrency.connected === undefined) return none("no-samples", { stage: "connect" });
  return ofRun(concurrency.connected.steps.peak, "count", { statistic: "peak", n: timeline.investigations.length });
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
  return ofSamples(sizes, { unit: "count", resolution: 0, step: 1, evidence: iterations.map((point) => [point.evidence]) });
}

/**
 * The highest number of open investigations that the loop counted. Where it went on after that count, its limit lies higher: the count is cut off
 * (`censored`), as a Job is that is still open.
 */
export function stopLimit({ timeline }: MetricContext): Measured {
  const counted = timeline.runMarks.filter(({ groups }) => groups.active !== undefined);
  if (counted.length === 0) return none("no-iterations");
  const begins = timeline.runMarks.filter(({ groups }) => groups.iteration !== undefined);
  const later = [...begins, ...timeline.investigations.flatMap(({ points }) => points[0] ?? [])];
  return fromNumbers(counted, "active", (counts) => {
    const value = largest(counts);
    const highest = counted[counts.lastIndexOf(value)] as Point;
    const wentOn = counted.at(-1) !== highest || later.some(({ at }) => at >= highest.at);
    return ofRun(value, "count", { statistic: "peak", n: counts.length, censored: wentOn ? 1 : 0, evidence: [highest.evidence] });
  });
}
