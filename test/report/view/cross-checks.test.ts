import { describe, expect, it } from "vitest";
import type { ReportCrossCheck } from "../../../src/model/report.js";
import { renderHtml } from "../../../src/report/html.js";
import { fixtureReport } from "../fixture.js";

const check = (more: Partial<ReportCrossCheck>): ReportCrossCheck => ({
  id: "count",
  title: { en: "Counted, and open Jobs", he: "מספר לפי הלוג, ו-Jobs פתוחים" },
  operator: "exactly",
  n: 12,
  differing: 0,
  farthest: { reported: 17, measured: [11, 12], evidence: { source: 0, line: 365, text: "Active: 17" } },
  ...more,
});
const { farthest: _, ...unheld } = check({ n: 0, incomparable: 2 });

const wordsOf = async (row: ReportCrossCheck): Promise<string> =>
  (await renderHtml({ ...fixtureReport(), crossChecks: [row] })).replace(/<script[\s\S]*?<\/script>/g, "").replace(/<[^>]*>/g, "");

describe("numbers that the log gives by itself", () => {
  it.each([
    [check({}), "Counted, and open Jobs: all 12 numbers are as expected.", "מספר לפי הלוג, ו-Jobs פתוחים: כל 12 המספרים כצפוי."],
    [
      check({ differing: 1 }),
      "1 of 12 numbers is not as expected: 17 in the log, but 11 to 12 expected.",
      "בלוג 17, אבל הצפוי בין 11 ל-12.",
    ],
    [check({ differing: 2 }), "2 of 12 numbers are not as expected, most of all one: 17 in the log", "שני מספרים מתוך 12 אינם כצפוי"],
    [
      check({ n: 1, farthest: { reported: 4, measured: [4, 4], evidence: { source: 0, line: 1 } } }),
      "Counted, and open Jobs: 4 in the log, 4 expected.",
      "בלוג 4, והצפוי 4.",
    ],
    [
      check({ n: 1, differing: 1, farthest: { reported: 74.9, measured: [71.428_571, 71.5], evidence: { source: 0, line: 1 } } }),
      "74.9 in the log, but 71.43 to 71.50 expected.",
      "בלוג 74.9, אבל הצפוי בין 71.43 ל-71.50.",
    ],
    [
      check({ n: 1, operator: "at-least", farthest: { reported: 5, measured: [3, 4], evidence: { source: 0, line: 1 } } }),
      "Counted, and open Jobs: 5 in the log, at least 3 expected.",
      "בלוג 5, והצפוי לפחות 3.",
    ],
    [
      check({ incomparable: 1 }),
      "all 12 numbers are as expected. Of 1 more nothing tells what to expect.",
      "לגבי מספר אחד נוסף לא ידוע מה צפוי.",
    ],
    [unheld, "2 numbers in the log, but nothing tells what to expect.", "בלוג שני מספרים, ולא ידוע מה צפוי."],
  ])("are told in both languages: %o", async (row, en, he) => {
    const words = await wordsOf(row);
    expect(words).toContain(en);
    expect(words).toContain(he);
  });

  it("show the line that is farthest off, and no line where all are as expected", async () => {
    expect(await wordsOf(check({ differing: 1 }))).toContain("Active: 17");
    expect(await wordsOf(check({}))).not.toContain("Active: 17");
  });

  it("have no section where there are none", async () => {
    expect(await renderHtml(fixtureReport())).not.toContain("cross-checks-h");
  });
});
