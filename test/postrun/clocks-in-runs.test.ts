import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { type SimulationOptions, simulateRun } from "../../src/simulate/index.js";
import { analyzeFiles, analyzeSimulation, diagnosticIds, FINE_CAPTURES } from "./simulated.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Events of the cluster at whole seconds only: nothing tells the offset finely. */
const COARSE_CAPTURES = ["jobs-watch.json", "events.json"];

/** Durations of a stage by job id. */
function durations(report: Report, stage: string): Map<string | null, number | null> {
  return new Map(
    report.investigations.flatMap((one) =>
      one.stages.filter((entry) => entry.stage === stage).map((entry) => [one.jobId, entry.durationMs] as const),
    ),
  );
}

/** The same run on a clock that nobody sets. */
async function undisturbed(settings: SimulationOptions, captures: readonly string[] = FINE_CAPTURES): Promise<Report> {
  return (await analyzeSimulation({ ...settings, clockChanges: [], zoneOffsetMinutes: 0 }, captures)).report;
}

describe("summer time that changes inside of a run", () => {
  const run: SimulationOptions = { seed: "dst", investigations: 40, zoneOffsetMinutes: 120, skewMs: -3_700, delayMs: 3_000 };

  it.each([
    ["begins", HOUR, FINE_CAPTURES],
    ["ends", -HOUR, FINE_CAPTURES],
    ["begins, seen from whole seconds", HOUR, COARSE_CAPTURES],
    ["ends, seen from whole seconds", -HOUR, COARSE_CAPTURES],
    ["ends by half an hour", -HOUR / 2, FINE_CAPTURES],
  ])("that %s leaves every duration as it is, on both sides and across", async (_, byMs, captures) => {
    const settings = { ...run, clockChanges: [{ afterMs: 5 * MINUTE, byMs }] };
    const { report, truth } = await analyzeSimulation(settings, captures);
    const expected = await undisturbed(settings, captures);
    for (const stage of ["configure", "connect", "frames", "disconnect", "delay", "cleanup"]) {
      for (const [jobId, duration] of durations(expected, stage)) {
        expect(Math.abs((durations(report, stage).get(jobId) ?? Number.NaN) - (duration ?? 0)), `${stage} of ${jobId}`).toBeLessThanOrEqual(
          1,
        );
      }
    }
    expect(report.stages.map(({ stage, n }) => [stage, n])).toEqual(expected.stages.map(({ stage, n }) => [stage, n]));
    const runner = report.clocks.find(({ id }) => id === "runner");
    expect(runner).toMatchObject({ zoneOffsetMinutes: 120, changes: [{ byMs, kind: "zone", settledBy: "bounds" }] });
    expect(Math.abs((runner?.skewMs ?? 0) + 3_700)).toBeLessThanOrEqual(runner?.uncertaintyMs ?? 0);
    expect(diagnosticIds(report)).toContain("clock-zone-changed");
    for (const [index, one] of report.investigations.entries()) {
      const start = truth.investigations[index]?.edges.configureStart ?? 0;
      expect(Math.abs(Date.parse(one.startedAt ?? "") - start)).toBeLessThanOrEqual((runner?.uncertaintyMs ?? 0) + 1);
    }
    expect(report.run.found).toBe(1);
  });
});
