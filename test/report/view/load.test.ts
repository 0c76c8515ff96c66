import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { LOCALES } from "../../../src/report/locales/index.js";
import { loadView } from "../../../src/report/view/load.js";
import { timesOf } from "../../../src/report/words/times.js";
import { fixtureReport } from "../fixture.js";

/** The fixture with so many Jobs open at any time. */
function alwaysOpen(level: number): Report {
  const report = fixtureReport();
  const { openJobs } = report.concurrency;
  if (openJobs === undefined) throw new Error("the fixture has a curve");
  const points = [[Date.parse(report.concurrency.window?.from ?? ""), level]] as const;
  return { ...report, concurrency: { ...report.concurrency, openJobs: { ...openJobs, points } } };
}

const said = (report: Report, language: "en" | "he") => {
  const locale = LOCALES[language];
  return JSON.stringify(loadView({ report, locale, times: timesOf(report, locale) })).replace(/<[^>]*>/g, "");
};

describe("connecting by the number of open Jobs", () => {
  it("has a median with one number alone, and says that there is nothing to compare it with", () => {
    expect(said(alwaysOpen(1), "en")).toMatch(
      /"With 1 Job open connecting takes [\d.]+ s \(median\)\. With any other number connections are too few/,
    );
    expect(said(alwaysOpen(2), "en")).toContain("With 2 Jobs open connecting takes");
    expect(said(alwaysOpen(2), "he")).toMatch(
      /כשמספר ה-Jobs הפתוחים הוא 2, החיבור נמשך [\d.]+ שנ׳ \(חציון\)\. בכל מספר אחר יש מעט מדי חיבורים/,
    );
  });

  it("is too little where no number has enough connections", () => {
    const report = alwaysOpen(1);
    expect(said({ ...report, investigations: report.investigations.slice(0, 3) }, "en")).toMatch(
      /Only \d connections?: too few at any number/,
    );
  });
});
