import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StandIn } from "../collect/stand-in/api.js";
import { startApiServer } from "../collect/stand-in/api-server.js";

const CLI = resolve("dist/cli.cjs");
const root = mkdtempSync(join(tmpdir(), "postrun-run-capture-"));
let folder = root;
let count = 0;
let server: StandIn;
let open = true;
beforeEach(async () => {
  count += 1;
  folder = join(root, String(count));
  mkdirSync(folder);
  server = await startApiServer();
  open = true;
  writeFileSync(join(folder, "kubeconfig"), server.kubeconfig());
});
const close = async (): Promise<void> => {
  if (open) await server.close();
  open = false;
};
afterEach(close);
afterAll(() => rmSync(root, { recursive: true }));

interface Run {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<{ readonly code: number | null; readonly err: string }>;
  readonly until: (text: string) => Promise<void>;
}

function run(options: readonly string[], script: string): Run {
  const args = [CLI, "run", "--kubeconfig", "kubeconfig", "--folder", "kept", ...options, "--", process.execPath, "-e", script];
  const env = { PATH: process.env.PATH, HOME: folder };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  let look = (): void => undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      look();
    });
  }
  const ended = new Promise<{ code: number | null; err: string }>((done) => child.on("close", (code) => done({ code, err: said })));
  const until = (text: string): Promise<void> =>
    new Promise((seen, failed) => {
      look = () => (said.includes(text) ? seen() : undefined);
      void ended.then(() => failed(new Error(`it ended before "${text}": ${said}`)));
      look();
    });
  return { process: child, ended, until };
}

const rows = (): Record<string, unknown>[] =>
  gunzipSync(readFileSync(join(folder, "kept", "capture.ndjson.gz")))
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const ENDS_SOON = `console.log("begun"); setTimeout(() => process.exit(5), 1500)`;

