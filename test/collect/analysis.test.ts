import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { systemPorts } from "../../src/commands/system-ports.js";
import type { Report } from "../../src/model/report.js";
import { analyze } from "../../src/postrun.js";
import { loadProfile } from "../../src/profiles/load-profile.js";
import { fixedFrame } from "../postrun/frame.js";
import { diagnosticIds } from "../postrun/simulated.js";
import { type Collecting, type CollectingOptions, connected, startCollecting, told, until } from "./collecting.js";
import type { StandIn, StandInOptions } from "./stand-in/api.js";
import { startApiServer } from "./stand-in/api-server.js";

const profile = await loadProfile("focus-server");
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function begin(server: StandInOptions, options: CollectingOptions = {}): Promise<{ server: StandIn; collecting: Collecting }> {
  const standIn = await startApiServer(server);
  open.push(standIn);
  const collecting = await startCollecting(standIn, { name: "capture.ndjson.gz", ...options });
  open.push(collecting);
  return { server: standIn, collecting };
}

const read = (...inputs: string[]): Promise<Report> => analyze({ inputs, profile, frame: fixedFrame });

/** A few Jobs, one after the other; the last one stays. */
async function drive(server: StandIn, jobs: number): Promise<void> {
  for (let index = 1; index <= jobs; index += 1) {
    server.addJob(`grpc-job-1-${index}`, { env: { CPU_THRESHOLD: "4" } });
    await sleep(180);
    if (index > 1) server.deleteJob(`grpc-job-1-${index - 1}`);
    await sleep(130);
  }
  await sleep(300);
}

/** When the server really made and deleted each Job, by its own clock. */
function truth(server: StandIn): Map<string, { created?: number; deleted?: number }> {
  const times = new Map<string, { created?: number; deleted?: number }>();
  for (const { at, type, object } of server.history) {
    if (object.kind !== "Job") continue;
    const known = times.get(object.metadata.name) ?? {};
    times.set(object.metadata.name, type === "ADDED" ? { ...known, created: at } : type === "DELETED" ? { ...known, deleted: at } : known);
  }
  return times;
}

function expectTrueTimes(report: Report, server: StandIn, toleranceMs: number): void {
  const times = truth(server);
  expect(report.jobs.map(({ name }) => name)).toEqual([...times.keys()]);
  for (const { name, createdAt, deletedAt } of report.jobs) {
    const { created = Number.NaN, deleted } = times.get(name) ?? {};
    expect(Math.abs(Date.parse(createdAt) - created)).toBeLessThan(toleranceMs);
    if (deleted === undefined) expect(deletedAt).toBeUndefined();
    else expect(Math.abs(Date.parse(deletedAt ?? "") - deleted)).toBeLessThan(toleranceMs);
  }
}

