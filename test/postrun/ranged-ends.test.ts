/** Deletions that are known only as ranges, or not at all: what the statistics make of them, held against the truth. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { median, sorted } from "../../src/model/statistics/statistics.js";
import { countOpen } from "../../src/model/statistics/step-function.js";
import { analyze } from "../../src/postrun.js";
import { fixedCleanup, type SimulationOptions, simulateRun } from "../../src/simulate/index.js";
import { fixedFrame } from "./frame.js";
import { analyzeSimulation, claimOf, diagnosticIds } from "./simulated.js";

/** The 95% interval of the time from disconnect to deletion, with what clocks and stamps leave open. */
function intervalOf(report: Report): readonly [number, number] {
  const { ci95Ms, resolutionMs } = report.cleanup.fromDisconnect ?? {};
  return [(ci95Ms?.[0] ?? Number.NaN) - (resolutionMs ?? 0) / 2, (ci95Ms?.[1] ?? Number.NaN) + (resolutionMs ?? 0) / 2];
}

function holds([low, high]: readonly [number, number], value: number): boolean {
  return low <= value && value <= high;
}

/** True median of the times from disconnect to deletion of a simulated run. */
function trueMedian(settings: SimulationOptions): number {
  const { truth } = simulateRun(settings);
  return median(
    truth.investigations.flatMap(({ outcome, edges, job }) =>
      outcome === "ok" && edges.disconnected !== null && job.gone !== null ? [job.gone - edges.disconnected] : [],
    ),
  );
}

describe("the captured run", () => {
  const folder = "samples/kubernetes-run/";
  const truth = JSON.parse(gunzipSync(readFileSync(`${folder}truth.json.gz`)).toString("utf8"));
  const times: number[] = truth.investigation
    .filter(
      (one: { kind: string; api_grpc: { watch_deleted: string | null } }) => one.kind === "normal" && one.api_grpc.watch_deleted !== null,
    )
    .map(
      (one: { stages: { disconnected: string }; api_grpc: { watch_deleted: string } }) =>
        Date.parse(one.api_grpc.watch_deleted) - Date.parse(one.stages.disconnected),
    );
  const analyzeWith = (...names: readonly string[]) =>
    analyze({ inputs: names.map((name) => folder + name), claims: `${folder}claims.yaml`, frame: fixedFrame });

  it("has an honest interval from a watch of the Jobs alone, and a finer one from each better source", async () => {
    const widths: number[] = [];
    for (const captures of [["jobs-watch.json.gz"], ["jobs-watch.json.gz", "events-final.json.gz"], ["audit.log.gz"]]) {
      const report = await analyzeWith("test-run.log.gz", ...captures);
      const interval = intervalOf(report);
      expect([captures, holds(interval, median(times))]).toEqual([captures, true]);
      widths.push(interval[1] - interval[0]);
      const curve = report.cleanup.fromDisconnect;
      const [low, high] = curve?.medianRangeMs ?? [curve?.medianMs ?? 0, curve?.medianMs ?? 0];
      expect([low <= (curve?.medianMs ?? 0), (curve?.medianMs ?? 0) <= high]).toEqual([true, true]);
      // The claim, the stage and the curve say the same.
      const claim = report.claims.find(({ id }) => id === "cleanup-after-disconnect");
      const stage = report.stages.find((row) => row.stage === "cleanup");
      expect([stage?.p50Ms, (claim?.measured?.value ?? 0) * 1000]).toEqual([curve?.medianMs, expect.closeTo(curve?.medianMs ?? 0, 6)]);
      expect([stage?.ci95Ms, stage?.p50RangeMs]).toEqual([curve?.ci95Ms, curve?.medianRangeMs]);
    }
    expect(widths).toEqual(sorted(widths).toReversed());
    expect(widths[0]).toBeGreaterThan(5_000);
    expect(widths[2]).toBeLessThan(500);
  });

  it("keeps the range of each Job, its upper end as the value, and gives no mean that the ranges do not carry", async () => {
    const report = await analyzeWith("test-run.log.gz", "jobs-watch.json.gz");
    const stage = report.stages.find((row) => row.stage === "cleanup");
    expect([stage?.meanMs, stage?.maxMs, stage?.p90Ms]).toEqual([undefined, undefined, undefined]);
    const ranged = report.jobs.filter((job) => job.role === "serving" && job.deletedAtRange !== undefined);
    expect(ranged.length).toBeGreaterThan(50);
    expect(report.cleanup.fromDisconnect?.populations).toBeUndefined();
  });
});

