import { describe, expect, it } from "vitest";
import type { PooledRun, Report } from "../../src/model/report.js";
import { renderJira } from "../../src/report/forms/jira.js";
import { renderMarkdown } from "../../src/report/forms/markdown.js";
import { renderTerminal } from "../../src/report/forms/terminal.js";
import { renderHtml } from "../../src/report/html.js";
import { parseReport, serializeReport } from "../../src/report/json.js";
import { LOCALES } from "../../src/report/locales/index.js";
import { claimBullet } from "../../src/report/view/claims.js";
import { curveGaps } from "../../src/report/view/concurrency.js";
import { measuredSide } from "../../src/report/words/claim-values.js";
import { toText } from "../../src/report/words/phrase.js";
import { runCells } from "../../src/report/words/pool.js";
import { timesOf } from "../../src/report/words/times.js";
import { fixtureReport } from "./fixture.js";

const MEAN_CLAIM = "mean-open-jobs";
const MEAN_RANGE = [1.97, 6.9] as const;
const UNWATCHED = { from: "2025-12-07T10:10:00.000Z", to: "2025-12-07T10:15:00.000Z" };

/** A run whose watch was down for five minutes: mean and peak of its Jobs are known only as ranges. */
function gapped(change: Partial<Report["concurrency"]> = {}): Report {
  const { meanDifference: _, ...report } = fixtureReport();
  const { openJobs } = report.concurrency;
  if (openJobs === undefined) throw new Error("the fixture has no curve");
  const claims = report.claims.map((claim) =>
    claim.measured === undefined || !claim.id.startsWith(MEAN_CLAIM)
      ? claim
      : {
          ...claim,
          verdict: "inconclusive" as const,
          measured: { ...claim.measured, value: 3.794, ci95: MEAN_RANGE, intervalKind: "band" as const },
        },
  );
  const { documented: __, ...concurrency } = report.concurrency;
  return {
    ...report,
    claims,
    meanUnexplained: "unseen-jobs",
    concurrency: {
      ...concurrency,
      openJobs: { ...openJobs, mean: 3.794, meanRange: MEAN_RANGE, peak: 8, peakRange: [4, 19] },
      unwatched: [UNWATCHED],
      unseenJobs: 11,
      ...change,
    },
  };
}

const plainText = (markup: string) => markup.replace(/<[^>]*>/g, "").replace(/\s+/g, " ");
const sectionOf = (page: string, id: string) => {
  const from = page.indexOf(`<section id="${id}"`);
  return page.slice(from, page.indexOf("</section>", from));
};

