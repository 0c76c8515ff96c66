import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowedRange } from "../../../src/analyze/claims/documented.js";
import { judgeMeasurement } from "../../../src/analyze/claims/verdict.js";
import type { DocumentedValue } from "../../../src/model/claim.js";
import { roundedInterval } from "../../../src/model/expressions/documented-interval.js";
import { around, claim, measurementOf, runValue } from "./fixtures.js";

const about50: DocumentedValue = { operator: "about", value: 50, tolerance: 2.5, unit: "s" };
const exact = { resolution: 0 };
const judge = (documented: DocumentedValue, samples: readonly number[], changes = {}) =>
  judgeMeasurement(documented, false, measurementOf(samples, { ...exact, ...changes }));

describe("an error that all samples share", () => {
  const samples = Array.from({ length: 400 }, (_, index) => 51.9 + ((index % 5) - 2) * 0.05);

  it("stands in the interval once, not once more in the resolution", () => {
    const { interval = [0, 0] } = measurementOf(samples);
    const wide: [number, number] = [interval[0] - 0.4, interval[1] + 0.4];
    const once = judge(about50, samples, { interval: wide, resolution: 0.8, shared: 0.4 });
    expect(once.verdict).toBe("confirmed");
    expect(once.reason.values.upper).toBeCloseTo(wide[1], 9);
    expect(judge(about50, samples, { interval: wide, resolution: 0.8 }).reason.values.upper).toBeCloseTo(wide[1] + 0.4, 9);
  });

  it("is not made smaller by more samples", () => {
    const { interval = [0, 0] } = measurementOf(samples);
    const wide: [number, number] = [interval[0] - 0.7, interval[1] + 0.7];
    expect(judge(about50, samples, { interval: wide, resolution: 1.4, shared: 0.7 }).reason.key).toBe("value-on-limit");
  });
});

describe("tolerance", () => {
  it.each([
    [0.3, 0.25, 0.35],
    [12, 10.8, 13.2],
    [20, 18, 22],
    [2.5, 2.25, 2.75],
    [2, 1.5, 2.5],
    [0.1, 0.05, 0.15],
  ])("about %s allows %s to %s", (value, low, high) => {
    expect(allowedRange({ operator: "about", value, unit: "s" }, false, 0)).toEqual([low, high]);
  });

  it("of a setting is the larger of 2 %, 0.1 s and the resolution", () => {
    const seconds = (value: number): DocumentedValue => ({ operator: "exactly", value, unit: "s" });
    expect(allowedRange(seconds(1), true, 0.001)).toEqual([0.9, 1.1]);
    expect(allowedRange(seconds(120), true, 0.001)).toEqual([117.6, 122.4]);
    expect(allowedRange(seconds(10), true, 1)).toEqual([9, 11]);
    expect(allowedRange({ operator: "exactly", value: 5, unit: "count" }, true, 1)).toEqual([5, 5]);
  });

  it("of bounds lies on one side, ranges are taken as written", () => {
    expect(allowedRange({ operator: "at-most", value: 13, unit: "jobs", tolerance: 1.3 }, false, 0)).toEqual([
      Number.NEGATIVE_INFINITY,
      14.3,
    ]);
    expect(allowedRange({ operator: "at-least", value: 3, unit: "jobs" }, false, 0)).toEqual([3, Number.POSITIVE_INFINITY]);
    expect(allowedRange({ operator: "between", low: 6, high: 7, unit: "s" }, false, 1)).toEqual([6, 7]);
  });

  it("does not enter rounded documented numbers", () => {
    const rounded = (documented: object, setting = false) => roundedInterval(claim({ documented, setting }));
    expect(rounded({ operator: "about", value: 0.3, unit: "s" })).toEqual([0.25, 0.35]);
    expect(rounded({ operator: "about", value: 12, unit: "s" })).toEqual([11.5, 12.5]);
    expect(rounded({ operator: "between", low: 6, high: 7, unit: "s" })).toEqual([6, 7]);
    expect(rounded({ operator: "exactly", value: 10, unit: "s" }, true)).toEqual([10, 10]);
  });
});

