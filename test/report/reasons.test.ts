import { describe, expect, it } from "vitest";
import type { ReportClaim } from "../../src/model/report.js";
import { LOCALES } from "../../src/report/locales/index.js";
import { toText } from "../../src/report/phrase.js";
import { claimReason } from "../../src/report/reasons.js";
import { timesOf } from "../../src/report/times.js";
import { fixtureReport } from "./fixture.js";

const report = fixtureReport();

function said(language: "en" | "he", changes: Partial<ReportClaim>): string {
  const locale = LOCALES[language];
  return toText(claimReason(locale, timesOf(report, locale), { ...(report.claims[0] as ReportClaim), ...changes }));
}

describe("what is documented of a setting", () => {
  const unit = "s" as const;
  const differs = (values: Record<string, string | number>) => ({ reason: { key: "setting-differs", values } });

  it.each([
    [{ operator: "exactly", value: 120, unit }, "120", "120"],
    [{ operator: "about", value: 125, low: 122.5, high: 127.5, tolerance: 2.5, unit }, "about 125", "כ-125"],
    [{ operator: "at-most", value: 300, high: 306, unit }, "up to 300", "עד 300"],
    [{ operator: "at-least", value: 500, low: 490, unit }, "at least 500", "לפחות 500"],
    [{ operator: "between", low: 100, high: 200, unit }, "100 to 200", "100 עד 200"],
  ] as const)("is said with its operator: %j", (documented, english, hebrew) => {
    const claim = { documented, ...differs({ deployed: "400" }) };
    expect(said("en", claim)).toBe(`Deployed is 400, documented is ${english}.`);
    expect(said("he", claim)).toBe(`ההגדרה בפועל היא 400, ולפי התיעוד ${hebrew}.`);
  });

  it("is the range itself, whatever number a report of an earlier version holds for it", () => {
    const documented = { operator: "between", low: 100, high: 200, unit } as const;
    expect(said("en", { documented, ...differs({ deployed: "400", documented: 150 }) })).toContain("documented is 100 to 200.");
  });

  it("stands in the other sentences about it as well", () => {
    const documented = { operator: "at-most", value: 300, unit } as const;
    const behaves = { key: "setting-agrees-behaviour-differs", values: { deployed: "120", value: 350, lower: 349, upper: 351 } };
    expect(said("en", { documented, reason: behaves })).toBe(
      "Deployed is 120, as documented (up to 300), but the behaviour is 350 (from 349 to 351).",
    );
    const varies = { key: "setting-varies", values: { deployed: "120, 360" } };
    expect(said("he", { documented, reason: varies })).toContain("בפועל מוגדרים כמה ערכים (120, 360), ולפי התיעוד עד 300.");
  });
});

describe("a condition", () => {
  it("is said in the words of the claims file", () => {
    const reason = { key: "condition-false", values: { condition: "test = 30", seen: "test=277" } };
    const condition = { en: "test 30", he: "בדיקה 30" };
    expect(said("en", { reason, condition })).toBe("Holds only for: test 30. This run: test=277.");
    expect(said("he", { reason, condition })).toContain("התנאי: בדיקה 30.");
  });
});
