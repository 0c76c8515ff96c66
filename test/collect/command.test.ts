import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRows, told, until } from "./collecting.js";
import type { StandIn } from "./stand-in/api.js";
import { startApiServer } from "./stand-in/api-server.js";

let server: StandIn;
let folder = "";

beforeAll(async () => {
  server = await startApiServer();
  folder = await mkdtemp(join(tmpdir(), "postrun-command-"));
  await writeFile(join(folder, "kubeconfig"), server.kubeconfig());
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function collectCommand(...options: string[]) {
  const child = spawn(process.execPath, [join(process.cwd(), "dist/cli.cjs"), "collect", ...options], {
    cwd: folder,
    env: { ...process.env, KUBECONFIG: join(folder, "kubeconfig") },
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, code, said: () => said };
}

const rowsOf = async (name: string) => readRows(await readFile(join(folder, name)), { cut: true });

test("Ctrl-C ends a capture as it should: exit code 0, and what was captured is said", async () => {
  const { child, code, said } = collectCommand("-o", "a.ndjson.gz");
  await until(() => said().includes("capturing into a.ndjson.gz; Ctrl-C ends it"), 30_000);
  server.addJob("job-1");
  await until(async () => told(await rowsOf("a.ndjson.gz"), "Job").includes("MODIFIED job-1"));
  child.kill("SIGINT");
  expect(await code).toBe(0);
  expect(said()).toMatch(/stopped: a\.ndjson\.gz, \d+ rows \(\d+ bytes\) in \d+ s; 1 Jobs, of which 1 are still there; no gaps/);
  expect((await rowsOf("a.ndjson.gz")).at(-1)?.type).toBe("END");
}, 60_000);

test("tells of an interruption and of its end", async () => {
  const { child, code, said } = collectCommand("-o", "b.ndjson", "--kinds", "jobs");
  await until(() => said().includes("capturing"), 30_000);
  await until(async () => (await rowsOf("b.ndjson")).some(({ type }) => type === "CONNECTED"));
  server.cutConnections();
  await until(() => said().includes("Jobs in default: connected again"), 30_000);
  expect(said()).toMatch(/Jobs in default: interrupted: the connection broke; trying again in \d\.\d s/);
  child.kill("SIGTERM");
  expect(await code).toBe(0);
}, 60_000);

test("does not take the end of its own standstill for the time of a deletion", async () => {
  const { child, code, said } = collectCommand("-o", "c.ndjson", "--kinds", "jobs");
  await until(() => said().includes("capturing"), 30_000);
  server.addJob("stopped");
  await until(async () => told(await rowsOf("c.ndjson"), "Job").includes("MODIFIED stopped"));
  await sleep(3000);
  child.kill("SIGSTOP");
  await sleep(1000);
  server.deleteJob("stopped");
  const deletedAt = Date.now();
  await sleep(4000);
  child.kill("SIGCONT");
  await until(async () => told(await rowsOf("c.ndjson"), "Job").includes("DELETED stopped"), 30_000);
  const row = (await rowsOf("c.ndjson")).find(({ type, object }) => type === "DELETED" && object?.metadata.name === "stopped");
  expect(Date.parse(row?.since ?? "")).toBeLessThanOrEqual(deletedAt);
  expect(Date.parse(row?.received ?? "")).toBeGreaterThan(deletedAt + 3000);
  child.kill("SIGINT");
  expect(await code).toBe(0);
}, 90_000);

test.each([
  [["--context", "none"], 2, /no context none/],
  [["--namespace", "Not A Name"], 2, /names of namespaces/],
  [["--kinds", "nodes"], 2, /expected some of Job,Pod,Service,Event/],
  [["-o", "none/capture.ndjson"], 2, /there is no folder/],
  [["--kubeconfig", "none"], 2, /none: cannot be read/],
] as const)(
  "%j is refused with exit code %d",
  async (options, expected, message) => {
    const { code, said } = collectCommand(...options);
    expect(await code).toBe(expected);
    expect(said()).toMatch(message);
  },
  60_000,
);

test("standard output is refused", async () => {
  const { code, said } = collectCommand("-o", "-");
  expect(await code).toBe(2);
  expect(said()).toContain("a capture grows in a file of its own");
  expect(existsSync(join(folder, "-"))).toBe(false);
}, 60_000);

test("what was not watched to the end is named instead of having no gaps", async () => {
  const { child, code, said } = collectCommand("-o", "d.ndjson", "--kinds", "jobs,pods");
  await until(async () => (await rowsOf("d.ndjson").catch(() => [])).filter(({ type }) => type === "CONNECTED").length === 2, 30_000);
  server.fail({ status: 403, times: 6, url: /pods.*watch/ });
  server.cutConnections();
  const bothTried = ["Pods in default: interrupted: 403", "Jobs in default: connected again"];
  await until(() => bothTried.every((text) => said().includes(text)), 30_000);
  child.kill("SIGINT");
  expect(await code).toBe(0);
  expect(said()).toMatch(/still there; Pods in default are lost from \d{4}-\S+Z on/);
  expect(said()).not.toContain("no gaps");
}, 60_000);

test("a stranger's file is left alone", async () => {
  await writeFile(join(folder, "notes.txt"), "mine");
  const { code, said } = collectCommand("-o", "notes.txt");
  expect(await code).toBe(2);
  expect(said()).toContain("was not made by postrun");
  expect(await readFile(join(folder, "notes.txt"), "utf8")).toBe("mine");
}, 60_000);

test.skipIf(!existsSync("/dev/full"))(
  "a full disk ends it with exit code 2 and what to do",
  async () => {
    const { code, said } = collectCommand("-o", "/dev/full", "--force");
    expect(await code).toBe(2);
    expect(said()).toContain("postrun: /dev/full: cannot be written (ENOSPC)");
    expect(said()).toContain("the disk is full");
  },
  60_000,
);

test("a cluster that refuses leaves an older capture as it was, with exit code 3", async () => {
  const before = '{"postrun":"capture"}\n';
  await writeFile(join(folder, "older.ndjson"), before);
  server.expectToken("another");
  const { code, said } = collectCommand("-o", "older.ndjson");
  expect(await code).toBe(3);
  expect(said()).toContain("does not know who we are");
  expect(await readFile(join(folder, "older.ndjson"), "utf8")).toBe(before);
}, 60_000);
