import type { Claim, ClaimsFile } from "../model/claim.js";
import { roundedInterval } from "../model/expressions/documented-interval.js";
import { type Expression, parseExpression } from "../model/expressions/expression.js";
import { evaluateInterval } from "../model/expressions/interval-expression.js";
import type { MetricSpec } from "../model/measurement.js";
import type { Profile } from "../model/profile.js";
import { NEXT_START } from "../model/reserved-stages.js";
import { nearest, suggestion } from "../model/text/nearest.js";
import { arithmeticFaults, canBeMentioned, conditionFaults, lintExpression, parsed, unquotedText } from "./lint-expressions.js";
import { groupsOf, unknown } from "./lint-names.js";
import { type LintProblem, usedTwice } from "./lint-problem.js";
import { isStageOfJobs, POINTS_OF_JOBS } from "./lint-stages.js";
import { metricUnit } from "./metric-units.js";

const knownPlaceholders = ["value", "median", "mean", "peak", "low", "high", "p90low", "p90high", "min", "max", "n", "documented"];
/** Facts that conditions may name beside the parameters of a profile. */
const knownFacts = ["investigations"];

/** A side of a relation that has no value as its claims are documented. */
function lintDivisors(place: string, text: string, { claims }: ClaimsFile): LintProblem[] {
  const documented = new Map(claims.map((claim) => [claim.id, { interval: roundedInterval(claim) }]));
  const expression = parseExpression(text);
  const values = (["hull", "low", "high"] as const).map((spread) => evaluateInterval(expression, (name) => documented.get(name), spread));
  if (values.every((value) => value !== undefined)) return [];
  return [{ place, message: `"${text}" divides by a number that may be 0 as it is documented`, hint: "multiply both sides by it" }];
}

function lintWording(claim: Claim, field: "suggestion" | "shorterSuggestion"): LintProblem[] {
  const wording = claim[field];
  if (wording === undefined) return [];
  const used = (text: string) => [...new Set([...text.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? ""))].sort();
  const place = `claims.${claim.id}.${field}`;
  const [en, he] = [used(wording.en), used(wording.he)];
  const differ =
    en.join() === he.join() ? [] : [{ place, message: `the languages use different numbers: ${en.join(", ")} and ${he.join(", ")}` }];
  const unknown = en.filter((name) => !knownPlaceholders.includes(name));
  return [
    ...differ,
    ...unknown.map((name) => ({ place, message: `unknown placeholder {${name}}`, hint: suggestion(name, knownPlaceholders) })),
  ];
}

function lintClaim(claim: Claim, profile: Profile | undefined): LintProblem[] {
  const place = `claims.${claim.id}`;
  const problems = [...lintWording(claim, "suggestion"), ...lintWording(claim, "shorterSuggestion")];
  if (claim.appliesWhen !== undefined && profile !== undefined) {
    const known = [...Object.keys(profile.parameters), ...knownFacts];
    const faultsOf = (expression: Expression) => conditionFaults(expression, profile.parameters);
    const unquoted = unquotedText(claim.appliesWhen, known);
    problems.push(...lintExpression(`${place}.appliesWhen`, claim.appliesWhen, { known, what: "parameter", faultsOf, unquoted }));
  }
  if ((claim.appliesWhen === undefined) !== (claim.condition === undefined)) {
    problems.push({ place, message: "appliesWhen and condition (the same in words) belong together" });
  }
  if (claim.documented.operator === "between" && claim.documented.low > claim.documented.high) {
    problems.push({ place: `${place}.documented`, message: "low is above high" });
  }
  problems.push(...lintUnit(`${place}.documented.unit`, claim, claim.measure));
  if (claim.deployed !== undefined) problems.push(...lintUnit(`${place}.deployed`, claim, claim.deployed));
  if (profile !== undefined) {
    problems.push(...lintMeasure(`${place}.measure`, claim.measure, profile), ...lintEnds(place, claim, profile));
    if (claim.deployed !== undefined) problems.push(...lintMeasure(`${place}.deployed`, claim.deployed, profile));
  }
  return problems;
}

/** What is measured in another unit than it is documented in cannot be held against it. */
function lintUnit(place: string, { documented }: Claim, measure: MetricSpec): LintProblem[] {
  const unit = metricUnit(measure);
  if (unit === undefined || unit === documented.unit) return [];
  return [{ place, message: `${measure.metric} is measured in "${unit}", not in "${documented.unit}"` }];
}

