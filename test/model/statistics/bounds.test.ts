import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreement, centre, width } from "../../../src/model/statistics/bounds.js";

const bound = fc
  .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 200 }))
  .map(([lo, size]) => ({ lo, hi: lo + size }));

describe("the agreement of bounds", () => {
  it("is the intersection of bounds that all meet", () => {
    expect(
      agreement([
        { lo: 0, hi: 10 },
        { lo: 4, hi: 12 },
        { lo: -3, hi: 6 },
      ]),
    ).toEqual({ lo: 4, hi: 6, agreeing: 3, total: 3 });
  });

  it("is not moved by a minority of liars", () => {
    const honest = [
      { lo: 0, hi: 10 },
      { lo: 4, hi: 12 },
      { lo: -3, hi: 6 },
    ];
    expect(agreement([...honest, { lo: 100, hi: 101 }, { lo: -200, hi: -190 }])).toEqual({ lo: 4, hi: 6, agreeing: 3, total: 5 });
  });

  it("takes closed bounds that touch as meeting in one point", () => {
    expect(
      agreement([
        { lo: 0, hi: 5 },
        { lo: 5, hi: 9 },
      ]),
    ).toEqual({ lo: 5, hi: 5, agreeing: 2, total: 2 });
  });

  it("is the hull of equally supported places, so that it never claims more than the data", () => {
    expect(
      agreement([
        { lo: 0, hi: 1 },
        { lo: 8, hi: 9 },
      ]),
    ).toEqual({ lo: 0, hi: 9, agreeing: 1, total: 2 });
  });

  it("leaves out bounds that are turned around, and does not exist without any", () => {
    expect(agreement([])).toBeUndefined();
    expect(agreement([{ lo: 2, hi: 1 }])).toBeUndefined();
    expect(
      agreement([
        { lo: 2, hi: 1 },
        { lo: 0, hi: 3 },
      ]),
    ).toEqual({ lo: 0, hi: 3, agreeing: 1, total: 1 });
  });

  it("holds the truth if every bound does", () => {
    const around = fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(around, fc.integer({ min: -1e6, max: 1e6 }), (margins, truth) => {
        const found = agreement(margins.map(([below, above]) => ({ lo: truth - below, hi: truth + above })));
        expect(found?.agreeing).toBe(margins.length);
        expect(found?.lo).toBeLessThanOrEqual(truth);
        expect(found?.hi).toBeGreaterThanOrEqual(truth);
      }),
    );
  });

  it("does not depend on the order, and counts what a search of every edge counts", () => {
    fc.assert(
      fc.property(fc.array(bound, { minLength: 1, maxLength: 30 }), (bounds) => {
        const found = agreement(bounds);
        expect(agreement([...bounds].reverse())).toEqual(found);
        const depthAt = (x: number) => bounds.filter(({ lo, hi }) => lo <= x && x <= hi).length;
        expect(found?.agreeing).toBe(Math.max(...bounds.map(({ lo }) => depthAt(lo))));
        expect(depthAt(found?.lo ?? Number.NaN)).toBe(found?.agreeing);
        expect(depthAt(found?.hi ?? Number.NaN)).toBe(found?.agreeing);
      }),
    );
  });
});

it("width and centre", () => {
  expect([width({ lo: 2, hi: 6 }), centre({ lo: 2, hi: 6 })]).toEqual([4, 4]);
});