describe("simulated runs", () => {
  const sources = {
    "a watch of the Jobs alone": ["jobs-watch.json"],
    "a watch of the Jobs and Events": ["jobs-watch.json", "events-watch.json"],
    "a watch of the Pods": ["pods-watch.json"],
    "Events alone": ["events-watch.json"],
  };

  it.each(Object.entries(sources))("hold the true median in their interval with %s", async (_, captures) => {
    for (const seed of ["one", "three", "eleven"]) {
      const settings: SimulationOptions = { seed, investigations: 40, delayMs: seed.length * 1000, trouble: { unopened: 1, timeouts: 1 } };
      const { report } = await analyzeSimulation(settings, captures);
      expect([seed, holds(intervalOf(report), trueMedian(settings))]).toEqual([seed, true]);
    }
  });

  it("take the Killing of a Pod for the moment that it is, give or take its node's clock, not for the latest that the clock allows", async () => {
    const { report, truth } = await analyzeSimulation({ seed: "killings", investigations: 8 }, ["jobs-watch.json", "events-watch.json"]);
    const jobs = new Map(report.jobs.map((job) => [job.uid, job]));
    const errors = truth.investigations.flatMap(({ job: { uid, gone } }) => {
      const { sources, deletedAt = "", deletedAtRange = ["", ""] } = jobs.get(uid) ?? {};
      if (gone === null || sources?.deletedAt !== "pod-killing") return [];
      expect(holds([Date.parse(deletedAtRange[0]) - 1, Date.parse(deletedAtRange[1]) + 1], gone)).toBe(true);
      return [Date.parse(deletedAt) - gone];
    });
    expect(errors.length).toBeGreaterThan(5);
    expect(Math.abs(median(errors))).toBeLessThan(30);
  });

  it("do not confirm 50 s that were 43, nor contradict 50 that were 50, from a watch of the Jobs alone", async () => {
    for (const seed of ["a", "b"]) {
      const quick = await analyzeSimulation({ seed, investigations: 40, cleanup: fixedCleanup(43_000, 500) }, ["jobs-watch.json"]);
      const right = await analyzeSimulation({ seed, investigations: 40, cleanup: fixedCleanup(50_000, 500) }, ["jobs-watch.json"]);
      expect(claimOf(quick.report, "cleanup-after-disconnect").verdict).not.toBe("confirmed");
      expect(claimOf(right.report, "cleanup-after-disconnect").verdict).not.toBe("contradicted");
    }
  });

  it("say that a finer source would settle what ranges leave open", async () => {
    const { report } = await analyzeSimulation({ seed: "a", investigations: 40, cleanup: fixedCleanup(50_000, 500) }, ["jobs-watch.json"]);
    const claim = claimOf(report, "cleanup-after-disconnect");
    expect([claim.verdict, claim.reason.key]).toEqual(["inconclusive", "range-crosses-limit"]);
    expect(claim.measured?.range?.[0]).toBeLessThan(claim.measured?.range?.[1] ?? 0);
  });

  it("keep their median inside its interval when the last ten Jobs are cut off", async () => {
    for (const seed of ["1", "2", "3", "4"]) {
      // So long that every client has disconnected before the first Job ends.
      const cleanup = { mechanism: "fixed", afterDisconnect: { shape: "lognormal", medianMs: 3_000_000, sigma: 0.4 } } as const;
      const settings: SimulationOptions = {
        ...{ seed, investigations: 40, delayMs: 0 },
        cleanup: { ...cleanup, afterCreation: cleanup.afterDisconnect },
      };
      const { truth } = simulateRun(settings);
      const ends = sorted(truth.investigations.flatMap(({ job }) => (job.gone === null ? [] : [job.gone])));
      const watchEndsMs = ((ends.at(-11) ?? 0) + (ends.at(-10) ?? 0)) / 2 - truth.run.from;
      const { report } = await analyzeSimulation({ ...settings, capture: { watchEndsMs } }, ["jobs-watch-received.jsonl"]);
      expect(report.cleanup.fromDisconnect?.censored).toBe(10);
      expect([seed, holds(intervalOf(report), trueMedian(settings))]).toEqual([seed, true]);
    }
  });

  it("agree with themselves: Little's law holds in whatever was captured", async () => {
    const trouble = { timeouts: 2, crashes: 1, unopened: 2, leaked: 1, runningAtEnd: true };
    for (const captures of [["jobs-watch.json", "events-watch.json"], ["pods-watch.json"], ["audit.log"]]) {
      for (const capture of [{}, { watchEndsMs: 400_000 }, { watchStartsMs: 200_000 }]) {
        const { report } = await analyzeSimulation({ seed: "little", investigations: 40, trouble, capture }, captures);
        if (report.concurrency.openJobs === undefined) continue;
        expect([captures, capture, report.littlesLaw?.holds]).toEqual([captures, capture, true]);
        expect(report.littlesLaw?.expectedMean).toBeCloseTo(report.concurrency.openJobs.mean, 2);
        expect(diagnosticIds(report)).not.toContain("littles-law-broken");
      }
    }
  });

  it("leave room for Jobs that were open unseen when Events began late: nothing lists what exists already", async () => {
    const settings: SimulationOptions = { seed: "late", investigations: 20, delayMs: 2_000, capture: { watchStartsMs: 45_000 } };
    const { report, truth } = await analyzeSimulation(settings, ["events-watch.json"]);
    const { window, openJobs } = report.concurrency;
    const [from, to] = [Date.parse(window?.from ?? ""), Date.parse(window?.to ?? "")];
    const jobs = truth.investigations.map(({ jobId, job }) => ({
      name: jobId,
      from: job.created,
      to: job.gone ?? Number.POSITIVE_INFINITY,
    }));
    const unseen = jobs.filter(({ name }) => !report.jobs.some((job) => job.name === `grpc-job-${name}`));
    expect(unseen.length).toBeGreaterThan(0);
    const { mean } = countOpen(jobs, from, to);
    const { mean: meanSeen } = countOpen(
      jobs.filter((job) => !unseen.includes(job)),
      from,
      to,
    );
    expect(holds(openJobs?.meanRange ?? [0, 0], mean)).toBe(true);
    expect(openJobs?.mean ?? 0).toBeLessThan(meanSeen + 0.05);
    expect(openJobs?.meanRange[1] ?? 0).toBeGreaterThan(meanSeen + 0.02);
  });

  it("list the Jobs that did not go as the others did", async () => {
    const { report, truth } = await analyzeSimulation({ seed: "odd", investigations: 60, trouble: { leaked: 3, crashes: 2 } }, [
      "audit.log",
      "jobs-watch.json",
    ]);
    const found = report.deviations ?? [];
    const listed = (what: string) => found.filter((one) => one.what === what).map((one) => one.job);
    const namesOf = (holds: (job: (typeof truth.investigations)[number]["job"]) => boolean) =>
      truth.investigations.filter(({ job }) => holds(job)).map(({ job }) => job.name);
    expect(listed("ended-otherwise")).toEqual(namesOf((job) => job.endedBy === "ttl"));
    // Those that stay from near the end of the capture on are open, not leaked yet.
    const said = report.diagnostics.find(({ id }) => id === "leaked-jobs")?.count;
    expect([listed("leaked").length, listed("leaked").length > 0]).toEqual([said, true]);
    expect(namesOf((job) => job.gone === null)).toEqual(expect.arrayContaining(listed("leaked")));
  });
});
