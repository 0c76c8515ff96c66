import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonBytes } from "../../src/report/json-bytes.js";

function written(value: unknown, indent: 0 | 2): string {
  const json = new JsonBytes(indent);
  json.value(value, 0);
  return json.rest().toString("utf8");
}

describe("JSON as bytes", () => {
  it("is what JSON.stringify gives, whatever the data are", () => {
    const data = fc.oneof(
      fc.jsonValue({ stringUnit: "binary" }),
      fc.object({ withNullPrototype: true, values: [fc.string(), fc.double(), fc.constant(undefined)] }),
    );
    fc.assert(
      fc.property(data, (random) => {
        expect(written(random, 0)).toBe(JSON.stringify(random));
        expect(written(random, 2)).toBe(JSON.stringify(random, null, 2));
      }),
      { numRuns: 1000 },
    );
  });

  it("writes every number as JSON.stringify does, to the digit", () => {
    const decimal = fc.tuple(fc.maxSafeInteger(), fc.constantFrom(1, 10, 100, 1000, 10_000)).map(([whole, scale]) => whole / scale);
    const milliseconds = fc
      .tuple(fc.integer({ min: -9e12, max: 9e12 }), fc.integer({ min: 0, max: 999 }))
      .map(([ms, part]) => ms + part / 1000);
    const edge = fc.constantFrom(
      0,
      -0,
      0.1 + 0.2,
      1e21,
      1e-7,
      2 ** 31,
      -(2 ** 31),
      2 ** 43,
      2 ** 43 + 0.001,
      2 ** 53,
      999_999_999,
      1e9,
      0.001,
      -0.5,
      -0.05,
      5e-324,
    );
    fc.assert(
      fc.property(fc.oneof(decimal, milliseconds, edge, fc.double(), fc.float(), fc.integer()), (number) => {
        expect(written(number, 0)).toBe(JSON.stringify(number));
      }),
      { numRuns: 20_000 },
    );
  });

  it("gives its bytes in pieces that make the whole", () => {
    const json = new JsonBytes(0);
    const rows = Array.from({ length: 5000 }, (_, index) => ({ index, text: "é".repeat(index % 90) }));
    const pieces = rows.flatMap((row) => {
      json.value(row, 0);
      return json.piece() ?? [];
    });
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat([...pieces, json.rest()]).toString("utf8")).toBe(rows.map((row) => JSON.stringify(row)).join(""));
  });
});
