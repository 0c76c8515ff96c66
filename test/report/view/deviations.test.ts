import { describe, expect, it } from "vitest";
import type { Report, ReportDeviation } from "../../../src/model/report.js";
import { renderHtml } from "../../../src/report/html.js";
import { fixtureReport } from "../fixture.js";

const evidence = [{ source: 0, line: 7 }];
const row = (what: ReportDeviation["what"], more: Partial<ReportDeviation> = {}): ReportDeviation => ({
  job: `grpc-job-${what}`,
  uid: what,
  investigationId: "41",
  what,
  durationMs: 70_500,
  medianMs: 62_000,
  byMs: 8_500,
  from: "disconnected",
  evidence,
  ...more,
});

const every: readonly (readonly [ReportDeviation, string, string])[] = [
  [
    row("late"),
    "gone 70.5 s after the disconnect, 8.5 s later than the others (median 62.0 s)",
    "נמחק 70.5 שנ׳ אחרי הניתוק, 8.5 שנ׳ מאוחר יותר מהשאר",
  ],
  [
    row("early", { from: "created" }),
    "gone 70.5 s after its creation, 8.5 s earlier than",
    "נמחק 70.5 שנ׳ אחרי היצירה, 8.5 שנ׳ מוקדם יותר",
  ],
  [
    row("late", { stillOpen: true }),
    "still open 70.5 s after the disconnect, at least 8.5 s longer",
    "עדיין פתוח 70.5 שנ׳ אחרי הניתוק, לפחות 8.5 שנ׳ יותר",
  ],
  [row("leaked"), "still there at least 70.5 s after its last use", "עדיין קיים לפחות 70.5 שנ׳ אחרי השימוש האחרון"],
  [row("before-disconnect"), "gone 8.5 s before its client disconnected", "נמחק 8.5 שנ׳ לפני שהלקוח התנתק"],
  [row("ended-by-others", { deletedBy: "dana" }), "deleted by dana", "נמחק על ידי dana"],
  [row("ended-otherwise", { mechanism: "ttl" }), "not ended by the cleanup: time to live", "הסתיים שלא על ידי הניקוי"],
];

const pageWords = async (report: Report): Promise<string> =>
  (await renderHtml(report)).replace(/<script[\s\S]*?<\/script>/g, "").replace(/<[^>]*>/g, "");

describe("Jobs that did not go as the others", () => {
  it.each(every)("are told in both languages, with what was different: %o", async (deviation, en, he) => {
    const words = await pageWords({ ...fixtureReport(), deviations: [deviation] });
    expect(words).toContain(en);
    expect(words).toContain(he);
  });

  it("are counted by kind, and listed up to a number, the worst kinds first", async () => {
    const deviations = [...Array.from({ length: 150 }, (_, index) => row("early", { uid: String(index) })), row("leaked")];
    const html = await renderHtml({ ...fixtureReport(), deviations }, { languages: ["en"] });
    const words = html.replace(/<[^>]*>/g, "");
    expect(words).toContain("1 still there at the end, 150 gone much earlier.");
    const table = html.slice(html.indexOf('<table class="stats deviations"'));
    const rows = table.slice(0, table.indexOf("</table>")).match(/<tr><th scope="row">/g);
    expect(rows).toHaveLength(100);
    expect(words).toContain("51 more are left out here");
    expect(table.indexOf("still there")).toBeLessThan(table.indexOf("earlier than"));
  });

  it("have a title of their own for one and for two", async () => {
    const titled = async (n: number) =>
      pageWords({ ...fixtureReport(), deviations: Array.from({ length: n }, (_, index) => row("late", { uid: String(index) })) });
    expect(await titled(1)).toMatch(/This Job[\s\S]*ה-Job הזה/);
    expect(await titled(2)).toMatch(/Both Jobs[\s\S]*שני ה-Jobs/);
    expect(await titled(3)).toMatch(/All 3 Jobs[\s\S]*כל 3 ה-Jobs/);
  });

  it("have not gone where their end was not seen", async () => {
    const deviations = [row("late"), row("late", { uid: "open", stillOpen: true })];
    const words = await pageWords({ ...fixtureReport(), deviations });
    expect(words).toContain("1 gone much later, 1 open for much longer, its end not seen.");
    expect(words).toContain("נמחק Job אחד הרבה אחרי השאר, נשאר Job אחד פתוח הרבה יותר מהשאר, וסופו לא נראה.");
  });

  it("have no section where there are none", async () => {
    expect(await renderHtml(fixtureReport(), { languages: ["en"] })).not.toContain('id="en-deviations"');
  });
});

describe("the cross-check of the curve", () => {
  const law = {
    windowMs: 6e6,
    jobs: 277,
    cutAtStart: 0,
    cutAtEnd: 0,
    jobsPerHour: 149.7,
    meanOpenMs: 78_672,
    expectedMean: 3.2712,
    curveMean: 3.2713,
    tolerance: 0.001,
  };

  it("stands beside the curve with both sides, and says where it fails", async () => {
    expect(await pageWords({ ...fixtureReport(), littlesLaw: { ...law, holds: true } })).toContain(
      "make 3.27 open Jobs; the curve has 3.27.",
    );
    const broken = await pageWords({ ...fixtureReport(), littlesLaw: { ...law, curveMean: 3.4, holds: false } });
    expect(broken).toContain(
      "(Little’s law) fails: 149.7 Jobs an hour, open for 78.7 s each on average, make 3.271 open Jobs, but the curve has 3.400.",
    );
  });
});
