import fc from "fast-check";
import { expect, test } from "vitest";
import { byteBlock } from "../../../src/ingest/bytes/byte-block.js";
import { LiteralScan } from "../../../src/ingest/log/literal-scan.js";

const letter = fc.constantFrom("a", "b", "B", "k", "K", " ", "[", "{", "é", "😀");
const set = fc.record({
  anyOf: fc.array(
    fc.string({ unit: letter, minLength: 2, maxLength: 9 }).filter((text) => Buffer.byteLength(text) > 1),
    { minLength: 1, maxLength: 4 },
  ),
  ignoreCase: fc.boolean(),
});

test("one search finds what a search for each text would find, and nothing else", () => {
  fc.assert(
    fc.property(
      fc.array(set, { maxLength: 4 }),
      fc.string({ unit: letter, maxLength: 60 }),
      fc.nat(60),
      fc.nat(60),
      (sets, text, one, other) => {
        // The block goes on behind what is searched.
        const bytes = Buffer.from(`${text}\n   `);
        const [from, to] = [Math.min(one, other, bytes.length - 4), Math.min(Math.max(one, other), bytes.length - 4)];
        const searched = bytes.subarray(from, to).toString("latin1");
        const lower = (ascii: string): string => ascii.replace(/[A-Z]/g, (capital) => capital.toLowerCase());
        const expected = sets.some(({ anyOf, ignoreCase }) =>
          anyOf.some((literal) => {
            const stored = Buffer.from(literal).toString("latin1");
            return ignoreCase ? lower(searched).includes(lower(stored)) : searched.includes(stored);
          }),
        );
        expect(new LiteralScan(sets).finds(byteBlock(bytes), from, to)).toBe(expected);
      },
    ),
    { numRuns: 3000 },
  );
});

test("texts longer than any window are compared to their ends", () => {
  const long = "x".repeat(400);
  const scan = new LiteralScan([{ anyOf: [`${long}y`], ignoreCase: false }]);
  const finds = (text: string): boolean => scan.finds(byteBlock(Buffer.from(`${text}\n   `)), 0, text.length);
  expect(finds(`${long}${long}`)).toBe(false);
  expect(finds(`${long}${long}y`)).toBe(true);
});
