import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder } from "../../../src/model/collections/in-order.js";

const byAge = (a: { readonly age: number }, b: { readonly age: number }) => a.age - b.age;

describe("values in order", () => {
  it("are given back as they are, and never sorted in place", () => {
    const sorted = [{ age: 1 }, { age: 1 }, { age: 2 }];
    expect(inOrder(sorted, byAge)).toBe(sorted);
    const mixed = [{ age: 2 }, { age: 1 }];
    expect(inOrder(mixed, byAge)).toEqual([{ age: 1 }, { age: 2 }]);
    expect(mixed[0]?.age).toBe(2);
  });

  it("stand as a stable sort leaves them, also where some cannot be compared", () => {
    const rows = fc.array(fc.record({ age: fc.constantFrom(1, 2, 3, Number.NaN), name: fc.string() }));
    fc.assert(
      fc.property(rows, (values) => {
        expect(inOrder(values, byAge)).toEqual([...values].sort(byAge));
      }),
    );
  });
});