describe("judgeMeasurement", () => {
  it.each([
    ["confirmed", 50, 2.5, "interval-inside"],
    ["inconclusive", 50, 2.6, "interval-crosses-limit"],
    ["inconclusive", 53.5, 1.0001, "interval-crosses-limit"],
    ["contradicted", 53.6, 1, "interval-outside"],
    ["contradicted", 46.4, 1, "interval-outside"],
    ["inconclusive", 52.5, 1, "value-on-limit"],
  ])("is %s for a median of %s +- %s", (verdict, middle, spread, key) => {
    const result = judge(about50, around(middle, spread));
    expect([result.verdict, result.reason.key]).toEqual([verdict, key]);
  });

  it("says how many more samples would settle it: four times as many for half the width", () => {
    const result = judge(about50, around(52, 1));
    expect(result.reason).toMatchObject({ key: "interval-crosses-limit", values: { limit: 52.5, moreSamples: 30 } });
  });

  it("names the limit that is crossed, not the one that is nearer", () => {
    const skewed = { operator: "between", low: 6, high: 7, unit: "s" } as const;
    const values = around(6.4, 0.1);
    expect(judge(skewed, values, { interval: [6.28, 7.3] }).reason).toMatchObject({ key: "interval-crosses-limit", values: { limit: 7 } });
    const ranged = judge({ operator: "between", low: 45, high: 66, unit: "s" }, values, {
      value: 64,
      interval: [43, 65],
      range: [44, 64.9],
    });
    expect(ranged.reason).toMatchObject({ key: "range-crosses-limit", values: { limit: 45 } });
  });

  it("asks for as many samples as the limit does that is the harder one to clear", () => {
    const both = { operator: "between", low: 49, high: 50.2, unit: "s" } as const;
    const { values } = judge(both, around(50, 1), { interval: [48.9, 51] }).reason;
    expect(values).toMatchObject({ limit: 50.2 });
    expect(values.moreSamples).toBeGreaterThan(100);
    const beyond = judge(both, around(51, 1), { interval: [48.9, 52] }).reason;
    expect(beyond.values.limit).toBe(50.2);
  });

  it("has no verdict on fewer than six samples", () => {
    expect(judge(about50, [50, 50, 50, 50, 50]).reason).toEqual({ key: "too-few-samples", values: { n: 5, needed: 6 } });
    expect(judge(about50, [50, 50, 50, 50, 50, 50]).verdict).toBe("confirmed");
  });

  it("does not contradict a duration that coarse stamps cannot show", () => {
    const zeros = Array.from({ length: 20 }, () => 0);
    expect(judge({ operator: "about", value: 0.3, unit: "s" }, zeros, { resolution: 1 }).verdict).toBe("inconclusive");
    expect(judge({ operator: "about", value: 3, unit: "s" }, zeros, { resolution: 1 }).verdict).toBe("contradicted");
  });

  it("counts exactly, and tells exceptions", () => {
    const frames: DocumentedValue = { operator: "exactly", value: 500, unit: "count" };
    const counts = Array.from({ length: 20 }, () => 500);
    expect(judge(frames, counts, { unit: "count" }).reason).toEqual({ key: "exactly-confirmed", values: { value: 500, n: 20 } });
    expect(judge(frames, [...counts, 480], { unit: "count" }).reason.values).toMatchObject({ differing: 1 });
    expect(
      judge(
        frames,
        counts.map(() => 480),
        { unit: "count" },
      ).verdict,
    ).toBe("contradicted");
  });

  it("speaks of the run alone where the value is one of the run, whatever n", () => {
    const mean: DocumentedValue = { operator: "about", value: 2.5, unit: "jobs" };
    expect(judgeMeasurement(mean, false, runValue(2.6, [2.5, 2.7])).reason.key).toBe("run-value-inside");
    expect(judgeMeasurement(mean, false, runValue(2.7, [2.6, 2.8])).reason.key).toBe("band-crosses-limit");
    expect(judgeMeasurement(mean, false, runValue(3.4, [3.3, 3.5])).reason.key).toBe("run-value-outside");
  });

  it("confirms a bound with room where it is never approached, plainly where it is, and contradicts above it", () => {
    const bound: DocumentedValue = { operator: "at-most", value: 13, tolerance: 1.3, unit: "jobs" };
    const peak = (value: number) => judgeMeasurement(bound, false, runValue(value, [value, value], { statistic: "peak" }));
    expect(peak(5)).toEqual({ verdict: "confirmed", reason: { key: "confirmed-with-room", values: { value: 5, bound: 13 } } });
    expect(peak(11).reason.key).toBe("confirmed-with-room");
    expect(peak(12).reason.key).toBe("bound-holds");
    expect(peak(14).verdict).toBe("confirmed");
    expect(peak(15)).toMatchObject({ verdict: "contradicted", reason: { key: "bound-broken" } });
  });

  it("says that a finer source would settle it where the limit lies in what ends known only as ranges leave", () => {
    const result = judge(about50, around(51, 0.5), { range: [48, 54], interval: [47, 55] });
    expect([result.verdict, result.reason.key]).toEqual(["inconclusive", "range-crosses-limit"]);
    expect(result.reason.values).toMatchObject({ lower: 47, upper: 55, limit: 52.5 });
  });

  it("counts on more samples only for what sampling leaves, not for what ranges do", () => {
    const wide = judge(about50, around(50.2, 1), { range: [49, 51.5], interval: [48, 53.5] });
    // Of what lies above the value the ranges make the first 1.3 s; the other 2 must shrink to 1.
    expect(wide.reason).toMatchObject({ key: "interval-crosses-limit", values: { limit: 52.5, moreSamples: 30 } });
    const plain = judge(about50, around(50.2, 1), { interval: [48, 53.5] });
    expect(plain.reason.values.moreSamples).toBe(11);
  });

  it("lists the fits where several explain the data", () => {
    const ambiguous = [
      { interval: 10, checks: 5, trigger: 40, process: 13.34 },
      { interval: 10, checks: 6, trigger: 50, process: 3.34 },
    ];
    const result = judge(about50, around(50, 1), { ambiguous });
    expect(result).toEqual({
      verdict: "inconclusive",
      reason: { key: "ambiguous-fit", values: { fits: "6: 3.3, 5: 13.3" } },
    });
  });

  it("says what a single fit leaves open", () => {
    const fit = { interval: 10, checks: 5, trigger: 40, processLow: 1.1 };
    const ambiguous = [
      { ...fit, process: 1.1 },
      { ...fit, process: 13.1 },
    ];
    const { verdict, reason } = judge(about50, around(50, 1), { ambiguous });
    expect([verdict, reason]).toEqual(["inconclusive", { key: "fit-leaves-range", values: { checks: 5, lower: 1.1, upper: 13.1 } }]);
  });

  it("never passes from confirmed to contradicted without inconclusive between, as samples shift", () => {
    const spread = fc.double({ min: 0.05, max: 3, noNaN: true });
    fc.assert(
      fc.property(spread, fc.double({ min: 0.2, max: 0.9, noNaN: true }), fc.boolean(), (width, share, up) => {
        let before = "";
        for (let shift = 0; Math.abs(shift) < 15; shift += (up ? 1 : -1) * share * width) {
          const { verdict } = judge(about50, around(50 + shift, width));
          expect([before, verdict]).not.toEqual(["confirmed", "contradicted"]);
          expect([before, verdict]).not.toEqual(["contradicted", "inconclusive"]);
          before = verdict;
        }
        expect(before).toBe("contradicted");
      }),
    );
  });

  it("never loses a verdict to a narrower interval around the same value", () => {
    fc.assert(
      fc.property(fc.double({ min: 40, max: 60, noNaN: true }), fc.double({ min: 0.01, max: 5, noNaN: true }), (middle, width) => {
        const wide = judge(about50, around(middle, width)).verdict;
        const narrow = judge(about50, around(middle, width / 2)).verdict;
        if (wide !== "inconclusive") expect(narrow).toBe(wide);
      }),
    );
  });
});
