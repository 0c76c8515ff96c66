import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspectionText } from "../../src/commands/inspect.js";
import { Examination, shapeOf } from "../../src/ingest/examination.js";
import type { Inspection } from "../../src/model/inspection.js";
import { analyze, inspect } from "../../src/postrun.js";
import { fixedFrame } from "./frame.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "postrun-inspect-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const inspected = (name: string, text: string): Promise<Inspection> => {
  writeFileSync(join(folder, name), text);
  return inspect({ inputs: [join(folder, name)], frame: fixedFrame });
};

describe("inspecting", () => {
  test("what is told of several lines says how many", async () => {
    const found = await inspected(
      "untimed.log",
      "2025-12-07 10:51:15,323 - grpc - INFO - x\n==== test session starts ====\nInvestigation 1/3\n",
    );
    expect(found.sources[0]?.diagnostics).toMatchObject([{ id: "marks-without-time", count: 1 }]);
    expect(await inspectionText(found, "en")).toContain("! 1 line that the profile recognises does not begin with a time");
  });

  test("a run tells format, patterns, clocks, runs and what is missing", async () => {
    const found = await inspect({ inputs: ["samples/30-investigations"], frame: fixedFrame });
    const log = found.sources.find(({ format }) => format === "python-log");
    expect(log).toMatchObject({ encoding: "utf-8", clock: "runner", why: { line: expect.any(Number) } });
    expect(log?.patterns).toMatchObject({ "configure-start": 30, "wave-job": 0 });
    expect(log?.patterns.frame).toBeGreaterThan(0);
    expect(found.run).toMatchObject({ found: 1, investigations: 30 });
    expect(found.clocks.find(({ id }) => id === "runner")?.zoneOffsetMinutes).toBe(180);
    expect(found.missing.map(({ key }) => key)).toContain("missing-audit");
    expect(found.sources.find(({ path }) => path.includes("events"))?.events["cluster-event"]).toBeGreaterThan(100);
    const text = await inspectionText(found, "en");
    expect(text).toContain("matched nothing: ");
    expect(text).toMatch(/runner: UTC\+3, 1\.\d{3} s ahead of the cluster/);
    expect(text).toContain("/var/log/kubernetes/audit/audit.log");
    expect(await inspectionText(found, "he")).toContain("יומן ה-audit");
  });

  test("nothing that a log or a file's name holds acts on the terminal", async () => {
    const text = "2025-12-07 10:51:15,323 - grpc - INFO - \u001b]0;title\u0007 \u202Ex\n";
    const shown = await inspectionText(await inspected("\u001b[31m.log", text), "en");
    expect(shown).toContain("[U+001B][31m.log");
    expect(shown).toContain("[U+001B]]0;title[U+0007] [U+202E]x");
    expect(shown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  test("a log without one recognised line is not refused: its shapes are shown", async () => {
    const record = (second: number, message: string) => `2025-12-07 10:51:${String(second).padStart(2, "0")},000 - app - INFO - ${message}`;
    const lines = [...Array(20).keys()].map((n) => record(n, `Order ${n} of "customer ${n}" took ${n}.5 s`));
    const found = await inspected("strange.log", [...lines, record(40, "password=hunter2-secret")].join("\n"));
    const [source] = found.sources;
    expect(source?.shapes[0]).toMatchObject({ shape: "Order <n> of <text> took <n> s", count: 20, line: 1 });
    expect(source?.diagnostics.map(({ id }) => id)).toContain("no-recognised-line");
    expect(JSON.stringify(found)).not.toContain("hunter2");
    expect(source?.patterns.connected).toBe(0);
  });

  test.each([
    ["of no known format", "what is this 1\nwhat is this 2\n", "unknown"],
    ["an empty file", "", "empty"],
    ["a table", "NAME   AGE\ngrpc-job-1   3m\n", "kubectl-table"],
    ["an error text", "Error from server (NotFound): jobs.batch not found\n", "error-text"],
  ])("is not refused: %s", async (name, text, format) => {
    const found = await inspected(`${name}.txt`, text);
    expect(found.sources[0]?.format).toBe(format);
    expect(await inspectionText(found, "en")).toContain(format);
  });

  test("names are masked where that is asked for", async () => {
    const found = await inspect({
      inputs: ["samples/30-investigations"],
      redact: ["hosts", "ips", "users", "namespaces"],
      frame: fixedFrame,
    });
    expect(found.clocks.map(({ id }) => id)).toContain("node:host-2");
    expect(await inspectionText(found, "en")).not.toMatch(/worker-0|10\.0\.0\.5/);
    expect(JSON.stringify(found)).not.toMatch(/worker-0|10\.0\.0\.5/);
  });

  test("a timeline is not written where names are to be masked", async () => {
    const options = { inputs: ["samples/30-investigations"], redact: ["hosts"], frame: fixedFrame } as const;
    await expect(analyze({ ...options, onTimeline: () => Promise.reject(new Error("written")) })).rejects.toMatchObject({ code: "usage" });
  });

  test("inputs of two runs are described, with the problem", async () => {
    const found = await inspect({
      inputs: ["samples/30-investigations/test-run.log", "samples/stress-loop/jobs-watch.json.gz"],
      frame: fixedFrame,
    });
    expect(found.sources).toHaveLength(2);
    expect(found.problem?.message ?? found.run).toBeDefined();
  });

  test("a record of several lines counts once, and so does its shape", async () => {
    const record = (second: number, message: string) => `2025-12-07 10:51:0${second},000 - grpc - INFO - ${message}`;
    const opened = [record(1, "Configuring streaming job"), "  nothing more"];
    const other = [record(2, "Order 7 was taken"), "  by nobody"];
    const found = await inspected("continued.log", [...opened, ...other, record(3, "Order 8 was taken")].join("\n"));
    const [log] = found.sources;
    expect([log?.patterns["configure-start"], log?.events["log-mark"]]).toEqual([1, 1]);
    expect([log?.unmatched, log?.shapes]).toMatchObject([2, [{ shape: "Order <n> was taken", count: 2, line: 3 }]]);
  });

  test.each(["en", "he"] as const)("what is known of the input is told with how often it was met (%s)", async (language) => {
    const found = await inspected("doubled.log", "2025-12-07 10:51:01,000 - grpc - INFO - Configuring streaming job\n");
    const diagnostics = [{ id: "doubled-records", severity: "info", count: 3, values: {}, examples: [] }] as const;
    const told = (await inspectionText({ ...found, diagnostics }, language)).split("\n").find((line) => line.startsWith("  ! "));
    expect(told).toMatch(/^[^{}]*3[^{}]*$/);
  });

  test("patterns count the same as the analysis does", async () => {
    const found = await inspect({ inputs: ["samples/stress-loop/test-run.log"], frame: fixedFrame });
    const [log] = found.sources;
    const ignored = new Set(["frame", "run-end"]);
    const sum = Object.entries(log?.patterns ?? {}).reduce((total, [id, count]) => total + (ignored.has(id) ? 0 : count), 0);
    expect(sum).toBe(log?.events["log-mark"]);
  });

  test("one is told as one, and a clock that lags is behind", async () => {
    const found = await inspected("odd.log", "2025-12-07 10:51:15,323 - grpc - INFO - something else\n");
    const clock = { id: "runner", method: "bounds", zoneOffsetMinutes: 330, skewMs: -104, uncertaintyMs: 54, anchors: 1 } as const;
    const run = { found: 1, selected: 1, investigations: 1, jobs: 1 };
    const text = await inspectionText({ ...found, run, clocks: [clock] }, "en");
    expect(text).toContain("no pattern matched 1 record; the commonest");
    expect(text).toContain("found        1 investigation, 1 Job, with the profile");
    expect(text).toContain("runner: UTC+5:30, 0.104 s behind the cluster, give or take 0.054 s (from 1 request and its Job)");
  });
});

describe("shapes of unmatched lines", () => {
  test("mask what differs", () => {
    expect(shapeOf("job 12-70788 at 10.0.0.7:12312 took 3.5s id=3f2b8c1d-0000-4000-8000-0123456789ab 0xdeadbeef42 'x' \"y\"")).toBe(
      "job <n> at <n> took <n>s id=<id> <hex> <text> <text>",
    );
  });

  test("stay few, and the commonest survives", () => {
    const examination = new Examination();
    for (let n = 0; n < 20_000; n++) {
      examination.withoutMeaning(`noise ${[...String(n)].map((digit) => "abcdefghij"[Number(digit)]).join("")} end`, n);
      if (n % 5 === 0) examination.withoutMeaning("again and again", n);
    }
    expect(examination.unmatched).toBe(24_000);
    expect(examination.commonest()[0]?.shape).toBe("again and again");
    expect(examination.commonest()).toHaveLength(10);
  });

  test("never hold digits, whatever the line", () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => !/[0-9]/.test(shapeOf(text))));
  });
});
