/**
 * Numbers that a log gives by itself (a count of what is open, a rate beside the numbers that it was made from), held against what was measured from everything else.
 * They judge nothing: where one differs, the program that printed it counts otherwise, or something was measured wrong.
 */
import { toClusterTime, toUtc, uncertaintyToCluster } from "../../model/clock.js";
import { withoutAbsent } from "../../model/collections/without-absent.js";
import { type Expression, namesOf, parseExpression } from "../../model/expressions/expression.js";
import { evaluateInterval, type ValueInterval } from "../../model/expressions/interval-expression.js";
import { compilePattern } from "../../model/patterns/safe-pattern.js";
import type { CrossCheckDefinition } from "../../model/profile.js";
import type { ReportCrossCheck } from "../../model/report.js";
import { type Diagnostic, type Evidence, placeOf } from "../../model/source.js";
import { largest } from "../../model/statistics/statistics.js";
import { plainNumber } from "../../model/text/number-text.js";
import { shownText } from "../../model/text/shown-text.js";
import type { Bounds, ClockId, DurationMs, EpochMs } from "../../model/time.js";
import { clockOf, type Point, type Timeline } from "../../model/timeline.js";
import type { MetricContext } from "../metrics/metric-context.js";
import { decimalSignOf, exactly, printedNumber, withLastDigit } from "./printed-number.js";
import { isQuantity, quantityOf, type When } from "./quantities.js";

/** A program that prints a count has counted at most this long before. */
const COUNTED_WITHIN_MS: DurationMs = 1000;

/** Lines of differing numbers that a diagnostic shows. */
const MOST_EXAMPLES = 5;

type Operator = CrossCheckDefinition["operator"];

/** A number of the log and what was measured for it. */
interface Compared {
  /** As printed; undefined where it is no number. */
  readonly value: number | undefined;
  /** What it may stand for. */
  readonly reported: ValueInterval | undefined;
  /** Undefined where nothing was measured. */
  readonly measured: ValueInterval | undefined;
  readonly point: Point;
}

/** Every cross-check of the profile for which the log has a number. */
export function crossChecks(context: MetricContext): ReportCrossCheck[] {
  return context.profile.crossChecks.flatMap((definition) => {
    const { id, title, operator, mark, group, expected } = definition;
    const expression = parseExpression(expected);
    const compared = mark === undefined ? ofJobIds(group, expression, context) : ofLines({ mark, group }, expression, context);
    return compared.length === 0 ? [] : [{ id, title, operator, ...summary(compared, operator) }];
  });
}

/** Says of which checks some numbers differ. */
export function crossCheckDiagnostics(checks: readonly ReportCrossCheck[]): Diagnostic[] {
  const differing = checks.filter((check) => check.differing > 0);
  if (differing.length === 0) return [];
  const examples = differing.flatMap(({ farthest }) => farthest?.evidence ?? []).slice(0, MOST_EXAMPLES);
  const values = { checks: differing.map(({ id }) => id).join(", ") };
  return [{ id: "cross-checks-differ", severity: "warning", count: differing.length, values, examples }];
}

function summary(compared: readonly Compared[], operator: Operator): Omit<ReportCrossCheck, "id" | "title" | "operator"> {
  const distances = compared.map((one) => distanceOf(one, operator));
  const { value, measured, point } = compared[distances.indexOf(largest(distances))] as Compared;
  const n = distances.filter(Number.isFinite).length;
  return {
    n,
    differing: distances.filter((distance) => distance > 0).length,
    ...(n < compared.length ? { incomparable: compared.length - n } : {}),
    ...(value === undefined || measured === undefined ? {} : { farthest: { reported: value, measured, evidence: said(point) } }),
  };
}

/** Where a line stands, and what it says. */
function said({ evidence, message }: Point): Evidence {
  return { ...evidence, text: shownText(message.split("\n", 1)[0] ?? "") };
}

/** How far a number is from all that is expected: 0 where it may be that, -Infinity where it cannot be held against anything. */
function distanceOf({ reported, measured }: Compared, operator: Operator): number {
  if (reported === undefined || measured === undefined) return Number.NEGATIVE_INFINITY;
  return Math.max(0, measured[0] - reported[1], operator === "exactly" ? reported[0] - measured[1] : 0);
}

