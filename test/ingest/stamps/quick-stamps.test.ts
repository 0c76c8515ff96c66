import fc from "fast-check";
import { expect, test } from "vitest";
import { epochOf, stampOf } from "../../../src/ingest/stamps/quick-stamps.js";
import { parseRfc3339 } from "../../../src/ingest/stamps/stamps.js";

const two = fc.oneof(
  fc.integer({ min: 0, max: 61 }).map((value) => String(value).padStart(2, "0")),
  fc.constantFrom("1", "a0", "0a", "1:", "０１"),
);
const year = fc.oneof(
  fc.integer({ min: 0, max: 9999 }).map((value) => String(value).padStart(4, "0")),
  fc.constantFrom("2025", "1969", "20a5"),
);
const fraction = fc.oneof(fc.constant(""), fc.constant("."), fc.stringMatching(/^\.\d{1,10}$/), fc.stringMatching(/^\.\d{1,8}[a:/]$/));
const zone = fc.constantFrom("Z", "z", "+02:00", "-0530", "", "Z ");

test("a stamp read by its characters is the one that the expression reads, to the last bit", () => {
  fc.assert(
    fc.property(
      year,
      two,
      two,
      two,
      two,
      two,
      fraction,
      zone,
      fc.constantFrom("T", "t", " "),
      (y, mo, d, h, mi, s, decimals, end, between) => {
        const text = `${y}-${mo}-${d}${between}${h}:${mi}:${s}${decimals}${end}`;
        expect(stampOf(text)).toEqual(parseRfc3339(text));
        expect(epochOf(text)).toBe(parseRfc3339(text)?.at);
      },
    ),
    { numRuns: 3000 },
  );
});

test("stamps that Kubernetes writes are read, and what is no text is none", () => {
  expect(stampOf("2025-01-06T08:00:00Z")).toEqual({ at: Date.UTC(2025, 0, 6, 8), resolutionMs: 1000 });
  expect(stampOf("2025-01-06T08:00:00.051764Z")).toEqual({ at: Date.UTC(2025, 0, 6, 8) + 51.764, resolutionMs: 0.001 });
  for (const value of [null, undefined, 5, {}, "", "2025-13-01T00:00:00Z"])
    expect([stampOf(value), epochOf(value)]).toEqual([undefined, undefined]);
});
