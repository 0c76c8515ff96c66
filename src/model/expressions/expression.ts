/**
 * Small arithmetic expressions of claims files, parsed by hand and never eval'ed:
 * `+ - * /`, `ceil floor min max between lowest highest near given`, `= != < <= > >=`, `and or not`, parentheses, numbers,
 * 'texts' and names. A name may hold hyphens (claim ids), so a subtraction needs spaces around its sign.
 */
import { PostrunError } from "../errors.js";

export const expressionFunctions = ["ceil", "floor", "min", "max", "between", "lowest", "highest", "near", "given"] as const;
type ExpressionFunction = (typeof expressionFunctions)[number];
type ComparisonOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";
type BinaryOperator = "+" | "-" | "*" | "/" | "and" | "or" | ComparisonOperator;

/** A parsed expression. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly called: ExpressionFunction; readonly args: readonly Expression[] }
  | { readonly kind: "unary"; readonly operator: "-" | "not"; readonly operand: Expression }
  | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression };

interface Token {
  readonly type: "number" | "text" | "word" | "sign" | "end";
  readonly text: string;
  readonly column: number;
}

const maxLength = 2000;
const maxDepth = 60;
const tokenPattern =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|'(?<quoted>[^']*)'|"(?<doubled>[^"]*)"|(?<word>[a-z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)*)|(?<sign><=|>=|!=|[-+*/()=<>,]))/y;
const arity: Readonly<Record<ExpressionFunction, readonly [number, number]>> = {
  ceil: [1, 1],
  floor: [1, 1],
  min: [1, 20],
  max: [1, 20],
  between: [2, 2],
  lowest: [1, 1],
  highest: [1, 1],
  near: [2, 2],
  given: [1, 1],
};
/** From loose to tight; operators of one row group from the left. */
const precedence: readonly (readonly BinaryOperator[])[] = [["or"], ["and"], ["=", "!=", "<", "<=", ">", ">="], ["+", "-"], ["*", "/"]];
const comparisonRow = 2;

/** As other languages write it, and as it is written here. */
const OTHERWISE: Readonly<Record<string, string>> = { "==": "=", "&&": "and", "||": "or" };

function fail(text: string, column: number, expected: string): never {
  const shown = text.length > 80 ? `${text.slice(0, 80)}...` : text;
  const foreign = Object.keys(OTHERWISE).find((sign) => [column - 1, column - 2].some((at) => text.startsWith(sign, at)));
  const hint = foreign === undefined ? undefined : `write ${OTHERWISE[foreign]} for ${foreign}`;
  throw new PostrunError("config", `expression "${shown}", column ${column}: expected ${expected}`, hint);
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  const end = text.trimEnd().length;
  while (position < end) {
    tokenPattern.lastIndex = position;
    const match = tokenPattern.exec(text);
    const groups = match?.groups;
    if (match === null || groups === undefined) {
      const space = text.slice(position).search(/\S/);
      fail(text, position + space + 1, "a number, a name, a text in quotes or an operator");
    }
    const column = tokenPattern.lastIndex - match[0].trimStart().length + 1;
    position = tokenPattern.lastIndex;
    const quoted = groups.quoted ?? groups.doubled;
    if (groups.number !== undefined) tokens.push({ type: "number", text: groups.number, column });
    else if (quoted !== undefined) tokens.push({ type: "text", text: quoted, column });
    else if (groups.word !== undefined) tokens.push({ type: "word", text: groups.word, column });
    else tokens.push({ type: "sign", text: groups.sign ?? "", column });
  }
  return [...tokens, { type: "end", text: "", column: end + 1 }];
}

class Parser {
  private position = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];

  constructor(private readonly text: string) {
    if (text.length > maxLength) fail(text, maxLength, `at most ${maxLength} characters`);
    this.tokens = tokenize(text);
  }

  parse(): Expression {
    const expression = this.binary(0);
    if (this.peek().type !== "end") fail(this.text, this.peek().column, "an operator or the end");
    return expression;
  }

  private peek(): Token {
    return this.tokens[this.position] ?? { type: "end", text: "", column: this.text.length + 1 };
  }

  private accept(text: string): boolean {
    const token = this.peek();
    if (token.type === "text" || token.type === "number" || token.text !== text) return false;
    this.position++;
    return true;
  }

  private expect(text: string): void {
    if (!this.accept(text)) fail(this.text, this.peek().column, `"${text}"`);
  }

  private binary(row: number): Expression {
    const operators = precedence[row];
    if (operators === undefined) return this.unary();
    let left = this.binary(row + 1);
    for (;;) {
      const operator = operators.find((candidate) => this.accept(candidate));
      if (operator === undefined) return left;
      left = { kind: "binary", operator, left, right: this.binary(row + 1) };
    }
  }

  private unary(): Expression {
    if (++this.depth > maxDepth) fail(this.text, this.peek().column, `at most ${maxDepth} nested parts`);
    const expression = this.signed();
    this.depth--;
    return expression;
  }

  private signed(): Expression {
    if (this.accept("-")) return { kind: "unary", operator: "-", operand: this.unary() };
    // `not a = b` negates the comparison, as a reader expects.
    if (this.accept("not")) return { kind: "unary", operator: "not", operand: this.binary(comparisonRow) };
    return this.primary();
  }

  private primary(): Expression {
    const token = this.peek();
    if (this.accept("(")) {
      const inner = this.binary(0);
      this.expect(")");
      return inner;
    }
    if (token.type === "end" || token.type === "sign" || token.text === "and" || token.text === "or") {
      fail(this.text, token.column, "a number, a name or a parenthesis");
    }
    this.position++;
    if (token.type === "number") return { kind: "number", value: Number(token.text) };
    if (token.type === "text") return { kind: "text", value: token.text };
    return this.accept("(") ? this.call(token) : { kind: "name", name: token.text };
  }

  private call(name: Token): Expression {
    const called = expressionFunctions.find((candidate) => candidate === name.text);
    if (called === undefined) fail(this.text, name.column, `one of the functions ${expressionFunctions.join(", ")}`);
    const args = [this.binary(0)];
    while (this.accept(",")) args.push(this.binary(0));
    this.expect(")");
    const [least, most] = arity[called];
    if (args.length < least || args.length > most) fail(this.text, name.column, `${called} with ${least} to ${most} arguments`);
    if (["lowest", "highest", "given"].includes(called) && args[0]?.kind !== "name") fail(this.text, name.column, `${called} of a name`);
    return { kind: "call", called, args };
  }
}

/** Parses an expression; throws a PostrunError (config) that names the column and what was expected there. */
export function parseExpression(text: string): Expression {
  return new Parser(text).parse();
}

/** Every name the expression refers to, each once, in order of appearance. */
export function namesOf(expression: Expression): string[] {
  const names = new Set<string>();
  const visit = (part: Expression): void => {
    if (part.kind === "name") names.add(part.name);
    else if (part.kind === "call") part.args.forEach(visit);
    else if (part.kind === "unary") visit(part.operand);
    else if (part.kind === "binary") [part.left, part.right].forEach(visit);
  };
  visit(expression);
  return [...names];
}
