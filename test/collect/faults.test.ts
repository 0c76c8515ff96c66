import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Collecting, type CollectingOptions, connected, startCollecting, told, until } from "./collecting.js";
import type { StandIn } from "./stand-in/api.js";
import { startApiServer } from "./stand-in/api-server.js";

let server: StandIn;
const started: Collecting[] = [];

beforeEach(async () => {
  server = await startApiServer({ token: "first" });
});
afterEach(async () => {
  for (const collecting of started.splice(0)) await collecting.close();
  await server.close();
});

async function start(options: CollectingOptions = {}): Promise<Collecting> {
  const collecting = await startCollecting(server, { kinds: ["Job"], ...options });
  started.push(collecting);
  return collecting;
}

describe("a connection that is cut", () => {
  test.each([{ midRow: false }, { midRow: true }])(
    "goes on from where it was (mid row: $midRow): nothing is lost, nothing comes twice",
    async (how) => {
      const collecting = await start();
      await connected(collecting, 1);
      server.addJob("job-1");
      await until(async () => told(await collecting.rows(), "Job").length >= 2);
      server.cutConnections(how);
      server.addJob("job-2");
      server.deleteJob("job-1");
      await connected(collecting, 2);
      // Until the server has said how far the backlog goes, everything counts as late.
      await until(async () => server.requests.filter((request) => request.endsWith("limit=1")).length === 2);
      await sleep(300);
      server.addJob("job-3");
      await until(async () => told(await collecting.rows(), "Job").includes("MODIFIED job-3"));
      const rows = await collecting.rows();
      const expected = ["ADDED job-1", "MODIFIED job-1", "ADDED job-2", "MODIFIED job-2", "DELETED job-1", "ADDED job-3", "MODIFIED job-3"];
      expect(told(rows, "Job")).toEqual(expected);
      expect(rows.some(({ type }) => type === "GAP")).toBe(false);
      expect(rows.filter(({ type }) => type === "DISCONNECTED").length).toBe(1);
      // Its arrival does not say when it happened: that was while nobody listened.
      const late = rows.find(({ type }) => type === "DELETED");
      expect(late?.since).toBeDefined();
      expect(Date.parse(late?.since ?? "")).toBeLessThan(Date.parse(late?.received ?? ""));
      const prompt = rows.filter(({ object }) => object?.metadata.name === "job-3");
      expect(prompt.map(({ since }) => since)).toEqual([undefined, undefined]);
    },
  );

  test("by the server in good order is begun again at once", async () => {
    await server.close();
    server = await startApiServer({ token: "first", closeWatchesAfterMs: 300 });
    const collecting = await start();
    await connected(collecting, 3);
    server.addJob("job-1");
    await until(async () => told(await collecting.rows(), "Job").includes("MODIFIED job-1"));
    expect(told(await collecting.rows(), "Job")).toEqual(["ADDED job-1", "MODIFIED job-1"]);
  });
});

describe("410 Gone", () => {
  test("leads to a new list, a gap that says since when, and the deletions that nobody told of", async () => {
    const collecting = await start();
    await connected(collecting, 1);
    server.addJob("stays");
    server.addJob("goes", { env: { POLL_SECONDS: "2" } });
    await until(async () => told(await collecting.rows(), "Job").includes("MODIFIED goes"));
    server.fail({ status: 503, times: 1, url: /watch/ });
    server.cutConnections();
    server.deleteJob("goes");
    server.addJob("never-seen");
    server.deleteJob("never-seen");
    server.addJob("comes");
    server.compact();
    await until(async () => (await collecting.rows()).filter(({ type }) => type === "LISTED").length === 2);
    const rows = await collecting.rows();
    const gap = rows.find(({ type }) => type === "GAP");
    expect(gap).toMatchObject({ kind: "Job", namespace: "default" });
    expect(gap?.reason).toContain("410");
    const missed = rows.find(({ missed }) => missed);
    expect(missed).toMatchObject({ type: "DELETED", since: gap?.since, object: { kind: "Job", metadata: { name: "goes" } } });
    expect(missed?.object?.metadata.resourceVersion).toBeUndefined();
    expect(JSON.stringify(missed?.object)).toContain("POLL_SECONDS");
    expect(rows.filter(({ listed }) => listed).map(({ object }) => object?.metadata.name)).toEqual(["stays", "comes"]);
    expect(told(rows, "Job").join()).not.toContain("never-seen");
    expect(collecting.states.map(({ state }) => state)).toEqual(expect.arrayContaining(["gap", "relisting"]));
    const summary = await collecting.collector.stop();
    expect(summary).toMatchObject({ gaps: 1, jobsOpen: 2 });
    expect(summary.gapMs).toBeGreaterThan(0);
  });

  test("in the middle of a list begins the list again", async () => {
    for (let index = 0; index < 700; index += 1) server.put({ kind: "Job", metadata: { name: `job-${index}` }, spec: {} });
    server.fail({ status: 410, times: 1, url: /continue=/ });
    const collecting = await start();
    await connected(collecting, 1);
    await until(async () => (await collecting.rows()).some(({ type }) => type === "LISTED"));
    const rows = await collecting.rows();
    expect(rows.find(({ type }) => type === "LISTED")).toMatchObject({ objects: 700 });
    expect(new Set(told(rows, "Job")).size).toBe(700);
  });
});

