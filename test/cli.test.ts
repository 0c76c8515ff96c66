import { spawn, spawnSync } from "node:child_process";
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../src/model/report.js";
import { folderForEachTest } from "./folder-for-each-test.js";

const CLI = resolve("dist/cli.cjs");
const SAMPLE = resolve("samples/30-investigations");
const LOG = join(SAMPLE, "test-run.log");
const JOBS = join(SAMPLE, "jobs-watch-received.jsonl.gz");
const NOW = ["--now", "2026-01-01T00:00:00Z"];

let folder = "";
const root = folderForEachTest("cli", (path) => {
  folder = path;
});

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line in a folder of its own, without the variables of a CI system. */
function postrun(...args: readonly string[]): Promise<Outcome> {
  return postrunWithPath(process.env.PATH, args);
}

function postrunWithPath(path: string | undefined, args: readonly string[]): Promise<Outcome> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env: { PATH: path, TZ: "Asia/Tokyo" } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk) => out.push(chunk));
    child.stderr.on("data", (chunk) => err.push(chunk));
    child.on("error", failed);
    child.on("close", (code) => done({ code, out: Buffer.concat(out).toString("utf8"), err: Buffer.concat(err).toString("utf8") }));
    child.stdin.end();
  });
}

function put(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return name;
}

function makeFolder(name: string): string {
  mkdirSync(join(folder, name));
  return name;
}

function reportIn(text: string): Report {
  return JSON.parse(text);
}

describe("input that cannot be used ends with 3 and a reason, and leaves nothing behind", () => {
  const cases: readonly [string, () => readonly string[], RegExp][] = [
    ["no such file", () => ["nowhere.log"], /no such file or folder: nowhere\.log/],
    ["a folder without anything readable", () => [makeFolder("empty")], /nothing to read in the folder empty/],
    ["an empty file", () => [put("empty.log", "")], /the file is empty/],
    ["an empty list", () => [put("jobs.json", '{"kind":"List","apiVersion":"v1","items":[]}')], /a list without a Job.*postrun inspect/s],
    ["a file with only an error text", () => [put("jobs.json", "Error from server (NotFound): jobs not found\n")], /only an error text/],
    [
      "a log without a known line",
      () => [put("other.log", "2025-12-07 10:51:15,323 - x - INFO - hello\n".repeat(3))],
      /the profile focus-server recognises none of its 3 lines; --profile.*Expected.*postrun inspect/s,
    ],
    ["a file of another kind", () => [put("photo.bin", "\u0001\u0002 nothing here\n")], /not a format that postrun reads/],
  ];
  it.each(cases)("%s", async (_, inputs, message) => {
    const names = inputs();
    const before = readdirSync(folder);
    const { code, out, err } = await postrun("analyze", ...names);
    expect([code, out]).toEqual([3, ""]);
    expect(err).toMatch(message);
    expect(err).not.toContain("    at ");
    expect(readdirSync(folder)).toEqual(before);
  });

  it("Jobs that the profile does not name, at the gate; the report is written, and both say why", async () => {
    const jobs = resolve("samples/batch-jobs/jobs-watch.jsonl");
    const misfit = /None of the 16 Jobs .*grpc-job-\{jobId\}; jobId: .*seen: index-01/s;
    for (const [command, expected] of [
      ["check", 3],
      ["analyze", 0],
    ] as const) {
      const { code, err } = await postrun(command, jobs);
      expect([command, code, err.replaceAll(/\n\s*/g, " ")]).toEqual([command, expected, expect.stringMatching(misfit)]);
    }
    expect((await postrun("check", jobs, "--profile", "batch-jobs")).err).toBe("");
  });

  it("Kubernetes data of another run", async () => {
    const foreign = gunzipSync(readFileSync(JOBS))
      .toString("utf8")
      .replaceAll("grpc-job-", "grpc-job-9")
      .replaceAll("cleanup-job-", "cleanup-job-9");
    put("jobs.jsonl", foreign);
    const { code, err } = await postrun("analyze", LOG, "jobs.jsonl");
    expect(code).toBe(3);
    expect(err).toMatch(/do not belong together/);
    expect(readdirSync(folder)).toEqual(["jobs.jsonl"]);
  });
});

