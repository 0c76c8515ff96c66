import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PostrunError } from "../../../src/model/errors.js";
import { requiredLiterals } from "../../../src/model/patterns/required-literal.js";
import { compilePattern } from "../../../src/model/patterns/safe-pattern.js";
import { cpuClock } from "../../cpu-clock.js";

describe("compilePattern", () => {
  test("searches anywhere and returns the named groups that took part", () => {
    const pattern = compilePattern(String.raw`Connected to (?:gRPC )?server at (?P<host>[\w.-]+):(?<port>\d+)(?P<rest> again)?`);
    expect(pattern.exec("✅ Connected to gRPC server at 10.0.0.5:12301")).toEqual({ host: "10.0.0.5", port: "12301" });
    expect(pattern.exec("Connecting to gRPC server at 10.0.0.5:12301")).toBeNull();
  });

  test("a pattern that makes backtracking engines hang answers at once", () => {
    expect(compilePattern("^(a+)+$").exec(`${"a".repeat(20_000)}!`)).toBeNull();
  });

  test.each(["(unclosed", "a(?=b)", String.raw`(a)\1`, "[z-a]", "a**"])("refuses %s, naming the pattern and the reason", (source) => {
    expect(() => compilePattern(source)).toThrow(PostrunError);
    expect(() => compilePattern(source)).toThrow(source);
  });

  test("a group named like a member of every object is a plain group", () => {
    const groups = compilePattern("(?P<__proto__>a)(?P<constructor>b)").exec("ab");
    expect(Object.keys(groups ?? {})).toEqual(["__proto__", "constructor"]);
  });

  test("answers at once for a megabyte of digits", () => {
    const used = cpuClock();
    expect(compilePattern(String.raw`(?<slot>\d+)-\d+`).exec("1".repeat(1_000_000))).toBeNull();
    expect(used()).toBeLessThan(2000);
  });

  test("tests without groups what it finds with groups", () => {
    const pattern = compilePattern(String.raw`Frame (?P<number>\d+)`);
    for (const text of ["Frame 12: shape", "Frame x", "frame 12", ""]) expect(pattern.test(text)).toBe(pattern.exec(text) !== null);
  });
});

describe("requiredLiterals", () => {
  test.each([
    ["Connected to gRPC", ["Connected to gRPC"]],
    ["=+ Investigation (\\d+)/(\\d+)", [" Investigation "]],
    ["^Frame \\d+", ["Frame "]],
    ["abc?d", ["ab"]],
    ["ab+cde", ["cde"]],
    ["ab{0,2}cd", ["cd"]],
    ["(?:Stream|Reader) up", ["Stream", "Reader"]],
    ["(?:Stream|\\d+) ended", [" ended"]],
    ["(?P<error>timed out) now", ["timed out"]],
    ["(?:optional)? end", [" end"]],
    ["one|another", ["one", "another"]],
    ["one|", null],
    ["a(?i:Connected)", null],
    ["\\Qa+b\\E", null],
    ["[]abc]xyz", ["xyz"]],
    ["[[:alpha:]]yz", ["yz"]],
    ["\\x{41}bc", ["bc"]],
    ["\\[INFO\\] go", ["[INFO] go"]],
    ["", null],
  ])("of %s are %j", (source, anyOf) => {
    expect(requiredLiterals(source)?.anyOf ?? null).toEqual(anyOf);
  });

  test("an expression that ignores case is searched so, special letters included", () => {
    expect(requiredLiterals("(?i)Stop")).toEqual({ anyOf: ["Stop"], ignoreCase: true });
    const pattern = compilePattern("(?i)desk|stop");
    for (const text of ["STOP", "\u017ftop", "DES\u212a"]) expect(pattern.exec(text)).toEqual({});
    expect(pattern.exec("go")).toBeNull();
  });

  test("is contained in every text that the expression matches", () => {
    const piece = fc.constantFrom(
      "ab",
      "c?",
      "d+",
      "e*",
      "(f|g)",
      "(?:hi)",
      "(?:jk)?",
      "[lm]",
      "\\.",
      "n{2}",
      "o{0,1}",
      "(?P<x>pq)",
      "r|s",
      ".",
      "^",
      "\\d",
      "(?:t|u)v",
    );
    const text = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuv.1"), maxLength: 40 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), fc.array(text, { minLength: 1, maxLength: 20 }), (pieces, texts) => {
        const source = [...new Set(pieces)].join("");
        const pattern = compilePattern(source);
        for (const candidate of texts)
          expect(pattern.exec(candidate) !== null).toBe(new RegExp(source.replaceAll("?P<", "?<")).test(candidate));
      }),
    );
  });
});
