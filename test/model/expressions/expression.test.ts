import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateCondition } from "../../../src/model/expressions/condition-expression.js";
import { namesOf, parseExpression } from "../../../src/model/expressions/expression.js";
import { evaluateInterval, type ValueInterval } from "../../../src/model/expressions/interval-expression.js";

const compute = (text: string, values: Record<string, ValueInterval> = {}) =>
  evaluateInterval(parseExpression(text), (name) => {
    const interval = Object.hasOwn(values, name) ? values[name] : undefined;
    return interval && { interval, lowest: interval[0] - 1, highest: interval[1] + 1 };
  });
const holds = (text: string, values: Record<string, string | number | null> = {}) =>
  evaluateCondition(parseExpression(text), (name) => (Object.hasOwn(values, name) ? (values[name] ?? null) : null));

describe("parseExpression", () => {
  it.each([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["10 - 4 - 3", 3],
    ["24 / 4 / 2", 3],
    ["-2 * 3", -6],
    ["2 - -2", 4],
    ["ceil(69 / 20)", 4],
    ["floor(50 / 20) + 1", 3],
    ["min(4, 2, 3) + max(1, 5)", 7],
    [" 1+1 ", 2],
  ])("computes %s", (text, value) => expect(compute(text)).toEqual([value, value]));

  it("reads hyphens inside a name as part of the name and a spaced sign as a subtraction", () => {
    expect(namesOf(parseExpression("idle-checks - poll-interval * idle-checks"))).toEqual(["idle-checks", "poll-interval"]);
  });

  it.each([
    ["", "column 1"],
    ["1 +", "column 4"],
    ["(1", "column 3"],
    ["1 2", "column 3"],
    ["a ; b", "column 3"],
    ["round(1)", "one of the functions"],
    ["ceil(1, 2)", "ceil with 1 to 1 arguments"],
    ["given(1)", "given of a name"],
    ["and", "a number"],
  ])("refuses %j and says where", (text, where) => expect(() => parseExpression(text)).toThrow(where));

  it("refuses deep nesting instead of overflowing the stack", () => {
    for (const deep of [`${"(".repeat(900)}1${")".repeat(900)}`, `${"-".repeat(1500)}1`, `${"not ".repeat(400)}a`, "ceil(".repeat(300)]) {
      expect(() => parseExpression(deep)).toThrow("nested parts");
    }
    expect(() => parseExpression(`1${" + 1".repeat(5000)}`)).toThrow("at most 2000 characters");
    expect(compute(`1${" + 1".repeat(450)}`)).toEqual([451, 451]);
  });

  it("reaches no property of any object", () => {
    for (const name of ["constructor", "toString", "hasOwnProperty"]) expect(compute(name)).toBeUndefined();
    expect(() => parseExpression("__proto__")).toThrow("expected");
    expect(() => parseExpression("a.constructor")).toThrow("expected");
    expect(() => parseExpression("constructor(1)")).toThrow("one of the functions");
  });

  it("answers any text with an expression or a clear refusal", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        try {
          parseExpression(text);
        } catch (error) {
          expect(String(error)).toContain("PostrunError");
        }
      }),
    );
  });
});

describe("evaluateInterval", () => {
  it("holds the result of every value within the intervals", () => {
    const interval = fc
      .tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }))
      .map(([low, width]): ValueInterval => [low, low + width]);
    fc.assert(
      fc.property(
        interval,
        interval,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, s, t) => {
          const [x, y] = [a[0] + s * (a[1] - a[0]), b[0] + t * (b[1] - b[0])];
          for (const [text, value] of [
            ["a + b", x + y],
            ["a - b", x - y],
            ["a * b", x * y],
            ["a / b", x / y],
            ["max(a, b) - min(a, b)", Math.abs(x - y)],
          ] as const) {
            const result = compute(text, { a, b });
            if (result === undefined) continue;
            expect(value).toBeGreaterThanOrEqual(result[0] - 1e-6 * (1 + Math.abs(value)));
            expect(value).toBeLessThanOrEqual(result[1] + 1e-6 * (1 + Math.abs(value)));
          }
        },
      ),
    );
  });

  it("has no value where a divisor may be zero or a name has none", () => {
    expect(compute("1 / a", { a: [-1, 1] })).toBeUndefined();
    expect(compute("1 + missing")).toBeUndefined();
  });

  it("takes extremes of samples where asked for them", () => {
    expect(compute("lowest(a)", { a: [3, 4] })).toEqual([2, 2]);
    expect(compute("highest(a)", { a: [3, 4] })).toEqual([5, 5]);
  });

  it("refuses comparisons and texts in a number", () => {
    expect(() => compute("1 < 2")).toThrow("no place in a number");
    expect(() => compute("'a' + 1")).toThrow("no place in a number");
  });
});

describe("evaluateCondition", () => {
  it.each([
    ["test = 277", { test: "277" }, true],
    ["test = 277", { test: 277 }, true],
    ["test = 'stress'", { test: "277" }, false],
    ["test = 277 or test = 30", { test: "30" }, true],
    ["not a = 1 and b = 2", { a: 2, b: 2 }, true],
    ["not (a = 1 and b = 2)", { a: 1, b: 2 }, false],
    ["delay <= 1", { delay: 1 }, true],
    ["near(delay, 5)", { delay: 5.09 }, true],
    ["near(delay, 5)", { delay: 5.2 }, false],
    ["a + 1 > b / 2", { a: 1, b: 3 }, true],
  ])("%s with %j is %s", (text, values, expected) => expect(holds(text, values)).toBe(expected));

  it("is unknown only where the unknown decides", () => {
    expect(holds("a = 1")).toBeNull();
    expect(holds("a = 1 and b = 2", { b: 3 })).toBe(false);
    expect(holds("a = 1 or b = 2", { b: 2 })).toBe(true);
    expect(holds("a = 1 and b = 2", { b: 2 })).toBeNull();
    expect(holds("not given(a) or a < 1")).toBe(true);
    expect(holds("near(a, 1)")).toBeNull();
  });

  it("does not know whether something is given that nothing would tell of", () => {
    const told = (text: string, untold: string) =>
      evaluateCondition(
        parseExpression(text),
        () => null,
        (name) => name === untold,
      );
    expect(told("given(a)", "a")).toBeNull();
    expect(told("not given(a) or a < 1", "a")).toBeNull();
    expect(told("not given(a) or a < 1", "b")).toBe(true);
    expect(
      evaluateCondition(
        parseExpression("given(a)"),
        () => 1,
        () => true,
      ),
    ).toBe(true);
  });

  it("refuses to order words", () => expect(() => holds("test < 3", { test: "stress" })).toThrow("a number, not stress"));
});
