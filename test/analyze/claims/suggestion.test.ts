import { describe, expect, it } from "vitest";
import { fillSuggestion } from "../../../src/analyze/claims/suggestion.js";
import type { Measurement } from "../../../src/model/measurement.js";
import { around, claim, measurementOf, runValue } from "./fixtures.js";

const wordings = {
  suggestion: { en: "{median} s; 90% between {p90low} and {p90high} s", he: "{median} שנ׳, וב-90% בין {p90low} ל-{p90high} שנ׳" },
  shorterSuggestion: { en: "{median} s ({low} to {high})", he: "{median} שנ׳ ({low} עד {high})" },
};
const proposed = (measurement: Measurement, changes: Record<string, unknown> = wordings) => fillSuggestion(claim(changes), measurement);
/** Measured as the median of these, of which not all that there are is known. */
const partly = (samples: readonly number[], changes: Partial<Measurement> = {}): Measurement => {
  const { spread: _, ...measured } = measurementOf(samples);
  return { ...measured, ...changes };
};

describe("a proposed wording", () => {
  it("tells the middle 90% where all values are known", () => {
    expect(proposed(measurementOf(around(61, 0.7)))?.en).toBe("61.0 s; 90% between 60.3 and 61.7 s");
    const many = Array.from({ length: 101 }, (_, index) => 60 + index / 50);
    expect(proposed(measurementOf(many))?.en).toBe("61.0 s; 90% between 60.1 and 61.9 s");
  });

  it("holds what the stamps leave open, in no finer digits", () => {
    const all = "{median}: {low} to {high}, {p90low} to {p90high}, {min} to {max}";
    const whole = { suggestion: { en: all, he: all } };
    const samples = around(59.69, 0.03);
    const spread = { middle: [59.05, 60.33], extremes: [59.04, 60.34] } as const;
    expect(proposed(measurementOf(samples, { resolution: 1.05, spread }), whole)?.en).toBe(
      "59.7: 59.1 to 60.2, 59.1 to 60.3, 59.0 to 60.3",
    );
    const minutes = measurementOf(around(0, 0), { resolution: 60, spread: { middle: [0, 60], extremes: [0, 60] } });
    expect(proposed(minutes, whole)?.en).toBe("0: 0 to 30, 0 to 60, 0 to 60");
  });

  it("holds it in the range of a median and of a setting too", () => {
    const ranged = partly(around(70, 0.1), { range: [69.95, 70.05], resolution: 2 });
    expect(proposed(ranged)?.en).toBe("69 to 71 s (69 to 71)");
    const setting = { ...wordings, setting: true };
    expect(proposed(partly(around(300, 0.02), { resolution: 1 }), setting)?.en).toBe("300 s (299 to 301)");
  });

  it("tells the documented value as it is written", () => {
    const words = { suggestion: { en: "not {documented}", he: "לא {documented}" } };
    const between = (low: number, high: number) => ({ ...words, documented: { operator: "between", low, high, unit: "s" } });
    expect(proposed(measurementOf([1]), between(9.5, 20))?.en).toBe("not 9.5 to 20");
    expect(proposed(measurementOf([1]), between(0.0625, 1234.5))?.en).toBe("not 0.0625 to 1,234.5");
  });

  it("tells no such range of values that are partly open or known only as ranges, but says the rest", () => {
    const open = proposed(partly(around(61, 0.7), { censored: 6 }));
    expect(open).toEqual({ en: "61.0 s (60.3 to 61.7)", he: "61.0 שנ׳ (60.3 עד 61.7)" });
    expect(proposed(partly(around(61, 0.7)), { suggestion: wordings.suggestion })).toBeUndefined();
  });

  it("tells it where the survival curve does", () => {
    expect(proposed(partly(around(61, 0.7), { censored: 1, spread: { middle: [60.25, 63] } }))?.en).toBe(
      "61.0 s; 90% between 60.3 and 63.0 s",
    );
  });

  it("tells no extremes where only the middle is known", () => {
    const extremes = { suggestion: { en: "{min} to {max}", he: "{min} עד {max}" } };
    expect(proposed(partly(around(61, 0.7), { spread: { middle: [60.25, 63] } }), extremes)).toBeUndefined();
    expect(proposed(measurementOf(around(61, 0.7)), extremes)?.he).toBe("60.3 עד 61.7");
  });

  const onAverage = { suggestion: { en: "On average {value} Jobs are open.", he: "בממוצע פתוחים {value} Jobs." } };

  it("tells the whole band of a number of the run, not one value of it", () => {
    expect(proposed(runValue(4.0559, [3.0199, 4.0635]), onAverage)).toEqual({
      en: "On average 3.0 to 4.1 Jobs are open.",
      he: "בממוצע פתוחים 3.0 עד 4.1 Jobs.",
    });
  });

  it("tells a mean of open Jobs in tenths where that is all that its band leaves open, as elsewhere", () => {
    expect(proposed(runValue(12.685, [12.638, 12.765]), onAverage)?.en).toBe("On average 12.7 Jobs are open.");
    expect(proposed(runValue(2.17, [2.1, 2.25]), onAverage)?.en).toBe("On average 2.2 Jobs are open.");
    expect(proposed(runValue(2.17, [2.1, 2.25], { unit: "s" }), onAverage)?.en).toBe("On average 2.10 to 2.25 Jobs are open.");
  });

  it("tells one value where the band reads as one", () => {
    expect(proposed(runValue(5.8409, [5.8391, 5.8432]), onAverage)?.en).toBe("On average 5.84 Jobs are open.");
  });

  it("tells every median that ends known only as ranges leave", () => {
    const ranged = partly(around(70, 9), { range: [66, 79] });
    expect(proposed(ranged)?.en).toBe("66 to 79 s (61 to 79)");
    expect(proposed(partly(around(70, 9), { range: [70, 70] }))?.en).toBe("70 s (61 to 79)");
  });
});
