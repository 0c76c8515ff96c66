import { describe, expect, it } from "vitest";
import { endedWell, isOfTooFew, isToCorrect } from "../../../src/model/reports/enough-of-run.js";
import type { PooledRun } from "../../../src/model/reports/pool.js";

const outcomes = (ok: number, failed: number) => [
  ...Array.from({ length: ok }, () => ({ outcome: "ok" })),
  ...Array.from({ length: failed }, () => ({ outcome: "failed" })),
];
const serving = { ofThisRun: true, role: "serving" };

describe("what a run tells for a document to be corrected by it", () => {
  it("is too little for a number of the whole run where fewer than six investigations ended well", () => {
    expect(["mean", "peak", "total"].map((statistic) => isOfTooFew({ statistic }, 5))).toEqual([true, true, true]);
    expect(isOfTooFew({ statistic: "mean" }, 6)).toBe(false);
  });

  it("is not too little for what one example shows: samples have a rule of their own, and counts and settings need none", () => {
    expect(["median", "count", "setting", "fit"].some((statistic) => isOfTooFew({ statistic }, 0))).toBe(false);
  });

  it("counts investigations that ended well, without a log Jobs, and of several runs the fewest of those that have one", () => {
    const jobs = [serving, { ...serving, ofThisRun: false }, { ...serving, role: "cleanup" }];
    expect(endedWell({ investigations: outcomes(3, 9), jobs })).toBe(3);
    expect(endedWell({ investigations: [], jobs })).toBe(1);
    const run = (investigations: number, ok: number) => ({ investigations, ok }) as PooledRun;
    expect(endedWell({ investigations: [], jobs: [], pooled: { runs: [run(30, 28), run(0, 0), run(12, 4)] } })).toBe(4);
    expect(endedWell({ investigations: [], jobs: [], pooled: { runs: [run(0, 0)] } })).toBe(Number.POSITIVE_INFINITY);
  });

  it("corrects nothing that is not contradicted", () => {
    expect(isToCorrect({ verdict: "inconclusive" }, 30)).toBe(false);
    expect(isToCorrect({ verdict: "contradicted" }, 0)).toBe(true);
  });
});
