import { fromUtc, toUtc } from "../../model/clock.js";
import { groupBy } from "../../model/collections/group-by.js";
import type { Measured, MetricSpec } from "../../model/measurement.js";
import { hasFailed } from "../../model/reports/outcome.js";
import { connectedMark } from "../../model/reserved-stages.js";
import type { Evidence } from "../../model/source.js";
import { largest } from "../../model/statistics/statistics.js";
import { type DecimalSign, decimalSigns, reportedNumber } from "../../model/text/number-text.js";
import type { ClockId, EpochMs } from "../../model/time.js";
import { clockOf, type Point, type Timeline } from "../../model/timeline.js";
import { intervalsOfStage, isSequentialOnly, type StageInterval } from "../stages/stage-intervals.js";
import { none, ofRun, ofSamples } from "./measured.js";
import type { MetricContext } from "./metric-context.js";
import { partInLog, partOfJobs } from "./part-of-run.js";
import { unknownInLog } from "./unknown-ends.js";

export function stageDuration(spec: Extract<MetricSpec, { metric: "stage-duration" }>, context: MetricContext): Measured {
  const { timeline, profile, stages } = context;
  const definition = profile.stages.find((stage) => stage.id === spec.stage);
  if (timeline.investigations.length === 0) return none("no-log");
  if (definition !== undefined && isSequentialOnly(definition) && !timeline.sequential) return none("not-sequential");
  const includeFailed = definition?.includeFailed === true;
  const ofStage = intervalsOfStage(stages, spec.stage);
  const { onlyWhere } = spec;
  const found = onlyWhere === undefined ? ofStage : reporting(ofStage, onlyWhere, profile);
  if ("notMeasured" in found) return found;
  const isComplete = ({ investigation, outcome }: StageInterval) => outcome === "ok" && (investigation.outcome === "ok" || includeFailed);
  const complete = found.filter(isComplete);
  if (complete.length === 0) {
    const n = ofStage.filter(isComplete).length;
    if (onlyWhere !== undefined && n > 0) return none("none-reported", { ...onlyWhere, n });
    return ofStage.length === 0 ? none("no-samples", { stage: spec.stage }) : none("none-ended-well", { n: ofStage.length });
  }
  return ofSamples(
    complete.map(({ durationMs }) => (durationMs ?? 0) / 1000),
    {
      unit: "s",
      resolution: largest(complete.map(({ resolutionMs }) => resolutionMs)) / 1000,
      failed: found.filter(({ investigation, outcome }) => hasFailed(investigation) && !(includeFailed && outcome === "ok")).length,
      // Whether they are of those that reported it is not known either.
      unknown: definition === undefined || onlyWhere !== undefined ? 0 : unknownInLog(definition, context),
      // What goes on where the log ends may last the longest of all.
      whole: !found.some(({ investigation, outcome }) => investigation.outcome === "running" && outcome === "censored"),
      evidence: linesOf(complete),
    },
  );
}

/** One after the other: together they are many. */
function* linesOf(intervals: readonly StageInterval[]): Generator<readonly Evidence[]> {
  for (const { evidence } of intervals) yield evidence;
}

type OnlyWhere = NonNullable<Extract<MetricSpec, { metric: "stage-duration" }>["onlyWhere"]>;

/** Those in which a mark of the stage, from the one that begins it to the one that ends it, reported the number. */
function reporting(
  intervals: readonly StageInterval[],
  { group, equals }: OnlyWhere,
  { decimalSign }: MetricContext["profile"],
): readonly StageInterval[] | ReturnType<typeof none> {
  const textsOf = ({ investigation, begin, end }: StageInterval): string[] => {
    const { points } = investigation;
    const last = end === undefined ? -1 : points.indexOf(end);
    // A stage that goes on, or ends with the next investigation, has all that follows.
    const after = last < 0 ? points.length : last + 1;
    return points.slice(points.indexOf(begin), after).flatMap(({ groups }) => groups[group] ?? []);
  };
  const texts = intervals.flatMap(textsOf);
  const signs = decimalSign === undefined ? decimalSigns(texts) : [decimalSign];
  const isIt = (text: string) => (sign: DecimalSign) => reportedNumber(text, sign) === equals;
  const open = texts.find((text) => signs.some(isIt(text)) && !signs.every(isIt(text)));
  if (open !== undefined) return none("decimal-sign-unknown", { group, text: open });
  return intervals.filter((one) => textsOf(one).some((text) => signs.some(isIt(text))));
}

/** What is measured from the numbers that a group of these points holds. One that cannot be read is not left out: the rest are a part of them. */
function fromNumbers(
  points: readonly Point[],
  group: string,
  { decimalSign }: MetricContext["profile"],
  measure: (values: readonly number[]) => Measured,
): Measured {
  const texts = points.map(({ groups }) => groups[group] ?? "");
  const signs = decimalSign === undefined ? decimalSigns(texts) : [decimalSign];
  const unread = texts.filter((text) => signs.every((sign) => reportedNumber(text, sign) === undefined));
  const [first] = unread;
  if (first !== undefined) return none("values-not-numbers", { group, count: unread.length, n: texts.length, text: first });
  if (signs.length > 1) return none("decimal-sign-unknown", { group, text: texts.find((text) => text.includes(",")) ?? "" });
  return measure(texts.flatMap((text) => reportedNumber(text, signs[0]) ?? []));
}

