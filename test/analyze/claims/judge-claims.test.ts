import { describe, expect, it } from "vitest";
import { type ClaimContext, checkParameters, claimReasonKeys, judgeClaims } from "../../../src/analyze/claims/index.js";
import type { Claim } from "../../../src/model/claim.js";
import type { Measured, Measurement, MetricSpec } from "../../../src/model/measurement.js";
import { loadProfile } from "../../../src/profiles/load-profile.js";
import { around, claim, claimsFile, measurementOf, runValue, settingOf } from "./fixtures.js";

const context = { parameters: { test: "277", delay: null }, facts: { investigations: 277 } };
const nothing = (): Measured => ({ notMeasured: { key: "no-cluster-data", values: {} } });
const always = (measurement: Measurement) => (): Measured => ({ measurement });
const judgeOne = (one: Claim, measured: (spec: MetricSpec) => Measured, where: ClaimContext = context) => {
  const [result] = judgeClaims(claimsFile([one]), measured, where);
  if (result === undefined) throw new Error("a claim has a verdict");
  return result;
};

describe("judgeClaims", () => {
  it("says why something was not measured, in the words of the metric", () => {
    const result = judgeOne(claim(), nothing);
    expect(result.verdict).toBe("not-measured");
    expect(result.reason).toEqual({ key: "no-cluster-data", values: {} });
    expect(result.measured).toBeUndefined();
    expect(result.documented).toMatchObject({ value: 50, tolerance: 2.5, low: 47.5, high: 52.5, from: "disconnected", to: "job.deleted" });
  });

  it("proposes no wording by a number of a run of which fewer than six investigations ended well", () => {
    const mean = claim({
      documented: { operator: "about", value: 2, unit: "jobs" },
      measure: { metric: "open-jobs", statistic: "mean" },
      suggestion: { en: "On average {value} Jobs.", he: "בממוצע {value}." },
    });
    const of = (endedWell: number) => judgeOne(mean, always(runValue(1, [0.99, 1])), { ...context, endedWell });
    expect([of(5).verdict, of(5).suggestion]).toEqual(["contradicted", undefined]);
    expect(of(6).suggestion?.en).toBe("On average 1.0 Jobs.");
    // Samples have a rule of their own.
    const typical = claim({ suggestion: { en: "About {value} s.", he: "כ-{value} שנ׳." } });
    expect(judgeOne(typical, always(measurementOf(around(60, 0.5))), { ...context, endedWell: 0 }).suggestion).toBeDefined();
  });

  it("fills in the tolerance that the operator implies", () => {
    const result = judgeOne(claim({ documented: { operator: "about", value: 12, unit: "s" } }), nothing);
    expect(result.documented.tolerance).toBeCloseTo(1.2);
  });

  it("does not apply a claim whose condition does not hold, and says what was seen", () => {
    const result = judgeOne(
      claim({ appliesWhen: "test = 30", condition: { en: "test 30", he: "בדיקה 30" } }),
      always(measurementOf(around(50, 1))),
    );
    expect(result.verdict).toBe("not-applicable");
    expect(result.reason).toEqual({ key: "condition-false", values: { condition: "test = 30", seen: "test=277" } });
    expect(result.measured).toBeUndefined();
  });

  it("asks for a parameter that may be set where nothing tells", () => {
    const plain = claim({ appliesWhen: "not given(delay) or delay > 1" });
    const measured = always(measurementOf(around(50, 1)));
    expect(judgeOne(plain, measured).verdict).toBe("confirmed");
    const result = judgeOne(plain, measured, { ...context, untold: new Set(["delay"]) });
    expect(result.verdict).toBe("not-measured");
    expect(result.reason).toMatchObject({ key: "parameter-unknown", values: { parameter: "delay" } });
  });

  it("asks for the parameter where a condition is open", () => {
    const result = judgeOne(claim({ appliesWhen: "test = 277 and delay <= 1" }), always(measurementOf(around(50, 1))));
    expect(result.verdict).toBe("not-measured");
    expect(result.reason).toEqual({ key: "parameter-unknown", values: { condition: "test = 277 and delay <= 1", parameter: "delay" } });
  });

  it("takes facts of the run where no parameter was given, and refuses names that do not exist", () => {
    expect(judgeOne(claim({ appliesWhen: "investigations = 277" }), nothing).verdict).toBe("not-measured");
    expect(judgeOne(claim({ appliesWhen: "investigations = 30" }), nothing).verdict).toBe("not-applicable");
    expect(() => judgeOne(claim({ appliesWhen: "tset = 1" }), nothing)).toThrow('"tset"');
    expect(() => judgeOne(claim({ appliesWhen: "constructor = 1" }), nothing)).toThrow('"constructor"');
  });

  it("keeps at most 300 samples, evenly, with the first and the last, and the extremes of those that it does not", () => {
    const samples = Array.from({ length: 1000 }, (_, index) => (index === 1 ? -5 : index));
    const measured = judgeOne(claim(), always(measurementOf(samples))).measured;
    const kept = measured?.samples ?? [];
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([300, 0, 999]);
    expect(measured?.extremes).toEqual([-5, 999]);
    expect(judgeOne(claim(), always(measurementOf(samples.slice(0, 300)))).measured?.extremes).toBeUndefined();
  });

  describe("proposes a wording for what is contradicted", () => {
    const wording = {
      en: "open {median} s ({low} to {high}; 90% {p90low} to {p90high}; n {n}), not {documented}",
      he: "פתוח {median} שנ׳ ({low} עד {high}, ב-90% {p90low} עד {p90high}, מתוך {n}), ולא {documented}",
    };

    it("with as many digits as the interval deserves", () => {
      const result = judgeOne(claim({ suggestion: wording }), always(measurementOf(around(58.912, 0.7))));
      expect(result.suggestion?.en).toBe("open 58.9 s (58.2 to 59.6; 90% 58.2 to 59.6; n 10), not 50");
      expect(result.suggestion?.he).toBe("פתוח 58.9 שנ׳ (58.2 עד 59.6, ב-90% 58.2 עד 59.6, מתוך 10), ולא 50");
      expect(judgeOne(claim({ suggestion: wording }), always(measurementOf(around(5540, 30)))).suggestion?.en).toContain("open 5,540 s");
    });

    it("and so many more that a range does not read as one number", () => {
      const result = judgeOne(claim({ suggestion: wording }), always(measurementOf(around(123.412, 0.02))));
      expect(result.suggestion?.en).toMatch(/^open 123\.41 s \(123\.39 to 123\.43; /);
      const never = judgeOne(claim({ suggestion: wording }), always(measurementOf(around(123.412, 0.000_01))));
      expect(never.suggestion?.en).toMatch(/^open 123\.412 s \(123\.411 to 123\.413; /);
    });

    it("and only for that, and only where every number is known", () => {
      expect(judgeOne(claim({ suggestion: wording }), always(measurementOf(around(50, 1)))).suggestion).toBeUndefined();
      expect(judgeOne(claim({ suggestion: wording }), always(runValue(70, [69, 71]))).suggestion).toBeUndefined();
    });
  });

  describe("checks a setting three ways", () => {
    const ttl = claim({
      documented: { operator: "exactly", value: 10, unit: "s" },
      setting: true,
      measure: { metric: "ttl", role: "cleanup" },
      deployed: { metric: "job-setting", role: "cleanup", setting: "ttlSecondsAfterFinished" },
    });
    const deployed = (...settings: string[]) => settingOf(settings);
    const three = (setting: Measurement | undefined, behaviour: Measurement | undefined) =>
      judgeOne(ttl, ({ metric }) => {
        const found = metric === "job-setting" ? setting : behaviour;
        return found ? { measurement: found } : nothing();
      });

    it.each([
      ["document, spec and behaviour agree", deployed("10"), measurementOf(around(10, 0.05)), "confirmed", "setting-and-behaviour-agree"],
      ["only the spec is known", deployed("10"), undefined, "confirmed", "setting-agrees"],
      ["too few were seen to behave", deployed("10"), measurementOf([10]), "confirmed", "setting-agrees"],
      ["the spec has another value", deployed("30"), measurementOf(around(30, 0.1)), "contradicted", "setting-differs"],
      ["the behaviour is another one", deployed("10"), measurementOf(around(14, 0.1)), "contradicted", "setting-agrees-behaviour-differs"],
      ["the specs differ among themselves", deployed("10", "30"), undefined, "inconclusive", "setting-varies"],
      ["only the behaviour is known", undefined, measurementOf(around(10, 0.05)), "confirmed", "interval-inside"],
    ])("%s", (_name, setting, behaviour, verdict, key) => {
      const result = three(setting, behaviour);
      expect([result.verdict, result.reason.key]).toEqual([verdict, key]);
    });
  });

  describe("judges a deployed setting by the operator of its claim", () => {
    const wording = { en: "removed after {value} s, not {documented} s", he: "מוסר כעבור {value} שנ׳, ולא {documented} שנ׳" };
    const judged = (documented: Record<string, unknown>, settings: readonly string[], setting = true, done?: Measurement) => {
      const ttl = claim({
        documented: { unit: "s", ...documented },
        setting,
        suggestion: wording,
        measure: { metric: "ttl", role: "serving" },
        deployed: { metric: "job-setting", role: "serving", setting: "ttlSecondsAfterFinished" },
      });
      const seen = settingOf(settings);
      return judgeOne(ttl, ({ metric }) => (metric === "job-setting" ? { measurement: seen } : done ? { measurement: done } : nothing()));
    };
    const atMost = { operator: "at-most", value: 300 };
    const atLeast = { operator: "at-least", value: 100 };
    const between = { operator: "between", low: 100, high: 200 };
    const about = { operator: "about", value: 125 };

    it.each([
      [atMost, ["120"], "confirmed"],
      [atMost, ["300"], "confirmed"],
      [atMost, ["301"], "contradicted"],
      [{ ...atMost, tolerance: 10 }, ["310"], "confirmed"],
      [{ ...atMost, tolerance: 10 }, ["311"], "contradicted"],
      [atLeast, ["120"], "confirmed"],
      [atLeast, ["99"], "contradicted"],
      [between, ["100"], "confirmed"],
      [between, ["200"], "confirmed"],
      [between, ["201"], "contradicted"],
      [{ ...about, tolerance: 10 }, ["120"], "confirmed"],
      [{ ...about, tolerance: 10 }, ["140"], "contradicted"],
      [about, ["123"], "confirmed"],
      [about, ["120"], "contradicted"],
      [{ operator: "exactly", value: 120 }, ["120"], "confirmed"],
      [{ operator: "exactly", value: 120 }, ["121"], "contradicted"],
      [{ operator: "exactly", value: 1_099_511_627_776 }, ["1099511627776"], "confirmed"],
      [{ operator: "exactly", value: 1_099_511_627_776 }, ["1099511627777"], "contradicted"],
      [{ operator: "exactly", value: 120, tolerance: 5 }, ["121"], "confirmed"],
      [atMost, ["120", "240"], "confirmed"],
      [atMost, ["120", "360"], "inconclusive"],
      [between, ["90", "210"], "contradicted"],
      [atMost, ["120", "many"], "inconclusive"],
    ])("%j against %j: %s", (documented, settings, verdict) => {
      expect(judged(documented, settings).verdict).toBe(verdict);
    });

    it("with the tenth that `about` leaves where the value is no configured one", () => {
      expect(judged(about, ["120"], false).verdict).toBe("confirmed");
    });

    it("and the behaviour by the same", () => {
      expect(judged(atMost, ["120"], true, measurementOf(around(250, 1)))).toMatchObject({
        verdict: "confirmed",
        reason: { key: "setting-and-behaviour-agree" },
      });
      expect(judged(atMost, ["120"], true, measurementOf(around(350, 1)))).toMatchObject({
        verdict: "contradicted",
        reason: { key: "setting-agrees-behaviour-differs", values: { documented: 300 } },
      });
    });

    it("and never speaks of the middle of a range", () => {
      const { reason, settings, suggestion } = judged(between, ["250"]);
      expect([reason.values, settings]).toEqual([{ deployed: "250" }, { deployed: ["250"] }]);
      expect(suggestion).toEqual({
        en: "removed after 250 s, not 100 to 200 s",
        he: "מוסר כעבור 250 שנ׳, ולא 100 עד 200 שנ׳",
      });
    });

    it("and proposes no wording where several values are deployed", () => {
      expect(judged(atMost, ["360"]).suggestion?.en).toBe("removed after 360 s, not 300 s");
      expect(judged(atMost, ["360", "480"])).toMatchObject({ verdict: "contradicted", reason: { values: { deployed: "360, 480" } } });
      expect(judged(atMost, ["360", "480"]).suggestion).toBeUndefined();
    });
  });

  it("gives every claim of the built-in file a verdict with a known reason, in the order of the file", async () => {
    const { claims } = await loadProfile("focus-server");
    const all = { parameters: { test: "277", delay: 5, investigations: null }, facts: { investigations: 277 } };
    const judged = judgeClaims(claims, nothing, all);
    expect(judged.map(({ id }) => id)).toEqual(claims.claims.map(({ id }) => id));
    const applies = (id: string) => judged.find((one) => one.id === id)?.verdict;
    expect(["delay-277", "delay-30", "mean-open-jobs", "mean-open-jobs-delay-5", "peak-open-jobs", "total-run-277"].map(applies)).toEqual([
      "not-measured",
      "not-applicable",
      "not-applicable",
      "not-measured",
      "not-applicable",
      "not-measured",
    ]);
    expect(new Set(claimReasonKeys).size).toBe(claimReasonKeys.length);
  });
});

describe("checkParameters", async () => {
  const { claims } = await loadProfile("focus-server");
  const delayOf = (middle: number) => (spec: MetricSpec) =>
    spec.metric === "stage-duration" && spec.stage === "delay" ? { measurement: measurementOf(around(middle, 0.01)) } : nothing();
  const parameters = { test: "277", delay: null, investigations: null };
  const check = (middle: number) => checkParameters(claims, delayOf(middle), { parameters, facts: { investigations: 30 } });

  it("says so where the measured delay is that of another test", () => {
    expect(check(2)).toMatchObject([
      {
        id: "parameter-contradicted",
        values: { parameter: "test", given: "277", claim: "delay-277", documented: 5, measured: 2, fits: "delay-30" },
      },
    ]);
  });

  it("is silent where the delay fits, fits no other test, or was not measured", () => {
    expect(check(5)).toEqual([]);
    expect(check(8)).toEqual([]);
    expect(checkParameters(claims, nothing, { parameters, facts: { investigations: null } })).toEqual([]);
  });
});
