import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, test } from "vitest";
import { isForNative, NATIVE_LONGEST, nativePattern } from "../../../src/model/patterns/native-pattern.js";
import { loadProfile } from "../../../src/profiles/load-profile.js";
import { cpuClock } from "../../cpu-clock.js";

type Found = { readonly at: number; readonly groups: Readonly<Record<string, string | null>> } | null;

function byRe2(source: string, text: string): Found {
  const expression = RE2JS.compile(source);
  const matcher = expression.matcher(text);
  if (!matcher.find()) return null;
  const names = Object.keys(expression.namedGroups());
  return { at: matcher.start(), groups: Object.fromEntries(names.map((name) => [name, matcher.group(name)])) };
}

function natively(source: string, text: string): Found | undefined {
  const native = nativePattern(source);
  if (native === null || !isForNative(text)) return undefined;
  const found = native.expression.exec(text);
  return found && { at: found.index, groups: Object.fromEntries(native.names.map((name, index) => [name, found[index + 1] ?? null])) };
}

const character = fc.constantFrom("a", "b", "k", "K", "s", "1", " ", ":", "=", "\\.", "\\/", "\\n", "-", ",");
const several = fc.constantFrom(
  ".",
  "\\d",
  "\\w",
  "\\s",
  "\\S",
  "\\W",
  "\\D",
  "[ab]",
  "[^a]",
  "[^\\s:]",
  "[\\w.-]",
  "[a-k]",
  "[^K\\d]",
  "[\\]x]",
);
const place = fc.constantFrom("^", "$", "\\b", "\\B");
const times = fc.constantFrom("", "", "", "?", "*", "+", "??", "*?", "+?", "{2}", "{1,3}", "{0,2}?", "{2,}");
const { pattern } = fc.letrec<{ pattern: string; sequence: string; part: string; group: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: "small" },
    fc.tuple(character, times).map(([one, often]) => one + often),
    fc.tuple(several, times).map(([one, often]) => one + often),
    place,
    tie("group"),
  ),
  group: fc
    .tuple(fc.constantFrom("(", "(?:", "(?P<NAME>", "(?<NAME>"), tie("pattern"), fc.constantFrom("", "", "?", "??", "*"))
    .map(([open, inner, often]) => `${open}${inner})${often}`),
  sequence: fc.array(tie("part"), { maxLength: 5 }).map((parts) => parts.join("")),
  pattern: fc.array(tie("sequence"), { minLength: 1, maxLength: 3 }).map((alternatives) => alternatives.join("|")),
}));
/** Each group has a name of its own. */
const source = fc.tuple(fc.constantFrom("", "", "(?i)", "(?s)", "(?is)"), pattern).map(([flags, body]) => {
  let number = 0;
  return flags + body.replace(/NAME/g, () => `g${++number}`);
});
const text = fc.array(
  fc.constantFrom("a", "b", "k", "K", "S", "1", "2", " ", ":", "=", ".", "\n", "\r", "\u000b", "-", "x", "\0", "\x7f"),
  { maxLength: 24 },
);

describe("nativePattern", () => {
  test("finds the same match with the same groups as RE2", () => {
    let native = 0;
    fc.assert(
      fc.property(source, fc.array(text, { minLength: 1, maxLength: 8 }), (expression, texts) => {
        if (nativePattern(expression) === null) return;
        for (const letters of texts) {
          const found = natively(expression, letters.join(""));
          if (found === undefined) continue;
          native += 1;
          expect(found).toEqual(byRe2(expression, letters.join("")));
        }
      }),
      { numRuns: 5000 },
    );
    expect(native).toBeGreaterThan(1000);
  });

  test("takes most patterns of the profile that says what logs hold", async () => {
    const { profile } = await loadProfile("focus-server");
    const refused = profile.patterns.filter(({ message }) => nativePattern(message) === null).map(({ id }) => id);
    expect(refused).toEqual(["run-end", "job-body", "stream-failed"]);
  });

  test.each([
    "(a+)+$",
    "(?:a|aa)*b",
    "a*a*b",
    ".*x.*y",
    "(?P<a>.*?) - (?P<b>.*?) - ",
    String.raw`\w+\d`,
    "(?:a?)?",
    "(?:a|a)(?:a|a)(?:a|a)",
    String.raw`\pL`,
    "[[:alpha:]]",
    "(?i:a)b",
    "(?m)^a",
    "é",
    "[é-ü]",
    String.raw`\Aa\z`,
    "a{",
    "a{1001}",
    "a{3,2}",
    "a{600}b{600}",
    "(?P<x>a)(?P<x>b)",
    "(?P<1>a)",
    `${"(?:".repeat(600)}a${")".repeat(600)}`,
  ])("leaves %s to RE2", (expression) => {
    expect(nativePattern(expression)).toBeNull();
  });

  test("takes nothing that RE2 refuses, for RE2 is not asked about it", () => {
    const token = fc.constantFrom(
      ...[
        "a",
        "b",
        "-",
        ",",
        " ",
        "\\",
        "(",
        "(?:",
        "(?P<a>",
        "(?<b>",
        "(?i)",
        "(?",
        ")",
        "[",
        "[^",
        "]",
        "{",
        "}",
        "2",
        "1000",
        "*",
        "+",
        "?",
        "|",
        "^",
        "$",
      ],
      ...["\\d", "\\b", "\\_", "\\n", "\\a", "\\x41", "[a-z]", "{1,3}", "{999}", "é"],
    );
    let native = 0;
    const soup = fc.oneof(
      fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join("")),
      source,
    );
    fc.assert(
      fc.property(soup, (expression) => {
        if (nativePattern(expression) === null) return;
        native += 1;
        expect(() => RE2JS.compile(expression)).not.toThrow();
      }),
      { numRuns: 20_000 },
    );
    expect(native).toBeGreaterThan(1000);
  });

  test("no text makes a search slow", () => {
    const expressions = ["=+ x", String.raw`a\d+b`, String.raw`(?i)x(?:[^\s:]+):\d+`, String.raw`\w+:\w+:\w+:\w+-`, "a?b?(?:aa?c)?d"];
    const clock = cpuClock();
    for (const expression of expressions) {
      const native = nativePattern(expression);
      expect(native).not.toBeNull();
      for (const piece of ["=", "a", "1", "a1", "x", "ab", "a:"]) {
        const hostile = piece.repeat(NATIVE_LONGEST).slice(0, NATIVE_LONGEST);
        for (let round = 0; round < 20; round += 1) native?.expression.exec(hostile);
      }
    }
    // 700 searches: a millisecond each would be a hundred times what they take.
    expect(clock()).toBeLessThan(700);
  });
});
