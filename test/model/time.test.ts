import { expect, it } from "vitest";
import { isoFromEpoch } from "../../src/model/time.js";

it("writes a moment in UTC with whole milliseconds", () => {
  expect(isoFromEpoch(0)).toBe("1970-01-01T00:00:00.000Z");
  expect(isoFromEpoch(Date.UTC(2025, 11, 7, 8, 50, 11) + 323.4)).toBe("2025-12-07T08:50:11.323Z");
  expect(isoFromEpoch(999.6)).toBe("1970-01-01T00:00:01.000Z");
});
