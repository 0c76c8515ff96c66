import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { kubernetesJson } from "../../../src/ingest/readers/kubernetes-json.js";
import type { ClusterEvent, JobObservation } from "../../../src/model/event.js";
import { readWith } from "../support.js";

const sample = (name: string): Promise<Awaited<ReturnType<typeof readWith>>> =>
  readWith(kubernetesJson, readFileSync(`samples/envelopes/${name}`));
const at = (stamp: string): number => Date.parse(stamp);

/** Everything of an Event but its place in the file. */
async function eventsOf(name: string): Promise<readonly Omit<ClusterEvent, "evidence">[]> {
  const { events } = await sample(name);
  return events.flatMap((event) => {
    if (event.type !== "cluster-event") return [];
    const { evidence: _place, ...rest } = event;
    return [rest];
  });
}

async function jobsOf(name: string): Promise<readonly JobObservation[]> {
  return (await sample(name)).events.filter((event) => event.type === "job");
}

describe("envelopes", () => {
  test.each(["job-list.json", "no-kind.json", "list.json"])("%s holds the same Job, as listed", async (name) => {
    const [single] = await jobsOf("one-object.json");
    const [listed] = await jobsOf(name);
    expect(listed?.job).toEqual(single?.job);
    expect(listed?.change).toBe("listed");
  });

  test("rows in rows keep the change of the inner one and the arrival of the outer one", async () => {
    const jobs = await jobsOf("nested-watch.jsonl");
    expect(jobs.map(({ change, received }) => [change, received?.at])).toEqual([
      ["ADDED", at("2026-11-23T12:04:17.512Z")],
      ["MODIFIED", at("2026-11-23T12:04:17.640Z")],
      ["DELETED", at("2026-11-23T12:05:06.871Z")],
    ]);
  });

  test("envelopes in envelopes without end hold nothing", async () => {
    let row: unknown = JSON.parse(readFileSync("samples/envelopes/one-object.json", "utf8"));
    for (let depth = 0; depth < 50; depth += 1) row = { type: "ADDED", object: row };
    expect((await readWith(kubernetesJson, JSON.stringify(row))).events).toEqual([]);
  });

  test("a watch without types says nothing of what changed", async () => {
    expect((await jobsOf("untyped-watch.json")).map(({ change }) => change)).toEqual(["unknown", "unknown", "unknown"]);
  });

  test("an error before the data does not hide the data", async () => {
    const text = `Error from server (Timeout)\n${readFileSync("samples/envelopes/watch.json", "utf8")}`;
    expect(kubernetesJson.matches(text, { patterns: [], detections: [] } as never)).toBe(true);
  });
});

describe("cluster-info dumps of 1.8", () => {
  test("their Events are those of a List, but for what they lack", async () => {
    const listed = (await eventsOf("event-list.json")).filter(({ reason }) => reason !== "Scheduled");
    expect(await eventsOf("cluster-info-dump.txt")).toEqual(listed);
  });

  test("their Pods have owner, node, start and readiness; Nodes and logs of containers are passed over", async () => {
    const { events, counts } = await sample("cluster-info-dump.txt");
    const { events: modern } = await sample("pod-list.json");
    const pod = events.find((event) => event.type === "pod");
    expect(pod).toMatchObject({ pod: { ...(modern[0]?.type === "pod" ? modern[0].pod : {}) } });
    expect(counts.unparsed).toBe(3);
  });
});

describe("both Event APIs", () => {
  test("say the same, whatever the names of the fields", async () => {
    const renamed = (await eventsOf("events-api.json")).filter(({ reason }) => reason !== "FailedScheduling");
    expect(renamed).toEqual(await eventsOf("event-list.json"));
  });

  test("a row with only eventTime keeps its place, to the microsecond", async () => {
    const scheduled = (await eventsOf("event-list.json")).find(({ reason }) => reason === "Scheduled");
    expect(scheduled).toMatchObject({
      firstFrom: "eventTime",
      first: { at: at("2026-11-23T12:04:17.734Z") + 0.211, resolutionMs: 0.001 },
      last: { at: at("2026-11-23T12:04:17.734Z") + 0.211 },
      count: 1,
    });
  });

  test("a series at count 1 is two occurrences", async () => {
    const [series] = (await eventsOf("events-api.json")).filter(({ reason }) => reason === "FailedScheduling");
    expect(series).toMatchObject({ count: 2, last: { at: at("2026-11-23T12:04:17.700Z") + 0.12 } });
  });

  test("a repeated row is one Event with its count, and eleven days of it are no coverage", async () => {
    const { events, from } = await sample("event-list.json");
    expect(events.find((event) => event.type === "cluster-event" && event.count > 1)).toMatchObject({
      count: 70_944,
      message: "(combined from similar events): failed to garbage collect required amount of images",
      first: { at: at("2026-11-12T09:00:03.099Z") + 0.887 },
      last: { at: at("2026-11-23T12:05:01Z") },
    });
    expect(from).toBe(at("2026-11-23T12:04:17Z"));
  });
});

describe("exporters", () => {
  test("what kubernetes-event-exporter discarded is summed up; its own log is ignored, raw text unparsed", async () => {
    const { diagnostics, counts } = await sample("event-exporter.log");
    expect(diagnostics.find(({ id }) => id === "declared-losses")).toMatchObject({
      severity: "warning",
      values: { path: "input", count: 3 },
    });
    expect(counts).toEqual({ lines: 8, matched: 3, ignored: 4, unparsed: 1 });
  });

  test("a file that begins with more discards than one can look at is known by them", () => {
    const row = '{"level":"warn","time":"2026-11-23T12:04:16Z","message":"Event discarded as being older then maxEventAgeSeconds"}\n';
    expect(kubernetesJson.matches(row.repeat(700), { patterns: [], detections: [] } as never)).toBe(true);
  });

  test("a row that counts what it dropped is believed", async () => {
    const row = (message: string, more = {}) => JSON.stringify({ level: "warn", time: "2026-11-23T12:04:16Z", message, ...more });
    const { diagnostics } = await readWith(
      kubernetesJson,
      [row("dropped 12 events"), row("Dropping events", { count: 30 }), row("connected"), row("event discarded")].join("\n"),
    );
    expect(diagnostics.find(({ id }) => id === "declared-losses")?.values.count).toBe(43);
  });

  test("eventrouter's events are read, the state before a change is not", async () => {
    const events = await eventsOf("eventrouter.jsonl");
    expect(events.map(({ reason, count }) => [reason, count])).toEqual([
      ["SuccessfulCreate", 1],
      ["FreeDiskSpaceFailed", 70_944],
    ]);
  });
});
