/** Faults of expressions that show without any value: parts of the wrong kind, texts that a parameter never is, names that cannot be written. */
import { PostrunError } from "../model/errors.js";
import { type Expression, namesOf, parseExpression } from "../model/expressions/expression.js";
import type { ParameterDefinition } from "../model/profile.js";
import { nearest, suggestion } from "../model/text/nearest.js";
import { unknown } from "./lint-names.js";
import type { LintProblem } from "./lint-problem.js";

/** What is wrong, and what was probably meant. */
export interface ExpressionFault {
  readonly message: string;
  readonly hint?: string;
}

type Parameters = Readonly<Record<string, ParameterDefinition>>;
type Kind = "number" | "truth";

const COMPARISONS: readonly string[] = ["=", "!=", "<", "<=", ">", ">="];
const NOT_IN_CONDITIONS: readonly string[] = ["between", "lowest", "highest"];
const NOT_IN_NUMBERS: readonly string[] = ["near", "given"];

/** Whether an expression can speak of it: `500-rows` would be a number, `max_workers` two words. */
export function canBeMentioned(name: string): boolean {
  try {
    const expression = parseExpression(name);
    return expression.kind === "name" && expression.name === name;
  } catch (error) {
    if (error instanceof PostrunError) return false;
    throw error;
  }
}

/** Faults of a condition over parameters and facts. */
export function conditionFaults(expression: Expression, parameters: Parameters): ExpressionFault[] {
  return faultsOf(expression, "truth", parameters);
}

/** What stands behind = or != without quotes, up to the next space or sign; what is in quotes is passed over. */
const BARE_SIDE = /'[^']*'|"[^"]*"|(?<![<>])=\s*(?<bare>[^\s'"()=<>,!]+)/g;

/** The first right side of an equation that is neither a number nor a known name: probably a text that lacks its quotes. */
export function unquotedText(condition: string, known: readonly string[]): string | undefined {
  return [...condition.matchAll(BARE_SIDE)]
    .map((match) => match.groups?.bare)
    .find((side) => side !== undefined && !isNumeric(side) && !known.includes(side));
}

function faultsOf(expression: Expression, wanted: Kind, parameters: Parameters): ExpressionFault[] {
  const both = (parts: readonly Expression[], kind: Kind) => parts.flatMap((part) => faultsOf(part, kind, parameters));
  const unless = (kind: Kind, what: string): ExpressionFault[] =>
    kind === wanted ? [] : [{ message: `expected ${wanted === "truth" ? "a comparison" : "a number"}, not ${what}` }];
  switch (expression.kind) {
    case "number":
      return unless("number", String(expression.value));
    case "text":
      return isNumeric(expression.value) ? unless("number", `'${expression.value}'`) : unlessText(expression.value, wanted);
    case "name":
      return wanted === "truth" ? unless("number", expression.name) : textsOf(parameters[expression.name]);
    case "unary":
      return expression.operator === "not"
        ? [...unless("truth", '"not"'), ...both([expression.operand], "truth")]
        : [...unless("number", "a negative number"), ...both([expression.operand], "number")];
    case "call": {
      const { called, args } = expression;
      if (NOT_IN_CONDITIONS.includes(called)) return [{ message: `${called}() has no place in a condition` }];
      const kind = NOT_IN_NUMBERS.includes(called) ? "truth" : "number";
      return [...unless(kind, `${called}()`), ...(called === "given" ? [] : both(args, "number"))];
    }
    case "binary": {
      const { operator, left, right } = expression;
      if (operator === "and" || operator === "or") return [...unless("truth", `"${operator}"`), ...both([left, right], "truth")];
      const kind = COMPARISONS.includes(operator) ? "truth" : "number";
      const parts = operator === "=" || operator === "!=" ? neverEqual(left, right, parameters) : both([left, right], "number");
      return [...unless(kind, `"${operator}"`), ...parts];
    }
  }
}

function unlessText(text: string, wanted: Kind): ExpressionFault[] {
  return [{ message: `expected ${wanted === "truth" ? "a comparison" : "a number"}, not '${text}'` }];
}

