import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import type { SimulationOptions } from "../../src/simulate/index.js";
import { simulateRun } from "../../src/simulate/index.js";
import { analyzeFiles, analyzeSimulation, claimOf, FINE_CAPTURES } from "./simulated.js";

const PROMPT = {
  mechanism: "polling",
  intervalMs: 10_000,
  checks: 4,
  process: { shape: "uniform", lowMs: 50, highMs: 250 },
  firstCheckMs: 10_000,
  metricLagMs: 0,
  averagedOverMs: 0,
} as const;

/** Streams end anywhere between two readings. */
const VARIED: SimulationOptions = {
  investigations: 100,
  cleanup: PROMPT,
  stages: { wait: { shape: "lognormal", medianMs: 9_500, sigma: 0.4 } },
};
const WATCHED = {
  scrapeMs: 5_000,
  idleMillicores: { shape: "uniform", lowMs: 3.2, highMs: 3.9 },
  streamMillicores: { shape: "uniform", lowMs: 4.4, highMs: 6 },
} as const;

function pollingOf(report: Report): NonNullable<Report["polling"]> {
  if (report.polling === undefined) throw new Error("no polling in the report");
  return report.polling;
}

describe("the polling of a whole run", () => {
  it("is measured: interval, checks, and each part of the way apart", async () => {
    const { report, truth } = await analyzeSimulation({ ...VARIED, seed: "polling" });
    const polling = pollingOf(report);
    expect(Math.abs((polling.intervalMs ?? 0) / 10_000 - 1)).toBeLessThan(0.02);
    expect(polling.settled).toMatchObject({ checks: 4, by: "deployed" });
    expect(polling.points).toHaveLength(100);
    const asked = polling.parts.find(({ part }) => part === "disconnected-requested");
    const waits = truth.investigations
      .map(({ job, edges }) => (job.deleteRequested ?? 0) - (edges.disconnected ?? 0))
      .sort((a, b) => a - b);
    expect(Math.abs((asked?.medianMs ?? 0) - ((waits[49] ?? 0) + (waits[50] ?? 0)) / 2)).toBeLessThan((asked?.resolutionMs ?? 0) / 2);
    expect(polling.parts.map(({ part }) => part)).toEqual([
      "first-check",
      "disconnected-requested",
      "requested-gone",
      "gone-service-gone",
      "gone-pod-gone",
    ]);
    expect(claimOf(report, "cleanup-idle-checks")).toMatchObject({
      verdict: "contradicted",
      settings: { documented: 5, deployed: ["4"], behaved: [1, 4] },
    });
    expect(claimOf(report, "cleanup-poll-interval").verdict).toBe("confirmed");
    // The trigger follows from the deployed number, and says so.
    expect(claimOf(report, "cleanup-trigger")).toMatchObject({
      verdict: "contradicted",
      reason: { key: "outside-as-deployed", values: { checks: 4 } },
    });
    expect(claimOf(report, "cleanup-process").verdict).toBe("contradicted");
  });

  it("leaves the checks open without the audit log and without specs, and never claims one of them", async () => {
    const { files } = simulateRun({ ...VARIED, seed: "polling" });
    // Rows of a watch without what the specs set.
    const bare = [...files].map(([name, text]) => [name, text.replaceAll("MAX_CPU_USAGE_COUNT", "UNKNOWN")] as const);
    const report = await analyzeFiles(new Map(bare), ["test-run.log", "jobs-watch-received.jsonl", "pods-watch.json", "events-watch.json"]);
    const polling = pollingOf(report);
    expect(polling.ends).toBe("gone");
    expect(polling.settled).toBeUndefined();
    expect(polling.fits.map(({ checks }) => checks)).toContain(4);
    expect(polling.fits.length).toBeGreaterThan(1);
    // Five is not among them, whatever else may hold.
    expect(claimOf(report, "cleanup-idle-checks").verdict).toBe("contradicted");
    expect(claimOf(report, "cleanup-idle-checks").measured).toBeUndefined();
    expect(claimOf(report, "cleanup-idle-checks").suggestion).toBeUndefined();
  });

  it("reads the number of checks from the variable that the profile names", async () => {
    const { files } = simulateRun({ ...VARIED, seed: "polling" });
    const renamed = new Map([...files].map(([name, text]) => [name, text.replaceAll("MAX_CPU_USAGE_COUNT", "IDLE_CHECKS")]));
    const loaded = await loadProfile("focus-server");
    const inputs = ["test-run.log", "jobs-watch-received.jsonl", "pods-watch.json", "events-watch.json"];
    const settledBy = async (cleanupChecks: string) => {
      const report = await analyzeFiles(renamed, inputs, { profile: { ...loaded, profile: { ...loaded.profile, cleanupChecks } } });
      return pollingOf(report).settled?.by;
    };
    expect(await settledBy("IDLE_CHECKS")).toBe("deployed");
    expect(await settledBy("MAX_CPU_USAGE_COUNT")).toBeUndefined();
  });

  it("tells the threshold, the lag and what the readings read from CPU samples", async () => {
    const { report } = await analyzeSimulation({ ...VARIED, seed: "cpu", cpu: WATCHED }, [...FINE_CAPTURES, "cpu-range.json"]);
    const { cpu } = pollingOf(report);
    expect(cpu?.n).toBe(100);
    expect(cpu?.samplingMs).toBe(5_000);
    expect(cpu?.idleAtMost).toBeGreaterThan(3.8);
    expect(cpu?.idleAtMost).toBeLessThan(3.91);
    expect(cpu?.busyAtLeast).toBeGreaterThan(4.3);
    expect(cpu?.busyAtLeast).toBeLessThan(4.6);
    // The first sample that is idle as a whole comes one to two samplings after the use.
    expect(cpu?.lag?.medianMs).toBeGreaterThan(5_000);
    expect(cpu?.lag?.medianMs).toBeLessThan(10_000);
    expect(cpu?.followed?.n).toBeGreaterThan(50);
    expect(cpu?.followed?.idle).toBe(cpu?.followed?.n);
    expect(claimOf(report, "cleanup-cpu-threshold")).toMatchObject({
      verdict: "confirmed",
      reason: { key: "setting-and-behaviour-agree" },
      settings: { documented: 4, deployed: ["4"], behaved: [4, 4] },
    });
  });

  it("gives a range where several thresholds would do, and contradicts one that is outside", async () => {
    const busier = {
      ...WATCHED,
      idleMillicores: { shape: "uniform", lowMs: 5.5, highMs: 6.5 },
      streamMillicores: { shape: "fixed", ms: 250 },
    } as const;
    const { report } = await analyzeSimulation({ ...VARIED, seed: "busier", cpu: busier }, [...FINE_CAPTURES, "cpu-range.json"]);
    const claim = claimOf(report, "cleanup-cpu-threshold");
    expect(claim.verdict).toBe("contradicted");
    expect(claim.measured).toBeUndefined();
    expect(claim.settings?.behaved?.[0]).toBeGreaterThan(6.3);
  });
});
