import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { dataFiles, readInputs } from "../../src/ingest/index.js";
import { PostrunError } from "../../src/model/errors.js";
import { profileSchema } from "../../src/model/profile.js";
import { renderJunit } from "../../src/report/forms/junit.js";
import { cpuClock } from "../cpu-clock.js";
import { fixtureReport } from "../report/fixture.js";
import { folderWith, physicalLines, smallProfile } from "./support.js";

const LOG = "2025-12-07 10:51:15,323 - grpc - INFO - Connected to gRPC server at h:1\n";
const POD = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","uid":"u","creationTimestamp":"2026-11-23T12:04:17Z"},"status":{}}\n';
const TABLE = "NAME              COMPLETIONS   DURATION   AGE\ngrpc-job-1-1730   0/1                      0s\n";
const profile = smallProfile;

describe("readInputs", () => {
  test("a folder gives its members by path; the order of arguments changes nothing", async () => {
    const folder = await folderWith({ "b.log": LOG, "a.json.gz": gzipSync(POD), "truth.json": "{}", "README.md": "x", ".hidden": "x" });
    const inputs = [join(folder, "b.log"), join(folder, "a.json.gz")];
    const whole = await readInputs([folder], { profile });
    expect(whole.sources.map(({ path, format, lines }) => [path, format, lines])).toEqual([
      [inputs[1], "kubernetes-json", 1],
      [inputs[0], "python-log", 1],
    ]);
    expect(whole.diagnostics).toMatchObject([{ id: "input-not-data", count: 3 }]);
    expect(await readInputs(inputs, { profile })).toEqual(await readInputs(inputs.toReversed(), { profile }));
  });

  test("what the profile detects is found wherever it stands: which run of a log is asked about comes later", async () => {
    const detecting = {
      ...profile,
      parameters: { env: { title: { en: "environment", he: "סביבה" }, type: "string", detect: [{ text: "staging", value: "staging" }] } },
    };
    const line = (second: number) => `2025-12-07 10:51:${second},000 - root - INFO - this is staging\n`;
    const folder = await folderWith({ "a.log": line(10) + LOG + line(20) + LOG + Array.from({ length: 1500 }, () => line(30)).join("") });
    const { hints } = await readInputs([folder], { profile: profileSchema.parse({ ...detecting }) });
    expect(hints.map(({ evidence }) => evidence.line).slice(0, 3)).toEqual([1, 3, 5]);
    expect([hints.length, hints.at(-1)?.evidence.line]).toEqual([1000, 1504]);
  });

  test("a file named twice and a copy of it are read once, and told", async () => {
    const folder = await folderWith({ "a.log": LOG, "copy.log": LOG, "same.log.gz": gzipSync(LOG) });
    const { events, sources, diagnostics } = await readInputs([folder, join(folder, "a.log")], { profile });
    expect([events.length, sources.length]).toEqual([1, 1]);
    expect(diagnostics).toMatchObject([{ id: "duplicate-input", count: 3 }]);
  });

  test("standard input is an input", async () => {
    const { sources } = await readInputs(["-"], { profile, stdin: Readable.from([LOG.slice(0, 9), LOG.slice(9)]) });
    expect(sources).toMatchObject([{ path: "-", format: "python-log", lines: 1 }]);
  });

  test("what is unusable among good inputs is a source and a diagnostic", async () => {
    const folder = await folderWith({
      "a.log": LOG,
      "empty.json": "",
      "error.json": 'Error from server (NotFound): namespaces "x" not found\n',
      "jobs-watch.txt": TABLE,
      "other.log": "2025-12-07 10:51:15,323 - x - INFO - y\n",
      "picture.bin": Buffer.from([0x89, 0x50, 0, 1, 2, 3, 10]),
      "cut.gz": gzipSync(LOG.repeat(3000)).subarray(0, 100),
    });
    const { sources, diagnostics } = await readInputs([folder], { profile });
    expect(
      Object.fromEntries(
        sources.map(({ path, format, matched, ignored, unparsed }) => [basename(path), [format, matched, ignored, unparsed]]),
      ),
    ).toMatchObject({
      "a.log": ["python-log", 1, 0, 0],
      "empty.json": ["empty", 0, 0, 0],
      "error.json": ["error-text", 0, 1, 0],
      "jobs-watch.txt": ["kubectl-table", 0, 2, 0],
      "other.log": ["python-log", 0, 1, 0],
      "picture.bin": ["unknown", 0, 0, 1],
    });
    expect(diagnostics.map(({ id }) => id).toSorted()).toEqual([
      "cut-line",
      "damaged-gzip",
      "empty-source",
      "error-text-source",
      "no-recognised-line",
      "table-source",
      "unknown-format",
    ]);
    expect(diagnostics.find(({ id }) => id === "error-text-source")?.values.text).toContain("NotFound");
  });

  test("YAML of Kubernetes objects in a folder is read, configuration is left alone", async () => {
    const job = [
      "apiVersion: batch/v1",
      "kind: Job",
      "metadata:",
      "  name: grpc-job-1-1",
      "  namespace: default",
      "  uid: u-1",
      "  creationTimestamp: 2025-12-07T08:50:00Z",
      "",
    ];
    const configuration = { "postrun.yaml": "profile: focus-server\n", "claims.yaml": "claims: []\n" };
    const folder = await folderWith({ "jobs.yaml": job.join("\n"), ...configuration, "a.log": LOG });
    const { sources, events, diagnostics } = await readInputs([folder], { profile });
    expect(sources.map(({ format }) => format).toSorted()).toEqual(["kubernetes-yaml", "python-log"]);
    expect(events.some(({ type }) => type === "job")).toBe(true);
    // That of the folder has had its say.
    const values = { paths: join(folder, "claims.yaml") };
    expect(diagnostics.find(({ id }) => id === "input-not-data")).toMatchObject({ count: 1, values });
  });

  test("log noise at the beginning does not mislead the detection", async () => {
    const folder = await folderWith({
      "a.json": `{"level":"info","message":"started"}\nsome noise\n${POD}`,
      "b.log": `garbage {"apiVersion\n${LOG}`,
    });
    const { sources } = await readInputs([folder], { profile });
    expect(sources.map(({ format }) => format)).toEqual(["kubernetes-json", "python-log"]);
  });

  test("a log that holds JSON bodies is a log", async () => {
    const folder = await folderWith({ "a.log": `${LOG}${LOG}{"apiVersion": "v1", "kind": "Pod"}\n${LOG}` });
    expect((await readInputs([folder], { profile })).sources).toMatchObject([{ format: "python-log", matched: 4 }]);
  });

  test("a log as PowerShell redirects it (UTF-16, CRLF, mangled decoration) gives the same events", async () => {
    const text = `\ufeff${LOG.replace("Connected", "\u0393\u00a3\u00e0 Connected")}`.replaceAll("\n", "\r\n");
    const folder = await folderWith({ "a.log": Buffer.from(text, "utf16le"), "b.json": '{"apiVersion":"v1","kind":"ConfigMap"}' });
    const { events, sources, diagnostics } = await readInputs([folder], { profile });
    expect(events).toMatchObject([{ mark: "connected", groups: { host: "h", port: "1" } }]);
    expect(sources[0]).toMatchObject({ encoding: "utf-16le", lines: 1 });
    expect(diagnostics).toMatchObject([{ id: "no-used-object" }]);
  });

  test("texts made to slow the detection down are read at once", async () => {
    const folder = await folderWith({
      "a.log": LOG,
      "b.txt": `${"A  ".repeat(20_000)}!`,
      "c.txt": "\n ".repeat(40_000),
      "d.txt": `${"=".repeat(60_000)} x`,
    });
    const cpuMs = cpuClock();
    await readInputs([folder], { profile });
    expect(cpuMs()).toBeLessThan(2000);
  });

  test("a script's name in a file name hints at the test", async () => {
    const folder = await folderWith({ "stress_loop.log": LOG });
    expect((await readInputs([folder], { profile })).hints).toEqual([
      { parameter: "test", value: "stress", evidence: { source: 0, line: 0 } },
    ]);
  });

  test("a report of postrun is no input", async () => {
    const folder = await folderWith({ "a.log": LOG, "report.json": '{"schemaVersion":1,"tool":{"name":"postrun","version":"0.1.0"}}' });
    const { sources, diagnostics } = await readInputs([folder], { profile });
    expect(sources[1]).toMatchObject({ format: "postrun-report", ignored: 1 });
    expect(diagnostics).toMatchObject([{ id: "report-source" }]);
  });

  test("the claims as JUnit XML are no tests of the run", async () => {
    const own = renderJunit(fixtureReport(), "en");
    const folder = await folderWith({ "a.log": LOG, "claims.xml": own, "tests.xml": own.replace("<!-- postrun -->\n", "") });
    const { sources } = await readInputs([folder], { profile });
    expect(sources.map(({ format }) => format)).toEqual([expect.any(String), "postrun-report", "junit-xml"]);
    expect(await dataFiles([folder])).toEqual([join(folder, "a.log"), join(folder, "tests.xml")]);
    expect(await dataFiles([join(folder, "claims.xml")])).toEqual([join(folder, "claims.xml")]);
  });

  test("progress ends at the size of the file", async () => {
    const folder = await folderWith({ "a.log": LOG });
    const seen: number[][] = [];
    await readInputs([folder], { profile, onProgress: ({ bytesRead, bytesTotal }) => seen.push([bytesRead, bytesTotal]) });
    expect(seen.at(-1)).toEqual([LOG.length, LOG.length]);
  });

  test("a list without a row says something beside a log, and nothing alone", async () => {
    const list = '{"apiVersion":"v1","kind":"List","items":[]}';
    const beside = await readInputs([await folderWith({ "a.log": LOG, "jobs.json": list })], { profile });
    expect(beside.diagnostics).toMatchObject([{ id: "nothing-listed", severity: "info" }]);
    const alone: unknown = await readInputs([await folderWith({ "jobs.json": list })], { profile }).catch((thrown: unknown) => thrown);
    expect(alone).toMatchObject({ code: "input", message: expect.stringMatching(/jobs\.json: a list without a Job/) });
  });

  test("a list that could not be read does not say that it listed nothing", async () => {
    const tooDeep = `apiVersion: v1\nkind: List\nitems:\n- ${"[".repeat(100_000)}\n`;
    const beside = await readInputs([await folderWith({ "a.log": LOG, "jobs.yaml": tooDeep })], { profile });
    expect(beside.diagnostics.map(({ id }) => id)).toEqual(["unreadable-document", "no-used-object"]);
  });

  test("no such file, a folder without data, and nothing usable at all are errors that say what to do", async () => {
    const folder = await folderWith({ "README.md": "x" });
    const useless = await folderWith({ "t.txt": TABLE, "e.json": "" });
    const other = await folderWith({ "other.log": "2025-12-07 10:51:15,323 - x - INFO - y\n" });
    const report = await folderWith({ "old.json": '{"schemaVersion":1,"tool":{"name":"postrun","version":"0.1.0"}}' });
    for (const [input, words] of [
      [join(folder, "none.log"), "no such file"],
      [folder, "nothing to read"],
      [useless, "relative ages"],
      [other, `the profile ${profile.id} recognises none of its 1 lines; --profile names another`],
      [report, "postrun render reads it"],
    ] as const) {
      const error: unknown = await readInputs([input], { profile }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(PostrunError);
      expect(error).toMatchObject({ code: "input", message: expect.stringContaining(words), hint: expect.stringMatching(/\w/) });
    }
  });
});

describe("the captured run", () => {
  const folder = new URL("../../samples/kubernetes-run/", import.meta.url).pathname;

  test("every line of every file is accounted for", async () => {
    const { sources } = await readInputs([folder], { profile });
    expect(sources.length).toBeGreaterThan(4);
    for (const source of sources) {
      const stored = await readFile(source.path);
      const text = (source.path.endsWith(".gz") ? gunzipSync(stored) : stored).toString();
      expect([source.path, source.lines]).toEqual([source.path, physicalLines(text)]);
      expect(source.matched + source.ignored + source.unparsed).toBe(source.lines);
      expect(source.unparsed).toBe(0);
    }
  });

  test("as many Jobs, Pods, Events and requests as stand in the files", async () => {
    const { events, sources } = await readInputs([folder], { profile });
    const counts = new Map<string, number>();
    for (const event of events) {
      const key = `${basename(sources[event.evidence.source]?.path ?? "")} ${event.type}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    // Counted in the captures with another JSON parser.
    expect(Object.fromEntries(counts)).toMatchObject({
      "audit.log.gz api-request": 865,
      "events-final.json.gz cluster-event": 774,
      "jobs-watch.json.gz job": 480,
      "jobs-watch-received.jsonl.gz job": 480,
      "pods-watch.json.gz pod": 894,
    });
  });

  test("its log has the marks of 60 requests, 57 connections and 2 failures", async () => {
    const text = await readFile(new URL("../../profiles/focus-server/profile.yaml", import.meta.url), "utf8");
    const { events } = await readInputs([join(folder, "test-run.log.gz")], { profile: profileSchema.parse(parse(text)) });
    const marks = events.map((event) => (event.type === "log-mark" ? event.mark : event.type));
    expect(
      ["configure-start", "connected", "connect-failed", "stream-ended"].map((id) => marks.filter((mark) => mark === id).length),
    ).toEqual([60, 57, 2, 56]);
  });
});
