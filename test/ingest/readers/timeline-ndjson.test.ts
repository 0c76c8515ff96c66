import { join } from "node:path";
import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainEvent } from "../../../src/ingest/event-table/event-table.js";
import { type Inputs, readInputs, writeTimelineNdjson } from "../../../src/ingest/index.js";
import { PostrunError } from "../../../src/model/errors.js";
import type { Evidence } from "../../../src/model/source.js";
import { logText } from "../log-texts.js";
import { folderWith, smallProfile } from "../support.js";

const LOG = "2025-12-07 10:51:15,323 - grpc - INFO - Connected to gRPC server at h:1\n";
const ZONED = "2025-12-07T10:51:15.323+02:00 - grpc - INFO - Connected to gRPC server at h:1 in the stress_loop\n";
const POD = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","uid":"u","creationTimestamp":"2026-11-23T12:04:17Z"},"status":{}}\n';
const HEADER = '{"postrun":"timeline","schemaVersion":1}\n';
const profile = smallProfile;

const written = async (inputs: Inputs): Promise<string> => (await writeTimelineNdjson(inputs).toArray()).join("");
const readText = (text: string): Promise<Inputs> => readInputs(["-"], { profile, stdin: Readable.from([text]) });

/** All that inputs say but the list of sources, their places `by` sources further. */
function saidOf({ events, hints, notes }: Inputs, by = 0) {
  const moved = (evidence: Evidence): Evidence => ({ ...evidence, source: evidence.source + by });
  return {
    events: events.map((event) => ({ ...plainEvent(event), evidence: moved(event.evidence) })),
    hints: hints.map((hint) => ({ ...hint, evidence: moved(hint.evidence) })),
    notes: notes.map(({ source, diagnostic }) => ({
      ...(source === undefined ? {} : { source: source + by }),
      diagnostic: { ...diagnostic, examples: diagnostic.examples.map(moved) },
    })),
  };
}

