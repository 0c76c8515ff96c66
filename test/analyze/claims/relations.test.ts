import { describe, expect, it } from "vitest";
import { documentedLife, documentedLimit, documentedNumber, evaluateRelations, measuredValues } from "../../../src/analyze/claims/index.js";
import type { MetricSpec } from "../../../src/model/measurement.js";
import { loadProfile } from "../../../src/profiles/load-profile.js";
import { around, claim, claimsFile, measurementOf, runValue } from "./fixtures.js";

describe("the relations of the focus-server documents", async () => {
  const { claims } = await loadProfile("focus-server");
  const relations = evaluateRelations(claims);

  it("come out of the claims alone as the documents have them", () => {
    expect(relations.map(({ id, holds }) => [id, holds])).toEqual([
      ["mean-is-life-over-period", "no"],
      ["trigger-is-checks-times-interval", "no"],
      ["cleanup-is-wait-trigger-process", "depends"],
      ["period-is-stages-plus-delay", "depends"],
      ["peak-within-life-over-period", "no"],
      ["worked-example-open-jobs", "no"],
      ["idle-stream-timeout-can-fire", "no"],
      ["finished-job-ttl-can-fire", "no"],
      ["one-start-point", "no"],
    ]);
  });

  it("carry both sides with rounded numbers", () => {
    const side = (id: string) => relations.find((relation) => relation.id === id)?.documented;
    expect(side("trigger-is-checks-times-interval")).toEqual({ left: [39.5, 40.5], right: [50, 50] });
    expect(side("cleanup-is-wait-trigger-process")).toEqual({ left: [49.5, 50.5], right: [49, 61] });
    expect(side("peak-within-life-over-period")?.right).toEqual([4, 4]);
    expect(side("worked-example-open-jobs")?.right).toEqual([3, 3]);
    expect(side("mean-is-life-over-period")?.right[0]).toBeCloseTo(67.3 / 20.5);
    expect(side("mean-is-life-over-period")?.right[1]).toBeCloseTo(70.5 / 19.5);
  });

  it("name every claim that they tie together, once", () => {
    const tied = (id: string) => relations.find((relation) => relation.id === id)?.claims;
    expect(tied("cleanup-is-wait-trigger-process")).toEqual([
      "cleanup-after-disconnect",
      "cleanup-poll-interval",
      "cleanup-trigger",
      "cleanup-process",
    ]);
    expect(tied("worked-example-open-jobs")).toEqual(["investigation-duration"]);
  });

  it("say what decides them where they depend", () => {
    for (const { holds, dependsOn } of relations) expect(dependsOn !== undefined).toBe(holds === "depends");
  });

  it("have measured sides only where every claim in them was measured", () => {
    const measure = (spec: MetricSpec) =>
      spec.metric === "polling" && spec.quantity !== "process"
        ? { measurement: measurementOf(around({ interval: 10, checks: 5, trigger: 40 }[spec.quantity], 0.01)) }
        : { notMeasured: { key: "no-cluster-data", values: {} } };
    const measured = evaluateRelations(claims, measuredValues(claims, measure));
    expect(measured.flatMap(({ id, measured: sides }) => (sides ? [[id, sides.holds]] : []))).toEqual([
      ["trigger-is-checks-times-interval", "no"],
    ]);
  });

  it("know the documented life of one Job", () => {
    expect(documentedLife(claims).map(({ part, durationMs }) => [part, Math.round(durationMs)])).toEqual([
      ["create", 300],
      ["connect", 12000],
      ["frames", 6500],
      ["disconnect", 100],
      ["first-check-wait", 0],
      ["checks", 40000],
      ["deletion", 10000],
    ]);
  });

  it("know documented numbers by their role", () => {
    const facts = { investigations: 277 };
    const unknown = { parameters: { test: null, delay: null, investigations: null }, facts };
    expect(documentedNumber(claims, "cleanupAfterDisconnect", unknown)).toBe(50);
    expect(documentedNumber(claims, "meanOpenJobs", unknown)).toBe(2.5);
    expect(documentedNumber(claims, "meanOpenJobs", { parameters: { test: "277", delay: 5, investigations: null }, facts })).toBe(2);
    expect(documentedNumber(claims, "meanOpenJobs", { parameters: { test: "30", delay: 2, investigations: null }, facts })).toBe(2.5);
  });
});

