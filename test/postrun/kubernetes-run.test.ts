import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report, ReportJob } from "../../src/model/report.js";
import { median } from "../../src/model/statistics/statistics.js";
import { analyze } from "../../src/postrun.js";
import { fixedFrame } from "./frame.js";
import { analyzeFiles } from "./simulated.js";

const folder = "samples/kubernetes-run/";

interface TruthInvestigation {
  readonly id: string;
  readonly kind: string;
  readonly grpc_job: string;
  readonly cleanup_job: string;
  readonly stages: Readonly<Record<string, string>>;
  readonly api_grpc: { readonly watch_added: string; readonly watch_deleted: string | null };
  readonly api_cleanup: { readonly watch_deleted: string | null };
}

interface Truth {
  readonly investigation: readonly TruthInvestigation[];
  readonly concurrency_grpc_jobs: { readonly peak: number; readonly peak_at: string; readonly mean: number };
  readonly log_clock: { readonly utc_offset_minutes: number; readonly behind_cluster_seconds: number };
}

const truth: Truth = JSON.parse(gunzipSync(readFileSync(`${folder}truth.json.gz`)).toString("utf8"));

function analyzeWith(...names: readonly string[]): Promise<Report> {
  return analyze({ inputs: names.map((name) => folder + name), claims: `${folder}claims.yaml`, frame: fixedFrame });
}

interface Deletion {
  readonly job: ReportJob;
  readonly truth: number;
  readonly errorMs: number;
}

/** Every Job whose deletion the truth knows, beside what the report says of it. */
function deletions(report: Report): Deletion[] {
  const jobs = new Map(report.jobs.map((job) => [job.name, job]));
  return truth.investigation.flatMap(({ grpc_job, cleanup_job, api_grpc, api_cleanup }) =>
    [
      [grpc_job, api_grpc.watch_deleted],
      [cleanup_job, api_cleanup.watch_deleted],
    ].flatMap(([name, gone]) => {
      const job = jobs.get(name ?? "");
      if (job?.deletedAt === undefined || gone === null || gone === undefined) return [];
      return [{ job, truth: Date.parse(gone), errorMs: Date.parse(job.deletedAt) - Date.parse(gone) }];
    }),
  );
}

function largestError(found: readonly Deletion[]): number {
  return Math.max(...found.map(({ errorMs }) => Math.abs(errorMs)));
}

const captures = [
  { names: ["audit.log.gz"], withinMs: 50 },
  { names: ["jobs-watch-received.jsonl.gz"], withinMs: 50 },
  { names: ["pods-watch.json.gz"], withinMs: 1000 },
  { names: ["jobs-watch.json.gz", "pods-watch.json.gz"], withinMs: 1000 },
  { names: ["jobs-watch.json.gz", "events-final.json.gz"], withinMs: 500 },
  {
    names: ["audit.log.gz", "jobs-watch.json.gz", "pods-watch.json.gz", "events-final.json.gz", "jobs-watch-received.jsonl.gz"],
    withinMs: 50,
  },
];

describe.each(captures)("the captured run with $names", ({ names, withinMs }) => {
  let report: Report;
  beforeAll(async () => {
    report = await analyzeWith("test-run.log.gz", ...names);
  });

  it(`places every deletion within ${withinMs} ms`, () => {
    const found = deletions(report);
    expect(found).toHaveLength(118);
    expect(largestError(found)).toBeLessThanOrEqual(withinMs);
  });

  it("gives ranges that hold the true deletion", () => {
    for (const { job, truth: gone } of deletions(report)) {
      if (job.deletedAtRange === undefined) continue;
      const [from, to] = job.deletedAtRange.map((text) => Date.parse(text)) as [number, number];
      // The truth is itself the arrival of the row, some 10 ms after the deletion.
      expect(gone).toBeGreaterThanOrEqual(from);
      expect(gone - 20).toBeLessThanOrEqual(to);
    }
  });

  it("finds the runner's zone exactly and its skew within 0.3 s, inside the stated uncertainty", () => {
    const runner = report.clocks.find((clock) => clock.id === "runner");
    const trueSkewMs = -1000 * truth.log_clock.behind_cluster_seconds;
    expect(runner?.zoneOffsetMinutes).toBe(truth.log_clock.utc_offset_minutes);
    expect(Math.abs((runner?.skewMs ?? Number.NaN) - trueSkewMs)).toBeLessThan(300);
    expect(Math.abs((runner?.skewMs ?? Number.NaN) - trueSkewMs)).toBeLessThanOrEqual(runner?.uncertaintyMs ?? 0);
  });

  it("finds peak and mean of the open Jobs", () => {
    const { openJobs } = report.concurrency;
    const { peak, mean } = truth.concurrency_grpc_jobs;
    expect(openJobs?.peak).toBe(peak);
    expect(Math.abs((openJobs?.mean ?? 0) - mean) / mean).toBeLessThan(0.02);
  });

  it("tells the outcomes apart", () => {
    const byKind: Record<string, string> = {
      normal: "ok",
      connect_timeout: "timeout",
      connect_timeout_server_crash: "timeout",
      never_opened: "unopened",
      still_running: "running",
    };
    expect(report.investigations.map(({ jobId, outcome }) => [jobId, outcome])).toEqual(
      truth.investigation.map(({ id, kind }) => [id, byKind[kind]]),
    );
  });

  it("keeps the Job that is still open as censored", () => {
    const open = report.jobs.filter((job) => job.role === "serving" && job.ofThisRun && job.censored);
    expect(open.map((job) => [job.name, job.mechanism])).toEqual([["grpc-job-3-1789", "open"]]);
  });

  it("accounts for every line", () => {
    for (const { path, lines, matched, ignored, unparsed } of report.sources)
      expect([path, matched + ignored + unparsed]).toEqual([path, lines]);
  });

  it("measures the stages within 20 ms", () => {
    const edges: Record<string, [string, string]> = {
      configure: ["configure_start", "configured"],
      connect: ["configured", "connected"],
      frames: ["stream_start", "stream_end"],
      disconnect: ["disconnect_start", "disconnected"],
      delay: ["disconnected", "delay_end"],
    };
    for (const [stage, [from, to]] of Object.entries(edges)) {
      const durations = truth.investigation.flatMap(({ kind, stages }) =>
        kind === "normal" && stages[from] !== undefined && stages[to] !== undefined
          ? [Date.parse(stages[to]) - Date.parse(stages[from])]
          : [],
      );
      const measured = report.stages.find((row) => row.stage === stage)?.p50Ms ?? Number.NaN;
      expect([stage, Math.abs(measured - median(durations)) < 20]).toEqual([stage, true]);
    }
  });
});

