import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createdBetween } from "../../../src/timeline/links/created-between.js";

describe("those created in a window", () => {
  it("are the same as if each was looked at, in the order of the list", () => {
    const moment = fc.tuple(
      fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(Number.NEGATIVE_INFINITY)),
      fc.integer({ min: 0, max: 60 }),
    );
    const window = fc.tuple(fc.integer({ min: -50, max: 1050 }), fc.integer({ min: 0, max: 100 }));
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 80 }), window, (moments, [from, length]) => {
        const jobs = moments.map(([lo, width]) => {
          const hi = Number.isFinite(lo) ? lo + width : width;
          return { created: { at: hi, lo, hi, how: "audit" as const, bracket: false } };
        });
        const expected = jobs.filter(({ created }) => created.hi >= from && created.lo <= from + length);
        expect(createdBetween(jobs)(from, from + length)).toEqual(expected);
      }),
    );
  });

  it("are found without a look at each, however long the list", () => {
    let looks = 0;
    const jobs = Array.from({ length: 20_000 }, (_, index) => {
      const created = { at: index * 1000, lo: index * 1000, hi: index * 1000 + 500, how: "audit" as const, bracket: false };
      return {
        get created() {
          looks += 1;
          return created;
        },
      };
    });
    const find = createdBetween(jobs);
    looks = 0;
    for (let from = 0; from < 20_000_000; from += 200_000) expect(find(from, from + 2000)).toHaveLength(3);
    expect(looks).toBeLessThan(100 * 20);
  });
});
