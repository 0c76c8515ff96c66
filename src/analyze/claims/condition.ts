import type { Claim } from "../../model/claim.js";
import { PostrunError } from "../../model/errors.js";
import { evaluateCondition } from "../../model/expressions/condition-expression.js";
import { namesOf, parseExpression } from "../../model/expressions/expression.js";
import { suggestion } from "../../model/text/nearest.js";

/** What a condition may refer to; null: the name exists, its value is not known. Parameters come before facts of the same name. */
export interface ClaimContext {
  readonly parameters: Readonly<Record<string, string | number | null>>;
  /** Numbers counted in the run itself, such as `investigations`. */
  readonly facts: Readonly<Record<string, number | null>>;
  /** Names that only a log tells the values of, where there is none: without a value they may have one all the same. Absent: none. */
  readonly untold?: ReadonlySet<string>;
  /** Investigations that ended well: of the run, or of that of several with the fewest. Absent: enough. */
  readonly endedWell?: number;
}

/** The value of a name of a condition. Throws a PostrunError (config) for a name that is neither parameter nor fact. */
export function contextValue(context: ClaimContext, name: string): string | number | null {
  const { parameters, facts } = context;
  const parameter = Object.hasOwn(parameters, name) ? (parameters[name] ?? null) : null;
  if (parameter !== null) return parameter;
  if (Object.hasOwn(facts, name)) return facts[name] ?? null;
  if (Object.hasOwn(parameters, name)) return null;
  const known = [...new Set([...Object.keys(parameters), ...Object.keys(facts)])];
  throw new PostrunError("config", `a condition names "${name}", which is no parameter of the profile`, suggestion(name, known));
}

/** Names of a claim's condition, in order of appearance. */
export function conditionNames(claim: Claim): string[] {
  return claim.appliesWhen === undefined ? [] : namesOf(parseExpression(claim.appliesWhen));
}

/** Whether the claim speaks of this run: true, false, or null where a value is unknown. */
export function conditionHolds(claim: Claim, context: ClaimContext): boolean | null {
  if (claim.appliesWhen === undefined) return true;
  return evaluateCondition(
    parseExpression(claim.appliesWhen),
    (name) => contextValue(context, name),
    (name) => context.untold?.has(name) === true,
  );
}
