import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openTextSource } from "../../../src/ingest/bytes/text-source.js";
import { compileProfile } from "../../../src/ingest/log/compiled-profile.js";
import { postrunCapture } from "../../../src/ingest/readers/kubernetes-json.js";
import { Recorder } from "../../../src/ingest/recorder.js";
import { loadProfile } from "../../../src/profiles/load-profile.js";

const profile = compileProfile((await loadProfile("focus-server")).profile);
const sample = readFileSync("samples/envelopes/capture.ndjson", "utf8").trimEnd().split("\n");
const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);

async function read(lines: readonly string[]): Promise<Recorder> {
  const recorder = new Recorder(0, "capture.ndjson");
  async function* bytes() {
    yield Buffer.from(lines.map((line) => `${line}\n`).join(""));
  }
  await postrunCapture.read(await openTextSource("capture.ndjson", bytes()), recorder, profile);
  return recorder;
}

const withRows = (rows: readonly object[], end = true) =>
  read([...sample.slice(0, -1), ...rows.map((row) => JSON.stringify(row)), ...(end ? sample.slice(-1) : [])]);
const ids = (recorder: Recorder) => recorder.diagnostics.map(({ id }) => id);

describe("the coverage of a capture", () => {
  test("is from the first complete list of Jobs to its last row, in the collecting clock", async () => {
    const recorder = await read(sample);
    expect(recorder).toMatchObject({ from: at("12:04:10.240"), to: at("12:05:12.000"), clock: "collector", selfDescribing: true });
    expect(ids(recorder)).toEqual([]);
  });

  test("ends where the watch of the Jobs was lost, whatever came later", async () => {
    const lost = {
      received: "2026-11-23T12:05:09.500Z",
      type: "DISCONNECTED",
      kind: "Job",
      namespace: "default",
      since: "2026-11-23T12:05:08.000Z",
    };
    const recorder = await withRows([lost, { received: "2026-11-23T12:05:11.000Z", type: "ALIVE", down: ["Job/default"] }]);
    expect(recorder.to).toBe(at("12:05:06.871"));
    expect(recorder.diagnostics).toMatchObject([{ id: "capture-watch-lost", values: { lost: "Job (2026-11-23T12:05:08.000Z)" } }]);
  });

  test("is told of twenty thousand namespaces whose watches go down one after the other in a moment, not in the square of their number", async () => {
    const down = (index: number) => ({ received: "2026-11-23T12:05:09.500Z", type: "DISCONNECTED", kind: "Job", namespace: `n${index}` });
    const since = { since: "2026-11-23T12:05:08.000Z" };
    const recorder = await withRows([...Array.from({ length: 20_000 }, (_, index) => down(index)), { ...down(0), ...since }]);
    expect(recorder.to).toBe(at("12:05:06.871"));
    expect(recorder.diagnostics).toMatchObject([{ id: "capture-watch-lost", values: { lost: "Job (2026-11-23T12:05:08.000Z)" } }]);
  });

  test("goes on when the watch is up again, and a gap is told with its length", async () => {
    const recorder = await withRows([
      { received: "2026-11-23T12:05:08.500Z", type: "DISCONNECTED", kind: "Job", namespace: "default", since: "2026-11-23T12:05:08.000Z" },
      {
        received: "2026-11-23T12:05:10.500Z",
        type: "GAP",
        kind: "Job",
        namespace: "default",
        since: "2026-11-23T12:05:08.000Z",
        reason: "410",
      },
      { received: "2026-11-23T12:05:10.600Z", type: "CONNECTED", kind: "Job", namespace: "default" },
    ]);
    expect(recorder.to).toBe(at("12:05:12.000"));
    expect(recorder.diagnostics).toMatchObject([{ id: "capture-gaps", values: { gaps: 1, seconds: 2.5, kinds: "Job" } }]);
  });

  test("does not suffer from the watch of another kind", async () => {
    const recorder = await withRows([
      { received: "2026-11-23T12:05:09.500Z", type: "DISCONNECTED", kind: "Service", namespace: "default" },
    ]);
    expect(recorder.to).toBe(at("12:05:12.000"));
  });

  test("is none where no watch followed the list, although the capture went on", async () => {
    const recorder = await read(sample.filter((line) => !line.includes('"CONNECTED"')));
    expect(recorder).toMatchObject({ from: null, to: null });
    expect(recorder.diagnostics).toMatchObject([{ id: "capture-watch-lost", values: { lost: "Job (2026-11-23T12:04:10.240Z)" } }]);
  });

  test("names every kind whose watch was lost, although only that of the Jobs counts", async () => {
    const [header = "", ...others] = sample;
    const both = header.replace('"kinds":["Job"]', '"kinds":["Job","Pod"]');
    const listed = { received: "2026-11-23T12:04:10.240Z", type: "LISTED", kind: "Pod", namespace: "default" };
    const lost = { received: "2026-11-23T12:05:09.500Z", type: "DISCONNECTED", kind: "Pod", namespace: "default" };
    const recorder = await read([both, JSON.stringify(listed), ...others.slice(0, -1), JSON.stringify(lost), ...others.slice(-1)]);
    expect(recorder.to).toBe(at("12:05:12.000"));
    expect(recorder.diagnostics).toMatchObject([{ id: "capture-watch-lost", values: { lost: "Pod (2026-11-23T12:05:09.500Z)" } }]);
  });

  test.each([true, false])("is none where the Jobs were never listed, whatever came of other kinds (ended: %s)", async (ended) => {
    const pod = {
      received: "2026-11-23T12:04:20.000Z",
      type: "ADDED",
      object: { apiVersion: "v1", kind: "Pod", metadata: { name: "p", uid: "p", creationTimestamp: "2026-11-23T12:04:20Z" } },
    };
    const [header = ""] = sample;
    const recorder = await read([header, JSON.stringify(pod), ...(ended ? sample.slice(-1) : [])]);
    expect(recorder).toMatchObject({ from: null, to: null });
    expect(recorder.diagnostics[0]).toMatchObject({ id: "capture-not-listed", values: { kinds: "Job" } });
  });

  test("of a capture without its last row is up to what there is, and that is said", async () => {
    const recorder = await withRows([], false);
    expect(recorder.to).toBe(at("12:05:06.871"));
    expect(recorder.diagnostics).toMatchObject([{ id: "capture-unfinished", values: { at: "2026-11-23T12:05:06.871Z" } }]);
  });

  test("of a capture without its last row is up to the last row of the Jobs: what postrun writes itself, or came of another kind, proves nothing", async () => {
    const alive = { received: "2026-11-23T12:07:00.000Z", type: "ALIVE", down: [] };
    const pod = { received: "2026-11-23T12:07:01.000Z", type: "BOOKMARK", kind: "Pod", namespace: "default" };
    const job = { received: "2026-11-23T12:06:00.000Z", type: "BOOKMARK", kind: "Job", namespace: "default" };
    const cut = await withRows([alive, pod], false);
    expect(cut.to).toBe(at("12:05:06.871"));
    expect(cut.jobWatches).toMatchObject([{ to: at("12:05:06.871") }]);
    expect((await withRows([alive, job, alive], false)).to).toBe(at("12:06:00.000"));
    expect((await withRows([alive, pod])).to).toBe(at("12:07:01.000"));
  });
});

