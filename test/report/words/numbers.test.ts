import { describe, expect, it } from "vitest";
import { formatNumber as formatWording } from "../../../src/analyze/claims/digits.js";
import type { ReportClaim } from "../../../src/model/report.js";
import { visible } from "../../../src/model/visible.js";
import { LOCALES } from "../../../src/report/locales/index.js";
import {
  decimalsFor,
  documentedValue,
  exactDecimals,
  formatNumber,
  intervalRange,
  meanDecimals,
  meanNumber,
  measuredNumber,
  peakNumber,
  percent,
  range,
  resolutionPhrase,
} from "../../../src/report/words/numbers.js";
import { say, toText } from "../../../src/report/words/phrase.js";
import { claimReason } from "../../../src/report/words/reasons.js";
import { timesOf, zoneLabel } from "../../../src/report/words/times.js";
import { fixtureReport } from "../fixture.js";

describe("numbers", () => {
  it("have as many digits as their interval deserves", () => {
    expect([1.4, 0.01, 14, 0.1, 0].map(decimalsFor)).toEqual([1, 3, 0, 2, 0]);
  });

  it("that are limits have the digits that they were written with, and none that calculating left", () => {
    expect([2.75, 52.5, 12, 0.1 + 0.2, 10 - 0.366_201, 1e-7, 1.5e-7, 1e-30].map(exactDecimals)).toEqual([2, 1, 0, 1, 6, 7, 8, 20]);
    expect(toText(documentedValue(LOCALES.en, { value: 0.0625, unit: "s", operator: "about" }))).toBe("about 0.0625 s");
  });

  it("have a real minus and no direction marks in either language", () => {
    for (const locale of [LOCALES.en, LOCALES.he]) {
      expect(formatNumber(locale, -3.7, 1)).toBe("−3.7");
      expect(formatNumber(locale, -0.01, 1)).toBe("0.0");
      expect(toText(percent(locale, 0.001))).toBe("<1%");
      expect(toText(percent(locale, 0.998))).toBe(">99%");
      expect(toText(percent(locale, 1))).toBe("100%");
      expect(toText(percent(locale, 0.68))).toBe("68%");
    }
  });

  it("are rounded as they are written, as proposed wordings are", () => {
    for (const locale of [LOCALES.en, LOCALES.he])
      for (const [value, decimals] of [
        [0.1055, 3],
        [2.005, 2],
        [1234.5, 0],
      ] as const)
        expect(formatNumber(locale, value, decimals)).toBe(formatWording(value, decimals));
    expect(formatNumber(LOCALES.en, 0.1055, 3)).toBe("0.106");
  });

  it("stand in cells as one left-to-right range", () => {
    expect(range(LOCALES.he, 58.04, 59.44, 1)).toEqual([{ text: "58.0–59.4", isolate: "ltr" }]);
  });

  it("are said as documented: about, between, up to", () => {
    const said = (documented: Parameters<typeof documentedValue>[1], language: "en" | "he"): string =>
      toText(documentedValue(LOCALES[language], documented));
    expect(said({ value: 50, unit: "s", operator: "about" }, "en")).toBe("about 50 s");
    expect(said({ value: 50, unit: "s", operator: "about" }, "he")).toBe("כ-50 שנ׳");
    expect(said({ low: 6, high: 7, unit: "s", operator: "between" }, "he")).toBe("6 עד 7 שנ׳");
    expect(said({ high: 13, unit: "jobs", operator: "at-most" }, "he")).toBe("עד 13");
    expect(said({ value: 500, unit: "count", operator: "exactly" }, "en")).toBe("500");
  });
});

