import type { Claim, ClaimsFile, Relation } from "../../model/claim.js";
import { PostrunError } from "../../model/errors.js";
import { roundedInterval } from "../../model/expressions/documented-interval.js";
import { namesOf, parseExpression } from "../../model/expressions/expression.js";
import { type BetweenCounts, evaluateInterval, type NamedValue, type ValueInterval } from "../../model/expressions/interval-expression.js";
import type { Measured, Measurement, MetricSpec } from "../../model/measurement.js";
import type { ReportRelation } from "../../model/report.js";
import { largest, smallest } from "../../model/statistics/statistics.js";
import { suggestion } from "../../model/text/nearest.js";
import { isSingle, judgeable } from "./judgeable.js";
import { uncertainty } from "./verdict.js";

type Holds = ReportRelation["holds"];
type Lookup = (name: string) => NamedValue | undefined;

function compareIntervals(left: ValueInterval, relation: Relation["relation"], right: ValueInterval): Holds {
  switch (relation) {
    case "=":
      return left[0] <= right[1] && right[0] <= left[1] ? "yes" : "no";
    case "<":
      return left[1] < right[0] ? "yes" : left[0] >= right[1] ? "no" : "depends";
    case "<=":
      return left[1] <= right[0] ? "yes" : left[0] > right[1] ? "no" : "depends";
    case ">":
      return compareIntervals(right, "<", left);
    case ">=":
      return compareIntervals(right, "<=", left);
  }
}

interface Evaluated {
  readonly left: ValueInterval;
  readonly right: ValueInterval;
  readonly holds: Holds;
}

function widened([low, high]: ValueInterval, share: number): ValueInterval {
  return [low - share * Math.abs(low), high + share * Math.abs(high)];
}

/**
 * `no` if nothing within the uncertainty can satisfy it; `yes` if it can be satisfied whatever the value of what varies
 * (`between`); else it depends.
 */
function evaluate(relation: Relation, lookup: Lookup, tolerance: number): Evaluated | undefined {
  const [left, right] = [parseExpression(relation.left), parseExpression(relation.right)];
  const sides = (spread: BetweenCounts): Evaluated | undefined => {
    const [l, r] = [evaluateInterval(left, lookup, spread), evaluateInterval(right, lookup, spread)];
    return l && r && { left: l, right: r, holds: compareIntervals(l, relation.relation, widened(r, tolerance)) };
  };
  const [all, low, high] = [sides("hull"), sides("low"), sides("high")];
  if (all === undefined || low === undefined || high === undefined) return undefined;
  if (all.holds === "no") return all;
  return { ...all, holds: low.holds === "yes" && high.holds === "yes" ? "yes" : "depends" };
}

/** What each claim's measurement says of its quantity, by claim id; whether the claim speaks of this run plays no part. */
export function measuredValues(file: ClaimsFile, measured: (spec: MetricSpec) => Measured): ReadonlyMap<string, NamedValue> {
  const values = new Map<string, NamedValue>();
  for (const claim of file.claims) {
    const measurement = usable(claim, measured);
    if (measurement !== undefined) values.set(claim.id, namedValue(claim, measurement));
  }
  return values;
}

/** The behaviour, else the deployed setting; nothing where several fits explain the data, several values are deployed, or only a part of the run was seen. */
function usable(claim: Claim, measured: (spec: MetricSpec) => Measured): Measurement | undefined {
  const found = [claim.measure, ...(claim.deployed ? [claim.deployed] : [])].flatMap((spec) => {
    const result = judgeable(claim, spec, measured(spec));
    return "measurement" in result ? [result.measurement] : [];
  });
  return found.find((measurement) => isSingle(measurement) && measurement.part === undefined);
}

function namedValue(claim: Claim, measurement: Measurement): NamedValue {
  const { samples } = measurement;
  const extremes = samples.length > 0 ? { lowest: smallest(samples), highest: largest(samples) } : {};
  // Too few samples for an interval of the median: then it is somewhere among them.
  const few = measurement.interval === undefined && measurement.statistic === "median" && samples.length > 0;
  const interval: ValueInterval = few ? [smallest(samples), largest(samples)] : uncertainty(measurement, claim.setting);
  return { interval, ...extremes };
}

/** Throws a PostrunError (config) that names the unknown claim and the nearest known one. */
function knownOnly(ids: ReadonlySet<string>, relation: Relation, lookup: Lookup): Lookup {
  return (name) => {
    if (!ids.has(name))
      throw new PostrunError("config", `relation ${relation.id} names the unknown claim "${name}"`, suggestion(name, [...ids]));
    return lookup(name);
  };
}

/** Every relation with documented numbers as rounded values and, where all its claims were measured, with the measured ones. */
export function evaluateRelations(file: ClaimsFile, measured: ReadonlyMap<string, NamedValue> = new Map()): ReportRelation[] {
  const documented = new Map(file.claims.map((claim) => [claim.id, { interval: roundedInterval(claim) }]));
  const ids = new Set(documented.keys());
  return file.relations.map((relation) => {
    const onPaper = evaluate(
      relation,
      knownOnly(ids, relation, (name) => documented.get(name)),
      0,
    );
    if (onPaper === undefined) throw new PostrunError("config", `relation ${relation.id} divides by a number that may be zero`);
    const inFact = evaluate(
      relation,
      knownOnly(ids, relation, (name) => measured.get(name)),
      relation.tolerance,
    );
    const { id, statement, dependsOn, explanation } = relation;
    return {
      id,
      statement,
      documented: { left: onPaper.left, right: onPaper.right },
      ...(inFact ? { measured: { ...inFact, ...(relation.tolerance > 0 ? { tolerance: relation.tolerance } : {}) } } : {}),
      relation: relation.relation,
      claims: [...new Set([relation.left, relation.right].flatMap((side) => namesOf(parseExpression(side))))],
      holds: onPaper.holds,
      ...(dependsOn ? { dependsOn } : {}),
      explanation,
    };
  });
}
