import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collect, watchCluster } from "../../src/collect/index.js";
import { systemPorts } from "../../src/commands/system-ports.js";
import { readInputs } from "../../src/ingest/index.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { type Collecting, type CollectingOptions, readRows, startCollecting, told, until } from "./collecting.js";
import type { StandIn } from "./stand-in/api.js";
import { startApiServer } from "./stand-in/api-server.js";

const { profile } = await loadProfile("focus-server");
let server: StandIn;
const started: Collecting[] = [];

beforeEach(async () => {
  server = await startApiServer({ bookmarkEveryMs: 200 });
});
afterEach(async () => {
  for (const collecting of started.splice(0)) await collecting.close();
  await server.close();
});

async function start(options: CollectingOptions = {}): Promise<Collecting> {
  const collecting = await startCollecting(server, options);
  started.push(collecting);
  return collecting;
}

describe("a capture", () => {
  test("begins with who, where and when, then has what is there and what happens", async () => {
    server.addJob("grpc-job-1-1");
    const { collector, rows } = await start();
    server.addJob("grpc-job-1-2");
    server.deleteJob("grpc-job-1-1");
    await until(async () => told(await rows(), "Job").includes("DELETED grpc-job-1-1"));
    const summary = await collector.stop();
    const all = await rows();
    expect(all[0]).toMatchObject({
      type: "HEADER",
      postrun: "capture",
      postrunVersion: "0.0.0-test",
      cluster: { server: server.url, version: "v1.32.0-stand-in", context: "stand-in" },
      watched: { kinds: ["Job", "Pod", "Service", "Event"], namespaces: ["default"] },
    });
    expect(told(all, "Job")).toEqual(["ADDED grpc-job-1-1", "ADDED grpc-job-1-2", "MODIFIED grpc-job-1-2", "DELETED grpc-job-1-1"]);
    expect(all.filter(({ listed }) => listed).map(({ object }) => object?.metadata.name)).toContain("grpc-job-1-1");
    expect(all.at(-1)).toMatchObject({ type: "END", reason: "requested", rows: all.length });
    expect(summary).toMatchObject({ reason: "requested", rows: all.length, jobsSeen: 2, jobsOpen: 1, gaps: 0 });
  });

  test("has what it began with on disk once it says that it began", async () => {
    server.addJob("grpc-job-1-1");
    const { path, collector } = await start();
    await collector.started;
    const atOnce = readRows(await readFile(path));
    expect(atOnce[0]).toMatchObject({ type: "HEADER" });
    expect(told(atOnce, "Job")).toEqual(["ADDED grpc-job-1-1"]);
  });

  test("has neither managedFields nor secrets, and has the settings", async () => {
    const { path, collector } = await start();
    const env = { CPU_THRESHOLD: "4", DB_PASSWORD: "hunter2", SERVER: "postgres://user:hunter2@db/focus" };
    const container = { name: "main", image: "focus:1.0", args: ["--api-key", "hunter2", "--max-cpu=4"] };
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": '{"env":"hunter2"}', note: "kept" };
    server.addJob("grpc-job-1-1", { env });
    server.put({ kind: "Pod", metadata: { name: "plain", annotations }, spec: { containers: [container] } });
    await until(async () => (await readFile(path, "utf8")).includes('"plain"'));
    await collector.stop();
    const text = await readFile(path, "utf8");
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("managedFields");
    expect(text).toContain('{"name":"CPU_THRESHOLD","value":"4"}');
    expect(text).toContain("--max-cpu=4");
    expect(text).toContain('"note":"kept"');
  });

  test("holds the namespaces and labels that were asked for, and all Events of these namespaces", async () => {
    const { collector, rows } = await start({ namespaces: ["default", "other"], selector: "app=focus" });
    server.addJob("ours", { labels: { app: "focus" } });
    server.addJob("ours-elsewhere", { namespace: "other", labels: { app: "focus" } });
    server.addJob("of-others", { labels: { app: "batch" } });
    server.addJob("far-away", { namespace: "third", labels: { app: "focus" } });
    await until(async () => told(await rows(), "Event").some((row) => row.includes("of-others-pod")));
    await sleep(300);
    await collector.stop();
    const names = new Set((await rows()).filter(({ object }) => object?.kind === "Job").map(({ object }) => object?.metadata.name));
    expect(names).toEqual(new Set(["ours", "ours-elsewhere"]));
    expect(server.requests.filter((request) => request.includes("/events")).some((request) => request.includes("labelSelector"))).toBe(
      false,
    );
  });

  test("goes over all namespaces where that was asked for", async () => {
    const { collector, rows } = await start({ namespaces: "all", kinds: ["Job"] });
    server.addJob("here");
    server.addJob("there", { namespace: "other" });
    await until(async () => told(await rows(), "Job").includes("MODIFIED there"));
    await collector.stop();
    expect(told(await rows(), "Job")).toContain("ADDED here");
    expect(server.requests).toContainEqual(expect.stringMatching(/^GET \/apis\/batch\/v1\/jobs\?/));
  });

  test("keeps the bookmarks, and resumes from the last of them", async () => {
    const { collector, rows, states } = await start({ kinds: ["Job"] });
    server.put({ kind: "Service", metadata: { name: "s" } });
    await until(async () => (await rows()).filter(({ type }) => type === "BOOKMARK").length >= 2);
    const bookmark = (await rows()).findLast(({ type }) => type === "BOOKMARK");
    server.cutConnections();
    await until(() => states.filter(({ state }) => state === "connected").length === 2);
    await collector.stop();
    const last = server.requests.findLast((request) => request.includes("watch=1"));
    expect(Number(/resourceVersion=(\d+)/.exec(last ?? "")?.[1])).toBeGreaterThanOrEqual(Number(bookmark?.resourceVersion));
  });

  test("has what the metrics API says of the Pods' CPU, each sample once", async () => {
    server.addJob("grpc-job-1-1");
    const { collector, rows, path } = await start({ cpuEveryMs: 150 });
    await sleep(2500);
    await collector.stop();
    const samples = (await rows()).filter(({ type }) => type === "METRICS").map(({ object }) => object?.timestamp);
    expect(samples.length).toBeGreaterThanOrEqual(2);
    expect(new Set(samples).size).toBe(samples.length);
    const { events } = await readInputs([path], { profile });
    const read = events.flatMap((event) => (event.type === "metric-sample" ? [event] : []));
    expect(read.length).toBe(samples.length);
    expect(read[0]).toMatchObject({
      value: 0.004,
      rate: true,
      labels: { namespace: "default", pod: "grpc-job-1-1-pod", container: "main" },
    });
  });

  test("goes on without the metrics API, and says so once", async () => {
    server.fail({ status: 404, times: 99, url: /metrics/ });
    const { collector, rows, states } = await start({ cpuEveryMs: 100 });
    server.addJob("grpc-job-1-1");
    await until(async () => told(await rows(), "Job").includes("MODIFIED grpc-job-1-1"));
    await collector.stop();
    expect(states.filter(({ kind }) => kind === "CPU").map(({ state }) => state)).toEqual(["waiting"]);
  });

  test("ends by itself after the time", async () => {
    const { collector } = await start({ kinds: ["Job"], forMs: 700 });
    const summary = await collector.done;
    expect(summary.reason).toBe("time");
    expect(summary.to - summary.from).toBeGreaterThanOrEqual(700);
  });

  test("ends by itself when the Jobs are gone, not before there were any, and not while one is there", async () => {
    const { collector, rows } = await start({ kinds: ["Job"], untilIdleMs: 600 });
    let ended = false;
    void collector.done.then(() => {
      ended = true;
    });
    await sleep(1200);
    server.addJob("grpc-job-1-1");
    await until(async () => told(await rows(), "Job").length > 0);
    await sleep(1200);
    expect(ended).toBe(false);
    server.deleteJob("grpc-job-1-1");
    expect((await collector.done).reason).toBe("idle");
    expect((await rows()).at(-1)).toMatchObject({ type: "END", reason: "idle" });
  });
});