describe("the analysis of a capture", () => {
  test("has every Job once with its true times, although the collecting clock is 90 s ahead", async () => {
    const { server, collecting } = await begin({ clockOffsetMs: -90_000 });
    await drive(server, 8);
    server.deleteJob("grpc-job-1-8");
    await collecting.collector.stop();
    const stoppedAt = Date.now();
    const report = await read(collecting.path);
    expectTrueTimes(report, server, 150);
    expect(report.jobs[0]?.sources).toMatchObject({ deletedAt: "watch-received" });
    const clock = report.clocks.find(({ id }) => id === "collector");
    expect(Math.abs((clock?.skewMs ?? 0) - 90_000)).toBeLessThan(150);
    expect(report.sources[0]).toMatchObject({ format: "postrun-capture", unparsed: 0 });
    for (const id of ["capture-unfinished", "capture-watch-lost", "capture-gaps", "job-censored"])
      expect(diagnosticIds(report)).not.toContain(id);
    expect(Math.abs(Date.parse(report.sources[0]?.to ?? "") - (stoppedAt - 90_000))).toBeLessThan(3000);
  });

  test("takes each of two captures by the clock of the machine that made it", async () => {
    const { server, collecting } = await begin({}, { clock: () => systemPorts.clock() + 90_000, name: "a.ndjson.gz" });
    const second = await startCollecting(server, { clock: () => systemPorts.clock() - 40_000, name: "b.ndjson.gz" });
    open.push(second);
    await drive(server, 4);
    // From here on only the second one sees what happens.
    await collecting.collector.stop();
    server.addJob("grpc-job-1-5");
    await sleep(200);
    for (const index of [4, 5]) server.deleteJob(`grpc-job-1-${index}`);
    await sleep(300);
    await second.collector.stop();
    for (const inputs of [
      [collecting.path, second.path],
      [second.path, collecting.path],
    ]) {
      const report = await read(...inputs);
      expectTrueTimes(report, server, 150);
      const skews = report.clocks.filter(({ id }) => id.startsWith("collector")).map(({ skewMs }) => Math.round((skewMs ?? 0) / 1000));
      expect(skews.sort((one, other) => one - other)).toEqual([-40, 90]);
      const ends = report.sources.map(({ to }) => Date.parse(to ?? ""));
      for (const end of ends) expect(Math.abs(end - Date.now())).toBeLessThan(30_000);
      expect(report.jobs.every(({ censored, truncated }) => !censored && !truncated)).toBe(true);
    }
  });

  test("has every Job once, although rows come twice, in the wrong order and a piece at a time", async () => {
    const { server, collecting } = await begin({});
    server.disturb({ duplicate: true, reorder: true, pieceMs: 5 });
    await drive(server, 6);
    server.disturb({});
    await sleep(500);
    await collecting.collector.stop();
    const report = await read(collecting.path);
    const rows = told(await collecting.rows(), "Job");
    expect(rows.length).toBeGreaterThan(new Set(rows).size);
    expectTrueTimes(report, server, 400);
    expect(report.jobs.filter(({ censored }) => censored).map(({ name }) => name)).toEqual(["grpc-job-1-6"]);
  });

  test("says the same Jobs as a kubectl watch of the same run, and their deletions at least as finely", async () => {
    const { server, collecting } = await begin({});
    await drive(server, 6);
    await collecting.collector.stop();
    const watches = ["Job", "Pod", "Event"].map(async (kind) => {
      const path = join(collecting.folder, `${kind}-watch.json`);
      const rows = server.history.filter(({ object }) => object.kind === kind).map(({ type, object }) => ({ type, object }));
      // kubectl prints each row over several lines, and nothing between them.
      await writeFile(path, rows.map((row) => JSON.stringify(row, null, 4)).join("\n"));
      return path;
    });
    const [jobs = "", ...others] = await Promise.all(watches);
    const [collected, kubectl, jobsAlone] = [await read(collecting.path), await read(jobs, ...others), await read(jobs)];
    const identity = ({ jobs: all }: Report) => all.map(({ name, uid, role, censored }) => ({ name, uid, role, censored }));
    expect(identity(collected)).toEqual(identity(kubectl));
    expect(identity(collected).map(({ uid }) => uid)).toEqual(identity(jobsAlone).map(({ uid }) => uid));
    const gone = (report: Report) => report.jobs.filter(({ deletedAt }) => deletedAt !== undefined);
    const sources = (report: Report) => new Set(gone(report).map((job) => job.sources.deletedAt));
    expect([...sources(collected)]).toEqual(["watch-received"]);
    expect(sources(jobsAlone)).not.toContain("watch-received");
    const times = truth(server);
    for (const [index, { name, deletedAt = "", resolutionMs }] of gone(collected).entries()) {
      expect(Math.abs(Date.parse(deletedAt) - (times.get(name)?.deleted ?? Number.NaN))).toBeLessThan(100);
      expect(resolutionMs).toBeLessThanOrEqual(gone(kubectl)[index]?.resolutionMs ?? 0);
    }
  });

  /** A Job is deleted while no watch is up, and the server forgets it before one is up again. */
  async function deleteInGap(
    options: CollectingOptions,
    watches: number,
  ): Promise<{ server: StandIn; collecting: Collecting; report: Report }> {
    const { server, collecting } = await begin({}, options);
    await connected(collecting, watches);
    server.addJob("grpc-job-1-1");
    server.addJob("grpc-job-1-2");
    await until(async () => told(await collecting.rows(), "Job").includes("MODIFIED grpc-job-1-2"));
    await sleep(1200);
    server.fail({ status: 503, times: 3 * watches, url: /watch/ });
    server.cutConnections();
    await sleep(300);
    server.deleteJob("grpc-job-1-1");
    await sleep(300);
    server.compact();
    await until(async () => (await collecting.rows()).filter(({ type }) => type === "LISTED").length === 2 * watches, 20_000);
    await collecting.collector.stop();
    return { server, collecting, report: await read(collecting.path) };
  }

  test("gives a deletion in a gap as a range from the last contact to the new list, and says what may be missing", async () => {
    const { server, collecting, report } = await deleteInGap({ kinds: ["Job"] }, 1);
    const gone = report.jobs.find(({ name }) => name === "grpc-job-1-1");
    const { deleted = Number.NaN } = truth(server).get("grpc-job-1-1") ?? {};
    const [from, to] = gone?.deletedAtRange ?? ["", ""];
    expect(gone?.sources.deletedAt).toBe("watch-restarted");
    expect(Date.parse(from)).toBeLessThanOrEqual(deleted);
    expect(Date.parse(to)).toBeGreaterThanOrEqual(deleted);
    const gap = (await collecting.rows()).find(({ type }) => type === "GAP");
    expect(Math.abs(Date.parse(from) - Date.parse(gap?.since ?? ""))).toBeLessThan(1000);
    expect(Math.abs(Date.parse(to) - Date.parse(gap?.received ?? ""))).toBeLessThan(1000);
    expect(diagnosticIds(report)).toEqual(expect.arrayContaining(["capture-gaps", "watch-gaps"]));
    expect(report.jobs.find(({ name }) => name === "grpc-job-1-2")?.deletedAt).toBeUndefined();
  });

  test("knows of a Job that came in a gap when it was created, and of one from before the capture that it was older", async () => {
    const server = await startApiServer();
    open.push(server);
    server.addJob("grpc-job-1-1");
    await sleep(1100);
    const collecting = await startCollecting(server, { kinds: ["Job"] });
    open.push(collecting);
    await connected(collecting, 1);
    await sleep(1100);
    server.fail({ status: 503, times: 3, url: /watch/ });
    server.cutConnections();
    await sleep(300);
    server.addJob("grpc-job-1-2");
    server.compact();
    await until(async () => (await collecting.rows()).filter(({ type }) => type === "LISTED").length === 2, 20_000);
    await collecting.collector.stop();
    const { jobs } = await read(collecting.path);
    expect(jobs.map(({ name, truncated }) => [name, truncated])).toEqual([
      ["grpc-job-1-1", true],
      ["grpc-job-1-2", false],
    ]);
    const { created = Number.NaN } = truth(server).get("grpc-job-1-2") ?? {};
    expect(Math.abs(Date.parse(jobs[1]?.createdAt ?? "") - created)).toBeLessThanOrEqual(1000);
  });

  test("finds a deletion in a gap by the Killing of its Pod, which the new list of Events still has", async () => {
    const { server, report } = await deleteInGap({}, 4);
    const gone = report.jobs.find(({ name }) => name === "grpc-job-1-1");
    const { deleted = Number.NaN } = truth(server).get("grpc-job-1-1") ?? {};
    expect(gone?.sources.deletedAt).toBe("pod-killing");
    // The clock of the node is known to half a second from so few Events.
    expect(Math.abs(Date.parse(gone?.deletedAt ?? "") - deleted)).toBeLessThan(1000);
  });

  test("says nothing of open Jobs where they were listed, and their watch was refused from the beginning", async () => {
    const standIn = await startApiServer();
    open.push(standIn);
    standIn.addJob("grpc-job-1-1");
    standIn.fail({ status: 403, times: 1000, url: /jobs.*watch/ });
    const collecting = await startCollecting(standIn);
    open.push(collecting);
    await sleep(500);
    standIn.deleteJob("grpc-job-1-1");
    standIn.addJob("grpc-job-2-2");
    await sleep(500);
    await collecting.collector.stop();
    const report = await read(collecting.path);
    expect(report.concurrency.openJobs).toBeUndefined();
    expect(report.sources).toMatchObject([{ from: null, to: null }]);
    expect(diagnosticIds(report)).toContain("capture-watch-lost");
  });

  test("ends where the watch of the Jobs was lost, even though the capture went on", async () => {
    const { server, collecting } = await begin({});
    await connected(collecting, 4);
    // What comes later is no longer what the watches began with.
    await sleep(600);
    server.addJob("grpc-job-1-1");
    await sleep(400);
    server.fail({ status: 500, times: 1000, url: /jobs/ });
    server.cutConnections();
    const lostAt = Date.now();
    await connected(collecting, 7);
    await sleep(1500);
    server.put({ kind: "Service", metadata: { name: "late" }, spec: {} });
    server.deleteJob("grpc-job-1-1");
    await sleep(500);
    await collecting.collector.stop();
    const report = await read(collecting.path);
    expect(diagnosticIds(report)).toContain("capture-watch-lost");
    expect(Date.parse(report.sources[0]?.to ?? "")).toBeLessThan(lostAt + 1000);
  });
});
