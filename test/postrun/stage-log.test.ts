import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isoFromEpoch } from "../../src/model/time.js";
import { analyze } from "../../src/postrun.js";
import { type SimulatedRun, simulateRun } from "../../src/simulate/index.js";
import { fixedFrame } from "./frame.js";
import { analyzeFiles, claimOf, FINE_CAPTURES } from "./simulated.js";

/** What a runner with the writer of samples/python would have left of the same run. */
function stageLogOf({ truth }: SimulatedRun): string {
  const { zoneOffsetMinutes, skewMs } = truth.clock;
  const hours = String(zoneOffsetMinutes / 60).padStart(2, "0");
  const rows = truth.investigations.flatMap(({ index, jobId, edges }) => {
    const record = (at: number | null, stage: string | undefined, event: "start" | "end", more: object = {}) =>
      at === null
        ? []
        : [
            {
              at,
              postrun: "stage",
              version: 1,
              time: `${isoFromEpoch(at + skewMs + zoneOffsetMinutes * 60_000).slice(0, -1)}+${hours}:00`,
              investigation: index + 1,
              stage,
              event,
              ...more,
            },
          ];
    const known = { job_id: jobId };
    return [
      ...record(edges.configureStart, "configure", "start"),
      ...record(edges.configured, "configure", "end", known),
      ...record(edges.configured, "connect", "start", known),
      ...record(edges.connected, "connect", "end", known),
      ...record(edges.streamStart, "frames", "start"),
      ...record(edges.streamEnd, "frames", "end", { frames: 500 }),
      ...record(edges.disconnectStart, "disconnect", "start"),
      ...record(edges.disconnected, "disconnect", "end"),
    ];
  });
  return rows.map(({ at: _, ...row }) => `${JSON.stringify(row)}\n`).join("");
}

describe("a stage log", () => {
  test("gives the stages, the claims and the clock that the truth has, without any pattern", async () => {
    const run = simulateRun({ seed: "stages", investigations: 24, zoneOffsetMinutes: 120, skewMs: -3_700 });
    const files = new Map([...run.files, ["stages.jsonl", stageLogOf(run)]]);
    const report = await analyzeFiles(files, ["stages.jsonl", ...FINE_CAPTURES]);
    expect(report.investigations.map(({ outcome }) => outcome)).toEqual(run.truth.investigations.map(({ outcome }) => outcome));
    expect(report.investigations.every(({ jobUid }) => jobUid !== undefined)).toBe(true);
    const runner = report.clocks.find(({ id }) => id === "runner");
    expect(runner?.zoneOffsetMinutes).toBe(120);
    expect(Math.abs((runner?.skewMs ?? 0) + 3_700)).toBeLessThan(200);
    for (const stage of ["configure", "connect", "frames", "disconnect", "delay"]) {
      const median = report.stages.find((row) => row.stage === stage)?.p50Ms ?? 0;
      expect(Math.abs(median - (run.truth.stageMediansMs[stage] ?? 0)), stage).toBeLessThanOrEqual(2);
    }
    expect(claimOf(report, "frames-count")).toMatchObject({ verdict: "confirmed", measured: { value: 500 } });
    expect(claimOf(report, "cleanup-after-disconnect").measured?.n).toBeGreaterThan(10);
  });

  test("goes before the text log of the same run, and says how many lines it set aside", async () => {
    const run = simulateRun({ seed: "both", investigations: 8 });
    const files = new Map([...run.files, ["stages.jsonl", stageLogOf(run)]]);
    const report = await analyzeFiles(files, ["stages.jsonl", "test-run.log", "audit.log"]);
    expect(report.investigations).toHaveLength(8);
    expect(report.diagnostics.find(({ id }) => id === "stage-log-preferred")?.count).toBeGreaterThan(50);
  });

  test("keeps investigations apart that run at once, and counts retries", async () => {
    const at = (second: number) => `2025-12-07T10:51:${String(second).padStart(2, "0")}.000+02:00`;
    const row = (second: number, investigation: string, stage: string | undefined, event: string, outcome?: string) =>
      JSON.stringify({ postrun: "stage", version: 1, time: at(second), investigation, stage, event, outcome });
    const text = [
      row(1, "a", undefined, "start"),
      row(1, "b", undefined, "start"),
      row(2, "a", "connect", "start"),
      row(3, "b", "connect", "start"),
      row(4, "a", "connect", "end", "failed"),
      row(5, "a", "connect", "start"),
      row(6, "b", "connect", "end", "timeout"),
      row(9, "a", "connect", "end"),
      row(10, "b", undefined, "end", "timeout"),
      row(12, "a", undefined, "end"),
    ].join("\n");
    const report = await analyzeFiles(new Map([["stages.jsonl", text]]), ["stages.jsonl"]);
    expect(report.investigations.map(({ outcome, attempts }) => [outcome, attempts])).toEqual([
      ["ok", 2],
      ["timeout", 1],
    ]);
    expect(report.investigations[0]?.stages).toMatchObject([{ stage: "connect", durationMs: 7000, outcome: "ok" }]);
    expect(report.windowLocal ?? report.window).toMatchObject({ from: "2025-12-07T08:51:01.000Z" });
  });
});