describe("the stretches in which nothing of the Jobs was missed", () => {
  const broken = {
    received: "2026-11-23T12:05:08.500Z",
    type: "DISCONNECTED",
    kind: "Job",
    namespace: "default",
    since: "2026-11-23T12:05:08.000Z",
  };
  const up = (received: string) => ({ received, type: "CONNECTED", kind: "Job", namespace: "default" });
  const gap = { received: "2026-11-23T12:05:10.500Z", type: "GAP", kind: "Job", namespace: "default", since: "2026-11-23T12:05:08.000Z" };
  const listed = { received: "2026-11-23T12:05:10.600Z", type: "LISTED", kind: "Job", namespace: "default", objects: 0 };
  const first = { namespace: "default", from: at("12:04:10.240") };

  test("go from a complete list to the gap or the end, also over a watch that went on from where it was", async () => {
    expect((await read(sample)).jobWatches).toMatchObject([{ ...first, to: at("12:05:12.000") }]);
    const goesOn = await withRows([broken, up("2026-11-23T12:05:09.000Z")]);
    expect(goesOn.jobWatches).toMatchObject([{ ...first, to: at("12:05:12.000") }]);
    const again = await withRows([broken, gap, listed, up("2026-11-23T12:05:10.700Z")]);
    expect(again.jobWatches).toMatchObject([
      { ...first, to: at("12:05:08.000") },
      { namespace: "default", from: at("12:05:10.600"), to: at("12:05:12.000"), line: sample.length + 2 },
    ]);
  });

  test("are none behind a list that no watch followed, and end where the watch was lost", async () => {
    expect((await withRows([broken, gap, listed])).jobWatches).toMatchObject([{ ...first, to: at("12:05:08.000") }]);
    expect((await withRows([broken])).jobWatches).toMatchObject([{ ...first, to: at("12:05:08.000") }]);
  });

  test("end with their capture, where another follows it in the same file", async () => {
    const [header = ""] = sample;
    const elsewhere = { ...listed, namespace: "tenant-b" };
    const second = [{ ...JSON.parse(header), received: "2026-11-23T12:05:09.000Z" }, elsewhere];
    expect((await withRows(second)).jobWatches).toMatchObject([{ ...first, to: at("12:05:06.871") }]);
  });

  test("are those of the Jobs alone, and say where a selector left some out", async () => {
    expect((await withRows([{ ...listed, kind: "Pod" }])).jobWatches).toHaveLength(1);
    const [header = "", ...rows] = sample;
    const selected = await read([
      header.replace('"watched":{', '"watched":{"selector":"app=focus",').replace(',"selector":""', ""),
      ...rows,
    ]);
    expect(selected.jobWatches).toMatchObject([{ ...first, selected: true }]);
  });
});

describe("arrivals", () => {
  const job = (row: object) => ({ ...JSON.parse(sample[5] ?? "{}"), ...row });
  const jobs = (recorder: Recorder) => recorder.events.flatMap((event) => (event.type === "job" ? [event] : []));

  test("of rows that came with a list, or late, say nothing of when it happened; a late deletion keeps since when it can have been", async () => {
    const since = "2026-11-23T12:05:00.000Z";
    const late = "2026-11-23T12:05:11.000Z";
    const recorder = await withRows([
      job({ type: "ADDED", listed: true, received: late }),
      job({ type: "MODIFIED", since, received: late }),
      job({ type: "DELETED", since, received: late }),
    ]);
    const [listed, modified, deleted] = jobs(recorder).slice(-3);
    expect([listed?.received, modified?.received]).toEqual([undefined, undefined]);
    expect(deleted).toMatchObject({ received: { at: Date.parse(late), clock: "collector" }, delayedSince: { at: Date.parse(since) } });
  });

  test("are bounded against the cluster's clock by what the header keeps of the server's Date", async () => {
    const dates = (await read(sample)).events.filter((event) => event.type === "http-date");
    expect(dates).toHaveLength(2);
    expect(dates[0]).toMatchObject({
      requested: { at: at("12:04:09.371"), clock: "collector" },
      logged: { at: at("12:04:09.380"), clock: "collector" },
      date: at("12:04:09.000"),
    });
  });
});