describe("wrong usage ends with 2 and the near word", () => {
  it("for a value in the postrun.yaml of a folder", async () => {
    const run = makeFolder("configured");
    cpSync(LOG, join(folder, run, "test-run.log"));
    put(join(run, "postrun.yaml"), "tz: Nowhere/X\n");
    const { code, err } = await postrun("check", run);
    expect(code).toBe(2);
    expect(err).toMatch(/configured\/postrun\.yaml: tz: Nowhere\/X: expected an offset such as/);
  });

  it.each([
    ["an option", ["analyze", LOG, "--jsn", "x"], /--json/],
    ["a profile", ["analyze", LOG, "--profile", "focus-sever"], /did you mean focus-server\?/],
    ["a parameter", ["analyze", LOG, "--param", "tst=30"], /did you mean test\?/],
    ["a value of a parameter", ["analyze", LOG, "--param", "test=31"], /did you mean 30\?/],
    ["a claim", ["check", LOG, "--require", "cleanup-after-disconect"], /did you mean cleanup-after-disconnect\?/],
    ["an empty list of claims", ["check", LOG, "--require", ","], /names no claim/],
    ["a zone", ["analyze", LOG, "--tz", "Asia/Nowhere"], /Asia\/Jerusalem/],
    ["a run that is not there", ["analyze", LOG, "--run", "7"], /run 7 was asked for/],
  ])("%s", async (_, args, message) => {
    const { code, err } = await postrun(...args);
    expect([code, readdirSync(folder)]).toEqual([2, []]);
    expect(err).toMatch(message);
  });
});

it("a current folder that is gone ends with 2 and a reason", () => {
  const gone = join(folder, makeFolder("gone"));
  const script = 'rmdir "$PWD" && exec "$0" "$1" predict report.json';
  const { status, stderr } = spawnSync("sh", ["-c", script, process.execPath, CLI], { cwd: gone, encoding: "utf8" });
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^postrun: the current folder does not exist any more\n/)]);
});

it("work that waits for what never comes ends with 70 and a reason, not as if it were done", () => {
  put("never.cjs", 'require("node:fs/promises").stat = () => new Promise(() => undefined);');
  for (const args of [["analyze"], ["check", "--require", "cleanup-after-disconnect"]]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", "./never.cjs", CLI, ...args, LOG], {
      cwd: folder,
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([70, ""]);
    expect(stderr).toMatch(/bug in postrun.*nothing is left to wait for/s);
  }
});

describe("an output that cannot be written ends with 2 and stays as it was", () => {
  const cases: readonly [string, string, RegExp][] = [
    ["in a folder that is not there", "missing/x.html", /there is no folder/],
    ["that is a folder", "sub", /is a folder, not a file/],
    ["below a file", "foreign.html/x.html", /there is no folder/],
    ["that is someone else's file", "foreign.html", /was not made by postrun/],
  ];
  it.each(cases)("%s", async (_, output, message) => {
    put("foreign.html", "<p>mine</p>");
    mkdirSync(join(folder, "sub"));
    for (const flag of ["-o", "--json"]) {
      const { code, err } = await postrun("analyze", LOG, flag, output);
      expect(code).toBe(2);
      expect(err).toMatch(message);
    }
    expect(readdirSync(folder).sort()).toEqual(["foreign.html", "sub"]);
    expect(readFileSync(join(folder, "foreign.html"), "utf8")).toBe("<p>mine</p>");
  });
});

describe("input that was cut is read up to there, and the report says so", () => {
  it("in the last line of a log and in the last document of a capture", async () => {
    const log = readFileSync(LOG, "utf8");
    put("cut.log", log.slice(0, Math.floor(log.length * 0.6)));
    const events = gunzipSync(readFileSync(join(SAMPLE, "events.json.gz"))).toString("utf8");
    put("events.json", events.slice(0, Math.floor(events.length * 0.6)));
    const { code, out } = await postrun("analyze", "cut.log", "events.json", "-o", "x.html", "--json", "-", ...NOW);
    expect(code).toBe(0);
    const report = reportIn(out);
    expect(report.investigations.length).toBeGreaterThan(5);
    expect(report.diagnostics.map((note) => note.id)).toContain("cut-document");
    for (const { lines, matched, ignored, unparsed } of report.sources) expect(matched + ignored + unparsed).toBe(lines);
  });
});

