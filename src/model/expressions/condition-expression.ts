/** Conditions over parameters and facts in three-valued logic (Kleene): what is not known is neither true nor false. */

import { PostrunError } from "../errors.js";
import { settingTolerance } from "./documented-interval.js";
import type { Expression } from "./expression.js";

/** null: the name is known, its value is not. */
type Scalar = number | string | boolean | null;
type Lookup = (name: string) => string | number | null;

/** The names of a condition. */
interface Names {
  readonly lookup: Lookup;
  /** Whether one without a value may have one all the same, for nothing here would tell. */
  readonly mayBeSet: (name: string) => boolean;
}

const wrongType = (expected: string): never => {
  throw new PostrunError("config", `a condition holds a part of the wrong type: expected ${expected}`);
};

function number(value: Scalar): number | null {
  if (value === null || typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
    ? Number(value)
    : wrongType(`a number, not ${value}`);
}

function truth(value: Scalar): boolean | null {
  return value === null || typeof value === "boolean" ? value : wrongType("a comparison");
}

/** `test = 277` holds for the text "277" too: parameters come from command lines. */
function equal(left: Scalar, right: Scalar): boolean {
  return typeof left === typeof right ? left === right : String(left) === String(right);
}

function compare(operator: string, left: Scalar, right: Scalar): Scalar {
  if (left === null || right === null) return null;
  if (operator === "=") return equal(left, right);
  if (operator === "!=") return !equal(left, right);
  const [a, b] = [number(left), number(right)];
  if (a === null || b === null) return null;
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    default:
      return b === 0 ? null : a / b;
  }
}

function logic(operator: "and" | "or", left: boolean | null, right: boolean | null): boolean | null {
  const decides = operator === "or";
  if (left === decides || right === decides) return decides;
  return left === null || right === null ? null : !decides;
}

function isGiven(part: Expression | undefined, { lookup, mayBeSet }: Names): boolean | null {
  if (part?.kind !== "name") return wrongType("given(name)");
  if (lookup(part.name) !== null) return true;
  return mayBeSet(part.name) ? null : false;
}

function call(expression: Extract<Expression, { kind: "call" }>, names: Names): Scalar {
  const { called } = expression;
  if (called === "given") return isGiven(expression.args[0], names);
  const args: number[] = [];
  for (const part of expression.args) {
    const value = number(evaluateScalar(part, names));
    if (value === null) return null;
    args.push(value);
  }
  const [a = 0, b = 0] = args;
  if (called === "near") return Math.abs(a - b) <= settingTolerance(b);
  if (called === "min") return Math.min(...args);
  if (called === "max") return Math.max(...args);
  if (called === "ceil") return Math.ceil(a);
  if (called === "floor") return Math.floor(a);
  throw new PostrunError("config", `${called}() has no place in a condition`);
}

function evaluateScalar(expression: Expression, names: Names): Scalar {
  if (expression.kind === "number" || expression.kind === "text") return expression.value;
  if (expression.kind === "name") return names.lookup(expression.name);
  if (expression.kind === "call") return call(expression, names);
  if (expression.kind === "unary") {
    const operand = evaluateScalar(expression.operand, names);
    if (operand === null) return null;
    return expression.operator === "not" ? !truth(operand) : -(number(operand) ?? 0);
  }
  const { operator } = expression;
  const left = evaluateScalar(expression.left, names);
  const right = evaluateScalar(expression.right, names);
  return operator === "and" || operator === "or" ? logic(operator, truth(left), truth(right)) : compare(operator, left, right);
}

/**
 * Whether a condition holds: true, false, or null where a value it depends on is unknown. `lookup` answers null for the unknown and throws for names that
 * do not exist. `mayBeSet`: whether a name without a value may have one all the same, so that it is not known whether it is given.
 */
export function evaluateCondition(
  expression: Expression,
  lookup: Lookup,
  mayBeSet: (name: string) => boolean = () => false,
): boolean | null {
  return truth(evaluateScalar(expression, { lookup, mayBeSet }));
}