describe("a watch that is down", () => {
  test("is no idleness: a Job may have come meanwhile", async () => {
    const { collector, rows } = await start({ kinds: ["Job"], untilIdleMs: 600 });
    let ended = false;
    void collector.done.then(() => {
      ended = true;
    });
    server.addJob("grpc-job-1-1");
    await until(async () => told(await rows(), "Job").length > 0);
    server.fail({ status: 503, times: 3, url: /watch/ });
    server.deleteJob("grpc-job-1-1");
    await until(async () => told(await rows(), "Job").includes("DELETED grpc-job-1-1"));
    server.cutConnections();
    server.addJob("grpc-job-1-2");
    await until(async () => told(await rows(), "Job").includes("ADDED grpc-job-1-2"));
    expect(ended).toBe(false);
    server.deleteJob("grpc-job-1-2");
    expect(await collector.done).toMatchObject({ reason: "idle", jobsSeen: 2, down: [] });
  });

  test("is named at the end, with since when, or that its kind was never listed", async () => {
    // What cannot be listed holds up the start of the command, not the rest of the capture.
    server.fail({ status: 429, times: 99, url: /services/ });
    const kubeconfig = join(await mkdtemp(join(tmpdir(), "postrun-down-")), "kubeconfig");
    await writeFile(kubeconfig, server.kubeconfig());
    const output = `${kubeconfig}.ndjson`;
    const collector = collect({ kubeconfig, output, kinds: ["Job", "Pod", "Service"], version: "0.0.0-test" }, systemPorts);
    const rows = async () => readRows(await readFile(output).catch(() => Buffer.alloc(0)), { cut: true });
    await until(async () => (await rows()).filter(({ type }) => type === "CONNECTED").length === 2);
    server.fail({ status: 403, times: 99, url: /pods/ });
    server.cutConnections();
    await until(async () => (await rows()).filter(({ type, kind }) => type === "CONNECTED" && kind === "Job").length === 2);
    const { down } = await collector.stop();
    expect(down).toEqual([
      { kind: "Pod", namespace: "default", connected: false, soundAt: expect.any(Number) },
      { kind: "Service", namespace: "default", connected: false },
    ]);
  });
});