describe("the same inputs", () => {
  let first: { html: string; json: string };
  const written = (name: string) => readFileSync(join(folder, name), "utf8");
  let kept = "";

  beforeAll(async () => {
    folder = join(root, "kept");
    mkdirSync(folder);
    cpSync(SAMPLE, join(folder, "run"), { recursive: true });
    const { code } = await postrun(
      "analyze",
      "run/test-run.log",
      "run/jobs-watch-received.jsonl.gz",
      "-o",
      "x.html",
      "--json",
      "x.json",
      ...NOW,
    );
    expect(code).toBe(0);
    first = { html: written("x.html"), json: written("x.json") };
    kept = folder;
  });

  it("give the same bytes in any order, and overwrite their own report", async () => {
    folder = kept;
    const { code } = await postrun("run/jobs-watch-received.jsonl.gz", "run/test-run.log", "-o", "x.html", "--json", "x.json", ...NOW);
    expect(code).toBe(0);
    expect(written("x.json")).toBe(first.json);
    expect(written("x.html") === first.html).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["run", "x.html", "x.json"]);
  });

  it("are rendered again from either form of the report to the same bytes", async () => {
    folder = kept;
    for (const source of ["x.html", "x.json"]) {
      const { code } = await postrun("render", source, "-o", "again.html", "--json", "again.json");
      expect(code).toBe(0);
      expect(written("again.html") === first.html).toBe(true);
      expect(written("again.json")).toBe(first.json);
    }
  });

  it("write only JSON to standard output when it is asked for there, without a null where a number was", async () => {
    folder = kept;
    const { code, out } = await postrun("run/test-run.log", "-o", "x.html", "--json", "-", ...NOW);
    expect([code, out.endsWith("}\n")]).toEqual([0, true]);
    const report = reportIn(out);
    expect([report.schemaVersion, report.concurrency.openJobs]).toEqual([1, undefined]);
    for (const stage of report.stages) expect(Object.values(stage)).not.toContain(null);
  });

  it("are not rendered from what is no report", async () => {
    folder = kept;
    const { code, err } = await postrun("render", "run/test-run.log", "-o", "no.html");
    expect([code, readdirSync(folder).includes("no.html")]).toEqual([3, false]);
    expect(err).toMatch(/not a postrun report/);
  });
});

describe("standard output that ends or cannot be written", () => {
  /** Runs the command with a reader that goes away at once, or with a standard output that is full. */
  function postrunInto(stdout: "early-end" | number, ...args: readonly string[]): Promise<{ code: number | null; err: string }> {
    return new Promise((done, failed) => {
      const child = spawn(process.execPath, [CLI, ...args], {
        cwd: folder,
        env: { PATH: process.env.PATH, TZ: "Asia/Tokyo" },
        stdio: ["ignore", stdout === "early-end" ? "pipe" : stdout, "pipe"],
      });
      child.stdout?.destroy();
      const err: Buffer[] = [];
      child.stderr?.on("data", (chunk: Buffer) => err.push(chunk));
      child.on("error", failed);
      child.on("close", (code) => done({ code, err: Buffer.concat(err).toString("utf8") }));
    });
  }

  it("where the reader has seen enough, ends nothing else: the files are written and the verdict counts", async () => {
    const { code, err } = await postrunInto("early-end", SAMPLE, "-o", "x.html", "--timeline", "-", "--json", "x.json", "--check", ...NOW);
    expect([code, readdirSync(folder).sort()]).toEqual([1, ["x.html", "x.json"]]);
    expect(err).not.toContain("cannot be written");
    const again = await postrunInto("early-end", "render", "x.json", "-o", "-", "--json", "y.json", "--md", "y.md");
    expect([again.code, readdirSync(folder).sort()]).toEqual([0, ["x.html", "x.json", "y.json", "y.md"]]);
  });

  it.runIf(existsSync("/dev/full"))("where it is full, is an output that cannot be written, whatever the verdict", async () => {
    const full = openSync("/dev/full", "w");
    for (const args of [["check", SAMPLE], ["claims"], ["analyze", SAMPLE, "-o", "-", "--json", "x.json", ...NOW]]) {
      const { code, err } = await postrunInto(full, ...args);
      expect([args[0], code]).toEqual([args[0], 2]);
      expect(err).toContain("postrun: standard output: cannot be written (ENOSPC)\n         check the space");
      expect(err).not.toContain("    at ");
    }
    closeSync(full);
    expect(readdirSync(folder)).toEqual(["x.json"]);
  });
});