export function markValue(spec: Extract<MetricSpec, { metric: "mark-value" }>, { timeline, profile }: MetricContext): Measured {
  if (timeline.investigations.length === 0) return none("no-log");
  const points = timeline.investigations
    .filter((investigation) => investigation.outcome === "ok")
    .flatMap(
      (investigation) => investigation.points.findLast((point) => point.mark === spec.mark && point.groups[spec.group] !== undefined) ?? [],
    );
  if (points.length === 0) return none("no-samples", { stage: spec.mark });
  const evidence = points.map((point) => [point.evidence]);
  return fromNumbers(points, spec.group, profile, (values) => ofSamples(values, { unit: "count", resolution: 0, step: 1, evidence }));
}

export function peakConnected(context: MetricContext): Measured {
  const { timeline, profile, concurrency } = context;
  if (timeline.investigations.length === 0) return none("no-log");
  if (connectedMark(profile) === undefined) return none("no-connect-stage");
  if (timeline.clocks.some(({ holdsFor }) => holdsFor !== undefined)) return none("clock-hole");
  if (concurrency.connected === undefined) return none("no-samples", { stage: "connect" });
  const { peak } = concurrency.connected.steps;
  const goingOn = timeline.investigations.filter(({ outcome }) => outcome === "running").length;
  // What a capture misses of the Jobs is in the log all the same; those that go on where it ends may yet be connected at once.
  const part = partOfJobs(context) === "log" || goingOn > peak ? ({ part: "log" } as const) : {};
  return ofRun(peak, "count", { statistic: "peak", n: timeline.investigations.length, ...part });
}

export function investigationCount(context: MetricContext): Measured {
  const n = context.timeline.investigations.length;
  const part = partInLog(context);
  return n === 0 ? none("no-log") : ofRun(n, "count", { statistic: "count", n, ...(part === undefined ? {} : { part }) });
}

/** Whose log a mark stands in. */
function runnerOf({ logs }: Timeline, { evidence }: Point): ClockId {
  return logs?.get(evidence.source)?.clock ?? "runner";
}

/** The beginning of an investigation, on the clock of the run's marks. */
interface Start {
  readonly at: EpochMs;
  /** Which of several runs it is of. */
  readonly run: number | undefined;
}

/** When the investigations of one runner began, in that order; not those that no clock places there. */
function startsOf(timeline: Timeline, runner: ClockId): Start[] {
  const own = timeline.investigations.filter(({ clock = "runner" }) => clock === runner);
  const place = (reading: EpochMs): EpochMs | null => {
    if (runner === "runner") return reading;
    const at = toUtc(clockOf(timeline, runner), reading);
    return at === null ? null : fromUtc(clockOf(timeline, "runner"), at);
  };
  return own.flatMap(({ points: [first], run }) => {
    const at = first === undefined ? null : place(first.at);
    return at === null ? [] : [{ at, run }];
  });
}

/**
 * Where several runners loop at the same time, each iteration holds the investigations of its own runner. It ends where the next one of its run begins: the last may
 * have held more than is left of the log.
 */
export function iterationSize({ timeline }: MetricContext): Measured {
  const iterations = timeline.runMarks.filter((point) => point.groups.iteration !== undefined);
  if (iterations.length === 0) return none("no-iterations");
  const sizes = [...groupBy(iterations, (point) => runnerOf(timeline, point))].flatMap(([runner, own]) => {
    const starts = startsOf(timeline, runner);
    return own.slice(0, -1).flatMap(({ at, evidence }, index) => {
      const next = own[index + 1]?.at ?? at;
      const inside = starts.filter((start) => start.at >= at && start.at < next);
      const following = starts.find((start) => start.at >= next);
      const runs = new Set([...inside, ...(following === undefined ? [] : [following])].map(({ run }) => run));
      return runs.size > 1 ? [] : [{ size: inside.length, evidence }];
    });
  });
  if (sizes.length === 0) return none("iteration-not-ended");
  return ofSamples(
    sizes.map(({ size }) => size),
    { unit: "count", resolution: 0, step: 1, evidence: sizes.map(({ evidence }) => [evidence]) },
  );
}

/**
 * The highest number of open investigations that a loop counted. Where that loop went on after that count, its limit lies higher: the count is cut off
 * (`censored`), as a Job is that is still open.
 */
export function stopLimit({ timeline, profile }: MetricContext): Measured {
  const counted = timeline.runMarks.filter(({ groups }) => groups.active !== undefined);
  if (counted.length === 0) return none("no-iterations");
  return fromNumbers(counted, "active", profile, (counts) => {
    const value = largest(counts);
    const highest = counted[counts.lastIndexOf(value)] as Point;
    const runner = runnerOf(timeline, highest);
    const isOwn = (point: Point) => runnerOf(timeline, point) === runner;
    const begins = timeline.runMarks.filter((point) => point.groups.iteration !== undefined && isOwn(point));
    const later = [...begins, ...startsOf(timeline, runner)];
    const isCut = timeline.goingOn?.has(runner) === true;
    const wentOn = isCut || counted.findLast(isOwn) !== highest || later.some(({ at }) => at >= highest.at);
    return ofRun(value, "count", { statistic: "peak", n: counts.length, censored: wentOn ? 1 : 0, evidence: [highest.evidence] });
  });
}
