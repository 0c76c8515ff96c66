import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const CLI = resolve("dist/cli.cjs");
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "postrun-profile-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test("--profile-cpu writes what the command spent its time on, and is no part of its help", async () => {
  const path = join(folder, "own.cpuprofile");
  await run(process.execPath, [CLI, "--profile-cpu", path, "claims"]);
  const profile = JSON.parse(await readFile(path, "utf8")) as { nodes: { callFrame: { url: string } }[]; samples: number[] };
  expect(profile.samples.length).toBeGreaterThan(0);
  expect(profile.nodes.some(({ callFrame }) => callFrame.url.endsWith("work.cjs"))).toBe(true);
  const { stdout } = await run(process.execPath, [CLI, "--help"]);
  expect(stdout).not.toContain("profile-cpu");
});

test("--profile-cpu overwrites nothing", async () => {
  const path = join(folder, "own.cpuprofile");
  const before = await readFile(path, "utf8");
  await expect(run(process.execPath, [CLI, "--profile-cpu", path, "claims"])).rejects.toMatchObject({ code: 2 });
  expect(await readFile(path, "utf8")).toBe(before);
});
