import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { LOCALES } from "../../src/report/locales/index.js";
import { toText } from "../../src/report/phrase.js";
import { timesOf } from "../../src/report/times.js";
import { factPhrases } from "../../src/report/view/header.js";
import { fixtureReport } from "./fixture.js";

const factsOf = (report: Report, language: "en" | "he" = "en") =>
  factPhrases({ report, locale: LOCALES[language], times: timesOf(report, LOCALES[language]) }).time.map(toText);

/** The claim about the length of a run, with a verdict. */
const withTotal = (fields: Partial<Report["claims"][number]>): Report => {
  const report = fixtureReport("contradicted");
  const [first] = report.claims;
  if (first === undefined) throw new Error("the fixture has no claim");
  const documented = { value: 5540, unit: "s", operator: "about", from: "run.start", to: "run.end" } as const;
  return { ...report, claims: [{ ...first, id: "total-run-277", documented, ...fields }] };
};

describe("the facts line", () => {
  it("holds the length of a run against a documented one that speaks of it", () => {
    expect(factsOf(withTotal({ verdict: "contradicted" })).at(-1)).toMatch(/\(documented: 92\)$/);
    const reason = { key: "parameter-unknown", values: { condition: "investigations = 277", parameter: "investigations" } };
    expect(factsOf(withTotal({ verdict: "not-measured", reason })).at(-1)).not.toContain("92");
    expect(factsOf(withTotal({ verdict: "not-applicable" })).at(-1)).not.toContain("92");
  });

  it("tells the length as it is measured, as a comparison does", () => {
    const window = { from: "2025-12-07T08:50:00.000Z", to: "2025-12-07T08:50:19.100Z" };
    expect(factsOf({ ...fixtureReport(), window, runDuration: { value: 23.4, band: [23.3, 23.5] } }).at(-1)).toBe("23 seconds");
  });

  it("tells a run below two minutes in seconds", () => {
    const short = { ...fixtureReport(), window: { from: "2025-12-07T08:50:00.000Z", to: "2025-12-07T08:50:19.100Z" } };
    expect(factsOf(short)).toEqual(["7 December 2025, 10:50:00 to 10:50:19 (UTC+2)", "19 seconds"]);
    expect(factsOf(short, "he").at(-1)).toBe("הריצה נמשכה 19 שניות");
  });
});
