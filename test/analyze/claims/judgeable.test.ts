import { describe, expect, it } from "vitest";
import { judgeClaims, measuredValues } from "../../../src/analyze/claims/index.js";
import { none } from "../../../src/analyze/metrics/measured.js";
import type { Claim } from "../../../src/model/claim.js";
import type { Measured, Measurement } from "../../../src/model/measurement.js";
import type { ReportClaim } from "../../../src/model/report.js";
import { claim, claimsFile, measurementOf, runValue } from "./fixtures.js";

const context = { parameters: {}, facts: {} };

function judged(one: Claim, measured: (metric: string) => Measured): ReportClaim {
  const [result] = judgeClaims(claimsFile([one]), ({ metric }) => measured(metric), context);
  if (result === undefined) throw new Error("no claim");
  return result;
}

describe("a loop that is said to stop at a limit", () => {
  const wording = { en: "stopped at {value}", he: "נעצר ב-{value}" };
  const limit = (documented: Record<string, unknown>) =>
    claim({ documented: { unit: "count", ...documented }, measure: { metric: "stop-limit" }, suggestion: wording });
  const about = limit({ operator: "about", value: 200, tolerance: 5 });
  const counted = (value: number, censored = 0): Measured => {
    const run: Partial<Measurement> = { statistic: "peak", unit: "count", value, n: 40, censored, resolution: 0 };
    return { measurement: measurementOf([], run) };
  };
  const shown = (one: Claim, measured: Measured) => {
    const { verdict, reason, suggestion } = judged(one, () => measured);
    return [verdict, reason.key, suggestion?.en];
  };

  it("did not where it counted more", () => {
    expect(shown(about, counted(300))).toEqual(["contradicted", "run-value-outside", "stopped at 300"]);
    expect(shown(limit({ operator: "at-most", value: 200 }), counted(300))[0]).toBe("contradicted");
  });

  it("did not where it went on after that, but where it stopped is not known", () => {
    expect(shown(about, counted(300, 1))).toEqual(["contradicted", "run-value-outside", undefined]);
  });

  it("did where it stopped there", () => {
    expect(shown(about, counted(205))).toEqual(["confirmed", "run-value-inside", undefined]);
  });

  it("may yet where it ended before, or went on", () => {
    const open = { verdict: "not-measured", reason: { key: "limit-not-reached", values: { highest: 45 } } };
    expect(judged(about, () => counted(45))).toMatchObject(open);
    expect(shown(about, counted(203, 1))).toEqual(["not-measured", "limit-not-reached", undefined]);
    expect(measuredValues(claimsFile([about]), () => counted(45)).size).toBe(0);
  });
});

