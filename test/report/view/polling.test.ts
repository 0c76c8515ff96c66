import { describe, expect, it } from "vitest";
import type { Report, ReportClaim } from "../../../src/model/report.js";
import { renderHtml } from "../../../src/report/html.js";
import { fixtureReport } from "../fixture.js";
import { pollingPoints as points, fixturePolling as polling } from "../fixture-polling.js";

const shown = async (report: Report, language: "en" | "he" = "en"): Promise<{ html: string; words: string }> => {
  const html = (await renderHtml(report, { languages: [language] })).replace(/<script[\s\S]*?<\/script>/g, "");
  return { html, words: html.replace(/<[^>]*>/g, "") };
};

describe("how the cleanup checks", () => {
  it("is drawn with every deletion beside the middle of one turn of the grid, and said in words", async () => {
    const { html, words } = await shown({ ...fixtureReport(), polling });
    const section = html.slice(html.indexOf('id="en-polling"'));
    const path = /class="points" d="([^"]*)"/.exec(section)?.[1] ?? "";
    const places = [...path.matchAll(/M([\d.]+) /g)].map((match) => Number(match[1]));
    expect(places).toHaveLength(60);
    // A tenth of a second of ten seconds is a hundredth of the width.
    for (const place of places) expect(Math.abs(place - 5000)).toBeLessThan(150);
    expect(words).toContain("It checks every 10.0 s (between 9.8 and 10.2 s): 60 deletions fall on one grid");
    expect(words).toContain("With the deployed 5 checks it takes 40.0 s");
    expect((await shown({ ...fixtureReport(), polling }, "he")).words).toContain("הבדיקה חוזרת כל 10.0 שנ׳ (בין 9.8 ל-10.2 שנ׳)");
  });

  it("has the digits that its range deserves, as its claim has", async () => {
    const fine = { ...polling, intervalMs: 2008, intervalRangeMs: [1984, 2033] as const };
    const { words } = await shown({ ...fixtureReport(), polling: fine });
    expect(words).toContain("It checks every 2.01 s (between 1.98 and 2.03 s)");
  });

  it("draws the name of a level over the rings of its letters, which eat into neighbouring runs of Hebrew", async () => {
    const { html } = await shown({ ...fixtureReport(), polling });
    const section = /id="en-polling"[\s\S]*?<\/section>/.exec(html)?.[0] ?? "";
    const names = [...section.matchAll(/<text class="(tick(?: level)?)" x="0" y="(\d+)">([^<]+)<\/text>/g)].map(([, kind, y, text]) => [
      kind,
      y,
      text,
    ]);
    expect(names.length).toBeGreaterThan(1);
    for (const [index, [kind, y, text]] of names.entries()) if (kind === "tick level") expect(names[index + 1]).toEqual(["tick", y, text]);
  });

  it("names each level by the median of its deletions", async () => {
    const at = [60_000, 60_000, 60_000, 61_000, 61_000, 61_000];
    const level = at.map((sincePodStartMs, index) => ({ ...(points[index] as (typeof points)[number]), sincePodStartMs, level: 0 }));
    expect((await shown({ ...fixtureReport(), polling: { ...polling, points: level } })).html).toContain("60.5 s");
  });

  it("shows spread where there is none to fold: dots fill the width", async () => {
    const even = points.map((point, index) => ({ ...point, sincePodStartMs: 60_000 + index * 517 }));
    const { html } = await shown({ ...fixtureReport(), polling: { ...polling, points: even } });
    const path = /class="points" d="([^"]*)"/.exec(html.slice(html.indexOf('id="en-polling"')))?.[1] ?? "";
    const places = [...path.matchAll(/M([\d.]+) /g)].map((match) => Number(match[1]));
    expect(Math.min(...places)).toBeLessThan(700);
    expect(Math.max(...places)).toBeGreaterThan(9300);
  });

  it("says that no grid was found, and draws none", async () => {
    const { n, ends, parts } = polling;
    const { html, words } = await shown({ ...fixtureReport(), polling: { n, ends, parts, points, fits: [], intervalAtLeastMs: 4000 } });
    expect(words).toContain("No grid was found in 60 deletions. The interval is at least 4.0 s.");
    const section = html.slice(html.indexOf('id="en-polling"'));
    expect(section.slice(0, section.indexOf("</section>"))).not.toContain('class="points"');
  });

  it("has no section where no deletion shows it", async () => {
    expect((await shown(fixtureReport())).html).not.toContain('id="en-polling"');
  });
});

describe("a setting", () => {
  const withSettings = (settings: NonNullable<ReportClaim["settings"]>, id = "cleanup-after-disconnect"): Report => {
    const report = fixtureReport();
    return { ...report, claims: report.claims.map((claim) => (claim.id === id ? { ...claim, settings } : claim)) };
  };

  it("is told three ways in the details of its claim", async () => {
    const report = withSettings({ documented: 50, deployed: ["50", "60"], behaved: [58.44, 59.81] });
    expect((await shown(report)).words).toContain("documented about 50 s; deployed 50, 60 s; by its behaviour 58.4–59.8 s");
    expect((await shown(report, "he")).words).toContain("לפי התיעוד כ-50 שנ׳; בשימוש בפועל 50, 60 שנ׳; לפי ההתנהגות 58.4–59.8 שנ׳");
  });

  it("is documented as a range where its claim is one", async () => {
    const report = withSettings({ deployed: ["8"] }, "frames-duration");
    expect((await shown(report)).words).toContain("documented 6 to 7 s; deployed 8 s;");
    expect((await shown(report, "he")).words).toContain("לפי התיעוד 6 עד 7 שנ׳; בשימוש בפועל 8 שנ׳;");
  });

  it("says where it was not seen, and gives one number where both ends agree", async () => {
    expect((await shown(withSettings({ documented: 50 }))).words).toContain(
      "documented about 50 s; deployed: in no spec that was seen; by its behaviour: not measured",
    );
    expect((await shown(withSettings({ documented: 10, behaved: [10.008, 10.01] }))).words).toContain("by its behaviour 10.0 s");
  });
});
