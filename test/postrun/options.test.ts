import { describe, expect, test } from "vitest";
import { pool } from "../../src/pool-runs.js";
import { type AnalyzeOptions, analyze, inspect } from "../../src/postrun.js";
import { parseReport, serializeReport } from "../../src/report/json.js";
import { fixtureReport } from "../report/fixture.js";
import { fixedFrame } from "./frame.js";

const LOG = "samples/30-investigations/test-run.log";
const usage = (message: RegExp) =>
  expect.objectContaining({ name: "PostrunError", code: "usage", message: expect.stringMatching(message) });

describe("options of the library that cannot be are refused by name", () => {
  const cases: readonly [Partial<AnalyzeOptions>, RegExp][] = [
    [{ parameters: { test: "9999" } }, /test=9999: expected one of/],
    [{ parameters: { nope: 1 } }, /no parameter "nope"/],
    [{ parameters: { delay: "abc" } }, /delay=abc: expected a number/],
    [{ declaredClock: { zoneName: "Mars/X" } }, /declaredClock\.zoneName=Mars\/X: expected a zone/],
    [{ declaredClock: { zoneOffsetMinutes: 9999 } }, /declaredClock\.zoneOffsetMinutes=9999/],
    [{ declaredClock: { skewMs: Number.NaN } }, /declaredClock\.skewMs=NaN/],
    [{ limits: { from: { at: Number.NaN, zoned: true } } }, /limits\.from\.at=NaN/],
    [{ run: 1.5 }, /run=1\.5/],
    [{ workers: Number.NaN }, /workers=NaN/],
    [{ redact: ["host" as never] }, /redact=host: expected some of hosts,ips/],
    [{ inputs: [] }, /inputs=/],
    [{ frame: { ...fixedFrame, generatedAt: "yesterday" } }, /frame\.generatedAt=yesterday: expected a time in UTC/],
  ];
  test.each(cases)("%o", async (options, message) => {
    const given = { inputs: [LOG], frame: fixedFrame, ...options };
    await expect(analyze(given)).rejects.toEqual(usage(message));
    await expect(inspect(given)).rejects.toEqual(usage(message));
  });

  test("and by what pools reports", async () => {
    const reports = [fixtureReport(), fixtureReport()];
    await expect(pool({ reports, frame: { ...fixedFrame, generatedAt: "yesterday" } })).rejects.toEqual(usage(/frame\.generatedAt/));
    await expect(pool({ reports, frame: fixedFrame, redact: ["host" as never] })).rejects.toEqual(usage(/redact=host/));
  });
});

test("a report is made of parameters as the profile has them", async () => {
  const report = await analyze({ inputs: [LOG], frame: fixedFrame, parameters: { test: 277, delay: "2" }, whatIf: false });
  expect(report.parameters).toMatchObject({ test: { value: "277", origin: "given" }, delay: { value: 2, origin: "given" } });
  expect((await parseReport(serializeReport(report))).generatedAt).toBe(fixedFrame.generatedAt);
});
