import { readFile, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readInputs } from "../../src/ingest/index.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { type Collecting, type CollectingOptions, type StoredRow, startCollecting, until } from "./collecting.js";
import type { StandIn } from "./stand-in/api.js";
import { startApiServer } from "./stand-in/api-server.js";

const { profile } = await loadProfile("focus-server");
let server: StandIn;
const started: Collecting[] = [];

beforeEach(async () => {
  server = await startApiServer();
});
afterEach(async () => {
  for (const collecting of started.splice(0)) await collecting.close();
  await server.close();
});

async function start(options: CollectingOptions = {}): Promise<Collecting> {
  const collecting = await startCollecting(server, { logs: true, ...options });
  started.push(collecting);
  return collecting;
}

const POD = "grpc-job-1-1-pod";
const logRows = (rows: readonly StoredRow[]) => rows.filter(({ type }) => type === "LOG");
const lines = async ({ rows }: Collecting) => logRows(await rows()).map(({ line }) => line);
const ends = async ({ rows }: Collecting) => (await rows()).filter(({ type }) => type === "LOG_END");

describe("the logs of containers", () => {
  test("are followed from the first line to the last, with the kubelet's times and those of arrival", async () => {
    server.addJob("grpc-job-1-1");
    server.print(POD, "before the capture", { stamp: "2026-11-23T12:04:09.371000042Z" });
    const collecting = await start();
    server.print(POD, "while it goes on\r");
    server.print(POD, "");
    await until(async () => (await lines(collecting)).length === 3);
    server.print(POD, "the last one");
    server.deleteJob("grpc-job-1-1");
    await until(async () => (await ends(collecting)).length === 1);
    const summary = await collecting.collector.stop();
    expect(await lines(collecting)).toEqual(["before the capture", "while it goes on", "", "the last one"]);
    const [first] = logRows(await collecting.rows());
    expect(first).toMatchObject({ namespace: "default", pod: POD, container: "main", at: "2026-11-23T12:04:09.371000042Z" });
    expect(Math.abs(Date.parse(first?.received ?? "") - Date.now())).toBeLessThan(20_000);
    expect((await ends(collecting))[0]).toMatchObject({ pod: POD, lines: 4, cut: 0 });
    expect((await ends(collecting))[0]).not.toHaveProperty("reason");
    expect(summary.logs).toEqual({ lines: 4, cut: 0, incomplete: 0 });
    expect((await collecting.rows()).at(-1)).toMatchObject({ type: "END" });
  });

  test("have every line once, although connections break, also within a line and a second", async () => {
    const collecting = await start();
    server.addJob("grpc-job-1-1");
    await until(() => server.followers() === 1);
    const printed: string[] = [];
    const print = (line: string, stamp?: string) => {
      printed.push(line);
      server.print(POD, line, stamp === undefined ? {} : { stamp });
    };
    for (let round = 0; round < 4; round += 1) {
      const second = `2026-11-23T12:04:${10 + round}`;
      print(`${round} early`, `${second}.100000000Z`);
      // The runtime may stamp several lines alike.
      for (const name of ["a", "b", "c"]) print(`${round} ${name}`, `${second}.200000001Z`);
      await until(async () => (await lines(collecting)).length === printed.length);
      server.cutLogs({ midLine: round % 2 === 1 });
      await until(() => server.followers() === 0);
      print(`${round} d`, `${second}.200000001Z`);
      print(`${round} late`, `${second}.900000000Z`);
      await until(async () => (await lines(collecting)).length === printed.length);
    }
    expect(await lines(collecting)).toEqual(printed);
    expect(server.requests.filter((request) => request.includes("sinceTime")).length).toBeGreaterThanOrEqual(4);
  });

  test("of a container that has ended are read once and whole", async () => {
    const containerStatuses = [
      { name: "main", state: { terminated: { exitCode: 0 } } },
      { name: "side", state: { waiting: {} } },
    ];
    server.put({ kind: "Pod", metadata: { name: "done" }, spec: {}, status: { phase: "Succeeded", containerStatuses } });
    for (let index = 0; index < 5000; index += 1) server.print("done", `line ${index}`);
    const collecting = await start();
    await until(async () => (await ends(collecting)).length === 1);
    await sleep(800);
    expect((await lines(collecting)).length).toBe(5000);
    expect(server.requests.filter((request) => request.includes("/log?")).length).toBe(1);
  });

  test("go on when a container is started again", async () => {
    const put = (state: Record<string, unknown>) =>
      server.put({ kind: "Pod", metadata: { name: "crashing" }, spec: {}, status: { containerStatuses: [{ name: "main", state }] } });
    const collecting = await start();
    put({ running: {} });
    await until(() => server.followers() === 1);
    server.print("crashing", "first life");
    put({ terminated: { exitCode: 1 } });
    await until(async () => (await ends(collecting)).length === 1);
    put({ running: {} });
    await until(() => server.followers() === 1);
    server.print("crashing", "second life");
    await until(async () => (await lines(collecting)).length === 2);
    expect(await lines(collecting)).toEqual(["first life", "second life"]);
  });

  test("have no secrets, also not in a key over many lines, and long lines are cut", async () => {
    const collecting = await start();
    server.addJob("grpc-job-1-1");
    await until(() => server.followers() === 1);
    const body = ["hunter2hunter2", "aG9udGVyMg=="];
    for (const line of [
      "-----BEGIN RSA PRIVATE KEY-----",
      ...body,
      "-----END RSA PRIVATE KEY-----",
      "connecting with password=hunter2 to db",
    ])
      server.print(POD, line);
    // A secret that begins before the cut and ends after it.
    server.print(POD, `${"x ".repeat(8180)}postgres://user:hunter2${"-hunter2".repeat(20)}@db/focus`);
    server.print(POD, "y".repeat(3_000_000));
    server.print(POD, "after them");
    await until(async () => (await lines(collecting)).includes("after them"));
    const summary = await collecting.collector.stop();
    const text = await readFile(collecting.path, "utf8");
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain(body[1]);
    expect(await lines(collecting)).toContain("connecting with password=[redacted] to db");
    const long = logRows(await collecting.rows()).filter(({ line }) => String(line).startsWith("yyy"));
    expect(long).toMatchObject([{ cut: true }]);
    expect(String(long[0]?.line).length).toBe(16 * 1024);
    expect((await stat(collecting.path)).size).toBeLessThan(200_000);
    expect(summary.logs).toMatchObject({ lines: 8, incomplete: 1 });
  });

  test("that may not be read are said once, and the capture goes on", async () => {
    server.fail({ status: 403, times: 99, url: /\/log\?/ });
    const collecting = await start();
    for (const index of [1, 2, 3]) server.addJob(`grpc-job-1-${index}`);
    await until(async () => (await ends(collecting)).length === 3);
    expect((await ends(collecting)).every(({ reason }) => String(reason).includes("403"))).toBe(true);
    expect(collecting.states.filter(({ kind }) => kind === "log").map(({ state }) => state)).toEqual(["refused", "refused", "refused"]);
    const summary = await collecting.collector.stop();
    expect(summary).toMatchObject({ jobsSeen: 3, logs: { lines: 0, incomplete: 3 } });
  });

  test("that break and whose Pod is then gone are said to lack their end", async () => {
    const collecting = await start();
    server.addJob("grpc-job-1-1");
    await until(() => server.followers() === 1);
    server.print(POD, "seen");
    await until(async () => (await lines(collecting)).length === 1);
    server.fail({ status: 503, times: 1, url: /\/log\?/ });
    server.cutLogs();
    server.print(POD, "never seen");
    server.deleteJob("grpc-job-1-1");
    await until(async () => (await ends(collecting)).length === 1);
    expect((await ends(collecting))[0]?.reason).toMatch(/the Pod was gone/);
  });

  test("are left alone where nobody asked for them", async () => {
    server.addJob("grpc-job-1-1");
    const collecting = await start({ logs: false });
    server.print(POD, "unasked");
    await sleep(300);
    expect((await collecting.collector.stop()).logs).toBeUndefined();
    expect(await lines(collecting)).toEqual([]);
    expect(server.requests.some((request) => request.includes("/log?"))).toBe(false);
  });

  test("are counted as ignored lines by the analysis, and change nothing that it measures", async () => {
    const collecting = await start();
    server.addJob("grpc-job-1-1");
    server.print(POD, '{"kind":"Job","type":"DELETED"}');
    await until(async () => (await lines(collecting)).length === 1);
    await collecting.collector.stop();
    const rows = await collecting.rows();
    const { sources, events } = await readInputs([collecting.path], { profile });
    const ofLogs = rows.filter(({ type }) => type.startsWith("LOG")).length;
    expect(sources[0]).toMatchObject({ format: "postrun-capture", lines: rows.length, unparsed: 0 });
    expect(sources[0]?.ignored).toBeGreaterThanOrEqual(ofLogs);
    expect(events.some(({ evidence }) => rows[evidence.line - 1]?.type === "LOG")).toBe(false);
  });
});