/** Python 3, or undefined where the machine has none. */
const python = ["python3", "python"].find((name) => {
  try {
    return execFileSync(name, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).startsWith("Python 3.");
  } catch {
    return false;
  }
});
if (python === undefined)
  process.stderr.write("\nNO PYTHON HERE: the writer of stage logs (samples/python) IS NOT TESTED on this machine\n\n");

describe.skipIf(python === undefined)("the Python writer of stage logs", () => {
  const run = (code: string): string => {
    const folder = mkdtempSync(join(tmpdir(), "postrun-python-"));
    try {
      return execFileSync(python ?? "", ["-c", code, folder], {
        encoding: "utf8",
        env: { ...process.env, PYTHONPATH: "samples/python", PYTHONDONTWRITEBYTECODE: "1" },
        stdio: ["ignore", "pipe", "pipe"],
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test("writes a log that gives what the example did", async () => {
    const folder = mkdtempSync(join(tmpdir(), "postrun-python-"));
    try {
      const path = join(folder, "stages.jsonl");
      execFileSync(python ?? "", ["samples/python/example.py", path, "20"], {
        env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
        stdio: "ignore",
      });
      const report = await analyze({ inputs: [path], frame: fixedFrame });
      expect(report.investigations.map(({ outcome, jobId }) => [outcome, jobId])).toEqual([
        ["ok", "12-70788"],
        ["ok", "13-70789"],
        ["timeout", "14-70790"],
        ["ok", "15-70791"],
      ]);
      expect(JSON.stringify(report)).not.toContain("not-for-reports");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("never tears lines apart, however many threads write", () => {
    const lines = run(`
import json, sys, threading
from postrun_stages import StageLog
path = sys.argv[1] + "/stages.jsonl"
log = StageLog(path)
def work(n):
    for i in range(50):
        with log.investigation("%d-%d" % (n, i)) as one:
            with one.stage("connect") as stage:
                stage.values["text"] = "x" * 2000
threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
print(sum(json.loads(line)["postrun"] == "stage" for line in open(path)))
`);
    expect(Number(lines)).toBe(8 * 50 * 4);
  });

  test("never disturbs the test: not by a path that cannot be written, nor by values that are no JSON", () => {
    const output = run(`
import sys
from postrun_stages import StageLog
class Bad:
    def __str__(self): raise RuntimeError("no text")
for path in (sys.argv[1] + "/no/such/folder/x", sys.argv[1] + "/stages.jsonl"):
    log = StageLog(path)
    with log.investigation(Bad() if path.endswith("x") else "1") as one:
        with one.stage("frames") as stage:
            stage.values = {"odd": Bad(), "loop": None}
    try:
        with log.investigation("2"):
            raise ValueError("the test's own")
    except ValueError as error:
        print(error)
`);
    expect(output.trim().split("\n")).toEqual(["the test's own", "the test's own"]);
  });
});
