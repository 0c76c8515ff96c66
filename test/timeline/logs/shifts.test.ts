import fc from "fast-check";
import { expect, it } from "vitest";
import { addShifts, shiftAt } from "../../../src/timeline/logs/shifts.js";

const shifts = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: -5_000, max: 5_000 })), { maxLength: 4 })
  .map((drawn) => new Map([[0, drawn.map(([fromLine, byMs]) => ({ fromLine, byMs })).sort((a, b) => a.fromLine - b.fromLine)]]));

it("shifts that are added shift every line by both", () => {
  fc.assert(
    fc.property(shifts, shifts, fc.integer({ min: 0, max: 60 }), (first, second, line) => {
      expect(shiftAt(addShifts(first, second), 0, line)).toBe(shiftAt(first, 0, line) + shiftAt(second, 0, line));
    }),
  );
});
