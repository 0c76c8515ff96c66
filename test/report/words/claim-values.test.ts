import { describe, expect, it } from "vitest";
import type { ReportClaim } from "../../../src/model/report.js";
import { LOCALES } from "../../../src/report/locales/index.js";
import { documentedValue, intervalRange, measuredNumber } from "../../../src/report/words/claim-values.js";
import { toText } from "../../../src/report/words/phrase.js";
import { claimReason } from "../../../src/report/words/reasons.js";
import { timesOf } from "../../../src/report/words/times.js";
import { fixtureReport } from "../fixture.js";

describe("a documented value", () => {
  it("is said as documented: about, between, up to", () => {
    const said = (documented: Parameters<typeof documentedValue>[1], language: "en" | "he"): string =>
      toText(documentedValue(LOCALES[language], documented));
    expect(said({ value: 50, unit: "s", operator: "about" }, "en")).toBe("about 50 s");
    expect(said({ value: 50, unit: "s", operator: "about" }, "he")).toBe("כ-50 שנ׳");
    expect(said({ low: 6, high: 7, unit: "s", operator: "between" }, "he")).toBe("6 עד 7 שנ׳");
    expect(said({ high: 13, unit: "jobs", operator: "at-most" }, "he")).toBe("עד 13");
    expect(said({ value: 500, unit: "count", operator: "exactly" }, "en")).toBe("500");
  });

  it("has the digits that it was written with", () => {
    expect(toText(documentedValue(LOCALES.en, { value: 0.0625, unit: "s", operator: "about" }))).toBe("about 0.0625 s");
  });
});

describe("a measured duration", () => {
  const measured = {
    statistic: "median",
    unit: "s" as const,
    intervalKind: "confidence" as const,
    n: 9,
    failed: 0,
    censored: 0,
    samples: [],
  };
  const told = (value: number, ci95: readonly [number, number] | null, resolution: number) =>
    toText(measuredNumber(LOCALES.en, { ...measured, value, ci95, resolution }));

  it("has no digits that its stamps do not deserve, however narrow its interval is", () => {
    expect(told(59.694, [59.67, 59.72], 0.001)).toBe("59.69");
    expect(told(59.694, [59.67, 59.72], 1.05)).toBe("59.7");
    expect([told(59.694, null, 1), told(59.694, null, 60), told(59.694, [59.67, 59.72], 60)]).toEqual(["59.7", "60", "60"]);
  });
});

describe("the interval beside a measured duration", () => {
  const report = fixtureReport();
  const measured = { statistic: "median", unit: "s", intervalKind: "confidence", n: 9, failed: 0, censored: 0, samples: [] } as const;
  const judged = (value: number, ci95: readonly [number, number], [lower, upper]: readonly [number, number], resolution: number) => {
    const [claim] = report.claims;
    if (claim === undefined) throw new Error("the fixture has lost its claims");
    const reason = { key: "interval-inside", values: { value, lower, upper, n: 9, allowedLow: -90, allowedHigh: 90 } };
    return { ...claim, measured: { ...measured, value, ci95, resolution }, reason };
  };
  const shownIn = (claim: ReportClaim) => {
    const row = toText(intervalRange(LOCALES.en, claim) ?? []);
    const rule = /from (\S+) to (\S+),/.exec(toText(claimReason(LOCALES.en, timesOf(report, LOCALES.en), claim)));
    return [row, `${rule?.[1]}–${rule?.[2]}`];
  };

  it("is that of the verdict, with what the stamps leave open, and reads the same in its rule", () => {
    expect(shownIn(judged(43.2, [41.62, 44.81], [41.44, 44.99], 0.36))).toEqual(["41–45", "41–45"]);
    expect(shownIn(judged(9, [9, 9], [8.5, 9.5], 1))).toEqual(["8.5–9.5", "8.5–9.5"]);
  });

  it("reads as without it where the last digit leaves as much open", () => {
    expect(shownIn(judged(0.1055, [0.095, 0.114], [0.0945, 0.1145], 0.001))).toEqual(["0.095–0.114", "0.095–0.114"]);
    expect(shownIn(judged(0.02, [0.02, 0.02], [0.0195, 0.0205], 0.001))).toEqual(["0.020–0.020", "0.020–0.020"]);
  });

  it("has no more digits than its value", () => {
    expect(shownIn(judged(10.0092, [10.0081, 10.0103], [10.0078, 10.0106], 0.001))).toEqual(["10.01–10.01", "10.01–10.01"]);
  });

  it("is that of the statistic where the reason tells of no other, and begins below zero only where that does", () => {
    const [outside, crossing] = [judged(1, [0.6, 1.4], [0.7, 1.3], 0.2), judged(0.2, [0.1, 0.3], [-0.4, 0.8], 1)];
    expect([outside, crossing].map((claim) => shownIn(claim)[0])).toEqual(["0.6–1.4", "0.0–0.8"]);
    expect(shownIn(judged(0.2, [-0.1, 0.3], [-0.6, 0.8], 1))[0]).toBe("−0.6–0.8");
  });
});

describe("a measured number of which only a part of the run was seen", () => {
  const seen = {
    ...{ value: 5, ci95: [4, 5] as const, intervalKind: "band" as const, statistic: "peak", unit: "jobs" as const },
    ...{ n: 9, failed: 0, censored: 0, samples: [], resolution: 0, atLeast: 4 },
  };

  it("is told as the least that the run has, without an interval", () => {
    expect([LOCALES.en, LOCALES.he].map((locale) => toText(measuredNumber(locale, seen)))).toEqual(["at least 4", "לפחות 4"]);
    expect(intervalRange(LOCALES.en, { measured: seen, reason: { key: "part-exceeds", values: { lower: 4 } } })).toBeUndefined();
  });
});
