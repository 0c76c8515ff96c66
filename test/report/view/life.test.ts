import { describe, expect, it } from "vitest";
import type { JobLife, Report } from "../../../src/model/report.js";
import { renderHtml } from "../../../src/report/html.js";
import { LOCALES } from "../../../src/report/locales/index.js";
import { lifeFigure } from "../../../src/report/view/life.js";
import { toText } from "../../../src/report/words/phrase.js";
import { timesOf } from "../../../src/report/words/times.js";
import { fixtureReport } from "../fixture.js";

const { jobLife } = fixtureReport("contradicted");
const isBefore = ({ part }: { readonly part: string }) => ["create", "connect", "frames", "disconnect"].includes(part);
const upToDisconnect: JobLife = {
  documented: jobLife.documented,
  measured: jobLife.measured.filter(isBefore),
  missing: { part: "first-check-wait", key: "no-cluster-data", values: {} },
};
const inParts: JobLife = {
  documented: jobLife.documented,
  measured: jobLife.measured.filter(({ part }) => part !== "create"),
  missing: { part: "create", key: "no-log", values: {} },
  whole: { durationMs: 62_218, n: 59 },
};

const figureOf = (life: JobLife, language: "en" | "he" = "en") => {
  const report: Report = { ...fixtureReport("contradicted"), jobLife: life };
  const locale = LOCALES[language];
  const figure = lifeFigure({ report, locale, times: timesOf(report, locale) });
  if (figure === undefined) throw new Error("nothing was measured");
  return { ...figure, finding: toText(figure.finding), note: toText(figure.note) };
};

describe("the life of one Job in the report", () => {
  it("has a total from creation to deletion only where every documented part was measured", () => {
    expect(figureOf(jobLife).finding).toMatch(/^From creation to deletion: [\d.]+ s measured, 68\.9 s documented\./);
    for (const life of [upToDisconnect, inParts]) {
      expect(figureOf(life).finding).not.toMatch(/From creation to deletion: [\d.]+ s measured/);
      expect(figureOf(life).totals).not.toHaveProperty("measured");
      expect(figureOf(life).note).not.toContain("the Job gone");
    }
  });

  it("is held up to the disconnect against the same of the documents, and says why no more", () => {
    const { finding, rows } = figureOf(upToDisconnect);
    expect(finding).toMatch(/^From creation to the disconnect: [\d.]+ s measured, 18\.9 s documented\./);
    expect(finding).toContain("What follows the disconnect was not measured. The input has no Jobs of the cluster.");
    expect(rows[1]).toMatchObject({ title: "measured, up to the disconnect", total: expect.stringMatching(/^\d+\.\d s$/) });
    expect(figureOf(upToDisconnect, "he").finding).toMatch(/^מהיצירה עד הניתוק: בפועל [\d.]+ שנ׳, לפי התיעוד 18\.9 שנ׳\./);
  });

  it("has no sum where parts are missing between the others, but names the whole life where that is known", () => {
    const { finding, rows } = figureOf(inParts);
    expect(finding).toBe(
      "Not every part was measured, so they make no sum (68.9 s documented). The first that is missing, create: The input has no log of the runner. From creation to deletion: 62.2 s (median of 59 Jobs).",
    );
    expect(rows[1]).not.toHaveProperty("total");
    const wide = { ...inParts, whole: { durationMs: 78_461, n: 279, ci95Ms: [71_020, 96_310] as const } };
    expect(figureOf(wide).finding).toContain("From creation to deletion: 78 s (median of 279 Jobs).");
  });

  it("says why where no part was measured, in the page of both languages", async () => {
    const life: JobLife = { ...inParts, measured: [] };
    const words = (await renderHtml({ ...fixtureReport("contradicted"), jobLife: life })).replace(/<[^>]*>/g, "");
    expect(words).toContain("No part of a Job’s life was measured. The first that is missing, create: The input has no log of the runner.");
    expect(words).toContain("לא נמדד אף חלק מחיי ה-Job. החלק הראשון שחסר, יצירה: אין בקלט לוג של מכונת ההרצה.");
  });

  it("names the measured parts that are too short to draw, and says nothing where only a documented one is", async () => {
    const with1Ms = (parts: JobLife["measured"], part: string) => parts.map((one) => (one.part === part ? { ...one, durationMs: 1 } : one));
    const long = jobLife.measured.map((part) => ({ ...part, durationMs: Math.max(part.durationMs, 5000) }));
    const documented = jobLife.documented.map((part) => ({ ...part, durationMs: Math.max(part.durationMs, 5000) }));
    const pageOf = (life: JobLife) => renderHtml({ ...fixtureReport("contradicted"), jobLife: life });
    expect(await pageOf({ documented, measured: with1Ms(long, "disconnect") })).toContain("Too short to draw: ");
    expect(await pageOf({ documented: with1Ms(documented, "disconnect"), measured: long })).not.toContain("Too short to draw");
  });

  it("shows of what follows the disconnect which part it is of as far as that is known, with the bounds of each", () => {
    const before = jobLife.measured.filter(isBefore);
    const life: JobLife = {
      documented: jobLife.documented,
      measured: [...before, { part: "after-disconnect", durationMs: 62_000, n: 9 }],
      afterDisconnect: [
        { part: "first-check-wait", rangeMs: [9_000, 21_000] },
        { part: "checks", rangeMs: [40_000, 40_000] },
        { part: "deletion", rangeMs: [1_000, 13_000] },
      ],
    };
    const { rows, note } = figureOf(life);
    expect(rows[1]?.parts.slice(before.length).map(({ durationMs, isOpen }) => [durationMs, isOpen])).toEqual([
      [9_000, false],
      [12_000, true],
      [28_000, false],
      [12_000, true],
      [1_000, false],
    ]);
    expect(rows[1]?.bounds.map(({ name, text }) => `${name} ${text}`)).toEqual([
      "wait for the first check 9.0–21.0",
      "CPU checks 40.0",
      "deletion 1.0–13.0",
    ]);
    expect(note).toContain("To which part the time with a dashed outline belongs is not known.");
    const { afterDisconnect: _, ...whole } = life;
    expect(figureOf(whole).rows[1]?.parts.at(-1)).toMatchObject({ name: "after the disconnect", durationMs: 62_000, isOpen: true });
    expect(figureOf(whole, "he").note).toContain("לא ידוע איך מתחלק הזמן שבמסגרת מקווקוות (המתנה לבדיקה הראשונה, בדיקות CPU, מחיקה).");
  });
});
