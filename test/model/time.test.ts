import fc from "fast-check";
import { expect, it } from "vitest";
import { isoFromEpoch } from "../../src/model/time.js";

it("writes a moment in UTC with whole milliseconds", () => {
  expect(isoFromEpoch(0)).toBe("1970-01-01T00:00:00.000Z");
  expect(isoFromEpoch(Date.UTC(2025, 11, 7, 8, 50, 11) + 323.4)).toBe("2025-12-07T08:50:11.323Z");
  expect(isoFromEpoch(999.6)).toBe("1970-01-01T00:00:01.000Z");
});

it("writes any moment as a Date does, whatever was written before", () => {
  const moment = fc.oneof(
    fc.double({ min: 0, max: 253_402_300_799_999, noNaN: true }),
    fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true }),
    fc.constantFrom(-0.4, -1, 253_402_300_799_999, 253_402_300_800_000, 951_782_400_000, 86_399_999.5, 86_399_999.4),
  );
  fc.assert(
    fc.property(moment, (at) => {
      expect(isoFromEpoch(at)).toBe(new Date(Math.round(at)).toISOString());
    }),
  );
  expect(() => isoFromEpoch(Number.NaN)).toThrow(RangeError);
});
