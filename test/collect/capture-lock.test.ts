import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { lockCapture } from "../../src/collect/capture-lock.js";
import { folderForEachTest } from "../folder-for-each-test.js";

const disk = vi.hoisted(() => ({ full: false }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return {
    ...real,
    async open(...args: Parameters<typeof real.open>) {
      const file = await real.open(...args);
      if (disk.full) file.writeFile = () => Promise.reject(Object.assign(new Error("no space"), { code: "ENOSPC" }));
      return file;
    },
  };
});

let folder = "";
folderForEachTest("capture-lock", (path) => {
  folder = path;
});
afterEach(() => {
  disk.full = false;
});

test("a lock that finds no room on the disk leaves nothing behind", async () => {
  disk.full = true;
  await (await lockCapture(join(folder, "capture.ndjson")))();
  expect(readdirSync(folder)).toEqual([]);
});