function isNumeric(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

/** A parameter that is counted with, though one of its values is no number. */
function textsOf(parameter: ParameterDefinition | undefined): ExpressionFault[] {
  const text = parameter?.type === "string" ? parameter.values?.find((value) => !isNumeric(value)) : undefined;
  return text === undefined ? [] : unlessText(text, "number");
}

/** A parameter held against a value that it never has. */
function neverEqual(left: Expression, right: Expression, parameters: Parameters): ExpressionFault[] {
  const [name, value] = left.kind === "name" ? [left, right] : [right, left];
  const parameter = name.kind === "name" ? parameters[name.name] : undefined;
  if (name.kind !== "name" || parameter === undefined || (value.kind !== "number" && value.kind !== "text")) return [];
  const text = String(value.value);
  if (parameter.type === "number" && !isNumeric(text)) return unlessText(text, "number");
  if (parameter.type === "number" || parameter.values === undefined || parameter.values.includes(text)) return [];
  return [{ message: `${name.name} is never "${text}"`, hint: suggestion(text, parameter.values) }];
}

/** Faults of arithmetic over claim ids. */
export function arithmeticFaults(expression: Expression): ExpressionFault[] {
  const noPlace = (what: string): ExpressionFault[] => [{ message: `${what} has no place in a number`, hint: "expected + - * /" }];
  switch (expression.kind) {
    case "number":
    case "name":
      return [];
    case "text":
      return noPlace(`the text '${expression.value}'`);
    case "unary":
      return expression.operator === "not" ? noPlace('"not"') : arithmeticFaults(expression.operand);
    case "call":
      return NOT_IN_NUMBERS.includes(expression.called) ? noPlace(`${expression.called}()`) : expression.args.flatMap(arithmeticFaults);
    case "binary":
      return ["+", "-", "*", "/"].includes(expression.operator)
        ? [expression.left, expression.right].flatMap(arithmeticFaults)
        : noPlace(`"${expression.operator}"`);
  }
}

/** An expression, and what it speaks of. */
export interface Parsed {
  readonly expression: Expression;
  readonly names: readonly string[];
  readonly varies: boolean;
}

/** The names in an expression, or the problem why it cannot be parsed. */
export function parsed(place: string, text: string): Parsed | LintProblem {
  try {
    const expression = parseExpression(text);
    return { expression, names: namesOf(expression), varies: holdsBetween(expression) };
  } catch (error) {
    if (!(error instanceof PostrunError)) throw error;
    return { place, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  }
}

function holdsBetween(expression: Expression): boolean {
  if (expression.kind === "call") return expression.called === "between" || expression.args.some(holdsBetween);
  if (expression.kind === "unary") return holdsBetween(expression.operand);
  return expression.kind === "binary" && (holdsBetween(expression.left) || holdsBetween(expression.right));
}

/** What an expression may speak of. */
export interface ExpressionRules {
  readonly known: readonly string[];
  /** What its names are names of. */
  readonly what: string;
  readonly faultsOf: (expression: Expression) => readonly ExpressionFault[];
  /** What in it is probably a text that lacks its quotes. */
  readonly unquoted?: string | undefined;
}

/** An expression that cannot be parsed, speaks of what does not exist, or holds a part that can have no place in it. */
export function lintExpression(place: string, text: string, { known, what, faultsOf, unquoted }: ExpressionRules): LintProblem[] {
  const quotes = unquoted === undefined ? {} : { hint: `a text stands in quotes: '${unquoted}'` };
  const result = parsed(place, text);
  if ("message" in result) return [{ ...quotes, ...result }];
  const isText = (name: string) => name === unquoted && nearest(name, known) === undefined;
  const unknownNames = result.names.flatMap((name) =>
    unknown(place, [name], known, what).map((problem) => (isText(name) ? { ...problem, ...quotes } : problem)),
  );
  return [...unknownNames, ...faultsOf(result.expression).map((fault) => ({ place, ...fault }))];
}
