import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PostrunError } from "../../src/model/errors.js";
import { compilePattern } from "../../src/model/safe-pattern.js";
import { compileShortPattern } from "../../src/timeline/short-pattern.js";

const PATTERNS = [
  String.raw`(?<slot>\d+)-\d+`,
  String.raw`^grpc-job-(?P<jobId>(?:\d+)-\d+)$`,
  String.raw`^a\.b(?P<x>\w+)-c$`,
  String.raw`^\d+\w$`,
  "a+b+",
  "(?i)ab",
  "a+a",
  "a|b",
  "(?:ab)+",
  String.raw`\bab`,
  "a+?b",
  String.raw`[ab]-\d`,
  String.raw`ab\$`,
];

describe("a pattern for names", () => {
  it.each(PATTERNS)("reads what the engine for any pattern reads: %s", (source) => {
    const [short, safe] = [compileShortPattern(source), compilePattern(source)];
    const text = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.string({ unit: fc.constantFrom("a", "b", "A", "1", "-", "c", ".", "$", "\n"), maxLength: 12 }),
      fc.constantFrom("grpc-job-12-70788", "grpc-job-12-70788\n", "xgrpc-job-1-2", "7-8", "a.bword-c", "1-".repeat(5)),
    );
    fc.assert(
      fc.property(text, (value) => {
        expect(short.exec(value)).toEqual(safe.exec(value));
        expect(short.test(value)).toBe(safe.test(value));
      }),
    );
  });

  it("answers at once for a megabyte of digits", () => {
    expect(compileShortPattern(String.raw`(?<slot>\d+)-\d+`).exec("1".repeat(1_000_000))).toBeNull();
  });

  it.each(["(a", "a)", "(?<x>a)(?<x>b)"])("is refused where it is wrong: %s", (source) => {
    expect(() => compileShortPattern(source)).toThrow(PostrunError);
  });

  it("has a group of any name", () => {
    expect(Object.keys(compileShortPattern(String.raw`(?<__proto__>\d+)-a`).exec("12-a") ?? {})).toEqual(["__proto__"]);
  });
});
