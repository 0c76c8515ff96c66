import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalTime } from "../../../src/report/embed/embed-numbers.js";
import { NumberTable } from "../../../src/report/embed/number-table.js";

describe("a time as Date.toISOString writes it", () => {
  const isCanonical = (text: string): boolean => {
    const at = Date.parse(text);
    return Number.isFinite(at) && text.length === 24 && new Date(at).toISOString() === text;
  };
  const near = fc.stringMatching(
    /^(?:0000|2024|2025|9999)-(?:0[0-9]|1[0-9])-(?:[0-3][0-9])T(?:[0-2][0-9]):[0-6][0-9]:[0-6][0-9]\.[0-9]{3}Z$/,
  );
  const any = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const wrong = fc
    .tuple(any, fc.nat(23), fc.string({ minLength: 1, maxLength: 1 }))
    .map(([text, at, sign]) => text.slice(0, at) + sign + text.slice(at + 1));

  it("is known for one, and as that moment; nothing else is", () => {
    fc.assert(
      fc.property(fc.oneof(near, any, wrong), (text) => {
        expect(canonicalTime(text)).toBe(isCanonical(text) ? Date.parse(text) : Number.NaN);
      }),
      { numRuns: 5000 },
    );
  });
});

describe("a table of lists of numbers", () => {
  it("holds each list once, however it is spread over others", () => {
    const list = fc.array(fc.constantFrom(0, -0, 1, 0.5, 2 ** 40, 2 ** 40 + 1, -1), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(list, { maxLength: 20 }), (lists) => {
        const table = new NumberTable();
        const indexes = lists.map((one) => table.index(Float64Array.from(one)));
        expect(indexes.map((index) => String(table.lists[index]))).toEqual(lists.map(String));
        expect(new Set(table.lists.map(String)).size).toBe(table.lists.length);
      }),
    );
  });
});
