import { describe, expect, it } from "vitest";
import { deviations } from "../../../src/analyze/deviations.js";
import { cleanupSurvival, populationDiagnostics } from "../../../src/analyze/metrics/cleanup-survival.js";
import { createRandom } from "../../../src/model/statistics/random.js";
import type { Investigation, Job, Point, Timeline } from "../../../src/model/timeline.js";
import { contextOf, regularRun } from "../builders.js";

const wholeSecond = (at: number) => Math.floor(at / 1000) * 1000;

/** Investigations begin at any part of a second; their log is cut to whole ones. */
function cutLog({ points, ...one }: Investigation, shiftMs: number): Investigation {
  return { ...one, points: points.map((point): Point => ({ ...point, at: wholeSecond(point.at + shiftMs), resolutionMs: 1000 })) };
}

/** Deleted in a second that the cluster has stamped. */
function cutEnd({ gone, ...job }: Job, shiftMs: number): Job {
  const lo = wholeSecond((gone?.at ?? 0) + shiftMs);
  return { ...job, gone: { at: lo + 500, lo, hi: lo + 1000, how: "deletion-timestamp", bracket: false } };
}

function wholeSeconds(line: Timeline, shiftsMs: readonly number[]): Timeline {
  const shiftOf = (index: number) => shiftsMs[index] as number;
  return {
    ...line,
    investigations: line.investigations.map((one, index) => cutLog(one, shiftOf(index))),
    jobs: line.jobs.map((job, index) => cutEnd(job, shiftOf(index))),
  };
}

const survivalOf = (line: Timeline) => cleanupSurvival("disconnected", "connected", contextOf(line), 50);

describe("lifetimes in whole seconds", () => {
  const random = createRandom("whole seconds");
  const phases = Array.from({ length: 60 }, () => random.between(0, 1000));
  const of = (typicalMs: (index: number) => number, deviationMs: number) =>
    wholeSeconds(
      regularRun(60, (index) => typicalMs(index) + deviationMs * random.normal()),
      phases,
    );

  it("of one population are one, and none of its Jobs went otherwise", () => {
    for (let run = 0; run < 20; run += 1) {
      const line = of(() => 50_000, 1500);
      expect(populationDiagnostics(survivalOf(line))).toEqual([]);
      expect(deviations(contextOf(line), 50_000)).toEqual([]);
    }
  });

  it("of two are two, in the curve and in what is usual", () => {
    const line = of((index) => (index % 3 === 0 ? 41_000 : 51_000), 700);
    expect(survivalOf(line)?.populations?.map(({ n }) => n)).toEqual([20, 40]);
    expect(deviations(contextOf(line), 50_000)).toEqual([]);
  });
});
