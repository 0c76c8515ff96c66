import { describe, expect, it } from "vitest";
import { metricReader } from "../../../src/analyze/metric-reader.js";
import { cleanupSurvival } from "../../../src/analyze/metrics/cleanup-survival.js";
import { stageStatistics } from "../../../src/analyze/metrics/stage-statistics.js";
import { T0 } from "../../timeline/builders.js";
import { contextOf, investigation, job, regularRun, timeline } from "../builders.js";

/** Eight Jobs 20 s apart that live a minute each; the first of them were open before the capture began. */
function lifeOf(late: number) {
  const numbers = Array.from({ length: 8 }, (_, index) => index);
  const run = timeline(
    numbers.map((index) => investigation(index + 1, index * 20_000)),
    numbers.map((index) => ({ ...job(index + 1, index * 20_000 + 150, index * 20_000 + 60_150), truncated: index < late })),
    { jobCoverage: { lo: T0 + 50_000, hi: T0 + 300_000 } },
  );
  return stageStatistics(contextOf(run)).find(({ stage }) => stage === "life");
}

describe("the life of Jobs of which some were open before the capture began", () => {
  it("counts those, and has no mean and no extremes: they were seen only because they lasted", () => {
    expect(lifeOf(3)).toMatchObject({ n: 8, censored: 0, late: 3 });
    expect([lifeOf(3)?.meanMs, lifeOf(3)?.minMs, lifeOf(3)?.maxMs]).toEqual([undefined, undefined, undefined]);
  });

  it("says nothing of that where all were seen from their start", () => {
    expect(lifeOf(0)).not.toHaveProperty("late");
    expect(lifeOf(0)?.meanMs).toBe(60_000);
  });
});

describe("the cleanup of Jobs of which so many are open that the median has no upper end", () => {
  const context = contextOf(regularRun(13, (index) => (index < 7 ? 50_000 + index * 1000 : null)));

  it("has no median, as its claim has none", () => {
    expect(metricReader(context)({ metric: "job-duration", from: "disconnected", to: "gone", population: "connected" })).toEqual({
      notMeasured: { key: "too-many-censored", values: { ended: 7, censored: 6 } },
    });
    const cleanup = stageStatistics(context).find(({ stage }) => stage === "cleanup");
    expect([cleanup?.n, cleanup?.censored, cleanup?.p50Ms, cleanup?.ci95Ms]).toEqual([7, 6, undefined, undefined]);
    expect(cleanupSurvival("disconnected", "connected", context, 50)).toMatchObject({ n: 7, censored: 6, medianMs: null });
  });
});
