import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ascendingOrder } from "../../../src/timeline/cluster/ascending-order.js";

function sortedIndexes(numbers: readonly number[]): number[] {
  return [...numbers.keys()].sort((a, b) => (numbers[a] as number) - (numbers[b] as number) || a - b);
}

describe("the order of numbers", () => {
  it("is that of a stable sort, for numbers of writes as for any others", () => {
    const versions = fc.integer({ min: 0, max: 2 ** 52 });
    const near = fc.integer({ min: 370_000, max: 370_020 });
    const any = fc.double({ noNaN: true, noDefaultInfinity: true });
    for (const number of [near, versions, any])
      fc.assert(
        fc.property(fc.array(number), (list) => {
          expect([...ascendingOrder(new Float64Array(list))]).toEqual(sortedIndexes(list));
        }),
      );
  });

  it("holds for as many as a large run has, and for none", () => {
    const many = Array.from({ length: 200_000 }, (_, index) => 1e9 + ((index * 7919) % 150_000));
    expect([...ascendingOrder(new Float64Array(many))]).toEqual(sortedIndexes(many));
    expect([...ascendingOrder(new Float64Array(0))]).toEqual([]);
  });
});
