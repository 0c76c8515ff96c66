import fc from "fast-check";
import { expect, it } from "vitest";
import { firstIndex } from "../../../src/model/collections/first-index.js";

it("finds where a condition begins to hold, as a search from the beginning does", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (values, limit) => {
      const ascending = Float64Array.from(values).sort();
      const found = ascending.findIndex((value) => value >= limit);
      expect(firstIndex(ascending, (value) => value >= limit)).toBe(found < 0 ? ascending.length : found);
    }),
  );
});
