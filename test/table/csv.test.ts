import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvText } from "../../src/table/csv.js";
import type { Cell } from "../../src/table/rows.js";

/** The reader that RFC 4180 describes, for the round trip. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = "", end] of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const cellsOf = (cell: Cell): string[][] => parseCsv(csvText({ columns: ["a", "b"], rows: [[cell, 1]] }));

describe("CSV text", () => {
  test("begins with a byte order mark, so that Excel reads Hebrew", () => {
    expect(csvText({ columns: ["a"], rows: [["שלום"]] })).toBe("\uFEFFa\r\nשלום\r\n");
  });

  test("leaves a missing value empty", () => {
    expect(cellsOf(null)[1]).toEqual(["", "1"]);
  });

  test.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])("disarms the formula %j", (formula) => {
    expect(cellsOf(formula)[1]?.[0]).toBe(`'${formula}`);
  });

  test.each(["-3.5", "+7", "-12"])("leaves the number %s as it is", (text) => {
    expect(cellsOf(text)[1]?.[0]).toBe(text);
  });

  test("does not touch numbers", () => {
    expect(cellsOf(-0.25)[1]?.[0]).toBe("-0.25");
  });

  test("gives back any text, but for the apostrophe before a formula", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary-ascii" }), { minLength: 1, maxLength: 5 }), (texts) => {
        const columns = texts.map((_, index) => `c${index}`);
        const [, row] = parseCsv(csvText({ columns, rows: [texts] }));
        expect(row?.map((text, index) => (text === `'${texts[index]}` ? texts[index] : text))).toEqual(texts);
      }),
    );
  });

  test("no cell begins with a character that starts a formula, unless it is a number", () => {
    fc.assert(
      fc.property(fc.constantFrom("=", "+", "-", "@", "\t"), fc.string(), (first, rest) => {
        const text = cellsOf(first + rest)[1]?.[0] ?? "";
        expect(/^[=+\-@\t]/.test(text) && Number.isNaN(Number(text))).toBe(false);
      }),
    );
  });
});
