import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
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
