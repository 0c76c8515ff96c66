import { type ChildProcessByStdio, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { folderForEachTest } from "../folder-for-each-test.js";

const CLI = resolve("dist/cli.cjs");
let folder = "";
folderForEachTest("run", (path) => {
  folder = path;
});

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
type Started = ChildProcessByStdio<null, Readable, Readable>;

/** Starts the built command line without any cluster, in a session of its own: no terminal sends signals to its command. */
function start(options: readonly string[], words: readonly string[]): { process: Started; ended: Promise<Outcome> } {
  const args = [CLI, "run", "--no-cluster", ...options, "--", ...words];
  const env = { PATH: process.env.PATH, SOURCE_DATE_EPOCH: "1767225600" };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk) => out.push(chunk));
  child.stderr.on("data", (chunk) => err.push(chunk));
  const ended = new Promise<Outcome>((done) => {
    child.on("close", (code) => done({ code, out: Buffer.concat(out).toString("latin1"), err: Buffer.concat(err).toString("utf8") }));
  });
  return { process: child, ended };
}

const run = (options: readonly string[], script: string): Promise<Outcome> => start(options, [process.execPath, "-e", script]).ended;

/** Prints what a Focus Server run prints, without any time. */
const RUNNER = `
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  (async () => {
    for (let i = 1; i <= 2; i += 1) {
      console.log("Configuring streaming job"); await pause(200);
      console.log("Streaming job configured successfully"); console.log("Auto-tracked job: " + i + "-173" + i);
      console.log("Connecting to gRPC server at h:1230" + i + "..."); await pause(150);
      console.log("Connected to gRPC server at h:1230" + i);
      console.log("Starting stream (stream_id=0, max_frames=500, timeout=120s)"); await pause(400);
      console.log("Stream ended: 500 frames in 0.40s (1250.0 fps)");
      console.log("Disconnecting from gRPC server..."); await pause(50);
      console.log("Disconnected from gRPC server");
    }
    process.exit(7);
  })();`;

describe("a wrapped command", () => {
  it("gives its output and its exit code unchanged, and a report whose stages come from the times of arrival", async () => {
    const { code, out, err } = await run(["-o", "r.html", "--json", "r.json", "--folder", "kept"], RUNNER);
    expect([code, err]).toEqual([7, expect.stringContaining("Report: r.html")]);
    expect(out.split("\n")).toHaveLength(19);
    expect(readdirSync(join(folder, "kept"))).toEqual(["output.ndjson"]);
    const report: Report = JSON.parse(readFileSync(join(folder, "r.json"), "utf8"));
    expect(report.investigations.map(({ outcome }) => outcome)).toEqual(["ok", "ok"]);
    const typical = Object.fromEntries(report.stages.map(({ stage, p50Ms }) => [stage, p50Ms]));
    expect(typical.configure).toBeGreaterThan(190);
    expect(typical.configure).toBeLessThan(600);
    expect(typical.frames).toBeGreaterThan(390);
    expect(typical.frames).toBeLessThan(900);
  });

  it("of two that begin in the same second keeps both", async () => {
    const outcomes = await Promise.all(["one", "two", "three"].map((word) => run(["--no-analysis"], `console.log("${word}")`)));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
    const stored = readdirSync(folder).map((name) => readFileSync(join(folder, name, "output.ndjson"), "utf8"));
    expect(stored).toHaveLength(3);
    for (const word of ["one", "two", "three"]) expect(stored.filter((text) => text.includes(`"text":"${word}"`))).toHaveLength(1);
  });

  it("passes bytes that are no text", async () => {
    const { code, out } = await run(["--no-analysis"], "process.stdout.write(Buffer.from([0, 255, 10, 200, 13]))");
    expect([code, Buffer.from(out, "latin1")]).toEqual([0, Buffer.from([0, 255, 10, 200, 13])]);
  });

  it("runs where nothing can be stored", async () => {
    writeFileSync(join(folder, "file"), "");
    const { code, out, err } = await run(["--folder", "file/in"], `console.log("tested"); process.exit(1)`);
    expect([code, out]).toEqual([1, "tested\n"]);
    expect(err).toContain("its output is not stored");
    expect(err).toContain("nothing was captured, so there is no report");
  });

  it.runIf(process.getuid?.() !== 0)("runs where the folder may not be written", async () => {
    chmodSync(folder, 0o555);
    const { code, err } = await run([], "process.exit(3)");
    chmodSync(folder, 0o755);
    expect([code, err]).toEqual([3, expect.stringContaining("EACCES")]);
  });

  it.runIf(existsSync("/dev/full"))("goes on where the disk is full", async () => {
    mkdirSync(join(folder, "kept"));
    symlinkSync("/dev/full", join(folder, "kept", "output.ndjson"));
    const { code, out, err } = await run(
      ["--folder", "kept", "--no-analysis"],
      `console.log("a"); setTimeout(() => { console.log("b"); process.exit(6); }, 600)`,
    );
    expect([code, out]).toEqual([6, "a\nb\n"]);
    expect(err).toContain("the output is stored no further (ENOSPC)");
  });

  it("keeps its exit code where its output says nothing to analyze", async () => {
    const { code, err } = await run([], `console.log("hello")`);
    expect(code).toBe(0);
    expect(err).toMatch(/no report: nothing usable in .*output\.ndjson/);
    expect(err).toMatch(/try again with: postrun analyze /);
  });

  it("that does not exist is an error of usage, and leaves nothing behind", async () => {
    const { code, err } = await start([], ["no-such-program-at-all"]).ended;
    expect([code, err]).toEqual([2, expect.stringContaining("there is no such program")]);
    expect(readdirSync(folder)).toEqual([]);
    expect(await start([], [""]).ended).toMatchObject({
      code: 2,
      err: expect.stringContaining("the command: cannot be started (it has no name)"),
    });
  });

  it("that does not exist leaves what an earlier run left in its folder as it was", async () => {
    await run(["--no-analysis", "--folder", "kept"], `console.log("good")`);
    const before = readFileSync(join(folder, "kept", "output.ndjson"), "utf8");
    expect((await start(["--folder", "kept"], ["no-such-program-at-all"]).ended).code).toBe(2);
    expect(readdirSync(join(folder, "kept"))).toEqual(["output.ndjson"]);
    expect(readFileSync(join(folder, "kept", "output.ndjson"), "utf8")).toBe(before);
    await run(["--no-analysis", "--folder", "kept"], `console.log("better")`);
    expect(readdirSync(join(folder, "kept"))).toEqual(["output.ndjson"]);
    expect(readFileSync(join(folder, "kept", "output.ndjson"), "utf8")).toMatch(/better/);
  });

  it("runs beside another in the same folder, whose output stays whole", async () => {
    const first = start(
      ["--no-analysis", "--folder", "kept"],
      [process.execPath, "-e", `console.log("one"); setTimeout(() => console.log("two"), 3000)`],
    );
    await new Promise((seen) => first.process.stdout.once("data", seen));
    const second = await run(["--no-analysis", "--folder", "kept"], `console.log("other"); process.exit(4)`);
    expect(second).toMatchObject({ code: 4, out: "other\n", err: expect.stringContaining("another capture is writing it") });
    await first.ended;
    expect(readdirSync(join(folder, "kept"))).toEqual(["output.ndjson"]);
    expect(readFileSync(join(folder, "kept", "output.ndjson"), "utf8")).toMatch(/"one".*"two".*"exit":0/s);
  });

  it("may end its reader early, and is not ended by that", async () => {
    const script = `for (let i = 0; i < 3000; i += 1) console.log("x".repeat(100)); setTimeout(() => { console.log("end"); process.exit(9); }, 300)`;
    const { process: child, ended } = start(["--no-analysis", "--folder", "kept"], [process.execPath, "-e", script]);
    child.stdout.once("data", () => child.stdout.destroy());
    expect((await ended).code).toBe(9);
    const stored = readFileSync(join(folder, "kept", "output.ndjson"), "utf8")
      .trimEnd()
      .split("\n");
    expect(stored).toHaveLength(3003);
  });
});