describe("counts in sentences", () => {
  it("use the dual of Hebrew, and a plural only for whole counts", () => {
    const he = (n: number): string => toText(say(LOCALES.he, "correct.sentences", { n }));
    expect([1, 2, 5].map(he)).toEqual(["משפט אחד", "שני משפטים", "5 משפטים"]);
    expect(toText(say(LOCALES.he, "correct.sentences", { n: 0.32 }))).toBe("0.32 משפטים");
  });

  it("agree with their verb: one is not many", () => {
    const said = (n: number) => toText(say(LOCALES.he, "chip.contradicted", { n }));
    expect([said(1), said(2), said(5)]).toEqual(["1 הופרכה", "2 הופרכו", "5 הופרכו"]);
    expect(toText(say(LOCALES.he, "facts.failed", { n: 1 }))).toBe("1 נכשלה");
  });

  it("leave a placeholder without a value visible", () => {
    expect(toText(say(LOCALES.en, "facts.ok"))).toBe("{n} ok");
  });
});

describe("times", () => {
  it("are shown in the zone of the run's own clock", () => {
    const times = timesOf(fixtureReport("inconclusive"), LOCALES.he);
    expect(times.second("2025-12-07T08:50:11.323Z")).toBe("10:50:11");
    expect(times.date("2025-12-07T23:30:00.000Z")).toBe("8 בדצמבר 2025");
    expect(toText(times.zone)).toBe("UTC+2");
  });

  it("are local and say so where no clock anchors the run", () => {
    const times = timesOf({ ...fixtureReport("inconclusive"), window: null }, LOCALES.en);
    expect(times.minute("2025-12-07T10:50:11.323")).toBe("10:50");
    expect(toText(times.zone)).toBe("zone unknown");
  });

  it("name zones west and at half hours", () => {
    expect([0, 120, -210, 330].map(zoneLabel)).toEqual(["UTC", "UTC+2", "UTC−3:30", "UTC+5:30"]);
  });
});

describe("characters that act on their surroundings", () => {
  it("are shown, tabs and line feeds are kept", () => {
    expect(visible("a\u202Eb\u0000\tc\n\u200F")).toBe("a[U+202E]b[U+0000]\tc\n[U+200F]");
  });
});

describe("a peak", () => {
  it("is a number where it is known, and all that it may be where it is not", () => {
    const words = (curve: Parameters<typeof peakNumber>[1]) => [LOCALES.en, LOCALES.he].map((locale) => toText(peakNumber(locale, curve)));
    expect(words({ peak: 6 })).toEqual(["6", "6"]);
    expect(words({ peak: 6, peakRange: [3, 7] })).toEqual(["3 to 7", "בין 3 ל-7"]);
  });
});

describe("a mean", () => {
  it("is a number where tenths hold all that it may be, and all of that where they do not", () => {
    const words = (mean: number, meanRange: readonly [number, number], decimals?: number) =>
      [LOCALES.en, LOCALES.he].map((locale) => toText(meanNumber(locale, { mean, meanRange }, decimals)));
    expect(words(3.517, [3.515, 3.519])).toEqual(["3.52", "3.52"]);
    expect(words(3.517, [3.515, 3.519], 1)).toEqual(["3.5", "3.5"]);
    // Exact, as what the documents expect is: as many as one beside it.
    expect(words(0.056_187, [0.056_187, 0.056_187])).toEqual(["0.06", "0.06"]);
    expect(meanDecimals({ meanRange: [1.0933, 1.0954] }, { meanRange: [1.0991, 1.0991] })).toBe(2);
    expect(meanDecimals({ meanRange: [1, 1.3] }, { meanRange: [1.0991, 1.0991] })).toBe(1);
    // Never a number above its own band: 4.1 of one that ends at 4.06.
    expect(words(4.056, [3.02, 4.064], 1)).toEqual(["3.0 to 4.1", "בין 3.0 ל-4.1"]);
  });
});

describe("a resolution", () => {
  it("is never shown as none", () => {
    const shown = [60_000, 1050, 50, 1, 0.001].map((ms) => toText(resolutionPhrase(LOCALES.en, ms)));
    expect(shown).toEqual(["60 s", "1 s", "0.050 s", "0.001 s", "0.000001 s"]);
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
