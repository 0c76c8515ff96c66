import { describe, expect, it } from "vitest";
import type { ClaimLookup, Report } from "../../../src/model/report.js";
import { renderJira } from "../../../src/report/forms/jira.js";
import { renderJunit } from "../../../src/report/forms/junit.js";
import { renderMarkdown } from "../../../src/report/forms/markdown.js";
import { renderTerminal } from "../../../src/report/forms/terminal.js";
import { workbookWords } from "../../../src/report/forms/workbook-words.js";
import { renderHtml } from "../../../src/report/html.js";
import { rowsOf } from "../../../src/table/index.js";
import { fixtureReport } from "../fixture.js";

const LOOKUPS: readonly (readonly [ClaimLookup, string, string])[] = [
  [{ status: "found", line: 21 }, "found at line 21", "נמצא בשורה 21"],
  [{ status: "moved", line: 40 }, "moved to line 40", "עבר לשורה 40"],
  [{ status: "moved", line: 7, file: "docs/new.md" }, "moved to line 7 of docs/new.md", "עבר לשורה 7 במסמך docs/new.md"],
  [{ status: "changed" }, "changed: the documents no longer say it there", "השתנה: הדברים כבר לא כתובים שם"],
  [{ status: "gone" }, "gone: there is no such document", "המסמך כבר לא קיים"],
];

function lookedUp(lookup: ClaimLookup): Report {
  const report = fixtureReport();
  return { ...report, claims: report.claims.map((claim) => ({ ...claim, lookup: { file: claim.source.file, ...lookup } })) };
}

/** Bare words of a text with markup. */
const words = (text: string): string =>
  text
    .replace(/<[^>]*>/g, "")
    .replaceAll("\\", "")
    .replace(/\s+/g, " ");

describe("the citation of a claim, looked up in the documents", () => {
  it.each(LOOKUPS)(
    "is told for every claim on the page, in Markdown and in Jira, and for contradicted ones on the terminal: %o",
    async (lookup, en, he) => {
      const report = lookedUp(lookup);
      const n = report.claims.length;
      const contradicted = report.claims.filter(({ verdict }) => verdict === "contradicted").length;
      const times = (text: string, part: string): number => words(text).split(part).length - 1;
      const page = (await renderHtml(report)).replace(/<script[\s\S]*?<\/script>/g, "");
      expect([times(page, en), times(page, he)]).toEqual([n, n]);
      expect([times(renderMarkdown(report, "en"), en), times(renderMarkdown(report, "he"), he)]).toEqual([n, n]);
      expect([times(renderJira(report, "en"), en), times(renderJira(report, "he"), he)]).toEqual([n, n]);
      expect(times(renderTerminal(report, { lang: "en", color: false, width: 400 }), en)).toBe(contradicted);
      expect(contradicted).toBeGreaterThan(0);
    },
  );

  it("is not spoken of where no documents were given", async () => {
    expect(await renderHtml(fixtureReport(), { languages: ["en"] })).not.toContain('class="citation');
    expect(renderMarkdown(fixtureReport(), "en")).not.toContain("Citation");
  });

  it.each(LOOKUPS)("is told in JUnit, in a workbook and in the tables: %o", (lookup, en, he) => {
    const report = lookedUp(lookup);
    const contradicted = report.claims.filter(({ verdict }) => verdict === "contradicted").length;
    for (const [language, words] of [
      ["en", en],
      ["he", he],
    ] as const) {
      expect(renderJunit(report, language).split(words).length - 1).toBe(contradicted);
      const { columns, rows } = workbookWords(report, language).summary;
      expect(rows.filter((row) => row[columns.length - 1] === words)).toHaveLength(report.claims.length);
    }
    const { columns, rows } = rowsOf(report).claims;
    const cell = (name: string): unknown => rows[0]?.[columns.indexOf(name)];
    expect([cell("citation"), cell("citationLine")]).toEqual([lookup.status, lookup.line ?? null]);
  });
});