describe("a mean and a peak of open Jobs that are known only as ranges", () => {
  it("survive being saved and read", () => {
    expect(parseReport(serializeReport(gapped()))).toEqual(gapped());
  });

  it("are said with what is missing from them, in the text forms as on the page", () => {
    const report = gapped({ part: "capture" });
    for (const lang of ["en", "he"] as const) {
      const gaps = curveGaps({ report, locale: LOCALES[lang], times: timesOf(report, LOCALES[lang]) }).map(toText);
      expect(gaps).toHaveLength(3);
      const terminal = renderTerminal(report, { lang, color: false, width: 1000 });
      for (const text of [renderMarkdown(report, lang), renderJira(report, lang), terminal])
        for (const gap of gaps) expect(text.replaceAll(/[\\\u2066-\u2069]/g, "")).toContain(gap.replaceAll(/[\u2066-\u2069]/g, ""));
    }
  });

  it("are said as ranges in the lead of every form", () => {
    const forms = (lang: "en" | "he") => [
      renderMarkdown(gapped(), lang).replaceAll("*", ""),
      renderJira(gapped(), lang).replaceAll(/[*\\]/g, ""),
      renderTerminal(gapped(), { lang, color: false, width: 1000 }),
    ];
    for (const text of forms("en")) expect(text).toContain("On average 2.0 to 6.9 Jobs were open, at the peak 4 to 19");
    for (const text of forms("he")) expect(text).toContain("בממוצע היו פתוחים בין 2.0 ל-6.9 Jobs במקביל, ובשיא בין 4 ל-19");
    for (const text of [...forms("en"), ...forms("he")]) expect(text).not.toMatch(/3\.79|3\.8 Jobs/);
  });

  it("stand in place of the value of a claim, whose bullet has no point then", () => {
    const claim = gapped().claims.find(({ id }) => id.startsWith(MEAN_CLAIM));
    if (claim === undefined) throw new Error("no claim");
    const report = gapped();
    expect(toText(measuredSide(LOCALES.en, claim))).toBe("2.0 to 6.9");
    expect(claimBullet({ report, locale: LOCALES.en, times: timesOf(report, LOCALES.en) }, claim)?.value).toBeNull();
    const row = (measured: typeof claim.measured) =>
      renderMarkdown({ ...report, claims: [{ ...claim, ...(measured && { measured }) }] }, "en")
        .split("\n")
        .find((line) => line.startsWith("| Open Jobs"));
    expect(row(claim.measured)).toMatch(/\| 2\.0 to 6\.9 \| - \|$/);
    // A band that is not alone stands where an interval would, by its name.
    expect(row({ ...(claim.measured as NonNullable<typeof claim.measured>), value: 3.52, ci95: [3.47, 3.57] })).toMatch(
      /\| 3\.52 \| band 3\.47 to 3\.57 \|$/,
    );
  });

  it("are said so beside the curve, with when it was not watched and which Jobs are missing in it", async () => {
    const page = await renderHtml(gapped());
    const section = sectionOf(page, "en-curve");
    const text = plainText(section);
    expect(text).toContain("2.0 to 6.9 on average, 4 to 19 at the peak.");
    expect(text).toContain("peak 4 to 19");
    expect(text).toContain("measured, mean 2.0 to 6.9");
    expect(text).toContain("No watch of the Jobs was up (12:10:00–12:15:00): how many were open then is not known.");
    expect(text).toContain("The Jobs of 11 investigations are in no capture and so not in the curve");
    expect(text).toContain("Why documented and measured differ is not said, and what the documents expect is not drawn");
    expect(section).toMatch(/<rect class="unwatched" x="[\d.]+%"/);
    for (const claimed of ["Open at the peak:", "first at", "peak 8", "3.79", "Cross-check"]) expect(text).not.toContain(claimed);
    // The rows of these minutes say nothing.
    const rows = section.match(/<tr><th scope="row">.*?<\/tr>/g)?.map(plainText) ?? [];
    expect(rows.filter((row) => row.endsWith("––")).length).toBeGreaterThan(0);
    expect(rows.filter((row) => !row.endsWith("––")).length).toBeGreaterThan(6);
    expect(plainText(sectionOf(page, "he-curve"))).toContain("בממוצע בין 2.0 ל-6.9, ובשיא בין 4 ל-19.");
  });

  it("leave shares of the watched time, or none", async () => {
    const shares = async (report: Report) => plainText(sectionOf(await renderHtml(report, { languages: ["en"] }), "en-shares"));
    expect(await shares(gapped())).toMatch(/of the watched time|Most of the watched time/);
    const { openJobs } = gapped().concurrency;
    if (openJobs === undefined) throw new Error("no curve");
    const none = await shares(gapped({ openJobs: { ...openJobs, timeAtLevelMs: {} } }));
    expect(none).toContain("How long each number of Jobs was open is not known");
    expect(none).not.toContain("Measured");
    expect(await shares(fixtureReport())).not.toContain("watched");
  });

  it("leave out of the durations by load what began when nobody counted", async () => {
    const shown = async (report: Report) => plainText(sectionOf(await renderHtml(report, { languages: ["en"] }), "en-load"));
    const { unseenJobs: _, ...watched } = gapped().concurrency;
    expect(await shown(fixtureReport())).toContain("connecting takes");
    expect(await shown(fixtureReport())).not.toContain("not known");
    const partly = await shown({ ...gapped(), concurrency: watched });
    expect(partly).toMatch(/\d+ more connections began when the number of open Jobs is not known\./);
    expect(await renderHtml(gapped(), { languages: ["en"] })).not.toContain('id="en-load"');
  });

  it("name leaked Jobs as a cause of their own", async () => {
    const meanDifference = {
      ...{ documented: 2.5, documentedCurve: 3.14, measured: 5.84 },
      causes: [
        { cause: "arithmetic" as const, jobs: 0.64 },
        { cause: "leaks" as const, jobs: 2.29, n: 6 },
        { cause: "cleanup" as const, jobs: 0.41 },
      ],
    };
    const text = plainText(await renderHtml({ ...fixtureReport(), meanDifference }));
    expect(text).toContain("2.29 Jobs from 6 Jobs that were left undeleted");
    expect(text).toContain("הזמן העודף של 6 Jobs שלא נמחקו מסביר 2.29 Jobs");
  });

  it("are ranges in the table of several runs too", () => {
    const run: PooledRun = {
      ...{ runTitle: null, generatedAt: "2025-12-07T11:00:00.000Z", window: null, investigations: 30, ok: 30 },
      ...{ meanOpenJobs: 3.794, meanOpenJobsRange: MEAN_RANGE, peakOpenJobs: 8, peakOpenJobsRange: [4, 19] as const },
    };
    const { meanOpenJobsRange: _, peakOpenJobsRange: __, ...exact } = run;
    const cells = runCells({ ...fixtureReport(), pooled: { runs: [run, exact], claims: [] } }, LOCALES.en);
    expect(cells.map((row) => [row[4], row[5]].map((cell) => toText(cell ?? [])))).toEqual([
      ["2.0 to 6.9", "4 to 19"],
      ["3.79", "8"],
    ]);
  });
});
