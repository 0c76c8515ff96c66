import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeJira, renderJira } from "../../../src/report/forms/jira.js";
import { LANGUAGES } from "../../../src/report/locales/index.js";
import { fixtureReport, VARIANTS } from "../fixture.js";

describe("the report as Jira wiki markup", () => {
  const english = renderJira(fixtureReport(), "en");

  it("leads with the title and the answer, then verdicts as words with signs and no colour", () => {
    expect(english).toMatch(
      /^h1\. 277 investigations, staging\{anchor:postrun\}\n\n7 December 2025, 10:50 to 12:40 \(UTC\+2\) · .* ok, .*\n\nThe Job stays open \*59\.2\* s/,
    );
    expect(english).toContain("2 contradicted ✕, 4 confirmed ✓");
    expect(english).not.toContain("{color");
  });

  it("puts proposed wordings into a panel, each with its place", () => {
    const panel = /\{panel:title=Proposed wording\}\n([\s\S]*?)\n\{panel\}/.exec(english)?.[1] ?? "";
    expect(panel).toContain("The Job is deleted about 59 s after the disconnect");
    expect(panel).toContain("{{docs/07\\_infrastructure/JOB\\_DELETION\\_TIMELINE.md:21-53}}");
  });

  it("has tables whose rows all have as many cells as their heading", () => {
    for (const table of english.match(/^\|\|.*\n(?:\|.*\n)+/gm) ?? []) {
      const [heading = "", ...rows] = table.trim().split("\n");
      const columns = heading.split("||").length - 2;
      for (const row of rows) expect(row.replaceAll("\\|", "").split("|").length - 2, row).toBe(columns);
    }
  });

  it("is made for every kind of run in each language, without direction marks or placeholders", () => {
    for (const variant of VARIANTS) {
      for (const language of LANGUAGES) {
        const text = renderJira(fixtureReport(variant), language);
        expect(text, variant).not.toMatch(/\p{Cf}/u);
        expect(text.replace(/\{noformat\}[\s\S]*?\{noformat\}/g, ""), variant).not.toMatch(/undefined|NaN|\{(?!anchor|panel|\{)\w+\}/);
      }
    }
  });

  it("begins every Hebrew sentence with a Hebrew letter or a number", () => {
    const lines = renderJira(fixtureReport(), "he")
      .replace(/\{noformat\}[\s\S]*?\{noformat\}/g, "")
      .split("\n")
      .map((line) => line.replace(/^(?:h\d\.|\*|\|+|\{panel:title=)\s*/, ""))
      .filter((line) => line !== "" && !/^(?:\{\{|\{panel\})/.test(line));
    for (const line of lines) expect(line.match(/\p{L}/u)?.[0] ?? "א", line).toMatch(/[\u05D0-\u05EA]/);
  });

  it("fits a comment: long tables say how many rows they leave out", () => {
    const report = fixtureReport("every-failed");
    const investigations = Array.from({ length: 50 }, () => report.investigations).flat();
    const text = renderJira({ ...report, investigations }, "en");
    expect(text.length).toBeLessThanOrEqual(32_767);
    expect(text).toMatch(/more are left out here/);
  });

  it("lets no macro, link, cell or picture arise from text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeJira(text).replace(/\\./g, "")).not.toMatch(/[{}[\]|*_^~\\]|(?<=\S)!|\n/);
      }),
    );
  });

  it("fences commands in a macro that they do not end", () => {
    const withCommand = (command: string): string => renderJira({ ...fixtureReport("no-claims"), command }, "en");
    expect(withCommand("a {noformat} b")).toContain("{code}\na {noformat} b\n{code}");
    expect(withCommand("a {noformat} {code} b")).toContain("a \\{noformat\\} \\{code\\} b");
  });
});
