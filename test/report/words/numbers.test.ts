import { describe, expect, it } from "vitest";
import { formatNumber as formatWording } from "../../../src/analyze/claims/digits.js";
import { LOCALES } from "../../../src/report/locales/index.js";
import {
  decimalsFor,
  exactDecimals,
  formatNumber,
  meanDecimals,
  meanNumber,
  peakNumber,
  percent,
  range,
  resolutionPhrase,
} from "../../../src/report/words/numbers.js";
import { toText } from "../../../src/report/words/phrase.js";

describe("numbers", () => {
  it("have as many digits as their interval deserves", () => {
    expect([1.4, 0.01, 14, 0.1, 0].map(decimalsFor)).toEqual([1, 3, 0, 2, 0]);
  });

  it("that are limits have the digits that they were written with, and none that calculating left", () => {
    expect([2.75, 52.5, 12, 0.1 + 0.2, 10 - 0.366_201, 1e-7, 1.5e-7, 1e-30].map(exactDecimals)).toEqual([2, 1, 0, 1, 6, 7, 8, 20]);
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
