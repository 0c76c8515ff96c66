import { describe, expect, it } from "vitest";
import type { ReportClaim } from "../../../src/model/report.js";
import { LOCALES } from "../../../src/report/locales/index.js";
import { toText } from "../../../src/report/words/phrase.js";
import { claimReason, diagnosticPhrase } from "../../../src/report/words/reasons.js";
import { claimSides } from "../../../src/report/words/summary.js";
import { timesOf } from "../../../src/report/words/times.js";
import { fixtureReport } from "../fixture.js";

const report = fixtureReport();

function said(language: "en" | "he", changes: Partial<ReportClaim>): string {
  const locale = LOCALES[language];
  return toText(claimReason(locale, timesOf(report, locale), { ...(report.claims[0] as ReportClaim), ...changes }));
}

describe("what a run has of a condition", () => {
  it("parts a name from what is not known of it, outside of what is isolated", () => {
    const reason = { key: "condition-false", values: { condition: "test = 277", seen: "test=?, delay=5" } };
    const locale = LOCALES.he;
    const phrase = claimReason(locale, timesOf(report, locale), { ...(report.claims[0] as ReportClaim), reason });
    expect(toText(phrase)).toContain("test לא ידוע");
    expect(phrase.filter(({ isolate, text }) => isolate !== undefined && text !== text.trim())).toEqual([]);
  });
});

describe("a text that looks like a time", () => {
  it.each(["2025-12-07T08:51:15Z", "2025-13-45T00:00:00Z"])("is what it is, where it is a setting: %s", (text) => {
    const reason = { key: "setting-not-a-number", values: { setting: "LIMIT", role: "cleanup", text } };
    expect(said("en", { reason })).toContain(`is not a number: ${text}.`);
  });

  it("is a time where it says when", () => {
    const locale = LOCALES.en;
    const diagnostic = {
      id: "capture-unfinished",
      severity: "warning",
      count: 1,
      values: { at: "2025-12-07T08:51:15Z" },
      examples: [],
    } as const;
    const said = toText(diagnosticPhrase(locale, timesOf(report, locale), report, diagnostic));
    expect(said).toContain(`breaks off at ${timesOf(report, locale).second("2025-12-07T08:51:15Z")}:`);
  });
});

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

describe("a limit", () => {
  const crosses = (lower: number, upper: number, limit: number, more: Record<string, number> = {}) => ({
    reason: { key: "range-crosses-limit", values: { lower, upper, limit, ...more } },
  });

  it.each([
    [1.9747, 6.9025, 2.75, "from 2 to 7, crosses the limit 2.75,", "מ-2 עד 7, חוצה את הגבול 2.75,"],
    [41.41, 66.017, 52.5, "from 41 to 66, crosses the limit 52.5,", "מ-41 עד 66, חוצה את הגבול 52.5,"],
    [0.2875, 0.3525, 0.35, "from 0.288 to 0.352, crosses the limit 0.35,", "מ-0.288 עד 0.352, חוצה את הגבול 0.35,"],
    [10.7935, 11.4535, 10.8, "from 10.79 to 11.45, crosses the limit 10.8,", "מ-10.79 עד 11.45, חוצה את הגבול 10.8,"],
    [0.05, 0.08, 0.1 * 0.6875, "from 0.05 to 0.08, crosses the limit 0.06875,", "מ-0.05 עד 0.08, חוצה את הגבול 0.06875,"],
    // No digits that anyone would read tell these two apart.
    [9, 9.500_000_000_000_4, 9.5, "from 9 to 9.5, crosses the limit 9.5,", "מ-9 עד 9.5, חוצה את הגבול 9.5,"],
  ])("is written as it is, and the interval so that it is seen to cross it: %d to %d, %d", (lower, upper, limit, english, hebrew) => {
    expect(said("en", crosses(lower, upper, limit))).toContain(english);
    expect(said("he", crosses(lower, upper, limit))).toContain(hebrew);
  });

  it("that a whole interval keeps off is not read as touched", () => {
    const outside = { key: "interval-outside", values: { lower: 10.3127, upper: 10.7996, allowedLow: 10.8, allowedHigh: 13.2 } };
    expect(said("en", { reason: outside })).toBe("The whole interval, from 10.3127 to 10.7996, lies outside what the document allows.");
    const holds = { key: "bound-holds", values: { lower: 12.4, upper: 12.996, bound: 13 } };
    expect(said("en", { reason: holds })).toBe("The bound 13 holds: the interval reaches from 12.400 to 12.996.");
    const value = { key: "run-value-outside", values: { value: 2.7504, lower: 2.7501, upper: 2.76, allowedLow: 2.25, allowedHigh: 2.75 } };
    expect(said("en", { reason: value })).toBe("The value of this run, 2.7504, lies outside what the document allows.");
  });

  it("of a bound stands against one value where nothing else is left open", () => {
    const told = (key: string) =>
      (["en", "he"] as const).map((language) => said(language, { reason: { key, values: { lower: 13, upper: 13, bound: 8 } } }));
    expect(told("bound-broken")).toEqual(["The bound 8 is broken: the value is 13.", "הגבול 8 נפרץ: הערך הוא 13."]);
    expect(told("bound-holds")).toEqual(["The bound 8 holds: the value is 13.", "הגבול 8 נשמר: הערך הוא 13."]);
  });

  it("of a bound has its own digits too", () => {
    const reason = { key: "bound-broken", values: { lower: 0.07, upper: 0.09, bound: 0.0625 } };
    expect(said("en", { reason })).toBe("The bound 0.0625 is broken: the interval reaches from 0.07 to 0.09.");
  });
});

