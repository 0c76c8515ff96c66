import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PostrunError } from "../../../src/model/errors.js";
import { packReport } from "../../../src/report/embed/embed.js";
import { packColumns } from "../../../src/report/embed/embed-columns.js";
import { unpackColumns } from "../../../src/report/embed/embed-unpack.js";
import { serializeReport } from "../../../src/report/json.js";
import { fixtureReport, VARIANTS } from "../fixture.js";

const again = (data: unknown): unknown => unpackColumns(JSON.parse(packColumns(data)));

describe("data packed as columns", () => {
  it("comes out as the same JSON, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        expect(JSON.stringify(again(data))).toBe(JSON.stringify(data));
      }),
      { numRuns: 300 },
    );
  });

  it("comes out as the same rows where rows differ in kinds, keys and their order", () => {
    const cell = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.constantFrom(
        0.1,
        -0,
        1e21,
        1765097407588.258,
        null,
        true,
        "7",
        "-0",
        "007",
        "2025-12-07T08:50:11.323Z",
        "2025-12-07T08:50:11Z",
        "",
      ),
      fc.string(),
      fc.tuple(fc.integer(), fc.double()),
    );
    const row = fc.dictionary(fc.constantFrom("a", "from", "to", "durationMs", "1", "__proto__", "toString"), cell);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        expect(JSON.stringify(again(rows))).toBe(JSON.stringify(rows));
      }),
      { numRuns: 300 },
    );
  });

  it("comes out as the same tuples, whatever stands at each of their positions", () => {
    const leaf = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.string(),
      fc.constantFrom(null, true, "7", "2025-12-07T08:50:11.323Z"),
    );
    const row = fc.dictionary(fc.constantFrom("a", "b", "from", "to", "durationMs"), leaf, { maxKeys: 4 });
    const cell = fc.oneof(leaf, row, fc.array(leaf, { maxLength: 2 }), fc.tuple(row, row));
    const lists = fc.integer({ min: 1, max: 4 }).chain((length) => fc.array(fc.array(cell, { minLength: length, maxLength: length })));
    fc.assert(
      fc.property(lists, (data) => {
        expect(JSON.stringify(again(data))).toBe(JSON.stringify(data));
      }),
      { numRuns: 500 },
    );
  });

  it("gives back every kind of report to the byte, in much less space than gzip alone", async () => {
    for (const variant of VARIANTS) {
      const report = fixtureReport(variant);
      const packed = await packReport(report);
      expect(serializeReport(again(report) as typeof report), variant).toBe(serializeReport(report));
      if (report.investigations.length > 100) expect(packed.length, variant).toBeLessThan(serializeReport(report).length / 12);
    }
  });

  it("refuses what claims more values than any report has, or is not columns at all", () => {
    const hostile: readonly unknown[] = [
      { columns: 1, strings: [], numbers: [], data: ["a", ["=", 1e12], ["=", 0]] },
      { columns: 1, strings: [], numbers: [], data: ["a", ["=", -1], ["=", 0]] },
      { columns: 1, strings: [], numbers: [], data: ["i", 0, 1, 7] },
      { columns: 1, strings: [], numbers: [], data: ["x"] },
      { columns: 1, data: ["=", 1] },
      null,
    ];
    for (const data of hostile) expect(() => unpackColumns(data)).toThrow(PostrunError);
  });
});