describe("a server that refuses for a while", () => {
  test("with 429 is asked again when it said, not before", async () => {
    const collecting = await start();
    await connected(collecting, 1);
    server.fail({ status: 429, times: 1, url: /watch/, retryAfterSeconds: 2 });
    server.cutConnections();
    server.addJob("job-1");
    await connected(collecting, 2);
    const waiting = collecting.states.filter(({ state }) => state === "waiting");
    const told = waiting.find(({ reason }) => reason?.includes("429"));
    expect(told?.waitMs).toBeGreaterThanOrEqual(2000);
    const again = collecting.states.findLast(({ state }) => state === "connected");
    expect((again?.at ?? 0) - (told?.at ?? 0)).toBeGreaterThanOrEqual(1990);
  });

  test("with 500 is asked again, later each time", async () => {
    const collecting = await start();
    await connected(collecting, 1);
    server.fail({ status: 500, times: 3, url: /watch/ });
    server.cutConnections();
    server.addJob("job-1");
    await connected(collecting, 2);
    const waits = collecting.states.flatMap(({ waitMs }) => (waitMs === undefined ? [] : [waitMs]));
    expect(waits.length).toBe(4);
    // Each wait is spread over the upper half of a step that doubles.
    expect(waits[3]).toBeGreaterThan(waits[0] ?? 0);
    await until(async () => told(await collecting.rows(), "Job").includes("ADDED job-1"));
  });

  test("with 401 is asked with the token that the kubeconfig has by now", async () => {
    const collecting = await start();
    await connected(collecting, 1);
    server.expectToken("second");
    await writeFile(join(collecting.folder, "kubeconfig"), server.kubeconfig());
    server.cutConnections();
    server.addJob("job-1");
    await until(async () => told(await collecting.rows(), "Job").includes("ADDED job-1"));
    expect((await collecting.rows()).some(({ type }) => type === "GAP")).toBe(false);
  });

  test("with 401 asks the credential plugin again, and tells it which version of the answer is expected", async () => {
    const plugin = async (folder: string) => {
      const script = join(folder, "plugin.mjs");
      await writeFile(join(folder, "token"), "first");
      await writeFile(
        script,
        `import { appendFileSync, readFileSync } from "node:fs";
        const { apiVersion } = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
        appendFileSync(${JSON.stringify(join(folder, "asked"))}, ".");
        const token = readFileSync(${JSON.stringify(join(folder, "token"))}, "utf8");
        console.log(JSON.stringify({ apiVersion, kind: "ExecCredential", status: { token, expirationTimestamp: "2999-01-01T00:00:00Z" } }));`,
      );
      return server.kubeconfig({ exec: { command: process.execPath, args: [script] } });
    };
    const collecting = await start({ kubeconfigText: plugin });
    await connected(collecting, 1);
    expect((await readFile(join(collecting.folder, "asked"), "utf8")).length).toBe(1);
    server.expectToken("second");
    await writeFile(join(collecting.folder, "token"), "second");
    server.cutConnections();
    server.addJob("job-1");
    await until(async () => told(await collecting.rows(), "Job").includes("ADDED job-1"));
    expect((await readFile(join(collecting.folder, "asked"), "utf8")).length).toBe(2);
  });
});

describe("what cannot get better", () => {
  test.each([
    [403, /may not list and watch jobs in the namespace default/],
    [404, /does not serve jobs/],
  ] as const)("%d ends the start with what to do", async (status, message) => {
    server.fail({ status, times: 9, url: /jobs/ });
    await expect(start()).rejects.toMatchObject({
      name: "PostrunError",
      code: "input",
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });

  test("a token that is not taken, even anew", async () => {
    server.expectToken("another");
    const kubeconfigText = async () => server.kubeconfig().replace("another", "wrong");
    await expect(start({ kubeconfigText })).rejects.toMatchObject({
      code: "input",
      message: expect.stringMatching(/does not know who we are/),
    });
  });

  test("a server that is not there", async () => {
    const kubeconfigText = async () => server.kubeconfig().replace(server.url, "https://127.0.0.1:1");
    await expect(start({ kubeconfigText })).rejects.toMatchObject({
      code: "input",
      message: expect.stringMatching(/cannot be reached .*ECONNREFUSED/),
    });
  });

  test("a certificate that nobody vouches for", async () => {
    const other = await startApiServer();
    const ca = /"certificate-authority-data":"([^"]+)"/;
    const foreign = ca.exec(other.kubeconfig())?.[0] ?? "";
    const kubeconfigText = async () => server.kubeconfig().replace(ca, foreign);
    await expect(start({ kubeconfigText })).rejects.toMatchObject({
      code: "input",
      message: expect.stringMatching(/certificate is not trusted/),
    });
    await other.close();
  });

  test("a context that is not there, with the one that was probably meant", async () => {
    await expect(start({ context: "stand-on" })).rejects.toMatchObject({ code: "usage", hint: "did you mean stand-in?" });
  });

  test("a kubeconfig that is none", async () => {
    await expect(start({ kubeconfigText: async () => "[" })).rejects.toMatchObject({ code: "config" });
  });
});