describe("the documented limit of open Jobs", async () => {
  const { claims } = await loadProfile("focus-server");
  const of = (parameters: { test: string; delay: number }) =>
    documentedLimit(claims, { parameters: { ...parameters, investigations: null }, facts: { investigations: 277 } });

  it("is the bound of the peak, only for a run of which the documents say it", () => {
    expect(of({ test: "277", delay: 1 })).toBe(13);
    expect(of({ test: "277", delay: 5 })).toBeUndefined();
    expect(of({ test: "30", delay: 1 })).toBeUndefined();
  });

  it("is none where the documents say how many there are at the peak, not how many there may be", () => {
    const documented = { operator: "about", value: 13, unit: "jobs" } as const;
    const peak = claim({ id: "peak", documented, measure: { metric: "open-jobs", statistic: "peak" } });
    const context = { parameters: {}, facts: {} };
    expect(documentedLimit(claimsFile([peak]), context)).toBeUndefined();
    const bound = { ...peak, documented: { ...documented, operator: "at-most" as const } };
    expect(documentedLimit(claimsFile([bound]), context)).toBe(13);
  });
});

describe("evaluateRelations", () => {
  const words = { en: "words", he: "מילים" };
  const about = (id: string, value: number) =>
    claim({ id, documented: { operator: "about", value, unit: "s" }, measure: { metric: "stage-duration", stage: id } });
  const file = (left: string, relation: string, right: string, tolerance = 0) =>
    claimsFile([about("life", 60), about("period", 20), about("mean", 3)], {
      relations: [{ id: "r", statement: words, explanation: words, left, relation, right, tolerance }],
    });
  const holds = (left: string, relation: string, right: string) => evaluateRelations(file(left, relation, right))[0]?.holds;

  it.each([
    ["life", "=", "period * mean", "yes"],
    ["life", "=", "period", "no"],
    ["life", "=", "between(0, 20) + period * mean", "depends"],
    ["life", "=", "between(30, 40) + period * mean", "no"],
    ["period", "<", "life", "yes"],
    ["life", "<", "period", "no"],
    ["period", "<", "20", "depends"],
    ["life", ">=", "59.5", "yes"],
    ["ceil(life / period)", "<=", "4", "yes"],
  ])("%s %s %s: %s", (left, relation, right, expected) => expect(holds(left, relation, right)).toBe(expected));

  it("allows measured sides to differ by the tolerance of the relation", () => {
    const measured = new Map([
      ["life", { interval: [64, 64] as const }],
      ["period", { interval: [20, 20] as const }],
    ]);
    const measuredHolds = (tolerance: number) =>
      evaluateRelations(file("life", "=", "period * 3", tolerance), measured)[0]?.measured?.holds;
    expect(measuredHolds(0)).toBe("no");
    expect(measuredHolds(0.1)).toBe("yes");
    // Ours, so it is said.
    const told = (tolerance: number) => evaluateRelations(file("life", "=", "period * 3", tolerance), measured)[0]?.measured;
    expect(told(0.1)).toMatchObject({ tolerance: 0.1 });
    expect(told(0)).not.toHaveProperty("tolerance");
  });

  it("leaves a measured value out where several fits explain the data", () => {
    const ambiguous = [{ interval: 2 }, { interval: 4 }];
    expect(measuredValues(file("life", "=", "life"), () => ({ measurement: runValue(2, [2, 2], { ambiguous }) })).size).toBe(0);
  });

  it("names the nearest claim for one that does not exist", () => {
    expect(() => holds("lief", "=", "1")).toThrow('relation r names the unknown claim "lief"');
  });
});
