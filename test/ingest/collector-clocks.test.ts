import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Inputs, readInputs, writeTimelineNdjson } from "../../src/ingest/index.js";
import { loadProfile } from "../../src/profiles/load-profile.js";

const { profile } = await loadProfile("focus-server");
const SAMPLE = "samples/envelopes/capture.ndjson";
let folder: string;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "postrun-collectors-"));
  await copyFile(SAMPLE, file("a.ndjson"));
  const text = await readFile(SAMPLE, "utf8");
  await writeFile(file("b.ndjson"), text.replaceAll("T12:05:12", "T12:05:13"));
  const job = text.split("\n").find((line) => line.includes('"kind":"Job"') && line.includes('"ADDED"')) ?? "";
  for (const name of ["jobs-received.jsonl", "pods-received.jsonl"]) await writeFile(file(name), `${job.replace("}}", "} }")}\n${name}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The clock of each source, and the clocks that its events are on. */
function clocksOf({ sources, events }: Inputs) {
  return sources.map(({ path, clock }, index) => {
    const ofSource = events.filter(({ evidence }) => evidence.source === index);
    const used = ofSource.flatMap((event) => {
      if (event.type === "http-date") return [event.logged.clock, event.requested?.clock];
      return "received" in event && event.received !== undefined ? [event.received.clock] : [];
    });
    return [path.split(/[\\/]/).at(-1), clock, ...new Set(used)];
  });
}

test("one capture is on the clock of the collector", async () => {
  expect(clocksOf(await readInputs([file("a.ndjson")], { profile }))).toEqual([["a.ndjson", "collector", "collector"]]);
});

test("each of several captures is on a clock of its own", async () => {
  expect(clocksOf(await readInputs([file("b.ndjson"), file("a.ndjson")], { profile }))).toEqual([
    ["a.ndjson", "collector", "collector"],
    ["b.ndjson", "collector:2", "collector:2"],
  ]);
});

test("rows with arrivals but without anything that bounds them are of one machine, which is not that of a capture", async () => {
  const inputs = ["a.ndjson", "jobs-received.jsonl", "pods-received.jsonl"].map(file);
  expect(clocksOf(await readInputs(inputs, { profile }))).toEqual([
    ["a.ndjson", "collector:2", "collector:2"],
    ["jobs-received.jsonl", "collector", "collector"],
    ["pods-received.jsonl", "collector", "collector"],
  ]);
});

test("a written timeline keeps the clocks of its captures apart", async () => {
  const both = await readInputs([file("a.ndjson"), file("b.ndjson")], { profile });
  await writeFile(file("timeline.ndjson"), (await writeTimelineNdjson(both).toArray()).join(""));
  const again = await readInputs([file("timeline.ndjson")], { profile });
  expect(clocksOf(again).slice(1)).toEqual(clocksOf(both));
});
