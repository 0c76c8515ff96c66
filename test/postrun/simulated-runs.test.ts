import { describe, expect, it } from "vitest";
import { countOpen } from "../../src/model/statistics/step-function.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { fixedCleanup } from "../../src/simulate/index.js";
import { analyzeFiles, analyzeSimulation, claimOf, diagnosticIds, FINE_CAPTURES } from "./simulated.js";

const RECEIVED = ["jobs-watch-received.jsonl", "pods-watch-received.jsonl"];

describe("verdicts on simulated runs", () => {
  it("confirms a cleanup of 50 s and contradicts one of 80 s", async () => {
    for (const captures of [FINE_CAPTURES, RECEIVED, ["jobs-watch.json", "events-watch.json"], ["pods-watch.json"]]) {
      const right = await analyzeSimulation({ seed: "50", investigations: 40, cleanup: fixedCleanup(50_000, 1_000) }, captures);
      const slow = await analyzeSimulation({ seed: "80", investigations: 40, cleanup: fixedCleanup(80_000, 1_000) }, captures);
      expect([captures, claimOf(right.report, "cleanup-after-disconnect").verdict]).toEqual([captures, "confirmed"]);
      expect([captures, claimOf(slow.report, "cleanup-after-disconnect").verdict]).toEqual([captures, "contradicted"]);
    }
  });

  it("does not apply the claims of another test, and chips add up", async () => {
    const { report } = await analyzeSimulation({ seed: "30", investigations: 12, delayMs: 2_000, script: "run_30_investigations_test.py" });
    expect(claimOf(report, "delay-277").verdict).toBe("not-applicable");
    expect(claimOf(report, "delay-stress").verdict).toBe("not-applicable");
    expect(claimOf(report, "delay-30").verdict).toBe("confirmed");
    const verdicts = ["confirmed", "contradicted", "inconclusive", "not-measured", "not-applicable"];
    const counts = verdicts.map((verdict) => report.claims.filter((claim) => claim.verdict === verdict).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(report.claims.length);
  });

  it("says that the measured delay speaks against the parameter that was given", async () => {
    const { report } = await analyzeSimulation({ seed: "wrong", investigations: 10, delayMs: 2_000 }, FINE_CAPTURES, {
      parameters: { test: "277" },
    });
    expect(diagnosticIds(report)).toContain("parameter-contradicted");
    expect(claimOf(report, "delay-277").verdict).toBe("contradicted");
  });

  it("says which claims of the profile contradict each other", async () => {
    const loaded = await loadProfile("focus-server");
    const claims = loaded.claims.claims.flatMap((claim) => {
      const { documented } = claim;
      if (claim.id !== "cleanup-after-disconnect" || !("value" in documented)) return [claim];
      return [claim, { ...claim, id: "cleanup-elsewhere", documented: { ...documented, value: documented.value * 10 } }];
    });
    const profile = { ...loaded, claims: { ...loaded.claims, claims } };
    const { report } = await analyzeSimulation({ seed: "opposed", investigations: 6 }, FINE_CAPTURES, { profile });
    expect(report.diagnostics.filter(({ id }) => id === "claims-opposed")).toMatchObject([
      { values: { claim: "cleanup-after-disconnect", other: "cleanup-elsewhere" } },
    ]);
  });

  it("gives no verdict on five investigations", async () => {
    const { report } = await analyzeSimulation({ seed: "five", investigations: 5 });
    expect(claimOf(report, "configure-duration")).toMatchObject({ verdict: "inconclusive", reason: { key: "too-few-samples" } });
  });
});

const outcomeCases = {
  "timeouts, crashes, refusals, stream errors, reconnects, unopened, leaked and running": {
    trouble: { timeouts: 4, crashes: 2, refused: 2, streamErrors: 2, reconnects: 3, unopened: 4, leaked: 2, runningAtEnd: true },
  },
  "four investigations at a time": { overlap: 4 },
  "the stress loop": { style: "stress", overlap: 5, delayMs: 1_000, frames: 5, script: "test_investigation_stress_loop.py" },
  "a run over new year, far east": { startAt: Date.UTC(2025, 11, 31, 17, 50), zoneOffsetMinutes: 345, skewMs: 41_000 },
  "a clock minutes behind, far west": { zoneOffsetMinutes: -210, skewMs: -200_000 },
  "nodes whose clocks differ": { nodeSkewMs: [300, -250, 0] },
  "a clock that drifts": { investigations: 120, driftPpm: 60 },
  "other tenants": { otherNamespaceJobs: 10, foreignServingJobs: 12 },
} as const;

describe.each(Object.entries(outcomeCases))("simulated run: %s", (name, settings) => {
  it.each([
    ["fine captures", FINE_CAPTURES],
    ["arrival times", RECEIVED],
  ])("agrees with the truth from %s", async (_, captures) => {
    const { report, truth } = await analyzeSimulation({ investigations: 40, seed: name, ...settings }, captures);
    const seen = new Map(report.investigations.map((investigation) => [investigation.jobId, investigation]));
    expect(report.investigations).toHaveLength(truth.investigations.length);
    for (const expected of truth.investigations) {
      const found = seen.get(expected.jobId);
      expect([expected.jobId, found?.outcome, found?.attempts]).toEqual([expected.jobId, expected.outcome, expected.attempts]);
      const job = report.jobs.find((candidate) => candidate.uid === expected.job.uid);
      expect(found?.jobUid).toBe(expected.job.uid);
      expect(job?.ofThisRun).toBe(true);
      if (expected.job.gone === null) expect([job?.deletedAt, job?.censored]).toEqual([undefined, true]);
      else expect(Math.abs(Date.parse(job?.deletedAt ?? "") - expected.job.gone)).toBeLessThan(50);
    }
    expect(report.concurrency.openJobs?.peak).toBe(truth.openJobs.peak);
    expect(Math.abs((report.concurrency.openJobs?.mean ?? 0) / truth.openJobs.mean - 1)).toBeLessThan(0.02);
    const runner = report.clocks.find((clock) => clock.id === "runner");
    const trueSkewMs = truth.clock.skewMs + truth.clock.driftPpm * 1e-6 * ((truth.run.to - truth.run.from) / 2);
    expect(runner?.zoneOffsetMinutes).toBe(truth.clock.zoneOffsetMinutes);
    expect(Math.abs((runner?.skewMs ?? Number.NaN) - trueSkewMs)).toBeLessThanOrEqual(runner?.uncertaintyMs ?? 0);
    for (const { path, lines, matched, ignored, unparsed } of report.sources)
      expect([path, matched + ignored + unparsed]).toEqual([path, lines]);
  });
});

describe("captures that are not whole", () => {
  it("ends coverage where the watch ended, says so, and keeps what was open then as censored", async () => {
    const { report, truth } = await analyzeSimulation({ seed: "cut", investigations: 40, capture: { watchEndsMs: 400_000 } }, RECEIVED);
    expect(report.sources.filter((source) => source.endsEarly).map((source) => source.format)).toEqual([
      "kubernetes-json",
      "kubernetes-json",
    ]);
    expect(diagnosticIds(report)).toEqual(expect.arrayContaining(["source-ends-early", "job-not-linked", "job-censored"]));
    const end = Date.parse(report.concurrency.window?.to ?? "");
    expect(end).toBeLessThan(truth.run.from + 400_000);
    expect(report.missing.map((piece) => piece.key)).toContain("missing-full-coverage");
    for (const job of report.jobs) if (job.deletedAt !== undefined) expect(Date.parse(job.deletedAt)).toBeLessThanOrEqual(end + 10_000);
  });

  it("does not count what it cannot know when the watch began late", async () => {
    const { report, truth } = await analyzeSimulation({ seed: "late", investigations: 40, capture: { watchStartsMs: 300_000 } }, [
      "jobs-watch.json",
      "pods-watch.json",
    ]);
    expect(Date.parse(report.concurrency.window?.from ?? "")).toBeGreaterThan(truth.run.from + 250_000);
    expect(report.jobs.some((job) => job.truncated)).toBe(true);
    expect(Math.abs((report.concurrency.openJobs?.mean ?? 0) / truth.openJobs.mean - 1)).toBeLessThan(0.05);
  });

  it("reads a log that was cut in the middle of a line up to there", async () => {
    const { report } = await analyzeSimulation({ seed: "killed", investigations: 40, capture: { logEndsMs: 500_000 } });
    expect(report.investigations.length).toBeLessThan(40);
    expect(report.run.announced).toBe(40);
    expect(report.investigations.at(-1)?.outcome).toBe("running");
    expect(diagnosticIds(report)).toEqual(expect.arrayContaining(["jobs-of-others", "cut-line"]));
  });

  it("takes the last of several runs in one log, and any other on demand", async () => {
    const { files } = await analyzeSimulation({ seed: "several", investigations: 12, earlierRuns: [5, 8] });
    const names = ["test-run.log", ...FINE_CAPTURES];
    const last = await analyzeFiles(files, names);
    const first = await analyzeFiles(files, names, { run: 1 });
    expect([last.run.selected, last.run.found, last.investigations.length]).toEqual([3, 3, 12]);
    expect([first.run.selected, first.investigations.length]).toEqual([1, 5]);
    expect(diagnosticIds(last)).toContain("several-runs");
    await expect(analyzeFiles(files, names, { run: 4 })).rejects.toMatchObject({ code: "usage" });
  });
});

describe("a watch that the server closed and that was started again", () => {
  /** Rows of the watch up to a moment; after a pause without rows everything that is still there as ADDED, and the rows after it. */
  function parts(text: string, from: number, to: number): [string[], string[]] {
    const rows = text
      .trim()
      .split("\n")
      .map((row) => ({ row, ...JSON.parse(row) }));
    const at = (row: { received: string }) => Date.parse(row.received);
    const there = new Map<string, (typeof rows)[number]>();
    for (const row of rows) {
      if (at(row) > to) break;
      if (row.type === "DELETED") there.delete(row.object.metadata.uid);
      else there.set(row.object.metadata.uid, row);
    }
    const list = [...there.values()].map(({ object }) => JSON.stringify({ received: new Date(to).toISOString(), type: "ADDED", object }));
    const after = rows.filter((row) => at(row) > to).map(({ row }) => row);
    return [rows.filter((row) => at(row) <= from).map(({ row }) => row), [...list, ...after]];
  }

  const restarted = (text: string, from: number, to: number) => parts(text, from, to).flat().join("\n");
  const withoutArrivals = (row: string) => JSON.stringify({ ...JSON.parse(row), received: undefined });

  it.each([
    ["with times of arrival", true],
    ["without them", false],
  ])("finds the Jobs that went in the gap (%s)", async (_, stamped) => {
    const { files, truth } = await analyzeSimulation({ seed: "gap", investigations: 40 });
    const from = truth.run.from + 400_000;
    const to = from + 30_000;
    const received = restarted(files.get("jobs-watch-received.jsonl") ?? "", from, to);
    const plain = received.split("\n").map(withoutArrivals).join("\n");
    const names = ["test-run.log", "jobs.jsonl"];
    const report = await analyzeFiles(new Map([...files, ["jobs.jsonl", stamped ? received : plain]]), names);
    const inGap = truth.investigations.filter(({ job }) => job.gone !== null && job.gone > from && job.gone <= to);
    expect(inGap.length).toBeGreaterThan(0);
    for (const { job } of inGap) {
      const found = report.jobs.find((candidate) => candidate.uid === job.uid);
      const [lo, hi] = (found?.deletedAtRange ?? ["", ""]).map((text) => Date.parse(text)) as [number, number];
      expect([found?.censored, lo <= (job.gone ?? 0), hi >= (job.gone ?? 0)]).toEqual([false, true, true]);
    }
    const censored = new Set(report.jobs.filter((job) => job.role === "serving" && job.censored).map(({ uid }) => uid));
    // Without times of arrival nothing tells how late those went of which the last rows are.
    const lastCreated = Math.max(...truth.investigations.map(({ job }) => job.created ?? 0));
    const wentLast = truth.investigations.filter(({ job }) => (job.gone ?? 0) > lastCreated).map(({ job }) => job.uid);
    expect([...censored].filter((uid) => stamped || !wentLast.includes(uid ?? ""))).toEqual([]);
    expect(diagnosticIds(report)).toContain("watch-gaps");
  });

  describe.each([
    ["20 s", 20_000],
    ["90 s", 90_000],
  ])("after %s", (_, pauseMs) => {
    it.each([
      ["two files", true, ["test-run.log"]],
      ["one file", false, ["test-run.log"]],
      ["two files, with Events", true, ["test-run.log", "events-watch.json"]],
    ])("leaves no Job open that went meanwhile, and holds the truth in its ranges: %s", async (_name, apart, others) => {
      const { files, truth } = await analyzeSimulation({ seed: "gap", investigations: 60 });
      const from = truth.run.from + 500_000;
      const [before, after] = parts(files.get("jobs-watch-received.jsonl") ?? "", from, from + pauseMs);
      const watches = apart ? { "jobs-0.jsonl": before, "jobs-1.jsonl": after } : { "jobs.jsonl": [...before, ...after] };
      const given = new Map([...files, ...Object.entries(watches).map(([name, rows]) => [name, rows.join("\n")] as const)]);
      const report = await analyzeFiles(given, [...others, ...Object.keys(watches)]);
      const ids = diagnosticIds(report);
      expect([ids.includes("leaked-jobs"), ids.includes("source-ends-early"), ids.includes("watch-interrupted")]).toEqual([
        false,
        false,
        true,
      ]);
      expect(report.jobs.filter(({ role, censored }) => role === "serving" && censored)).toEqual([]);
      const window = report.concurrency.window ?? { from: "", to: "" };
      // What the documents expect is known of Jobs that are all known, and a difference of a mean that is a number.
      const { unwatched = [], unseenJobs = 0, documented } = report.concurrency;
      expect([unwatched.length, documented === undefined]).toEqual([1, unseenJobs > 0]);
      expect(report.meanDifference === undefined).toBe(report.meanUnexplained !== undefined);
      if (unseenJobs > 0) expect(report.meanUnexplained).toBe("unseen-jobs");
      const [lo, hi] = [Date.parse(window.from), Date.parse(window.to)];
      const spans = truth.investigations.flatMap(({ job: { created, gone } }) =>
        created === null ? [] : [{ name: "", from: created, to: gone ?? hi }],
      );
      const { mean, peak } = countOpen(spans, lo, hi);
      const { meanRange, peakRange, peak: printed } = report.concurrency.openJobs ?? { meanRange: [1, 0], peak: 0 };
      expect([meanRange[0] <= mean + 1e-3, meanRange[1] >= mean - 1e-3]).toEqual([true, true]);
      expect([(peakRange?.[0] ?? printed) <= peak, (peakRange?.[1] ?? printed) >= peak]).toEqual([true, true]);
    });
  });

  it("takes the same rows twice in a file for no restart", async () => {
    const { files } = await analyzeSimulation({ seed: "twice", investigations: 12 });
    const rows = files.get("jobs-watch.json") ?? "";
    const report = await analyzeFiles(new Map([...files, ["twice.json", `${rows}\n${rows}`]]), [
      "test-run.log",
      "twice.json",
      "events-watch.json",
    ]);
    expect(diagnosticIds(report)).not.toContain("watch-gaps");
    expect(report.jobs.filter((job) => job.role === "serving" && job.deletedAt !== undefined)).toHaveLength(12);
  });
});

describe("the same record more than once", () => {
  it("counts the records of a second handler without milliseconds once", async () => {
    const { files, report } = await analyzeSimulation({ seed: "doubled", investigations: 12 });
    const log = files.get("test-run.log") ?? "";
    const doubled = log
      .split("\n")
      .flatMap((line) => {
        const [, second, logger, level, message] = /^(\S+ \S+),\d{3} - (\S+) - (\S+) - (.*)$/.exec(line) ?? [];
        return second === undefined ? [line] : [line, `${second} [${level?.padStart(8)}] ${logger}: ${message}`];
      })
      .join("\n");
    const twice = await analyzeFiles(new Map([...files, ["test-run.log", doubled]]), ["test-run.log", ...FINE_CAPTURES]);
    expect(twice.stages.map(({ stage, n, p50Ms, maxMs }) => [stage, n, p50Ms, maxMs])).toEqual(
      report.stages.map(({ stage, n, p50Ms, maxMs }) => [stage, n, p50Ms, maxMs]),
    );
    expect(twice.investigations.map(({ outcome, attempts }) => [outcome, attempts])).toEqual(
      report.investigations.map(({ outcome, attempts }) => [outcome, attempts]),
    );
    expect(diagnosticIds(twice)).toContain("doubled-records");
  });

  it("gives the same numbers when every line of a handler stands twice", async () => {
    const { files, report } = await analyzeSimulation({ seed: "twice", investigations: 12 });
    const log = (files.get("test-run.log") ?? "")
      .split("\n")
      .flatMap((line) => [line, line])
      .join("\n");
    const twice = await analyzeFiles(new Map([...files, ["test-run.log", log]]), ["test-run.log", ...FINE_CAPTURES]);
    expect(twice.stages.map(({ stage, n, p50Ms }) => [stage, n, p50Ms])).toEqual(
      report.stages.map(({ stage, n, p50Ms }) => [stage, n, p50Ms]),
    );
  });
});

describe("logs with fewer lines", () => {
  it("links Jobs by the slot of their port where no line names the job id", async () => {
    const { files, truth } = await analyzeSimulation({ seed: "info", investigations: 30, skewMs: -3_700, zoneOffsetMinutes: 120 });
    const log = (files.get("test-run.log") ?? "")
      .split("\n")
      .filter((line) => !line.includes(" - DEBUG - "))
      .join("\n");
    const report = await analyzeFiles(new Map([...files, ["test-run.log", log]]), ["test-run.log", ...FINE_CAPTURES]);
    expect(report.investigations.map((investigation) => investigation.jobLink)).toEqual(report.investigations.map(() => "alias"));
    expect(report.investigations.map((investigation) => investigation.jobUid)).toEqual(truth.investigations.map(({ job }) => job.uid));
    const runner = report.clocks.find((clock) => clock.id === "runner");
    expect([runner?.zoneOffsetMinutes, Math.abs((runner?.skewMs ?? 0) + 3_700) < 300]).toEqual([120, true]);
  });

  it("finds the zone from HTTP dates when there is no cluster data", async () => {
    const { report } = await analyzeSimulation(
      { seed: "http", investigations: 30, logAnswers: true, zoneOffsetMinutes: 120, skewMs: -3_700 },
      [],
    );
    const runner = report.clocks.find((clock) => clock.id === "runner");
    expect([runner?.method, runner?.zoneOffsetMinutes]).toEqual(["http-date", 120]);
    expect(report.concurrency.openJobs).toBeUndefined();
  });
});

describe("Jobs that end in other ways than documented", () => {
  it("counts Jobs that were gone before their client had disconnected", async () => {
    const { report, truth } = await analyzeSimulation({ seed: "early", investigations: 12, cleanup: fixedCleanup(50_000) });
    expect(truth.investigations).toHaveLength(12);
    expect(diagnosticIds(report)).not.toContain("gone-before-disconnect");
    const hurried = {
      mechanism: "polling",
      intervalMs: 2_000,
      checks: 2,
      process: { shape: "normal", meanMs: 100, deviationMs: 1, minMs: 50 },
      firstCheckMs: 2_000,
      metricLagMs: 0,
      averagedOverMs: 0,
    } as const;
    const early = await analyzeSimulation({ seed: "hurried", investigations: 12, cleanup: hurried });
    expect(early.report.diagnostics.find((diagnostic) => diagnostic.id === "gone-before-disconnect")?.count).toBe(12);
    expect(claimOf(early.report, "cleanup-after-disconnect").verdict).toBe("not-measured");
  });

  it("shows two populations of ends where readings of a single moment miss a stream", async () => {
    const { report } = await analyzeSimulation({ seed: "missed", investigations: 150 });
    const [early, late] = report.cleanup.fromDisconnect?.populations ?? [];
    // One poll apart.
    expect(Math.round(((late?.medianMs ?? 0) - (early?.medianMs ?? 0)) / 1000)).toBeGreaterThanOrEqual(9);
    expect((early?.n ?? 0) + (late?.n ?? 0)).toBe(150);
    expect(diagnosticIds(report)).toContain("two-populations");
  });
});

describe("stages of investigations that never went through them", () => {
  it("has no open stage where nobody went on", async () => {
    const { report } = await analyzeSimulation({ seed: "nobody", investigations: 12, trouble: { unopened: 2, runningAtEnd: true } });
    const unopened = report.investigations.filter(({ outcome }) => outcome === "unopened");
    expect(unopened.map(({ stages }) => stages.filter(({ outcome }) => outcome === "censored"))).toEqual([[], []]);
    const running = report.investigations.filter(({ outcome }) => outcome === "running");
    expect(running[0]?.stages.filter(({ outcome }) => outcome === "censored").map(({ stage }) => stage)).toContain("frames");
  });
});
