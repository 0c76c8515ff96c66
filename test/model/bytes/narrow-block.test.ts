import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { narrowed, numberIn } from "../../../src/model/bytes/narrow-block.js";

const COUNT = 20;

/** A column like those of events: times, ids that go up, numbers that repeat, absent ones; and the ends of what a width can tell. */
const column = fc.oneof(
  fc.double().map((value) => Array<number>(COUNT).fill(value)),
  fc.array(fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN)), { minLength: COUNT, maxLength: COUNT }),
  fc.tuple(fc.maxSafeInteger(), fc.constantFrom(1, 0xff, 0xffff, 0xffff_ffff, 2 ** 40)).chain(([least, range]) =>
    fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: range }).map((far) => least + far) }, fc.constant(Number.NaN)), {
      minLength: COUNT,
      maxLength: COUNT,
    }),
  ),
);

function blockOf(columns: readonly (readonly number[])[]): DataView {
  const rows = new Float64Array(COUNT * columns.length);
  for (const [field, values] of columns.entries()) for (const [row, value] of values.entries()) rows[row * columns.length + field] = value;
  return narrowed(rows, columns.length, COUNT);
}

const bytesFor = (values: readonly number[]): number => blockOf([values]).byteLength - blockOf([Array<number>(COUNT).fill(0)]).byteLength;
const from = (least: number, step: number): number[] => Array.from({ length: COUNT }, (_, row) => least + row * step);

describe("a block of rows", () => {
  test("gives back every number as it was", () => {
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 5 }), (columns) => {
        const block = blockOf(columns);
        const read = columns.map((values, field) => values.map((_, row) => numberIn(block, columns.length, row, field)));
        expect(read).toEqual(columns);
      }),
      { numRuns: 1000 },
    );
  });

  test("takes no more bytes than the numbers of a column need", () => {
    const epoch = 1_764_000_000_000;
    expect(bytesFor(Array<number>(COUNT).fill(Number.NaN))).toBe(0);
    expect(bytesFor(from(epoch, 10))).toBe(COUNT);
    expect(bytesFor([...from(epoch, 1000).slice(1), Number.NaN])).toBe(2 * COUNT);
    expect(bytesFor(from(epoch, 1_000_000))).toBe(4 * COUNT);
    expect(bytesFor(from(epoch, 0.5))).toBe(8 * COUNT);
  });
});
