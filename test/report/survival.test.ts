import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { renderHtml } from "../../src/report/html.js";
import { fixtureReport } from "./fixture.js";

const words = async (report: Report, language: "en" | "he"): Promise<string> =>
  (await renderHtml(report, { languages: [language] })).replace(/<script[\s\S]*?<\/script>/g, "").replace(/<[^>]*>/g, "");

describe("how long Jobs stay open", () => {
  it("names both groups where one median describes neither", async () => {
    const report = fixtureReport();
    const { fromDisconnect } = report.cleanup;
    if (fromDisconnect === undefined) throw new Error("the fixture measures the cleanup");
    const populations = [
      { n: 73, medianMs: 41_000, lowMs: 40_000, highMs: 42_000 },
      { n: 196, medianMs: 52_500, lowMs: 51_000, highMs: 54_000 },
    ];
    const both = { ...report, cleanup: { ...report.cleanup, fromDisconnect: { ...fromDisconnect, populations } } };
    expect(await words(both, "en")).toMatch(/They go in two groups: 73 after 41\.\d+ s, 196 after 52\.\d+ s \(medians\)\./);
    expect(await words(both, "he")).toMatch(/לשתי קבוצות: 73 אחרי 41\.\d+ שנ׳, ו-196 אחרי 52\.\d+ שנ׳/);
    expect(await words(report, "en")).not.toContain("two groups");
  });

  it("says that the median is not known where it is not, and prints no age by which half were gone", async () => {
    const report = fixtureReport();
    const { fromDisconnect } = report.cleanup;
    if (fromDisconnect === undefined) throw new Error("the fixture measures the cleanup");
    const { ci95Ms, quantiles, populations, ...curve } = fromDisconnect;
    const steps = [
      [65_300, 0.7, 0.1, 0.95],
      [987_600, 0.5, 0.05, 0.9],
    ] as const;
    const shown = { ...report, cleanup: { fromDisconnect: { ...curve, medianMs: null, steps } } };
    const english = await words(shown, "en");
    expect(english).toContain("When half of the Jobs were gone is not known: too few were seen from beginning to end.");
    expect(english).toContain("65.3");
    expect(english).not.toContain("987.6");
    expect(await words(shown, "he")).toContain("לא ידוע תוך כמה זמן נמחקו מחצית מה-Jobs");
  });
});