/** Each line of a mark gives a number. */
function ofLines({ mark, group }: { mark: string; group: string }, expression: Expression, context: MetricContext): Compared[] {
  const { timeline, profile } = context;
  const lines = linesOf(timeline, mark).filter(({ point }) => point.groups[group] !== undefined);
  const names = namesOf(expression);
  const texts = lines.flatMap(({ point }) => [group, ...names].flatMap((name) => point.groups[name] ?? []));
  const sign = profile.decimalSign ?? decimalSignOf(texts);
  const isOfCounts = names.some(isQuantity);
  return lines.map((line) => {
    const { point } = line;
    const { groups } = point;
    const when = isOfCounts ? whenCounted(timeline, line) : {};
    const numberOf = (name: string) => printedNumber(groups[name], sign);
    const value = numberOf(group);
    const measured = intervalOf(expression, (name) => {
      if (isQuantity(name)) return quantityOf(name, context)(when);
      const number = numberOf(name);
      return number && (number.isWhole ? exactly(number) : withLastDigit(number));
    });
    return {
      value: value?.value,
      reported: value && (isOfCounts ? exactly(value) : withLastDigit(value)),
      measured,
      point,
    };
  });
}

/** All job ids together give one number, the largest that one of them holds. */
function ofJobIds(group: string, expression: Expression, context: MetricContext): Compared[] {
  const pattern = compilePattern(context.profile.jobId);
  const numbers = context.timeline.investigations.flatMap(({ jobId, points: [first] }) => {
    const value = jobId === null ? undefined : plainNumber(pattern.exec(jobId)?.[group] ?? "");
    return value === undefined || first === undefined ? [] : [{ value, point: first }];
  });
  const highest = numbers[0] && numbers.reduce((most, one) => (one.value > most.value ? one : most));
  if (highest === undefined) return [];
  const measured = intervalOf(expression, (name) => (isQuantity(name) ? quantityOf(name, context)({}) : undefined));
  return [{ ...highest, reported: [highest.value, highest.value], measured }];
}

function intervalOf(expression: Expression, lookup: (name: string) => ValueInterval | undefined): ValueInterval | undefined {
  return evaluateInterval(expression, (name) => {
    const interval = lookup(name);
    return interval && { interval };
  });
}

/** A line, and the clock that its point is on. */
interface Line {
  readonly point: Point;
  readonly clock: ClockId;
}

/** All lines of a mark, each once: one that several investigations could own stands in each of them. */
function linesOf({ investigations, runMarks }: Timeline, mark: string): Line[] {
  const on = (points: readonly Point[], clock: ClockId) =>
    points.filter((point) => point.mark === mark).map((point): Line => ({ point, clock }));
  const places = new Set<number>();
  return [...on(runMarks, "runner"), ...investigations.flatMap(({ points, clock = "runner" }) => on(points, clock))].filter(({ point }) => {
    const place = placeOf(point.evidence);
    const isNew = !places.has(place);
    places.add(place);
    return isNew;
  });
}

/** When what a line counts was so: shortly before it, with all that stamps and clocks leave open. */
function whenCounted(timeline: Timeline, { point, clock: id }: Line): When {
  const clock = clockOf(timeline, id);
  // Marks of the run are on the first runner's clock, whoever wrote them.
  const writer = timeline.logs?.get(point.evidence.source)?.clock ?? id;
  const uncertaintiesMs = [clock, clockOf(timeline, writer)].map((one) => (one && uncertaintyToCluster(one)) ?? 0);
  const stretch = (place: (reading: EpochMs) => EpochMs | null, uncertaintyMs: DurationMs): Bounds | undefined => {
    const [lo, hi] = [place(point.at - COUNTED_WITHIN_MS), place(point.at + point.resolutionMs)];
    return lo === null || hi === null ? undefined : { lo: lo - uncertaintyMs, hi: hi + uncertaintyMs };
  };
  const onCluster = stretch((reading) => toClusterTime(clock, reading), largest(uncertaintiesMs));
  const onLog = stretch((reading) => toUtc(clock, reading) ?? reading, writer === id ? 0 : largest(uncertaintiesMs));
  return withoutAbsent<When>({ onCluster, onLog });
}
