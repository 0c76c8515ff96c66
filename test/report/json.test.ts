import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PostrunError } from "../../src/model/errors.js";
import { packText } from "../../src/report/embed/embed.js";
import { parseReport, serializeReport } from "../../src/report/json.js";
import { reportJsonSchema } from "../../src/report/write-schema.js";
import { fixtureReport, VARIANTS } from "./fixture.js";

describe("report.json", () => {
  it("gives back every kind of report unchanged", () => {
    for (const variant of VARIANTS) expect(parseReport(serializeReport(fixtureReport(variant))), variant).toEqual(fixtureReport(variant));
  });

  it("is read with a byte order mark too, and ends with a line feed", () => {
    const text = serializeReport(fixtureReport("inconclusive"));
    expect(text.endsWith("}\n")).toBe(true);
    expect(parseReport(`\uFEFF${text}`).schemaVersion).toBe(1);
  });

  it("keeps additions out of the way", () => {
    expect(parseReport(JSON.stringify({ ...fixtureReport("inconclusive"), added: true })).schemaVersion).toBe(1);
  });

  it("is refused with a time that is none", () => {
    const { jobs, ...report } = fixtureReport();
    const [job, ...others] = jobs;
    for (const wrong of [{ jobs: [{ ...job, createdAt: "yesterday" }, ...others] }, { jobs, generatedAt: "2025-99-01T00:00:00Z" }])
      expect(() => parseReport(JSON.stringify({ ...report, ...wrong }))).toThrow(
        /: (?:jobs\.0\.createdAt|generatedAt): expected a time in UTC/,
      );
  });

  it("is refused with a step at no moment and with stamps finer than exact", () => {
    const { stages, concurrency, ...report } = fixtureReport();
    const finer = { stages: stages.map((stage) => ({ ...stage, resolutionMs: -1 })), concurrency };
    const nowhere = { stages, concurrency: { ...concurrency, openJobs: { ...concurrency.openJobs, points: [[1e300, 1]] } } };
    expect(() => parseReport(JSON.stringify({ ...report, ...finer }))).toThrow(/: stages\.0\.resolutionMs: /);
    expect(() => parseReport(JSON.stringify({ ...report, ...nowhere }))).toThrow(/: concurrency\.openJobs\.points\.0\.0: /);
  });

  it("says what is wrong with another schemaVersion, another file, a page without a report, and a damaged one", async () => {
    const page = (packed: string): string =>
      `<!doctype html><script type="application/json" id="postrun-report" data-encoding="gzip-base64">${packed}</script>`;
    const cases: readonly (readonly [string, RegExp])[] = [
      [JSON.stringify({ ...fixtureReport("inconclusive"), schemaVersion: 2 }), /schemaVersion 2, this postrun reads schemaVersion 1/],
      ["{}", /no schemaVersion/],
      ["[1,", /neither JSON nor a page/],
      ["<html></html>", /holds no postrun report/],
      [page("AAAA"), /damaged/],
      [page(await packText('{"schemaVersion":1}')), /does not follow schemaVersion 1: tool/],
    ];
    for (const [text, message] of cases) {
      expect(() => parseReport(text)).toThrow(message);
      expect(() => parseReport(text)).toThrow(PostrunError);
    }
  });
});

describe("the published schema", () => {
  it("is written from the code", () => {
    const schema = JSON.parse(reportJsonSchema());
    expect(schema.required).toContain("claims");
    expect(schema.properties.schemaVersion.const).toBe(1);
    expect(readFileSync(new URL("../../schemas/report.schema.json", import.meta.url), "utf8")).toBe(reportJsonSchema());
  });
});
