/** Interval arithmetic over parsed expressions (Moore, Interval Analysis, 1966): what a result can be, given what its parts can be. */
import { PostrunError } from "../errors.js";
import type { Expression } from "./expression.js";

export type ValueInterval = readonly [low: number, high: number];

/** What is known of a name: the interval of its value, and of its extremes where samples show them. */
export interface NamedValue {
  readonly interval: ValueInterval;
  readonly lowest?: number;
  readonly highest?: number;
}

/** How `between(a, b)` counts: everything from a to b, or only one of its ends. */
export type BetweenCounts = "hull" | "low" | "high";

type Lookup = (name: string) => NamedValue | undefined;

function hull(values: readonly number[]): ValueInterval | undefined {
  return values.every(Number.isFinite) ? [Math.min(...values), Math.max(...values)] : undefined;
}

function arithmetic(operator: string, a: ValueInterval, b: ValueInterval): ValueInterval | undefined {
  if (operator === "+") return [a[0] + b[0], a[1] + b[1]];
  if (operator === "-") return [a[0] - b[1], a[1] - b[0]];
  if (operator === "*") return hull([a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1]]);
  if (operator === "/") return b[0] <= 0 && b[1] >= 0 ? undefined : hull([a[0] / b[0], a[0] / b[1], a[1] / b[0], a[1] / b[1]]);
  throw new PostrunError("config", `"${operator}" has no place in a number; expected + - * /`);
}

function extreme(expression: Expression, which: "lowest" | "highest", lookup: Lookup): ValueInterval | undefined {
  const named = expression.kind === "name" ? lookup(expression.name) : undefined;
  const value = named?.[which];
  return value === undefined ? named?.interval : [value, value];
}

function call(expression: Extract<Expression, { kind: "call" }>, lookup: Lookup, spread: BetweenCounts): ValueInterval | undefined {
  const { called } = expression;
  const [first] = expression.args;
  if (first !== undefined && (called === "lowest" || called === "highest")) return extreme(first, called, lookup);
  const args: ValueInterval[] = [];
  for (const part of expression.args) {
    const value = evaluateInterval(part, lookup, spread);
    if (value === undefined) return undefined;
    args.push(value);
  }
  const lows = args.map((value) => value[0]);
  const highs = args.map((value) => value[1]);
  const [low, high] = args;
  if (low === undefined) return undefined;
  if (called === "ceil") return [Math.ceil(low[0]), Math.ceil(low[1])];
  if (called === "floor") return [Math.floor(low[0]), Math.floor(low[1])];
  if (called === "min") return [Math.min(...lows), Math.min(...highs)];
  if (called === "max") return [Math.max(...lows), Math.max(...highs)];
  if (called === "between" && high !== undefined) return spread === "hull" ? hull([...low, ...high]) : spread === "low" ? low : high;
  throw new PostrunError("config", `${called}() has no place in a number`);
}

/** The interval of an arithmetic expression; undefined where a name has no value or a divisor may be zero. Throws a PostrunError (config) for comparisons and texts. */
export function evaluateInterval(expression: Expression, lookup: Lookup, spread: BetweenCounts = "hull"): ValueInterval | undefined {
  if (expression.kind === "number") return [expression.value, expression.value];
  if (expression.kind === "name") return lookup(expression.name)?.interval;
  if (expression.kind === "call") return call(expression, lookup, spread);
  if (expression.kind === "unary" && expression.operator === "-") {
    const operand = evaluateInterval(expression.operand, lookup, spread);
    return operand && [-operand[1], -operand[0]];
  }
  if (expression.kind === "binary") {
    const left = evaluateInterval(expression.left, lookup, spread);
    const right = evaluateInterval(expression.right, lookup, spread);
    return left && right && arithmetic(expression.operator, left, right);
  }
  throw new PostrunError("config", `a ${expression.kind === "text" ? "text" : '"not"'} has no place in a number`);
}
