import { describe, expect, it } from "vitest";
import { cpuThreshold } from "../../../src/analyze/polling/cpu-threshold.js";
import { contextOf, regularRun } from "../builders.js";

describe("the threshold of the cleanup", () => {
  const run = regularRun(6, () => 50_000);

  it("is not measured without CPU samples", () => {
    expect(cpuThreshold(contextOf(run))).toEqual({ notMeasured: { key: "no-cpu-samples", values: {} } });
  });

  it("is not measured where none of the samples can be used", () => {
    const unusable = { notMeasured: { key: "cpu-samples-unusable", values: {} } };
    expect(cpuThreshold(contextOf({ ...run, cpu: [] }))).toEqual(unusable);
    const spans = [{ from: 0, to: 15_000, millicores: 3 }];
    expect(cpuThreshold(contextOf({ ...run, cpu: [{ jobUid: "of-another-run", spans }] }))).toEqual(unusable);
  });
});
