import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { curveView, sharesView } from "../../src/report/view/concurrency.js";
import { contextOf, fixtureReport } from "./fixture.js";

const plainText = (view: object | undefined) => JSON.stringify(view).replace(/<[^>]*>/g, "");

/** The fixture with its curve of open Jobs changed. */
function withCurve(change: Partial<NonNullable<Report["concurrency"]["openJobs"]>>, expected?: typeof change): Report {
  const report = fixtureReport();
  const { openJobs, documented } = report.concurrency;
  if (openJobs === undefined || documented?.fromDisconnect === undefined) throw new Error("the fixture has both curves");
  const fromDisconnect = { ...documented.fromDisconnect, ...expected };
  return { ...report, concurrency: { ...report.concurrency, openJobs: { ...openJobs, ...change }, documented: { fromDisconnect } } };
}

describe("for how long how many Jobs were open", () => {
  const said = (timeAtLevelMs: Readonly<Record<string, number>>, language: "en" | "he" = "en") =>
    plainText(sharesView(contextOf(withCurve({ timeAtLevelMs }), language)));

  it("is not told as most of the time where it was all of it", () => {
    expect(said({ 1: 19_000 })).toContain("1 Job was open all the time.");
    expect(said({ 2: 19_000 }, "he")).toContain("כל הזמן היו פתוחים שני Jobs.");
    expect(said({ 1: 99_800, 2: 200 })).toContain("Most of the time, &gt;99% of the run, 1 Job was open.");
  });

  it("names a commonest number only where its share reads as no other's", () => {
    expect(said({ 3: 40, 4: 35, 5: 25 })).toContain("The commonest number of open Jobs was 3: 40% of the run.");
    const alike = Object.fromEntries(Array.from({ length: 15 }, (_, level) => [level, 1000 + level]));
    expect(said(alike)).toContain("No number of open Jobs stands out: none was that of more than 7% of the run.");
    expect(said(alike, "he")).toContain("אף מספר לא נמשך יותר מ-7% מהריצה.");
  });
});

describe("means of the measured and of the documented curve", () => {
  it("have the same decimals side by side and in the finding, as many as the wider band deserves", () => {
    const told = (report: Report) => {
      const view = plainText(curveView(contextOf(report, "en"), { binSeconds: 0, beyond: [] }));
      return [/(\S+) on average/, /measured, mean ([\d.]+)/, /after the disconnect\), mean ([\d.]+)/].map((mean) =>
        mean.exec(view)?.[1]?.slice(-4),
      );
    };
    const exact = { mean: 0.056_187, meanRange: [0.056_187, 0.056_187] as const };
    expect(told(withCurve({ mean: 0.056_134, meanRange: [0.056_093, 0.056_174] }, exact))).toEqual(["0.06", "0.06", "0.06"]);
  });

  it("are told of the documents' own arithmetic too, also where it alone can be drawn", () => {
    const report = fixtureReport();
    const { documented } = report.concurrency;
    if (documented?.fromCreation === undefined) throw new Error("the fixture has the curve");
    const said = (changed: Report, language: "en" | "he") =>
      plainText(curveView(contextOf(changed, language), { binSeconds: 0, beyond: [] }));
    const mean = documented.fromCreation.mean.toFixed(2);
    expect(said(report, "en")).toContain(`by the documents’ arithmetic (50 s after the creation), mean ${mean}`);
    expect(said(report, "he")).toContain(`לפי החשבון שבתיעוד (50 שנ׳ אחרי היצירה), ממוצע ${mean}`);
    const { fromCreation } = documented;
    const alone = { ...report, concurrency: { ...report.concurrency, documented: { fromCreation } } };
    expect(said(alone, "en")).toContain(`by the documents’ arithmetic (50 s after the creation), mean ${mean}`);
    expect(said(alone, "en")).not.toContain("expected by the documents");
  });
});