describe("a number of which only a part of the run was seen", () => {
  const wording = { en: "up to {value}", he: "עד {value}" };
  const claimOf = (documented: Record<string, unknown>) =>
    claim({ documented: { unit: "jobs", ...documented }, measure: { metric: "open-jobs", statistic: "peak" }, suggestion: wording });
  const seen = (changes: Partial<Measurement> = {}): Measured => {
    const { interval: _, ...peak } = runValue(5, [5, 5], { statistic: "peak", intervalKind: "none", part: "capture" });
    return { measurement: { ...peak, ...changes } };
  };
  const shown = (documented: Record<string, unknown>, measured = seen()) => {
    const { verdict, reason, suggestion } = judged(claimOf(documented), () => measured);
    return [verdict, reason.key, reason.values.lower ?? reason.values.value, suggestion];
  };

  it("is a lower bound: it may be too much", () => {
    const tooMuch = ["contradicted", "part-exceeds", 5, undefined];
    expect(shown({ operator: "at-most", value: 4 })).toEqual(tooMuch);
    expect(shown({ operator: "exactly", value: 4 })).toEqual(tooMuch);
    expect(shown({ operator: "about", value: 4, tolerance: 0.5 })).toEqual(tooMuch);
    expect(shown({ operator: "between", low: 2, high: 4 })).toEqual(tooMuch);
  });

  it("or enough", () => {
    expect(shown({ operator: "at-least", value: 5 })).toEqual(["confirmed", "part-suffices", 5, undefined]);
  });

  it("and settles nothing else", () => {
    const open = ["not-measured", "part-in-capture", 5, undefined];
    expect(shown({ operator: "at-most", value: 5 })).toEqual(open);
    expect(shown({ operator: "at-least", value: 6 })).toEqual(open);
    expect(shown({ operator: "exactly", value: 5 })).toEqual(open);
    expect(shown({ operator: "exactly", value: 6 })).toEqual(open);
    expect(shown({ operator: "between", low: 4, high: 6 })).toEqual(open);
    expect(shown({ operator: "at-most", value: 13 }, seen({ part: "log" }))).toEqual(["not-measured", "part-in-log", 5, undefined]);
  });

  it("is at least the lower end of its band", () => {
    const ranged = seen({ interval: [4, 5], intervalKind: "band" });
    expect(shown({ operator: "at-most", value: 4 }, ranged)).toEqual(["not-measured", "part-in-capture", 4, undefined]);
    expect(shown({ operator: "at-most", value: 3 }, ranged)).toEqual(["contradicted", "part-exceeds", 4, undefined]);
  });

  it("is told as what the run has at least", () => {
    const told = (measured: Measured) => judged(claimOf({ operator: "at-most", value: 3 }), () => measured).measured;
    expect(told(seen())).toMatchObject({ value: 5, atLeast: 5 });
    expect(told(seen({ interval: [4, 5], intervalKind: "band" }))).toMatchObject({ value: 5, atLeast: 4 });
    expect(told({ measurement: runValue(5, [5, 5], { statistic: "peak", intervalKind: "none" }) })).not.toHaveProperty("atLeast");
  });

  it("is no bound where it is a mean", () => {
    const mean = seen({ statistic: "mean", value: 2.6 });
    expect(shown({ operator: "at-most", value: 1 }, mean)).toEqual(["not-measured", "mean-of-part", 2.6, undefined]);
    expect(shown({ operator: "about", value: 2.6 }, mean)).toEqual(["not-measured", "mean-of-part", 2.6, undefined]);
  });

  it("takes no part in a relation", () => {
    const file = claimsFile([claimOf({ operator: "at-most", value: 4 })]);
    expect(measuredValues(file, () => seen()).size).toBe(0);
  });
});

describe("a setting that is measured in itself", () => {
  const env = { metric: "job-setting", role: "serving", setting: { env: "KEEP" } } as const;
  const seen = (value: number, unit: Measurement["unit"], ...settings: string[]): Measured => ({
    measurement: measurementOf([], { statistic: "setting", unit, value, n: 60, resolution: 0, settings }),
  });
  const exactly = (value: number, unit: string, more: Record<string, unknown> = {}) =>
    claim({ documented: { operator: "exactly", value, unit }, measure: env, ...more });

  it("is not decided by the first Job where others differ", () => {
    const varying = judged(exactly(24, "count"), () => seen(24, "count", "24", "48"));
    expect(varying).toMatchObject({ verdict: "inconclusive", reason: { key: "setting-varies", values: { deployed: "24, 48" } } });
    expect(varying.measured).toBeUndefined();
    expect(measuredValues(claimsFile([exactly(24, "count")]), () => seen(24, "count", "24", "48")).size).toBe(0);
    expect(judged(exactly(36, "count"), () => seen(24, "count", "24", "48")).verdict).toBe("contradicted");
  });

  it("has the unit of its claim", () => {
    expect(judged(exactly(120, "s"), () => seen(120, "s", "2m"))).toMatchObject({
      verdict: "confirmed",
      measured: { value: 120, unit: "s" },
    });
    expect(judged(exactly(120, "s"), () => seen(120, "count", "120"))).toMatchObject({ verdict: "confirmed", measured: { unit: "s" } });
    expect(judged(exactly(120, "count"), () => seen(120, "s", "2m"))).toMatchObject({
      verdict: "not-measured",
      reason: { key: "setting-not-a-number", values: { setting: "KEEP", text: "2m" } },
    });
  });

  it("is read alike beside the behaviour", () => {
    const ttl = exactly(30, "s", { setting: true, measure: { metric: "ttl", role: "serving" }, deployed: env });
    const kept = { measurement: measurementOf(Array.from({ length: 20 }, () => 30.05)) };
    const three = (deployed: Measured, behaviour: Measured) => judged(ttl, (metric) => (metric === "job-setting" ? deployed : behaviour));
    expect(three(seen(30, "s", "30s"), kept)).toMatchObject({ verdict: "confirmed", reason: { key: "setting-and-behaviour-agree" } });
    const unread = none("setting-not-a-number", { role: "serving", setting: "KEEP", text: "" });
    expect(three(unread, none("no-ttl-removals"))).toMatchObject({ verdict: "not-measured", reason: { key: "setting-not-a-number" } });
  });
});