describe("a wrapped command beside a cluster", () => {
  it("is captured, and waited for until the Jobs that came meanwhile are gone; older ones are not waited for", async () => {
    server.addJob("grpc-job-9-1699");
    const { ended, until } = run([], ENDS_SOON);
    await until("begun");
    server.addJob("grpc-job-1-1730");
    await until("waiting until 1 Job is gone");
    server.deleteJob("grpc-job-1-1730");
    const { code, err } = await ended;
    expect(code).toBe(5);
    expect(err).not.toContain("postrun: still open");
    expect(err).toContain("Report: postrun-");
    expect(readdirSync(folder).some((name) => name.endsWith(".html"))).toBe(true);
    expect(rows().at(0)).toMatchObject({ type: "HEADER" });
    expect(rows().at(-1)).toMatchObject({ type: "END" });
    const gone = rows().filter(({ type }) => type === "DELETED");
    expect(gone.map(({ object }) => (object as { kind: string }).kind)).toEqual(expect.arrayContaining(["Job", "Pod"]));
  });

  it("is waited for no longer after an interrupt, and nothing is half-written", async () => {
    const { process: child, ended, until } = run(["--no-analysis"], ENDS_SOON);
    await until("begun");
    server.addJob("grpc-job-1-1730");
    await until("waiting until 1 Job is gone");
    child.kill("SIGINT");
    const { code, err } = await ended;
    expect([code, err]).toEqual([5, expect.stringContaining("still open: grpc-job-1-1730")]);
    expect(rows().at(-1)).toMatchObject({ type: "END" });
  });

  it("is waited for no longer than the grace", async () => {
    const { ended, until } = run(["--no-analysis", "--grace", "1s"], ENDS_SOON);
    await until("begun");
    server.addJob("grpc-job-1-1730");
    expect(await ended).toMatchObject({ code: 5, err: expect.stringContaining("still open: grpc-job-1-1730") });
  });

  it("goes on where the cluster goes away, and keeps its exit code", async () => {
    const { ended, until } = run(["--no-analysis", "--grace", "2s"], ENDS_SOON);
    await until("begun");
    server.addJob("grpc-job-1-1730");
    await close();
    const { code } = await ended;
    expect(code).toBe(5);
    expect(rows().at(-1)).toMatchObject({ type: "END" });
  });

  it("is told what was not watched to the end, and the capture holds it too", async () => {
    const { ended, until } = run(["--no-analysis"], ENDS_SOON);
    await until("begun");
    server.fail({ status: 403, times: 100, url: /pods.*watch/ });
    server.cutConnections();
    const { code, err } = await ended;
    expect(code).toBe(5);
    expect(err).toMatch(/postrun: the capture is not whole: Pods in default are lost from \d{4}-\S+Z on\n/);
    expect(err).not.toContain("Jobs in default are lost");
    const told = rows().filter(({ type, kind }) => kind === "Pod" && (type === "CONNECTED" || type === "DISCONNECTED"));
    expect(told.map(({ type }) => type)).toEqual(["CONNECTED", "DISCONNECTED"]);
  });

  it("that cannot be started leaves the capture of an earlier run as it was", async () => {
    await run(["--no-analysis"], `console.log("good")`).ended;
    const files = readdirSync(join(folder, "kept"));
    const before = readFileSync(join(folder, "kept", "capture.ndjson.gz"));
    const args = [CLI, "run", "--kubeconfig", "kubeconfig", "--folder", "kept", "--", "no-such-program-at-all"];
    const child = spawn(process.execPath, args, { cwd: folder, env: { PATH: process.env.PATH, HOME: folder }, stdio: "ignore" });
    expect(await new Promise((done) => child.on("close", done))).toBe(2);
    expect(readdirSync(join(folder, "kept"))).toEqual(files);
    expect(readFileSync(join(folder, "kept", "capture.ndjson.gz"))).toEqual(before);
  });

  it("does not touch a capture that another program is writing into its folder", async () => {
    mkdirSync(join(folder, "kept"));
    const path = join(folder, "kept", "capture.ndjson.gz");
    const args = [CLI, "collect", "--kubeconfig", "kubeconfig", "-o", path];
    const collector = spawn(process.execPath, args, {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const ended = new Promise((done) => collector.on("close", done));
    await new Promise<void>((seen) => collector.stderr.on("data", (text) => (String(text).includes("capturing") ? seen() : undefined)));
    const { code, err } = await run(["--no-analysis"], ENDS_SOON).ended;
    expect([code, err]).toEqual([5, expect.stringContaining("another capture is writing it")]);
    collector.kill("SIGINT");
    expect(await ended).toBe(0);
    expect(rows().at(-1)).toMatchObject({ type: "END" });
  });

  it("is captured without the kinds that may not be listed, and told which", async () => {
    server.fail({ status: 403, times: 999, url: /events/ });
    const { ended, until } = run(["--no-analysis"], ENDS_SOON);
    await until("begun");
    server.addJob("grpc-job-1-1730");
    await until("waiting until 1 Job is gone");
    server.deleteJob("grpc-job-1-1730");
    const { code, err } = await ended;
    expect([code, err]).toEqual([5, expect.stringContaining("the capture is not whole: Events in default were never listed")]);
    expect(
      rows()
        .flatMap(({ type, kind }) => (type === "LISTED" ? [kind] : []))
        .sort(),
    ).toEqual(["Job", "Pod", "Service"]);
  });

  it("runs without a capture where the Jobs cannot be listed in time: what the cluster said is told, and nothing is left of it", async () => {
    server.fail({ status: 500, times: 999, url: /jobs/ });
    const { code, err } = await run(["--no-analysis"], ENDS_SOON).ended;
    expect([code, err]).toEqual([5, expect.stringMatching(/no cluster: the Jobs could not be listed \(500 fault 500\) within 15 s/)]);
    expect(readdirSync(join(folder, "kept"))).toEqual(["output.ndjson"]);
  }, 40_000);

  it("begins in time where a credential plugin does not come to an end", async () => {
    writeFileSync(join(folder, "kubeconfig"), server.kubeconfig({ exec: { command: "sleep", args: ["300"] } }));
    const began = Date.now();
    const { code, err } = await run(["--no-analysis"], ENDS_SOON).ended;
    expect([code, err]).toEqual([5, expect.stringContaining("it did not answer within 15 s")]);
    expect(Date.now() - began).toBeLessThan(25_000);
  }, 40_000);

  it("runs where there is no cluster, and that is said", async () => {
    await close();
    const { code, err } = await run(["--no-analysis"], ENDS_SOON).ended;
    expect(code).toBe(5);
    expect(err).toContain("no cluster: ");
    expect(err).toContain("the command runs without a capture");
    expect(readdirSync(join(folder, "kept"))).toEqual(["output.ndjson"]);
  });
});