describe("a wrapped command with wrong options", () => {
  it.each([
    [["--profile", "nope"], /no profile "nope"/],
    [["--claims", "nope.yaml"], /nope\.yaml: cannot read/],
    [["--param", "nope=1"], /no parameter "nope"/],
    [["--json", "x.json", "--md", "./x.json"], /the same file/],
    [["--json", "-"], /standard output belongs to the command/],
  ])("does not start: %j", async (options, message) => {
    const { code, out, err } = await run(options, `console.log("RAN")`);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("runs where only the report cannot be written", async () => {
    const { code, err } = await run(["-o", "no/such/folder.html", "--no-analysis"], "process.exit(4)");
    expect([code, err]).toEqual([4, expect.not.stringContaining("no folder")]);
    expect((await run(["-o", "no/such/folder.html"], "process.exit(4)")).err).toMatch(/there is no folder .*the command runs all the same/);
  });

  it("is told the whole command to try again with", async () => {
    const { err } = await run(["--folder", "my run", "-o", "a page.html", "--tz", "+02:00", "--zip"], `console.log("hello")`);
    expect(err).toContain("try again with: postrun analyze 'my run/output.ndjson' -o 'a page.html' --zip --tz +02:00\n");
  });
});

describe("a wrapped command that is interrupted", () => {
  const afterReady = async (script: string, act: (child: Started) => void): Promise<Outcome> => {
    const { process: child, ended } = start(["--no-analysis"], [process.execPath, "-e", script]);
    child.stdout.on("data", (chunk: Buffer) => chunk.includes("ready") && act(child));
    return ended;
  };

  it("gets the interrupt, and its own ending is what counts", async () => {
    const script = `process.on("SIGINT", () => { console.log("cleaned up"); process.exit(5); }); console.log("ready"); setInterval(() => 0, 1000)`;
    const { code, out } = await afterReady(script, (child) => child.kill("SIGINT"));
    expect([code, out]).toEqual([5, "ready\ncleaned up\n"]);
  });

  it("ends with 128 and the signal where it has no say", async () => {
    expect((await afterReady(`console.log("ready"); setInterval(() => 0, 1000)`, (child) => child.kill("SIGTERM"))).code).toBe(143);
  });

  it("is killed by the third, where it ignores the others", async () => {
    const script = `process.on("SIGINT", () => console.log("ready")); console.log("ready"); setInterval(() => 0, 1000)`;
    const { code, err } = await afterReady(script, (child) => child.kill("SIGINT"));
    expect(code).toBe(137);
    expect(err).toContain("once more kills it");
  });
});