describe("the timeline as NDJSON", () => {
  test("what was written is read back, sources included", async () => {
    const folder = await folderWith({ "a.log": LOG, "b.json": POD });
    const first = await readInputs([folder], { profile });
    const second = await readText(await written(first));
    expect(second.sources[0]).toMatchObject({ format: "postrun-timeline", lines: 5, matched: 5 });
    expect(second.sources.slice(1)).toEqual(first.sources);
    expect(saidOf(second, -1)).toEqual(saidOf(first));
  });

  test("so is when a capture missed nothing of the Jobs", async () => {
    const first = await readInputs(["samples/envelopes/capture.ndjson"], { profile });
    const [capture] = (await readText(await written(first))).sources.slice(1);
    expect(capture?.jobWatches).toHaveLength(1);
    expect(capture?.selfDescribing).toBe(true);
    expect(capture).toEqual(first.sources[0]);
  });

  test("what the reading told beside the events is read back too: of each source, of all inputs, and what hints at parameters", async () => {
    const folder = await folderWith({
      "a-277.log": `${ZONED}2025-12-07T10:51:16.000+02:00 - x - INFO - run_277_investigations\n2025-12-07T1`,
      "b.json": "",
      "c.json": "",
      "notes.md": "x",
      "stress_loop.xml":
        '<testsuite tests="1" failures="1"><testcase classname="a" name="b" time="1"><failure>x</failure></testcase></testsuite>',
    });
    const first = await readInputs([folder, join(folder, "b.json")], { profile });
    expect(first.diagnostics.map(({ id }) => id)).toEqual([
      "cut-line",
      "zone-in-log",
      "empty-source",
      "empty-source",
      "failed-tests",
      "test-results-only",
      "duplicate-input",
      "input-not-data",
    ]);
    expect(first.hints).toHaveLength(3);
    const second = await readText(await written(first));
    expect(saidOf(second, -1)).toEqual(saidOf(first));
    expect(second.sources.slice(1)).toEqual(first.sources);
    expect(second.sources[0]).toMatchObject({ ignored: 0, unparsed: 0 });
    // The timeline of a timeline too.
    expect(saidOf(await readText(await written(second)), -2)).toEqual(saidOf(first));
  });

  test("whatever a log holds, its timeline says the same", async () => {
    let usable = 0;
    await fc.assert(
      fc.asyncProperty(logText, async (text) => {
        const first = await readText(text).catch((error: unknown) => {
          // A text of which nothing is usable is refused.
          if (error instanceof PostrunError) return undefined;
          throw error;
        });
        if (first === undefined) return;
        usable += 1;
        const second = await readText(await written(first));
        expect(saidOf(second, -1)).toEqual(saidOf(first));
        expect(second.sources.slice(1)).toEqual(first.sources);
      }),
      { numRuns: 500 },
    );
    expect(usable).toBeGreaterThan(100);
  });

  test("a line longer than any row is not read, and those behind it are", async () => {
    const note = (id: string) => JSON.stringify({ note: { diagnostic: { id, severity: "info", count: 1, values: {}, examples: [] } } });
    const source = (await readText(LOG)).sources[0];
    const text = `${HEADER}${JSON.stringify({ source })}\n${note("x".repeat(17 * 1024 * 1024))}\n${note("behind")}`;
    const { sources, diagnostics } = await readText(text);
    expect(sources[0]).toMatchObject({ lines: 4, matched: 3, unparsed: 1 });
    expect(diagnostics.map(({ id }) => id)).toEqual(["unreadable-document", "behind"]);
  });

  test("also of a log of days in which only the first record names a zone", async () => {
    const days = Array.from({ length: 5 }, (_, day) => LOG.replace("12-07", `12-1${day + 4}`));
    const first = await readText(["2025-12-07T23:59:30.544Z - grpc - INFO - heartbeat\n", ...days].join(""));
    const second = await readText(await written(first));
    expect(saidOf(second, -1)).toEqual(saidOf(first));
    expect(second.sources.slice(1)).toEqual(first.sources);
  });

  test("of a source that is a file too, and of one that two timelines have, everything is said once", async () => {
    const folder = await folderWith({ "a.log": ZONED, "b.log": LOG });
    const first = await readInputs([folder], { profile });
    const timelines = await folderWith({
      "1.ndjson": await written(first),
      "2.ndjson": await written(await readInputs([join(folder, "a.log")], { profile })),
    });
    expect(first.hints).toHaveLength(1);
    const of = ({ events, hints, diagnostics }: Inputs) => [events.length, hints.length, diagnostics.length];
    expect(of(await readInputs([timelines], { profile }))).toEqual(of(first));
    expect(of(await readInputs([folder, timelines], { profile }))).toEqual(of(first));
  });

  test("inputs that say that there is nothing do so in a timeline", async () => {
    const first = await readInputs([await folderWith({ "a.log": LOG, "jobs.json": '{"kind":"List","apiVersion":"v1","items":[]}\n' })], {
      profile,
    });
    const again = await readText(await written(first));
    expect(again.sources.slice(1)).toEqual(first.sources);
    expect(again.diagnostics.map(({ id }) => id)).toEqual(["nothing-listed"]);
    await expect(readText(HEADER)).rejects.toMatchObject({ code: "input" });
  });

  test("holds no secret, and everything else of what had one", async () => {
    const secret = LOG.replace("server at h:1", "server at h:1 with password=hunter2secret");
    const results =
      '<testsuite tests="1" failures="1"><testcase classname="a" name="b password=hunter2secret" time="1"><failure>x</failure></testcase></testsuite>';
    const first = await readInputs([await folderWith({ "a.log": LOG + secret, "b.json": POD, "c.xml": results })], { profile });
    const text = await written(first);
    expect(text.match(/^\{"note".*password=\[redacted\]/gm)).toHaveLength(1);
    expect(text).toContain("with password=[redacted]");
    expect(text).not.toContain("hunter2");
    const second = await readText(text);
    expect(second.sources[0]).toMatchObject({ unparsed: 0, ignored: 0 });
    expect(second.events.map(({ type }) => type)).toEqual(first.events.map(({ type }) => type));
  });

  test("however often a log says the same, the rows for it are few", async () => {
    const waits = Array.from({ length: 3000 }, () => "2025-12-07 10:51:16,000 - root - INFO - in the stress_loop\n");
    const text = await written(await readText(LOG + waits.join("")));
    expect(text.match(/^\{"hint"/gm)).toHaveLength(1000);
    expect(text).not.toContain("stress_loop");
  });
});

describe("rows of a timeline", () => {
  const source = (path: string, more = {}) => ({
    ...{ path, sha256: path, format: "python-log", encoding: "utf-8", bytes: 1, lines: 9, matched: 9, ignored: 0, unparsed: 0 },
    ...{ from: 0, to: 1, clock: "runner", ...more },
  });
  const at = { at: 0, resolutionMs: 1, clock: "runner" };
  const eventOf = (index: number) => ({
    event: { type: "http-date", host: "h", logged: at, date: 0, evidence: { source: index, line: 1 } },
  });
  const noteOf = (more: object) => ({
    note: { source: 0, diagnostic: { id: "cut-line", severity: "info", count: 1, values: {}, ...more } },
  });
  const hintOf = (more: object) => ({ hint: { parameter: "test", value: "277", evidence: { source: 0, line: 3 }, ...more } });
  const timeline = (...rows: readonly unknown[]) => HEADER + rows.map((row) => `${JSON.stringify(row)}\n`).join("");

  test("that are none are counted, and none ends the reading", async () => {
    const folder = await folderWith({ "a.log": LOG, "t.ndjson": `${HEADER}null\n{"event":{"type":"log-mark"}}\n{broken\n\n{"event":1}` });
    const { sources } = await readInputs([folder], { profile });
    expect(sources[1]).toMatchObject({ lines: 6, matched: 1, ignored: 3, unparsed: 2 });
  });

  test("of a version before notes and hints say what they said then", async () => {
    const { sources, events, notes, hints } = await readInputs(["samples/envelopes/timeline.ndjson"], { profile });
    expect([sources.map(({ format }) => format), events.length, notes, hints]).toEqual([
      ["postrun-timeline", "kubernetes-json"],
      1,
      [],
      [],
    ]);
  });

  test("of kinds that a later version may have are passed over", async () => {
    const { sources, events } = await readText(timeline({ source: source("a") }, { later: { evidence: { source: 0 } } }, eventOf(0)));
    expect([sources[0]?.matched, sources[0]?.ignored, events.length]).toEqual([3, 1, 1]);
  });

  test.each([
    ["a note of a source that is not there", { note: { ...noteOf({ examples: [] }).note, source: 7 } }],
    ["a note with an example in a source that is not there", noteOf({ examples: [{ source: 2, line: 1 }] })],
    ["a note without examples", noteOf({})],
    ["a note of another severity", noteOf({ severity: "fatal", examples: [] })],
    ["a hint in a source that is not there", hintOf({ evidence: { source: 2, line: 1 } })],
    ["a hint at what this profile does not recognise", hintOf({ value: "278" })],
    ["a hint at a parameter that this profile does not have", hintOf({ parameter: "delay" })],
    ["an event in a source that is not there", eventOf(2)],
  ])("that cannot be believed are left out: %s", async (_what, row) => {
    const read = await readText(timeline({ source: source("a") }, row));
    expect([read.events, read.notes, read.hints, read.sources[0]?.ignored]).toEqual([[], [], [], 1]);
  });

  test("and what they hold beyond is left out", async () => {
    const { notes, hints } = await readText(
      timeline({ source: source("a") }, noteOf({ examples: [{ source: 0, line: 2 }], more: 1 }), hintOf({ more: 1 })),
    );
    expect(notes).toEqual([
      { source: 1, diagnostic: { id: "cut-line", severity: "info", count: 1, values: {}, examples: [{ source: 1, line: 2 }] } },
    ]);
    expect(hints).toEqual([{ parameter: "test", value: "277", evidence: { source: 1, line: 3 } }]);
  });

  test.each([
    ["lines", { lines: 8 }],
    ["zone", { zoneMinutes: "180" }],
    ["date", { undated: "month" }],
    ["watches", { jobWatches: [{ namespace: "default", from: 1, to: "2", line: 1 }] }],
  ])("about a source that cannot be believed keep its place, so that no event becomes another's: %s", async (_what, wrong) => {
    const { sources, events } = await readText(timeline({ source: source("a", wrong) }, { source: source("b") }, eventOf(0), eventOf(1)));
    expect(sources.map(({ path }) => path)).toEqual(["-", "b"]);
    expect(events.map(({ evidence }) => evidence.source)).toEqual([1]);
    expect(sources[0]).toMatchObject({ matched: 3, ignored: 2 });
  });
});
