import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { findInputFiles } from "../../../src/ingest/files/input-files.js";
import { readInputs } from "../../../src/ingest/index.js";
import { loadProfile } from "../../../src/profiles/load-profile.js";
import { folderWith } from "../support.js";

describe("patterns that the shell did not expand", () => {
  test("* and ? match names, ** folders; hidden files and notes are left alone", async () => {
    const folder = await folderWith({ "a.log": "x", "b1.log": "x", "b2.log": "x", ".c.log": "x", "n.md": "x" });
    await mkdir(join(folder, "deep", "er"), { recursive: true });
    await writeFile(join(folder, "deep", "er", "d.log"), "x");
    const names = async (pattern: string) => (await findInputFiles([join(folder, pattern)])).files.map(({ path }) => basename(path));
    expect(await names("*.log")).toEqual(["a.log", "b1.log", "b2.log"]);
    expect(await names("b?.log")).toEqual(["b1.log", "b2.log"]);
    expect(await names("**/*.log")).toEqual(["a.log", "b1.log", "b2.log", "d.log"]);
    expect(await names("d*")).toEqual(["d.log"]);
    expect((await findInputFiles([join(folder, "*")])).leftAlone.map((path) => basename(path))).toEqual(["n.md"]);
  });

  test("a file that has such a name is that file, and what matches nothing is an error", async () => {
    const folder = await folderWith({ "a*.log": "x", "ab.log": "x" });
    expect((await findInputFiles([join(folder, "a*.log")])).files).toHaveLength(1);
    await expect(findInputFiles([join(folder, "z*.log")])).rejects.toMatchObject({
      code: "input",
      message: expect.stringContaining("z*.log"),
    });
  });
});

describe("rotated logs", () => {
  test("are in the order of time: the highest number first, dates upwards, the plain name last", async () => {
    const folder = await folderWith(
      Object.fromEntries(
        ["run.log", "run.log.1", "run.log.2.gz", "run.log.10", "z.log.2025-12-07", "z.log", "z.log.2025-12-06"].map((name) => [name, name]),
      ),
    );
    expect((await findInputFiles([folder])).files.map(({ path }) => basename(path))).toEqual([
      ...["run.log.10", "run.log.2.gz", "run.log.1", "run.log", "z.log.2025-12-06", "z.log.2025-12-07", "z.log"],
    ]);
  });

  test("give their records one after the other, whatever packed them", async () => {
    const { profile } = await loadProfile("focus-server");
    const { events, sources } = await readInputs(["samples/ugly-logs/rotated"], { profile });
    expect(sources.map(({ path, unparsed }) => [basename(path), unparsed])).toEqual([
      ["test-run.log.2.gz", 0],
      ["test-run.log.1.zst", 0],
      ["test-run.log", 0],
    ]);
    expect(events.map((event) => (event.type === "log-mark" ? event.mark : event.type))).toEqual([
      ...["configure-start", "configured", "tracked", "connecting", "connected", "disconnecting", "disconnected"],
    ]);
  });
});

describe.runIf(process.platform === "linux")("pipes", () => {
  test("that a shell hands over for commands are inputs, each by itself", async () => {
    const folder = await folderWith({
      "a.log": "2025-12-07 10:51:15,323 - grpc - INFO - Connected to gRPC server at h:1\n",
      "b.json":
        '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","uid":"u","creationTimestamp":"2026-11-23T12:04:17Z"},"status":{}}\n',
    });
    const script = `"${process.execPath}" dist/cli.cjs inspect <(cat "${folder}/a.log") <(cat "${folder}/b.json") --json -`;
    const { status, stdout } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
    const { sources } = JSON.parse(stdout);
    expect([status, sources.map(({ format }: { format: string }) => format).sort()]).toEqual([0, ["kubernetes-json", "python-log"]]);
  });
});
