import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readInputs } from "../../src/ingest/index.js";
import { PostrunError } from "../../src/model/errors.js";
import { zipBytes } from "../../src/table/zip.js";
import { folderWith, smallProfile } from "./support.js";

const LOG = "2025-12-07 10:51:15,323 - grpc - INFO - Connected to gRPC server at h:1\n";
const profile = smallProfile;

/** A tape archive of one file (POSIX.1-1988, ustar). */
function tar(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write("0000644\x001750\x001750\0", 100);
  header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write("14712345670\0        0", 136);
  header.write("ustar\x0000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc(1024 + ((512 - (content.length % 512)) % 512))]);
}

const XZ = Buffer.from("fd377a585a000004e6d6b4460200210116000000742fe5a3", "hex");
const PACKED: Readonly<Record<string, readonly [Buffer, string]>> = {
  "run.tar": [tar("run/test.log", LOG.repeat(20)), "an archive (tar)"],
  "run.tgz": [gzipSync(tar("run/test.log", LOG.repeat(20))), "an archive (tar)"],
  "run.zip": [zipBytes([{ name: "test.log", text: LOG.repeat(20), stored: true }]), "an archive (zip)"],
  "run.7z": [Buffer.from("377abcaf271c00045b38be", "hex"), "an archive (7z)"],
  "run.log.bz2": [Buffer.from("BZh91AY&SY\x80\x01\x02", "latin1"), "a way that is not read (bzip2)"],
  "run.log.xz": [XZ, "a way that is not read (xz)"],
  "run.log.gz": [gzipSync(gzipSync(LOG)), "a way that is not read (gzip in gzip)"],
};

describe("what is packed in a way that is not read", () => {
  test.each(Object.entries(PACKED))("%s is named, and nothing of it is quoted", async (name, [content, words]) => {
    const folder = await folderWith({ [name]: content, "other.log": LOG });
    const error: unknown = await readInputs([join(folder, name)], { profile }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PostrunError);
    expect(error).toMatchObject({ code: "input", message: expect.stringContaining(words) });
    const { sources, events, diagnostics } = await readInputs([folder], { profile });
    const source = sources.find(({ path }) => basename(path) === name);
    expect([events.length, source?.matched, source?.ignored]).toEqual([1, 0, 0]);
    expect(diagnostics).toMatchObject([{ id: expect.stringMatching(/^(?:archive|compressed)-source$/), severity: "warning" }]);
  });
});

/** `zstd -c` of LOG three times (version 1.5.4). */
const ZSTD = Buffer.from(
  "28b52ffd04586d020082c410187055db8050915647562a4078bec183245a1c59a2ea5f53048122e64fb9eb806bc01392acb7f7a59f6ac65a3afe208ce278d5b875fcd923b0226594fa21711579730301004863a142149dc46312",
  "hex",
);

test("a log that no format of the profile fits is told with how many were tried", async () => {
  const folder = await folderWith({ "run.log": "09-12-2025|INFO|Connected to gRPC server at h:1\n" });
  const words = async (...formats: string[]) => {
    const own = formats.length === 0 ? profile : { ...profile, log: { formats } };
    const error: unknown = await readInputs([join(folder, "run.log")], { profile: own }).catch((thrown: unknown) => thrown);
    return error instanceof PostrunError ? error.message.split("run.log: ")[1] : undefined;
  };
  const rest = "not a format that postrun reads; it begins with: 09-12-2025|INFO|Connected to gRPC server at h:1";
  const [one, other] = ["%(asctime)s;%(message)s", "%(asctime)s/%(message)s"];
  expect(await words()).toBe(rest);
  expect(await words(one)).toBe(`the profile's log format fits no line of its beginning, and it is ${rest}`);
  expect(await words(one, other)).toBe(`none of the profile's 2 log formats fits a line of its beginning, and it is ${rest}`);
});

describe("what is no text at all", () => {
  const noise = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7919 + (index >> 3) * 104_729) % 251));
  test.each([
    ["core.bin", noise, "it begins with: bytes that are no text"],
    ["notes.txt", Buffer.from("שלום, these are notes\n"), "it begins with: שלום, these are notes"],
  ])("%s is quoted only where a reader can read it", async (name, content, words) => {
    const folder = await folderWith({ [name]: content });
    const error: unknown = await readInputs([join(folder, name)], { profile }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "input", message: expect.stringContaining(words) });
  });
});

describe("compressed data that break off before anything can be inflated", () => {
  test.each([
    ["run.log.zst", ZSTD],
    ["run.log.gz", gzipSync(LOG.repeat(3))],
  ])("%s is damaged, not empty", async (name, whole) => {
    const folder = await folderWith({ [name]: whole.subarray(0, 11), "whole.log": LOG, [`whole-${name}`]: whole });
    const error: unknown = await readInputs([join(folder, name)], { profile }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "input", message: expect.stringContaining(`${name}: the compressed data are damaged`) });
    expect(error).toMatchObject({ message: expect.not.stringContaining("empty") });
    const { sources, events, diagnostics } = await readInputs([folder], { profile });
    expect(sources.map(({ path, format, lines }) => [basename(path), format, lines])).toContainEqual([name, "damaged", 0]);
    expect(events).toHaveLength(4);
    expect(diagnostics).toMatchObject([{ id: "damaged-gzip", severity: "warning" }]);
  });
});

