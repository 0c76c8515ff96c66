import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { workbookWords } from "../../src/report/forms/workbook-words.js";
import { reportWorkbook } from "../../src/table/report-workbook.js";
import { placeName, xlsxBytes } from "../../src/table/workbook.js";
import { fixtureReport } from "../report/fixture.js";
import { cellsOf, entryOf } from "./spreadsheet.js";

const book = (columns: string[], rows: (string | number | boolean | null)[][]): Buffer =>
  xlsxBytes({ direction: "ltr", sheets: [{ name: "a", columns, rows }] });
const valuesOf = (bytes: Uint8Array): ReadonlyMap<string, unknown> => new Map(cellsOf(bytes).map(({ place, value }) => [place, value]));

describe("a workbook", () => {
  test("keeps numbers, truth values and text what they are, and leaves out what is missing", () => {
    const values = valuesOf(book(["n", "b", "t", "x"], [[-3.25, true, "0123", null]]));
    expect([...values]).toEqual([
      ["A1", "n"],
      ["B1", "b"],
      ["C1", "t"],
      ["D1", "x"],
      ["A2", -3.25],
      ["B2", true],
      ["C2", "0123"],
    ]);
  });

  test("has moments as dates, to the millisecond, where a column holds nothing else", () => {
    const at = "2025-12-07T08:50:11.323Z";
    const values = valuesOf(
      book(
        ["at", "text"],
        [
          [at, at],
          [null, "later"],
        ],
      ),
    );
    const date = values.get("A2");
    expect(date instanceof Date && Math.round(date.getTime() / 10) * 10).toBe(Math.round(Date.parse(at) / 10) * 10);
    expect(values.get("B2")).toBe(at);
  });

  test("holds any text as text, control characters made visible", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        const [, cell] = cellsOf(book(["a"], [[`=${text}`]]));
        expect(cell?.isFormula).toBe(false);
        expect(String(cell?.value).startsWith("=")).toBe(true);
      }),
    );
    expect(valuesOf(book(["a"], [["_x0041_ \u202E <&>"]])).get("A2")).toBe("_x0041_ [U+202E] <&>");
  });

  test("shortens what is too long for a cell", () => {
    expect(String(valuesOf(book(["a"], [["x".repeat(40_000)]])).get("A2")).length).toBe(32_767);
  });

  test("names places as spreadsheets do", () => {
    expect([0, 25, 26, 51, 701, 702].map((column) => placeName(column, 3))).toEqual(["A3", "Z3", "AA3", "AZ3", "ZZ3", "AAA3"]);
  });
});

describe("the workbook of a report", () => {
  const report = fixtureReport();

  test("has a summary and a sheet a table, in both languages; the Hebrew one begins at the right, and headings stay in sight", async () => {
    const english = await reportWorkbook(report, workbookWords(report, "en"));
    const hebrew = await reportWorkbook(report, workbookWords(report, "he"));
    const names = (bytes: Uint8Array): string[] => [...new Set(cellsOf(bytes).map(({ sheet }) => sheet))];
    expect(names(english)).toEqual(["Summary", "Claims", "Stages", "Investigations", "Jobs", "Open Jobs over time", "Sources"]);
    expect(names(hebrew)).toEqual(["סיכום", "טענות", "שלבים", "חקירות", "רשימת ה-Jobs", "מספר ה-Jobs הפתוחים", "מקורות"]);
    for (const number of [1, 2, 7]) {
      expect(entryOf(hebrew, `xl/worksheets/sheet${number}.xml`)).toContain('rightToLeft="1"');
      expect(entryOf(english, `xl/worksheets/sheet${number}.xml`)).not.toContain("rightToLeft");
      expect(entryOf(english, `xl/worksheets/sheet${number}.xml`)).toContain('<pane ySplit="1" topLeftCell="A2"');
    }
  });

  test("says the answer on its first sheet", async () => {
    const values = cellsOf(await reportWorkbook(report, workbookWords(report, "en"))).map(({ value }) => value);
    expect(values[0]).toBe("277 investigations, staging");
    expect(values.find((value) => typeof value === "string" && value.startsWith("The Job stays open 59.2 s"))).toBeDefined();
  });

  test("is the same bytes for the same report", async () => {
    const make = () => reportWorkbook(fixtureReport(), workbookWords(fixtureReport(), "he"));
    expect((await make()).equals(await make())).toBe(true);
  });
});
