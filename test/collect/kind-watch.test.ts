import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CaptureRow } from "../../src/collect/collect-types.js";
import { KindWatch } from "../../src/collect/kind-watch.js";
import { openCluster } from "../../src/collect/kube-config.js";
import { Pulse } from "../../src/collect/pulse.js";
import { until } from "./collecting.js";
import type { StandIn } from "./stand-in/api.js";
import { startApiServer } from "./stand-in/api-server.js";

let server: StandIn;
let folder = "";
/** How far the watch's clock is ahead [ms]. */
let ahead = 0;
let stopping = new AbortController();
let rows: CaptureRow[] = [];

beforeEach(async () => {
  server = await startApiServer();
  folder = await mkdtemp(join(tmpdir(), "postrun-kind-"));
  await writeFile(join(folder, "kubeconfig"), server.kubeconfig());
  [ahead, rows, stopping] = [0, [], new AbortController()];
});
afterEach(async () => {
  stopping.abort();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function watch(): KindWatch {
  const clock = () => Date.now() + ahead;
  const client = { access: openCluster({ kubeconfig: join(folder, "kubeconfig") }), clock, signal: stopping.signal };
  // The clock of this one runs evenly: time passes, the program does not stand still.
  const pulse = new Pulse(Date.now, () => undefined);
  stopping.signal.addEventListener("abort", () => pulse.stop());
  const ports = { clock, random: () => 0.5, onRow: (row: CaptureRow) => void rows.push(row) };
  const made = new KindWatch(client, { kind: "Job", namespace: "default", selector: "" }, ports, pulse, () => undefined);
  void made.run();
  return made;
}

const find = (type: CaptureRow["type"]) => rows.find((row) => row.type === type);

test("a connection that was silent before it broke was up until the last row, not until shortly before it broke", async () => {
  const watching = watch();
  await until(() => watching.connected);
  // Until the server has said how far the backlog goes, the watch is not through with it.
  await until(() => server.requests.some((request) => request.endsWith("limit=1")));
  await sleep(200);
  server.addJob("job-1");
  await until(() => rows.some((row) => row.type === "MODIFIED"));
  const last = rows.findLast((row) => row.type === "MODIFIED");
  ahead = 95_000;
  server.cutConnections();
  server.deleteJob("job-1");
  await until(() => find("DELETED") !== undefined);
  expect(find("DISCONNECTED")).toMatchObject({ since: last?.received });
  expect(find("DELETED")).toMatchObject({ since: last?.received });
});

test("what a first list had that broke off between its pages, and the next one has not, went since the first was asked for", async () => {
  for (let index = 0; index < 700; index += 1) server.put({ kind: "Job", metadata: { name: `job-${index}` }, spec: {} });
  server.fail({ status: 503, times: 1, url: /continue=/ });
  const asked = Date.now();
  watch();
  await until(() => rows.length >= 500);
  const goneAt = Date.now();
  server.remove("Job", "job-0");
  await until(() => find("LISTED") !== undefined);
  const deleted = find("DELETED") as { since?: number } | undefined;
  expect(deleted).toMatchObject({ missed: true, object: { metadata: { name: "job-0" } } });
  expect(deleted?.since).toBeGreaterThanOrEqual(asked);
  expect(deleted?.since).toBeLessThanOrEqual(goneAt);
});

test("a server that will never come to the version it was asked for is listed anew", async () => {
  const watching = watch();
  await until(() => watching.connected);
  server.fail({ status: 504, times: 1, url: /watch/, message: "Timeout: Too large resource version: 900, current: 500" });
  server.cutConnections();
  await until(() => rows.filter(({ type }) => type === "LISTED").length === 2);
  expect(find("GAP")).toMatchObject({ reason: expect.stringContaining("Too large resource version") });
});

/** A Job that was told, and the moment from which the server says nothing more. */
async function heardOf(name: string): Promise<CaptureRow> {
  await until(() => server.requests.some((request) => request.endsWith("limit=1")));
  await sleep(200);
  server.addJob(name);
  await until(() => rows.some((row) => row.type === "MODIFIED"));
  return rows.findLast((row) => row.type === "MODIFIED") as CaptureRow;
}

test.each([410, 500] as const)(
  "a row that says %i proves nothing of what came before it: the watch was up until the row or bookmark before",
  async (code) => {
    const watching = watch();
    await until(() => watching.connected);
    const last = await heardOf("job-1");
    ahead = 8000;
    server.errorInWatches(code);
    if (code === 410) server.compact();
    await until(() => rows.filter(({ type }) => type === "CONNECTED").length === 2);
    expect(find("DISCONNECTED")).toMatchObject({ since: last.received });
    expect(rows.filter(({ type }) => type === "CONNECTED")[1]).toMatchObject(code === 410 ? {} : { since: last.received });
    if (code === 410) expect(find("GAP")).toMatchObject({ since: last.received });
  },
);

test("a server that answers each watch with an ERROR row is asked less and less often", async () => {
  watch();
  server.fail({ status: 500, times: 999, url: /watch=/, asRow: true });
  await sleep(4000);
  const asked = server.requests.filter((request) => request.includes("watch=1")).length;
  // At half a second, one, two and four.
  expect(asked).toBeLessThanOrEqual(5);
});

test("a bookmark tells that all before it has come, also right after the opening", async () => {
  await server.close();
  server = await startApiServer({ bookmarkEveryMs: 300 });
  await writeFile(join(folder, "kubeconfig"), server.kubeconfig());
  const watching = watch();
  await until(() => rows.some(({ type }) => type === "BOOKMARK"));
  await until(() => rows.filter(({ type }) => type === "BOOKMARK").length >= 2);
  server.hang();
  const last = rows.findLast(({ type }) => type === "BOOKMARK");
  expect(watching.standing().soundAt).toBe(last?.received);
});

describe("at the end of a capture, a connection that has been silent", () => {
  test("and has nobody behind it is down since its last row", async () => {
    const watching = watch();
    await until(() => watching.connected);
    const last = await heardOf("job-1");
    server.hang({ all: true });
    ahead = 90_000;
    await watching.conclude();
    expect(watching.standing()).toMatchObject({ connected: false, soundAt: last.received });
    expect(rows.at(-1)).toMatchObject({ type: "DISCONNECTED", since: last.received });
  });

  test("and is dead, while the server is well, is made good: what it did not bring comes late, and the watch was up", async () => {
    const watching = watch();
    await until(() => watching.connected);
    const last = await heardOf("job-1");
    server.hang();
    server.deleteJob("job-1");
    ahead = 90_000;
    await watching.conclude();
    expect(watching.standing().connected).toBe(true);
    expect(watching.standing().soundAt).toBeGreaterThan(last.received + 90_000);
    expect(find("DELETED")).toMatchObject({ since: last.received });
    expect(rows.filter(({ type }) => type === "DISCONNECTED")).toHaveLength(1);
  });

  test("is not asked where a row has just come", async () => {
    const watching = watch();
    await until(() => watching.connected);
    await heardOf("job-1");
    const asked = server.requests.length;
    await watching.conclude();
    expect(watching.standing().connected).toBe(true);
    expect(server.requests).toHaveLength(asked);
  });
});

test("a new list that breaks off between its pages leaves one gap, to the list that is complete", async () => {
  for (let index = 0; index < 700; index += 1) server.put({ kind: "Job", metadata: { name: `job-${index}` }, spec: {} });
  const watching = watch();
  await until(() => watching.connected);
  server.fail({ status: 500, times: 1, url: /continue=/ });
  server.errorInWatches(410);
  await until(() => rows.filter(({ type }) => type === "LISTED").length === 2);
  expect(rows.filter(({ type }) => type === "GAP")).toHaveLength(1);
});

test("a token that is refused again is read after the wait, when somebody may have renewed it", async () => {
  const watching = watch();
  await until(() => watching.connected);
  const refused = () => server.requests.filter((request) => request.includes("watch=1")).length - 1;
  server.expectToken("another");
  server.cutConnections();
  // The second refusal is followed by a wait of at least half a second.
  await until(() => refused() === 2);
  await sleep(100);
  await writeFile(join(folder, "kubeconfig"), server.kubeconfig());
  await until(() => watching.connected && rows.filter(({ type }) => type === "CONNECTED").length === 2);
  expect(refused()).toBe(3);
});
