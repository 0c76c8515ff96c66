import { describe, expect, it } from "vitest";
import { compareReports, comparisonReasonKeys } from "../../../src/compare/index.js";
import type { DurationComparison, Report, RunLevelComparison } from "../../../src/model/report.js";
import { renderJira } from "../../../src/report/forms/jira.js";
import { renderMarkdown } from "../../../src/report/forms/markdown.js";
import { renderTerminal } from "../../../src/report/forms/terminal.js";
import { renderHtml } from "../../../src/report/html.js";
import { parseReport, serializeReport } from "../../../src/report/json.js";
import { LANGUAGES, LOCALES } from "../../../src/report/locales/index.js";
import { durationFinding, medianPhrase, runLevelPhrases } from "../../../src/report/words/comparison.js";
import { toText } from "../../../src/report/words/phrase.js";
import { fixtureReport } from "../fixture.js";

const before = fixtureReport("confirmed");
/** Another run: with files and Jobs of its own. */
const older: Report = {
  ...before,
  sources: before.sources.map((source) => ({ ...source, sha256: `${source.sha256}-older` })),
  jobs: before.jobs.map((job) => ({ ...job, uid: `${job.uid}-older` })),
  title: null,
  window: { from: "2025-11-30T08:50:00.000Z", to: "2025-11-30T10:20:00.000Z" },
  labels: { build: "4700", branch: "main" },
};
const newer = fixtureReport("contradicted");
const report: Report = { ...newer, comparison: compareReports(older, newer) };

const row = (fields: Partial<DurationComparison>): DurationComparison => ({
  stage: "connect",
  title: { en: "connect", he: "חיבור" },
  before: { n: 40, failed: 0, censored: 0, medianMs: 12_000 },
  after: { n: 40, failed: 0, censored: 0, medianMs: 12_500 },
  finding: "no-change-seen",
  shiftMs: -104,
  ci95Ms: [-420, 310],
  detectableMs: 541,
  ...fields,
});

