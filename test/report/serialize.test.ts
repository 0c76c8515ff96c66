import fc from "fast-check";
import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.js";
import { serializedParts, serializeReport } from "../../src/report/serialize.js";
import { fixtureReport } from "./fixture.js";

test("A report in parts is the text that JSON has for it as a whole, with any number of rows", () => {
  const row = fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: "binary" }), fc.integer(), fc.constant(null), fc.array(fc.string())));
  const lengths = fc.constantFrom(0, 1, 2, 99, 100, 101, 200, 201, 299);
  fc.assert(
    fc.property(row, lengths, lengths, (value, investigations, jobs) => {
      const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ index, ...value }));
      const report: Report = {
        ...fixtureReport(),
        ...{ investigations: rows(investigations), jobs: rows(jobs), empty: [], none: undefined, nothing: {}, unsaid: { none: undefined } },
        ...{ deep: { none: undefined, curve: { points: rows(jobs), value, more: { curve: { points: rows(jobs), list: [undefined] } } } } },
      } as unknown as Report;
      expect(serializeReport(report) === `${JSON.stringify(report, null, 2)}\n`).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test("A long report comes in many parts, so that its text is never held as a whole", () => {
  const report = fixtureReport();
  const [job] = report.jobs;
  if (job === undefined) throw new Error("the fixture has Jobs");
  const long = { ...report, jobs: Array.from({ length: 20_000 }, () => job) };
  const sizes = [...serializedParts(long)].map((part) => part.length);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  expect(Math.max(...sizes)).toBeLessThan(whole / 20);
});