describe("outputs that would be lost", () => {
  it("are refused before any work", async () => {
    put("tl.ndjson", '{"postrun":"timeline","schemaVersion":1}\n');
    cpSync(SAMPLE, join(folder, "run"), { recursive: true });
    const before = readdirSync(folder);
    for (const args of [
      ["analyze", "run", "-o", "z", "--timeline", "./z"],
      ["analyze", "tl.ndjson", "-o", "tl.ndjson"],
      ["analyze", "run", "--json", "run/test-run.log", "--force"],
      ["inspect", "tl.ndjson", "--json", "tl.ndjson"],
    ]) {
      const { code, err } = await postrun(...args);
      expect([args, code]).toEqual([args, 2]);
      expect(err).toMatch(/the same file|one of the inputs/);
    }
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(join(folder, "tl.ndjson"), "utf8")).toBe('{"postrun":"timeline","schemaVersion":1}\n');
  });

  it.runIf(process.platform === "linux")("are refused where they would go over what a shell gave as standard input", () => {
    const timeline = '{"postrun":"timeline","schemaVersion":1}\n';
    put("tl.ndjson", timeline);
    const input = openSync(join(folder, "tl.ndjson"), "r");
    const { status, stderr } = spawnSync(process.execPath, [CLI, "analyze", "-", "-o", "tl.ndjson"], {
      cwd: folder,
      stdio: [input, "pipe", "pipe"],
      encoding: "utf8",
    });
    closeSync(input);
    expect([status, stderr]).toEqual([2, expect.stringContaining("tl.ndjson: is one of the inputs")]);
    expect(readFileSync(join(folder, "tl.ndjson"), "utf8")).toBe(timeline);
  });

  it("are not where a report beside the run's files is written anew", async () => {
    cpSync(SAMPLE, join(folder, "run"), { recursive: true });
    for (let time = 0; time < 2; time += 1)
      expect((await postrun("analyze", "run", "-o", "x.html", "--json", "run/report.json", "--junit", "run/claims.xml", ...NOW)).code).toBe(
        0,
      );
  });
});

describe("check", () => {
  it("leaves standard output to what was asked for there, and its lines go elsewhere", async () => {
    const { code, out, err } = await postrun("analyze", SAMPLE, "-o", "x.html", "--check", "--json", "-", ...NOW);
    expect([code, reportIn(out).schemaVersion]).toEqual([1, 1]);
    expect(err).toMatch(/^contradicted {4}mean-open-jobs /m);
  });

  it("ends with 1 for a contradicted claim, and with one line a claim", async () => {
    const { code, out } = await postrun("check", SAMPLE);
    expect(code).toBe(1);
    expect(
      out
        .trim()
        .split("\n")
        .every((line) => /^(confirmed|contradicted|inconclusive|not-measured|not-applicable) /.test(line)),
    ).toBe(true);
  });

  it("ends with 0 for what is confirmed, 4 where that is not enough, and 3 where nothing was measured", async () => {
    const require = (...ids: readonly string[]) => postrun("check", SAMPLE, "--strict", "--require", ids.join(","));
    const [confirmed, unsettled, nothing] = await Promise.all([
      require("connect-duration"),
      require("connect-duration", "configure-duration"),
      postrun("check", LOG, "--require", "cleanup-after-disconnect"),
    ]);
    expect([confirmed.code, unsettled.code, nothing.code]).toEqual([0, 4, 3]);
    expect(confirmed.out).toMatch(/^confirmed +connect-duration/);
    // Why it could not decide, apart from the lines of the claims.
    expect(confirmed.err).toBe("");
    expect(unsettled.err).toMatch(/^postrun: configure-duration: /m);
    expect(unsettled.err).not.toMatch(/connect-duration/);
    expect(nothing.err).toMatch(/^postrun: cleanup-after-disconnect: .*no Jobs of the cluster.*\n.*postrun inspect says what is missing/m);
  });
});

it("says its version and its help on standard output", async () => {
  const [version, help] = await Promise.all([postrun("--version"), postrun("--help")]);
  expect([version.code, help.code]).toEqual([0, 0]);
  expect(version.out.trim()).toMatch(/^\d+\.\d+\.\d+/);
  expect(help.out).toMatch(/Exit codes: 0 done/);
});

describe.skipIf(process.platform === "win32" || process.platform === "darwin")("--open", () => {
  it("opens the report that was written", async () => {
    const bin = makeFolder("bin");
    writeFileSync(join(folder, bin, "xdg-open"), '#!/bin/sh\necho "$1" > opened.tmp && mv opened.tmp opened\n', { mode: 0o755 });
    const { code } = await postrunWithPath(`${join(folder, bin)}:${process.env.PATH}`, [
      "analyze",
      LOG,
      ...NOW,
      "-o",
      "report.html",
      "--open",
    ]);
    expect(code).toBe(0);
    await expect.poll(() => existsSync(join(folder, "opened")) && readFileSync(join(folder, "opened"), "utf8")).toBe("report.html\n");
  });

  it("says so where there is nothing to open it with: the report stands", async () => {
    const { code, err } = await postrunWithPath(makeFolder("nothing"), ["analyze", LOG, ...NOW, "-o", "report.html", "--open"]);
    expect(code).toBe(0);
    expect(err).toMatch(/^postrun: xdg-open could not open the report; it is in report\.html$/m);
    expect(readdirSync(folder)).toContain("report.html");
  });
});
