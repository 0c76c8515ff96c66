import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { LOCALES } from "../../../src/report/locales/index.js";
import { factPhrases } from "../../../src/report/view/header.js";
import { toText } from "../../../src/report/words/phrase.js";
import { timesOf } from "../../../src/report/words/times.js";
import { fixtureReport } from "../fixture.js";

const factsOf = (report: Report, language: "en" | "he" = "en") => {
  const { time, length } = factPhrases({ report, locale: LOCALES[language], times: timesOf(report, LOCALES[language]) });
  return [...time, ...length].map(toText);
};

/** The claim about the length of a run, with a verdict. */
const withTotal = (fields: Partial<Report["claims"][number]>): Report => {
  const report = { ...fixtureReport("contradicted"), runDuration: { value: 6600 } };
  const [first] = report.claims;
  if (first === undefined) throw new Error("the fixture has no claim");
  const documented = { value: 5540, unit: "s", operator: "about", from: "run.start", to: "run.end" } as const;
  return { ...report, claims: [{ ...first, id: "total-run-277", documented, ...fields }] };
};

describe("the facts line", () => {
  it("holds the length of a run against a documented one that speaks of it", () => {
    expect(factsOf(withTotal({ verdict: "contradicted" })).at(-1)).toBe("110 minutes (documented: 92)");
    const reason = { key: "parameter-unknown", values: { condition: "investigations = 277", parameter: "investigations" } };
    expect(factsOf(withTotal({ verdict: "not-measured", reason })).at(-1)).not.toContain("92");
    expect(factsOf(withTotal({ verdict: "not-applicable" })).at(-1)).not.toContain("92");
  });

  it("tells the length as it is measured, as a comparison does", () => {
    const window = { from: "2025-12-07T08:50:00.000Z", to: "2025-12-07T08:50:19.100Z" };
    expect(factsOf({ ...fixtureReport(), window, runDuration: { value: 23.4, band: [23.3, 23.5] } }).at(-1)).toBe("23.4 seconds");
  });

  it("tells a run below two minutes in seconds", () => {
    const window = { from: "2025-12-07T08:50:00.000Z", to: "2025-12-07T08:50:19.100Z" };
    const short = { ...fixtureReport(), window, runDuration: { value: 19.1 } };
    expect(factsOf(short)).toEqual(["7 December 2025, 10:50:00 to 10:50:19 (UTC+2)", "19.1 seconds"]);
    expect(factsOf(short, "he").at(-1)).toBe("הריצה נמשכה 19.1 שניות");
    expect(factsOf({ ...short, runDuration: { value: 1 } }, "he").at(-1)).toBe("הריצה נמשכה שנייה אחת");
  });

  it("tells a run of many hours in hours and days, and a documented length beside it in the same way", () => {
    const lasting = (seconds: number) => ({ ...withTotal({ verdict: "contradicted" }), runDuration: { value: seconds } });
    expect(factsOf(lasting(35_940)).at(-1)).toBe("599 minutes (documented: 92)");
    expect(factsOf(lasting(36_000)).at(-1)).toBe("10 h 0 min (documented: 1 h 32 min)");
    expect(factsOf(lasting(256_860)).at(-1)).toBe("2 days 23 h 21 min (documented: 1 h 32 min)");
    expect(factsOf(lasting(256_860), "he").at(-1)).toBe("הריצה נמשכה יומיים, 23 שע׳ ו-21 דק׳ (בתיעוד: 1 שע׳ ו-32 דק׳)");
    expect(factsOf(lasting(90)).at(-1)).toBe("90 seconds (documented: 5,540)");
  });

  it("tells no length that is not measured: two times are none", () => {
    const window = { from: "2025-12-07T08:50:00.000Z", to: "2025-12-07T10:40:00.000Z" };
    expect(factsOf({ ...fixtureReport(), window })).toEqual(["7 December 2025, 10:50 to 12:40 (UTC+2)"]);
    const { runDuration: _, ...unmeasured } = withTotal({ verdict: "contradicted" });
    expect(factsOf({ ...unmeasured, window })).toEqual(["7 December 2025, 10:50 to 12:40 (UTC+2)"]);
    const short = { from: "2025-12-07T08:50:00.000Z", to: "2025-12-07T08:50:19.100Z" };
    expect(factsOf({ ...fixtureReport(), window: short })).toEqual(["7 December 2025, 10:50:00 to 10:50:19 (UTC+2)"]);
    const { windowLocal: local, ...rest } = { ...fixtureReport(), windowLocal: { from: "2025-12-07T10:50:00", to: "2025-12-07T12:40:00" } };
    expect(factsOf({ ...rest, window: null, windowLocal: local })).toHaveLength(1);
  });

  it("says the day of the end where that is another", () => {
    const window = { from: "2025-12-07T08:50:00.000Z", to: "2025-12-09T10:40:00.000Z" };
    expect(factsOf({ ...fixtureReport(), window })).toEqual(["7 December 2025, 10:50 to 9 December 2025, 12:40 (UTC+2)"]);
  });

  it("counts several runs, and tells the time between them", () => {
    const window = { from: "2025-12-07T08:50:00.000Z", to: "2025-12-07T10:40:00.000Z" };
    const pause = (minutes: number) => ({ from: window.from, to: new Date(Date.parse(window.from) + minutes * 60_000).toISOString() });
    const runs = (found: number, ...pauses: readonly number[]): Report => {
      const report = fixtureReport();
      const run = { selected: "all", found } as const;
      const concurrency = { ...report.concurrency, ...(pauses.length === 0 ? {} : { pauses: pauses.map(pause) }) };
      return { ...report, window, run, concurrency };
    };
    const said = (report: Report) => [factsOf(report).at(1), factsOf(report, "he").at(1)];
    expect(said(runs(2, 70.2))).toEqual(["2 runs, 70 minutes between them", "שתי ריצות, וביניהן 70 דקות"]);
    expect(said(runs(4, 6.5, 2, 1))).toEqual(["4 runs, 10 minutes between them", "4 ריצות, וביניהן 10 דקות"]);
    expect(said(runs(2, 1.5))).toEqual(["2 runs, 90 seconds between them", "שתי ריצות, וביניהן 90 שניות"]);
    expect(said(runs(3))).toEqual(["3 runs", "3 ריצות"]);
    expect(said(runs(3, 0.001))).toEqual(["3 runs", "3 ריצות"]);
    expect(said(runs(1))).toEqual([undefined, undefined]);
    // The limits left one of them, and its length is measured.
    expect(said({ ...runs(2), runDuration: { value: 600 } })[0]).toBe("10 minutes");
  });
});