it("explanations that fit are told one by one: a line of Hebrew may break between them", () => {
  const reason = { key: "ambiguous-fit", values: { fits: "5: 0.0–1.1, 4: 0.0–3.0" } };
  const pieces = claimReason(LOCALES.he, timesOf(report, LOCALES.he), { ...(report.claims[0] as ReportClaim), reason });
  expect(pieces.filter(({ isolate }) => isolate === "ltr").map(({ text }) => text)).toEqual(["5: 0.0–1.1", "4: 0.0–3.0"]);
});

describe("a condition", () => {
  it("is said in the words of the claims file", () => {
    const reason = { key: "condition-false", values: { condition: "test = 30", seen: "test=277" } };
    const condition = { en: "test 30", he: "בדיקה 30" };
    expect(said("en", { reason, condition })).toBe("Holds only for: test 30. This run: test 277.");
    expect(said("he", { reason, condition })).toContain("התנאי: בדיקה 30.");
  });

  it("stands against what the run has in words, not in the syntax of expressions", () => {
    const seen = (text: string) => ({ reason: { key: "condition-false", values: { condition: "investigations = 277", seen: text } } });
    expect(said("en", seen("investigations=1"))).toContain("This run: 1 investigation.");
    expect(said("he", seen("investigations=2, delay=1210.1"))).toContain("בריצה זו: שתי חקירות, delay 1210.1.");
    expect(said("en", seen("test=?, delay=5"))).toContain("This run: test unknown, delay 5.");
  });
});

describe("a parameter that the data speak against", () => {
  it("is told with both sides of its claim and their unit, whoever gave it", () => {
    const [first] = report.claims;
    if (first?.measured === undefined) throw new Error("the fixture measures its first claim");
    const documented = { operator: "exactly", value: 2, unit: "s" } as const;
    const measured = { ...first.measured, value: 5.1, ci95: [5.1, 5.1] as const, resolution: 0.001, unit: "s" as const };
    const values = { parameter: "test", given: "30", claim: "delay-30", documented: 2, measured: 5.1, fits: "delay-277" };
    const diagnostic = { id: "parameter-contradicted", severity: "warning" as const, count: 1, values, examples: [] };
    const judged = { ...report, claims: [{ ...first, id: "delay-30", documented, measured }] };
    const told = (language: "en" | "he") =>
      toText(diagnosticPhrase(LOCALES[language], timesOf(judged, LOCALES[language]), judged, diagnostic));
    expect(told("en")).toMatch(
      /^The parameter test is taken as 30, for which 2 s is documented \(delay-30\); measured was 5\.10 s, as delay-277 has it\.$/,
    );
    expect(told("he")).toContain("מתועד 2 שנ׳ (delay-30), אבל בפועל נמדד 5.10 שנ׳, כפי שמתועד ב-delay-277.");
  });
});

it("claims that contradict each other are told by their ids", () => {
  const values = { claim: "cleanup-a", other: "cleanup-b" };
  const diagnostic = { id: "claims-opposed", severity: "warning" as const, count: 1, values, examples: [] };
  const told = (language: "en" | "he") =>
    toText(diagnosticPhrase(LOCALES[language], timesOf(report, LOCALES[language]), report, diagnostic));
  expect(told("en")).toMatch(/^The claims cleanup-a and cleanup-b contradict each other: /);
  expect(told("he")).toMatch(/^הטענות cleanup-a ו-cleanup-b סותרות זו את זו: /);
});

it("how many more pairs there are is told by their number", () => {
  const told = (language: "en" | "he", count: number) => {
    const diagnostic = { id: "claims-opposed-more", severity: "warning" as const, count, values: { count }, examples: [] };
    return toText(diagnosticPhrase(LOCALES[language], timesOf(report, LOCALES[language]), report, diagnostic));
  };
  expect(told("en", 19_895)).toBe("More pairs of claims that contradict each other in the same way: 19,895.");
  expect(told("he", 2)).toBe("עוד זוגות של טענות שסותרות זו את זו באותו אופן: 2.");
});

describe("a claim that was judged without a single value", () => {
  const values = { value: 4.5, lower: 0.0065, upper: 8.98, n: 59, allowedLow: 9, allowedHigh: 11 };
  const { measured: _, ...claim } = report.claims[0] as ReportClaim;
  const seen = (language: "en" | "he", reason: ReportClaim["reason"]) => claimSides({ ...claim, reason }, LOCALES[language]).measured;

  it("shows from where to where all lies that fits the data, on its side of each limit", () => {
    expect(seen("en", { key: "interval-outside", values })).toBe("0.01 to 8.98 s");
    expect(seen("he", { key: "interval-outside", values })).toBe("בין 0.01 ל-8.98 שנ׳");
    expect(seen("en", { key: "interval-outside", values: { ...values, lower: 3, upper: 3 } })).toMatch(/^3(\.0+)? s$/);
  });

  it("shows a dash where nothing was measured", () => {
    expect(seen("en", { key: "no-cluster-data", values: {} })).toBe("-");
  });
});
