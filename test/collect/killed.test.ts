/** The command, killed at random moments. POSTRUN_KILLS says how often (default: 4). */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyze } from "../../src/postrun.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { fixedFrame } from "../postrun/frame.js";
import { readRows, until } from "./collecting.js";
import type { StandIn } from "./stand-in/api.js";
import { startApiServer } from "./stand-in/api-server.js";

const KILLS = Number(process.env.POSTRUN_KILLS ?? 4);
const profile = await loadProfile("focus-server");
let server: StandIn;
let folder = "";

beforeAll(async () => {
  server = await startApiServer();
  folder = await mkdtemp(join(tmpdir(), "postrun-killed-"));
  await writeFile(join(folder, "kubeconfig"), server.kubeconfig());
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function startCommand(path: string): { child: ChildProcess; said: () => string } {
  const args = ["dist/cli.cjs", "collect", "--kubeconfig", join(folder, "kubeconfig"), "-o", path, "--force"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { child, said: () => text };
}

/** A little way into the second second, so that deletions happen while it is killed. */
const moments = Array.from({ length: KILLS }, (_, index) => ({
  kill: index + 1,
  afterMs: Math.round(100 + Math.random() * 1800),
  ending: index % 2 === 0 ? ".gz" : "",
}));

test.each(moments)(
  "kill $kill after $afterMs ms: every row that arrived a second before is there, and the analysis says where it ends (capture.ndjson$ending)",
  async ({ kill, afterMs, ending }) => {
    const path = join(folder, `capture-${kill}.ndjson${ending}`);
    const { child, said } = startCommand(path);
    await until(() => said().includes("capturing into"), 20_000);
    const first = server.history.length;
    const began = performance.now();
    for (let index = 0; performance.now() - began < afterMs; index += 1) {
      server.addJob(`grpc-job-${kill}-${index}`);
      await sleep(10);
      if (index % 3 === 0) server.deleteJob(`grpc-job-${kill}-${index}`);
    }
    const killedAt = Date.now();
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    const rows = readRows(await readFile(path), { cut: true });
    const versions = new Set(rows.map(({ object }) => object?.metadata.resourceVersion));
    const missing = server.history
      .slice(first)
      .filter(({ at, object }) => at < killedAt - 1000 && !versions.has(String(object.metadata.resourceVersion)));
    expect(missing).toEqual([]);
    const report = await analyze({ inputs: [path], profile, frame: fixedFrame });
    const ids = report.diagnostics.map(({ id }) => id);
    expect(ids).toContain("capture-unfinished");
    expect(ids).not.toContain("damaged-gzip");
    const unfinished = report.diagnostics.find(({ id }) => id === "capture-unfinished");
    expect(unfinished?.values.at).toBe(rows.at(-1)?.received);
    expect(report.sources[0]?.unparsed ?? 0).toBeLessThanOrEqual(1);
    for (const { name } of rows.flatMap(({ object }) => (object?.kind === "Job" ? [{ name: object.metadata.name }] : []))) {
      expect(report.jobs.some((job) => job.name === name)).toBe(true);
    }
    for (let index = 0; index < 400; index += 1) server.deleteJob(`grpc-job-${kill}-${index}`);
  },
  60_000,
);
