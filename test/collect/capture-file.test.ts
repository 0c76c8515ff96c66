import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CaptureFile } from "../../src/collect/capture-file.js";
import type { CaptureRow, HeaderRow } from "../../src/collect/collect-types.js";
import { assertWritable } from "../../src/commands/output.js";
import type { PostrunError } from "../../src/model/errors.js";
import { readRows } from "./collecting.js";

const row = (index: number): CaptureRow => ({
  received: 1_700_000_000_000 + index,
  type: "ADDED",
  object: { kind: "Job", metadata: { name: `job-${index}`, uid: String(index) } },
});

const header: HeaderRow = {
  received: 1_700_000_000_000,
  type: "HEADER",
  postrun: "capture",
  captureVersion: 1,
  postrunVersion: "0.0.0-test",
  cluster: { server: "https://127.0.0.1", version: "v1.32.0", context: "test" },
  clock: [],
  watched: { kinds: ["Job"], namespaces: ["default"] },
};

let folder = "";
const problems: PostrunError[] = [];
const create = (path: string) => CaptureFile.create(path, (problem) => problems.push(problem));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "postrun-file-"));
  problems.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("another capture into the same file is refused as long as the first one writes, and a lock that a crash left is not", async () => {
  const path = join(folder, "capture.ndjson");
  const first = await create(path);
  void first.write(row(1));
  await expect(create(path)).rejects.toMatchObject({ code: "output", message: expect.stringContaining("another capture is writing it") });
  await first.close();
  expect(readRows(await readFile(path))).toHaveLength(1);
  // No process has this number (Linux, macOS and Windows: far below).
  await writeFile(join(folder, ".capture.ndjson.lock"), `process 2147483646 on ${hostname()}\n`);
  const second = await create(path);
  await second.close();
  expect(await readdir(folder)).toEqual(["capture.ndjson"]);
});

describe.each(["capture.ndjson", "capture.ndjson.gz"])("%s", (name) => {
  test("has every row on disk within a second of its arrival, while it is still open", async () => {
    const path = join(folder, name);
    const file = await create(path);
    for (let index = 0; index < 5; index += 1) {
      void file.write(row(index));
      await sleep(700);
      expect(readRows(await readFile(path)).length).toBe(index + 1);
    }
    await file.close();
  });

  test("has all rows in order, however fast they come, and is as large as it says", async () => {
    const path = join(folder, name);
    const file = await create(path);
    for (let index = 0; index < 50_000; index += 1) await file.write(row(index));
    await file.close();
    const rows = readRows(await readFile(path));
    expect(rows.map(({ object }) => object?.metadata.uid)).toEqual(Array.from({ length: 50_000 }, (_, index) => String(index)));
    expect({ rows: file.rows, bytes: file.bytes }).toEqual({ rows: 50_000, bytes: (await stat(path)).size });
    expect(problems).toEqual([]);
  });

  test("may be overwritten by us, and a stranger's file may not", async () => {
    const path = join(folder, name);
    const file = await create(path);
    await file.write(header);
    await file.close();
    await assertWritable({ path, force: false });
    await writeFile(path, "notes");
    await expect(assertWritable({ path, force: false })).rejects.toMatchObject({ code: "output" });
  });
});

test("a finished .gz is whole for every reader: two members, of which the first only says whose it is", async () => {
  const path = join(folder, "capture.ndjson.gz");
  const file = await create(path);
  await file.write(row(1));
  await file.close();
  const bytes = await readFile(path);
  expect(bytes.subarray(0, 64).toString("latin1")).toContain('"postrun":"capture"');
  expect(gunzipSync(bytes).toString()).toBe(`${JSON.stringify({ ...row(1), received: "2023-11-14T22:13:20.001Z" })}\n`);
});

test("a folder that is not there is a clear error", async () => {
  await expect(create(join(folder, "none", "capture.ndjson"))).rejects.toMatchObject({
    code: "output",
    message: expect.stringContaining("ENOENT"),
  });
});

test.skipIf(!existsSync("/dev/full"))("a full disk is told once, with what to do, and never throws", async () => {
  const file = await create("/dev/full");
  for (let index = 0; index < 3; index += 1) {
    await file.write(row(index));
    await sleep(300);
  }
  await file.close();
  expect(problems.map(({ code, message, hint }) => ({ code, message, hint }))).toEqual([
    { code: "output", message: "/dev/full: cannot be written (ENOSPC)", hint: expect.stringContaining("the disk is full") },
  ]);
});