describe("the captured run without a clean answer", () => {
  it("measures stages and connections from the log alone, and nothing of the cluster", async () => {
    const report = await analyzeWith("test-run.log.gz");
    expect(report.stages.find((row) => row.stage === "connect")?.n).toBe(56);
    expect(report.concurrency.connected?.peak).toBe(1);
    expect(report.concurrency.openJobs).toBeUndefined();
    expect(report.concurrency.window).toBeNull();
    expect(report.window).toBeNull();
    expect(report.windowLocal?.from).toBe("2026-11-23T14:04:13.430");
    const runner = report.clocks.find((clock) => clock.id === "runner");
    expect([runner?.method, runner?.zoneOffsetMinutes, runner?.skewMs]).toEqual(["none", null, null]);
    const cleanup = report.claims.find((claim) => claim.id === "cleanup-after-disconnect");
    expect([cleanup?.verdict, cleanup?.reason.key, cleanup?.measured]).toEqual(["not-measured", "no-cluster-data", undefined]);
    expect(report.missing.map((piece) => piece.key)).toContain("missing-jobs");
  });

  it("measures the Jobs without any log", async () => {
    const report = await analyzeWith("jobs-watch-received.jsonl.gz");
    expect(report.investigations).toHaveLength(0);
    expect(report.concurrency.openJobs?.peak).toBe(truth.concurrency_grpc_jobs.peak);
    expect(report.stages.find((row) => row.stage === "life")?.n).toBe(59);
    expect(report.claims.find((claim) => claim.id === "configure-duration")?.reason.key).toBe("no-log");
  });

  it("does not call Jobs of Events alone open or leaked that no source could have shown to go", async () => {
    const report = await analyzeWith("test-run.log.gz", "events-final.json.gz");
    expect(report.diagnostics.map((diagnostic) => diagnostic.id)).not.toContain("leaked-jobs");
    const completed = report.jobs.filter((job) => job.role === "cleanup" && job.name !== "cleanup-job-3-1789");
    expect(new Set(completed.map((job) => job.mechanism))).toEqual(new Set(["unknown"]));
    expect(report.jobs.filter((job) => job.role === "serving" && job.deletedAt !== undefined)).toHaveLength(59);
  });

  it("invents no deletion, and no open Jobs, from a watch whose rows do not say what happened", async () => {
    const rows = gunzipSync(readFileSync(`${folder}jobs-watch.json.gz`))
      .toString("utf8")
      .trim()
      .split("\n");
    const objects = rows.map((row) => JSON.stringify(JSON.parse(row).object, null, 4)).join("\n");
    const log = gunzipSync(readFileSync(`${folder}test-run.log.gz`)).toString("utf8");
    const files = new Map([
      ["test-run.log", log],
      ["jobs.json", objects],
    ]);
    const report = await analyzeFiles(files, ["test-run.log", "jobs.json"]);
    expect(report.jobs.filter((job) => job.role === "serving" && job.deletedAt !== undefined)).toHaveLength(0);
    expect(report.concurrency.openJobs).toBeUndefined();
    expect(report.claims.find((claim) => claim.id === "mean-open-jobs-delay-1")?.reason.key).toBe("no-deletions");
    expect(report.missing.map((piece) => piece.key)).toContain("missing-deletions");
  });

  it("refuses Kubernetes data of another run", async () => {
    const inputs = [`${folder}jobs-watch.json.gz`, "samples/30-investigations/test-run.log"];
    await expect(analyze({ inputs, frame: fixedFrame })).rejects.toMatchObject({ code: "input", message: /do not belong together/ });
  });

  it("gives the same report in whatever order the files are named", async () => {
    const names = ["test-run.log.gz", "jobs-watch.json.gz", "events-final.json.gz", "audit.log.gz"];
    const [forth, back] = [await analyzeWith(...names), await analyzeWith(...names.toReversed())];
    expect(JSON.stringify(back)).toBe(JSON.stringify(forth));
  });

  it("takes a declared zone and skew instead of the measured ones", async () => {
    const inputs = [`${folder}test-run.log.gz`];
    const declared = await analyze({ inputs, declaredClock: { zoneOffsetMinutes: 120, skewMs: -3700 }, frame: fixedFrame });
    expect(declared.window?.from).toBe("2026-11-23T12:04:17.130Z");
    const zoneOnly = await analyze({ inputs, declaredClock: { zoneName: "Asia/Jerusalem" }, frame: fixedFrame });
    const runner = zoneOnly.clocks.find((clock) => clock.id === "runner");
    expect([zoneOnly.window?.from, runner?.method, runner?.zoneOffsetMinutes, runner?.skewMs]).toEqual([
      "2026-11-23T12:04:13.430Z",
      "declared",
      120,
      null,
    ]);
  });
});
