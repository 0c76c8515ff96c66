import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Collecting, type CollectingOptions, startCollecting, told, until } from "./collecting.js";
import type { StandIn } from "./stand-in/api.js";
import { startApiServer } from "./stand-in/api-server.js";

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
});
