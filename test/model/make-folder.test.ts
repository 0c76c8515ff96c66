import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeFolder } from "../../src/model/make-folder.js";

const root = mkdtempSync(join(tmpdir(), "postrun-make-folder-"));
afterAll(() => rmSync(root, { recursive: true }));

describe("a folder", () => {
  it("is made with those above it, at once from two sides too, and left as it is where it is there", async () => {
    const folder = join(root, "a", "b", "c");
    await Promise.all([makeFolder(folder), makeFolder(folder)]);
    await makeFolder(folder);
    expect(statSync(folder).isDirectory()).toBe(true);
  });

  it("is refused below a file", async () => {
    writeFileSync(join(root, "file"), "");
    await expect(makeFolder(join(root, "file", "x"))).rejects.toMatchObject({ code: expect.stringMatching(/EEXIST|ENOTDIR/) });
  });

  it.runIf(existsSync("/proc/self"))("is refused at once where the system makes none", { timeout: 5000 }, async () => {
    await expect(makeFolder("/proc/postrun/tables")).rejects.toMatchObject({ code: "ENOENT" });
  });
});
