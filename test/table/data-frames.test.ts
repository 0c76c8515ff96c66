import { describe, expect, test } from "vitest";
import { frameOf } from "../../src/table/data-frames.js";
import { rowsOf, TABLE_NAMES, tablesOf } from "../../src/table/index.js";
import { fixtureReport } from "../report/fixture.js";

const small = frameOf({
  columns: ["name", "ms", "open"],
  rows: [
    ["a", 1.5, true],
    ["b", null, false],
    [null, 3, true],
  ],
});

describe("a DataFrame", () => {
  test("holds the cells of the tables unchanged, missing ones included", async () => {
    const report = fixtureReport();
    const frames = await tablesOf(report);
    const rows = rowsOf(report);
    for (const name of TABLE_NAMES) {
      expect(frames[name].columns).toEqual(rows[name].columns);
      expect(frames[name].values).toEqual(rows[name].rows);
      expect(frames[name].shape).toEqual([rows[name].rows.length, rows[name].columns.length]);
    }
  });

  test("keeps a column of whole seconds apart from one of text", () => {
    expect(small.dtypes).toEqual(["string", "float32", "boolean"]);
  });

  test("keeps milliseconds since 1970 to the last digit", () => {
    const at = 1765097411323.125;
    expect(frameOf({ columns: ["at"], rows: [[at]] }).column("at").values).toEqual([at]);
  });

  test("leaves missing values out of the statistics of a column", () => {
    const ms = small.column("ms");
    expect([ms.count(), ms.mean(), ms.median(), ms.min(), ms.max()]).toEqual([2, 2.25, 2.25, 1.5, 3]);
    expect(ms.std()).toBeCloseTo(Math.sqrt(1.125));
    expect(ms.values).toEqual([1.5, null, 3]);
  });

  test("selects, filters, sorts and cuts without changing the original", () => {
    expect(small.loc({ columns: ["name"] }).columns).toEqual(["name"]);
    expect(small.query([false, true, true]).column("name").values).toEqual(["b", null]);
    const durations = frameOf({ columns: ["ms"], rows: [[2], [3], [1]] });
    expect(durations.sortValues("ms").values).toEqual([[1], [2], [3]]);
    expect(durations.sortValues("ms", { ascending: false }).values).toEqual([[3], [2], [1]]);
    expect(durations.head(1).values).toEqual([[2]]);
    expect(durations.values).toEqual([[2], [3], [1]]);
  });

  test("may be empty", () => {
    const empty = frameOf({ columns: ["a", "b"], rows: [] });
    expect([empty.columns, empty.values]).toEqual([["a", "b"], []]);
  });

  test("draws itself as text", () => {
    expect(small.toString()).toContain("name");
  });
});
