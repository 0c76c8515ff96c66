import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { survivalPictureEnd } from "../../../src/report/charts/survival.js";
import { renderHtml } from "../../../src/report/html.js";
import { loadDrawing } from "../../../src/report/templates/page-script.js";
import { fixtureReport } from "../fixture.js";

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

  it("has the median in its table where the picture and the first sentence have it", async () => {
    const report = fixtureReport();
    const { fromDisconnect } = report.cleanup;
    if (fromDisconnect === undefined) throw new Error("the fixture measures the cleanup");
    const steps = [
      [40_000, 0.75, 0.4, 0.9],
      [42_000, 0.5, 0.2, 0.8],
      [46_000, 0.25, 0.1, 0.7],
      [60_000, 0, 0, 0],
    ] as const;
    const even = { ...report, cleanup: { ...report.cleanup, fromDisconnect: { ...fromDisconnect, steps, medianMs: 44_000 } } };
    expect(await words(even, "en")).toContain("75%40.0 s50%44.0 s25%46.0 s");
  });

  it("does not halve a single Job", async () => {
    const report = fixtureReport();
    const { fromDisconnect } = report.cleanup;
    if (fromDisconnect === undefined) throw new Error("the fixture measures the cleanup");
    const unopenedFromCreation = { ...fromDisconnect, n: 1, medianMs: 63_600 };
    const one = { ...report, cleanup: { ...report.cleanup, unopenedFromCreation } };
    expect(await words(one, "en")).toMatch(/The only Job was gone after 6\d\.?\d* s\./);
    expect(await words(one, "he")).toMatch(/ה-Job היחיד נמחק תוך 6\d\.?\d* שנ׳\./);
  });

  it("shows the part in which Jobs went, and says how many are open beyond it", async () => {
    const report = fixtureReport();
    const { fromDisconnect } = report.cleanup;
    if (fromDisconnect === undefined) throw new Error("the fixture measures the cleanup");
    const leaked = { ...fromDisconnect, n: 36, censored: 4, censoredAtMs: [900_000, 1_100_000, 1_400_000, 1_691_000] };
    const leaky = { ...report, cleanup: { ...report.cleanup, fromDisconnect: leaked } };
    expect(await words(leaky, "en")).toContain("40, of them right-censored 4. Censored beyond the picture: 4, the last after 1,691 s.");
    expect(await words(leaky, "he")).toContain("מתוכו מצונזרים מימין 4. מצונזרים מעבר לקצה התרשים: 4, האחרון אחרי 1,691 שנ׳.");
    const ends = [survivalPictureEnd(leaked), (await loadDrawing()).survivalEnd(leaked) * 1000];
    const lastMs = leaked.steps.at(-1)?.[0] ?? 0;
    for (const end of ends) expect(end / lastMs).toBeLessThan(3);
    const soon = { ...leaked, censoredAtMs: [lastMs + 5000] };
    for (const end of [survivalPictureEnd(soon), (await loadDrawing()).survivalEnd(soon) * 1000])
      expect(end).toBeGreaterThan(lastMs + 5000);
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