describe("a log is found behind what other programs printed first", () => {
  const table = "NAME              READY   STATUS    RESTARTS   AGE\nfocus-server-0    1/1     Running   0          3d\n\n";
  const session = "============================= test session starts =============================\n";
  const object = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\n";

  test.each<readonly [string, string]>([
    ["a table of kubectl", `${table}${LOG}`],
    ["an error and a session of pytest", `error: cannot find pyproject.toml\n${session}${LOG}`],
    [
      "an error and a live log",
      `Error: could not find .env\n${LOG.replace(/^\S+ /, "")}`.replace(",323 - grpc - INFO -", " [    INFO] grpc:"),
    ],
    ["an error and epochs", `error: none\n${LOG.replace(/^\S+ \S+/, "1764924603.712")}`],
    ["an object as YAML", `${object}${LOG}${LOG.replace("h:1", "h:2")}`],
    ["a long output of a build", `${"#12 0.1 Get:1 http://deb.debian.org/debian bookworm/main amd64\n".repeat(4000)}${LOG}`],
    ["a table that is long itself", `${table}${table.split("\n")[1]}\n`.repeat(1000) + LOG],
  ])("%s", async (_name, text) => {
    const folder = await folderWith({ "a.log": text });
    const { sources, events } = await readInputs([folder], { profile });
    expect(sources).toMatchObject([{ format: "python-log" }]);
    expect(events.filter(({ type }) => type === "log-mark").length).toBeGreaterThan(0);
  });

  test("but no further than a bounded beginning", async () => {
    const folder = await folderWith({ "a.log": LOG, "b.log": `${"some other output\n".repeat(90_000)}${LOG}` });
    const { sources } = await readInputs([folder], { profile });
    expect(sources.map(({ format }) => format)).toEqual(["python-log", "unknown"]);
  });

  test("an error text is one only where nothing else is in the file", async () => {
    const error = 'Error from server (NotFound): namespaces "x" not found\n';
    const folder = await folderWith({
      "a.log": LOG,
      "advice.txt": "Error: unknown flag: --outptu\nSee 'kubectl get --help' for usage.\n",
      "many.txt": error.repeat(200),
      "other.txt": `${error}${"12:00 something else\n".repeat(9)}`,
    });
    const { sources } = await readInputs([folder], { profile });
    expect(sources.map(({ path, format }) => [basename(path), format])).toEqual([
      ["a.log", "python-log"],
      ["advice.txt", "error-text"],
      ["many.txt", "error-text"],
      ["other.txt", "unknown"],
    ]);
  });
});

test("why nothing is usable is said in words, of YAML as of JSON", async () => {
  const folder = await folderWith({ "a.yaml": "apiVersion: batch/v1\nkind: Job\nmetadata: [\n" });
  const error: unknown = await readInputs([join(folder, "a.yaml")], { profile }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: expect.stringMatching(/: a document could not be read\n.*: no Jobs, Pods or Events in it$/) });
});

test("a file whose encoding changes is read whole, and told", async () => {
  const second = LOG.replace("h:1", "h:2").replace("15,323", "16,323");
  const folder = await folderWith({ "a.log": Buffer.concat([Buffer.from(LOG.repeat(2)), Buffer.from(second.repeat(2), "utf16le")]) });
  const { sources, events, diagnostics } = await readInputs([folder], { profile });
  expect([events.length, sources[0]?.lines, sources[0]?.encoding]).toEqual([4, 4, "utf-8, utf-16le"]);
  expect(diagnostics).toMatchObject([{ id: "mixed-encodings", severity: "info", values: { encodings: "utf-8, utf-16le" } }]);
});

describe("a List that breaks off in its first item says nothing, and is refused with that reason", () => {
  const job = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "j", uid: "u", creationTimestamp: "2026-03-01T10:00:00Z" },
    spec: {},
  };
  const list = { apiVersion: "v1", items: [job, job], kind: "List" };
  const cut = (text: string) => text.slice(0, text.indexOf("creationTimestamp"));
  const yaml = "apiVersion: v1\nitems:\n- apiVersion: batch/v1\n  kind: Job\n  metadata:\n    creationTimestamp";

  test.each<readonly [string, string | Buffer]>([
    ["one-line.json", cut(JSON.stringify(list))],
    ["printed.json", cut(JSON.stringify(list, null, 4))],
    ["one-line.json.gz", gzipSync(cut(JSON.stringify(list)))],
    ["list.yaml", cut(yaml)],
  ])("%s", async (name, content) => {
    const folder = await folderWith({ [name]: content });
    const error: unknown = await readInputs([join(folder, name)], { profile }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "input", message: expect.stringContaining("a document breaks off at line") });
  });

  test("but not where an item before the cut was read", async () => {
    const text = JSON.stringify(list);
    const folder = await folderWith({ "a.json": text.slice(0, text.lastIndexOf("creationTimestamp")) });
    const { events, diagnostics } = await readInputs([folder], { profile });
    expect([events.length, diagnostics.map(({ id }) => id)]).toEqual([1, ["cut-document"]]);
  });
});