/** Written as names are, in parts without a space: `stream-start`. One word alone (Connected, disconnects) is a word. */
const LIKE_A_NAME = /^(?=\S*(?:[-._]|[a-z][A-Z]))\S+$/;

/** Where a stage begins and ends is said in words for the reader; one that is written as a name and is all but the name of a point was meant to be it. */
function lintEnds(place: string, { from, to, measure }: Claim, { stages, patterns }: Profile): LintProblem[] {
  if (measure.metric !== "stage-duration") return [];
  const known = [...names(patterns), ...names(stages), ...POINTS_OF_JOBS, NEXT_START];
  return Object.entries({ from, to }).flatMap(([end, name]) => {
    const near = known.includes(name) || !LIKE_A_NAME.test(name) ? undefined : nearest(name, known);
    return near === undefined ? [] : [{ place: `${place}.${end}`, message: `unknown point "${name}"`, hint: `did you mean ${near}?` }];
  });
}

function lintMeasure(place: string, measure: MetricSpec, { stages, patterns }: Profile): LintProblem[] {
  if (measure.metric === "stage-duration") {
    const groups = [...new Set(patterns.flatMap(({ message }) => groupsOf(message)))];
    const { onlyWhere, stage: id } = measure;
    const ofJobs = onlyWhere !== undefined && stages.some((stage) => stage.id === id && isStageOfJobs(stage));
    return [
      ...unknown(place, [id], names(stages), "stage"),
      ...(onlyWhere === undefined ? [] : unknown(`${place}.onlyWhere.group`, [onlyWhere.group], groups, "group")),
      ...(ofJobs
        ? [{ place: `${place}.onlyWhere`, message: `the stage "${id}" is one of Jobs, which report no numbers`, hint: OF_LOG }]
        : []),
    ];
  }
  if (measure.metric !== "mark-value") return [];
  const pattern = patterns.find(({ id }) => id === measure.mark);
  if (pattern === undefined) return unknown(place, [measure.mark], names(patterns), "pattern");
  return unknown(`${place}.group`, [measure.group], groupsOf(pattern.message), `group of ${measure.mark}`);
}

const OF_LOG = "leave it out, or measure a stage between two marks of the log";

const names = (entries: readonly { readonly id: string }[]): string[] => entries.map(({ id }) => id);

/** Problems of a claims file: duplicate ids, names that do not exist, expressions that do not parse, wordings that differ. With its profile, also stages, marks and parameters. */
export function lintClaims(file: ClaimsFile, profile?: Profile): LintProblem[] {
  const ids = file.claims.map((claim) => claim.id);
  const problems = (["claims", "relations"] as const).flatMap((list) => usedTwice(file[list].map(({ id }) => `${list}.${id}`)));
  const unmentionable = ids
    .filter((id) => !canBeMentioned(id))
    .map((id) => ({
      place: `claims.${id}.id`,
      message: "no relation could speak of a claim with this id",
      hint: "begin it with a letter",
    }));
  const ofClaims = { known: ids, what: "claim", faultsOf: arithmeticFaults };
  const relations = file.relations.flatMap((relation) => {
    const place = `relations.${relation.id}`;
    const sides = [relation.left, relation.right].map((text) => parsed(place, text));
    const varies = sides.some((side) => "varies" in side && side.varies);
    // A relation that varies and cannot fail or hold either way needs no word on what decides it; equality does.
    const unexplained = varies && relation.relation === "=" && relation.dependsOn === undefined;
    const faults = [relation.left, relation.right].flatMap((text) => lintExpression(place, text, ofClaims));
    return [
      ...faults,
      ...(faults.length === 0 ? [relation.left, relation.right].flatMap((text) => lintDivisors(place, text, file)) : []),
      ...(unexplained ? [{ place, message: "between() varies: say in dependsOn what decides it" }] : []),
    ];
  });
  const quantities = Object.entries(file.quantities).flatMap(([name, declared]) =>
    [declared]
      .flat()
      .filter((id) => !ids.includes(id))
      .map((id) => ({ place: `quantities.${name}`, message: `unknown claim "${id}"`, hint: suggestion(id, ids) })),
  );
  const life = file.life.flatMap(({ part, duration }) => lintExpression(`life.${part}`, duration, ofClaims));
  return [
    ...problems,
    ...unmentionable,
    ...file.claims.flatMap((claim) => lintClaim(claim, profile)),
    ...relations,
    ...quantities,
    ...life,
  ];
}