describe("the comparison in a report", () => {
  it("survives being saved and read", () => {
    expect(parseReport(serializeReport(report))).toEqual(report);
  });

  it("is a section of the page in each language, with a picture for each difference", async () => {
    const page = await renderHtml(report);
    expect(page).toContain('id="en-comparison"');
    expect(page).toContain('id="he-comparison"');
    const section = page.slice(page.indexOf('id="en-comparison"'), page.indexOf("</section>", page.indexOf('id="en-comparison"')));
    const compared = report.comparison?.durations.filter(({ shiftMs }) => shiftMs !== undefined).length ?? 0;
    expect(section.match(/<svg class="strip"/g)?.length).toBe(compared);
    const text = section.replace(/<[^>]+>/g, "");
    expect(text).toContain("Compared with an earlier run: 277 investigations, 30 November 2025");
    expect(text).toMatch(/Cleanup.*longer by 8\.\d+ s \(95% interval: 8\.\d+ to/s);
    expect(parseReport(page)).toEqual(report);
  });

  it("is no part of a page without a baseline", async () => {
    expect(await renderHtml(newer, { languages: ["en"] })).not.toContain("en-comparison");
  });

  it.each(LANGUAGES)("stands in Markdown, Jira and on the terminal in %s, with the same numbers", (lang) => {
    const forms = [renderMarkdown(report, lang), renderJira(report, lang), renderTerminal(report, { lang, color: false, width: 400 })];
    const cleanup = report.comparison?.durations.find(({ stage }) => stage === "cleanup");
    if (cleanup === undefined) throw new Error("no cleanup");
    const finding = toText(durationFinding(cleanup, LOCALES[lang]));
    expect(finding).toMatch(/8\.\d/);
    for (const text of forms) expect(text.replaceAll("\\", "")).toContain(finding);
    for (const text of forms) expect(text).toContain("4700");
  });

  it("says the same numbers in both languages", () => {
    for (const fields of [
      {},
      { finding: "longer", ci95Ms: [100, 900], shiftMs: 500 },
      { finding: "shorter", ci95Ms: [-900, -100], shiftMs: -500 },
    ] as const) {
      const [english, hebrew] = LANGUAGES.map((lang) =>
        toText(durationFinding(row(fields), LOCALES[lang]))
          .match(/[\u2212\d.]+\d/g)
          ?.sort(),
      );
      expect(hebrew?.length).toBeGreaterThanOrEqual(3);
      expect(hebrew).toEqual(english);
      expect(hebrew?.join("")).not.toContain("\u2212");
    }
  });

  it("gives medians a decimal more where rounding would show another difference than theirs", () => {
    const shorter = row({
      before: { n: 40, failed: 0, censored: 0, medianMs: 43_480 },
      after: { n: 40, failed: 0, censored: 0, medianMs: 41_720 },
      finding: "shorter",
      shiftMs: -1_900,
      ci95Ms: [-3_000, -1_000],
    });
    const medians = (of: DurationComparison) => [of.before, of.after].map((side) => toText(medianPhrase(of, side, LOCALES.en)));
    expect(medians(shorter)).toEqual(["43.5", "41.7"]);
    expect(medians({ ...shorter, after: { ...shorter.after, medianMs: 41_400 } })).toEqual(["43", "41"]);
  });

  it("turns the interval of a shorter duration around, so that it holds what it says", () => {
    const text = toText(durationFinding(row({ finding: "shorter", ci95Ms: [-900, -100], shiftMs: -500 }), LOCALES.en));
    expect(text).toBe("shorter by 0.5 s (95% interval: 0.1 to 0.9)");
  });

  it("rounds the change that would have shown up, never down", () => {
    expect(toText(durationFinding(row({}), LOCALES.en))).toBe(
      "no change seen (95% interval: 0.4 s shorter to 0.3 s longer); a change of 0.6 s would have shown in four of five cases",
    );
  });

  it("says means and peaks that are known only as ranges as these, and their difference too", () => {
    const said = (fields: RunLevelComparison, lang: "en" | "he" = "en") => {
      const { before, after, finding } = runLevelPhrases(fields, LOCALES[lang]);
      return [before, after, finding].map(toText);
    };
    const larger: RunLevelComparison = {
      quantity: "peak-open-jobs",
      unit: "jobs",
      before: { value: 4 },
      after: { value: 8, band: [5, 19] },
      difference: 4,
      differenceRange: [1, 15],
      finding: "larger",
    };
    expect(said(larger)).toEqual(["4", "5 to 19", "larger by 1 to 15"]);
    expect(said(larger, "he")).toEqual(["4", "בין 5 ל-19", "גדול יותר, בהפרש שבין 1 ל-15"]);
    expect(said({ ...larger, before: larger.after, after: larger.before, differenceRange: [-15, -1], finding: "smaller" })).toEqual([
      ...["5 to 19", "4", "smaller by 1 to 15"],
    ]);
    expect(said({ ...larger, finding: "part" })[2]).toBe("not compared: of one of the runs only a part was seen");
    const mean = { quantity: "mean-open-jobs", unit: "jobs", finding: "larger" } as const;
    const exact = { value: 2.5, band: [2.498, 2.502] } as const;
    expect(
      said({ ...mean, before: exact, after: { value: 4.06, band: [3.02, 4.06] }, difference: 1.56, differenceRange: [0.518, 1.562] }),
    ).toEqual(["2.5", "3.0 to 4.1", "larger by 0.5 to 1.6"]);
    expect(
      said({ ...mean, before: exact, after: { value: 3.52, band: [3.518, 3.522] }, difference: 1.02, differenceRange: [1.016, 1.024] }),
    ).toEqual(["2.50", "3.52", "larger by 1.02"]);
  });

  it.each(LANGUAGES)("has a sentence in %s for every reason why a stage was not compared", (lang) => {
    for (const key of comparisonReasonKeys) {
      const values = { before: 3, after: 40, needed: 6, n: 2 };
      expect(toText(durationFinding(row({ finding: "not-compared", reason: { key, values } }), LOCALES[lang])).length, key).toBeGreaterThan(
        10,
      );
    }
  });

  it("tells of labels that only one run has, and of results that changed", () => {
    const text = renderMarkdown(report, "en");
    expect(text).toMatch(/build: 4700 then, 4812 now/);
    expect(text).toMatch(/environment: none then, staging now/);
    expect(text).toMatch(/: was confirmed, is now \*\*contradicted\*\*/);
  });
});