describe("watching without a file", () => {
  test("tells the rows and the open Jobs", async () => {
    const collecting = await start({ kinds: ["Job"] });
    const rows: string[] = [];
    const kubeconfig = join(collecting.folder, "kubeconfig");
    const onRow = (row: { type: string }) => void rows.push(row.type);
    const watching = watchCluster({ kubeconfig, kinds: ["Job"], version: "0.0.0-test" }, { ...systemPorts, onRow });
    await watching.ready;
    server.addJob("grpc-job-1-1", { labels: { app: "focus" } });
    server.addJob("grpc-job-1-2");
    server.completeJob("grpc-job-1-2");
    await until(() => watching.openJobs().some(({ finished }) => finished));
    expect(watching.openJobs()).toMatchObject([
      { name: "grpc-job-1-1", namespace: "default", labels: { app: "focus" }, finished: false },
      { name: "grpc-job-1-2", finished: true },
    ]);
    await watching.stop();
    await watching.done;
    expect(rows[0]).toBe("HEADER");
  });

  test("ends with what the reader of the rows throws", async () => {
    const collecting = await start({ kinds: ["Job"] });
    const kubeconfig = join(collecting.folder, "kubeconfig");
    const onRow = (row: { type: string }) => {
      if (row.type === "CONNECTED") throw new Error("enough");
    };
    const watching = watchCluster({ kubeconfig, kinds: ["Job"], version: "0.0.0-test" }, { ...systemPorts, onRow });
    await expect(watching.done).rejects.toThrow("enough");
  });
});

test("a folder that is not there ends the start with a clear error", async () => {
  await expect(startCollecting(server, { name: "missing/capture.ndjson" })).rejects.toMatchObject({ code: "output" });
});
