import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assertFolderWritable, assertWritable, writeTarget } from "../../src/commands/output.js";
import { folderForEachTest } from "../folder-for-each-test.js";

let folder = "";
folderForEachTest("output", (path) => {
  folder = path;
});

const at = (name: string, force = false) => ({ path: join(folder, name), force });
const OURS = '{"schemaVersion": 1, "tool": { "name": "postrun" }}';

describe("writing a file", () => {
  it("writes the whole of it and leaves nothing beside it", async () => {
    await writeTarget(at("x.json"), OURS);
    await writeTarget(at("y.bin"), new Uint8Array([1, 2]));
    expect(readdirSync(folder).sort()).toEqual(["x.json", "y.bin"]);
    expect(readFileSync(join(folder, "x.json"), "utf8")).toBe(OURS);
  });

  it("overwrites what postrun made, and empty files", async () => {
    writeFileSync(join(folder, "x.json"), OURS);
    writeFileSync(join(folder, "empty"), "");
    await writeTarget(at("x.json"), "new");
    await writeTarget(at("empty"), "new");
    expect(readFileSync(join(folder, "x.json"), "utf8")).toBe("new");
  });

  it("never overwrites what postrun did not make, but with --force", async () => {
    writeFileSync(join(folder, "x.html"), "<html>mine</html>");
    await expect(writeTarget(at("x.html"), "new")).rejects.toMatchObject({ code: "output", hint: expect.stringContaining("--force") });
    expect(readFileSync(join(folder, "x.html"), "utf8")).toBe("<html>mine</html>");
    await writeTarget(at("x.html", true), "new");
    expect(readFileSync(join(folder, "x.html"), "utf8")).toBe("new");
  });

  it("refuses a folder, a missing folder, and a file where a folder should be, even with --force", async () => {
    mkdirSync(join(folder, "sub"));
    writeFileSync(join(folder, "file"), "");
    for (const name of ["sub", "missing/x.html", "file/x.html"]) {
      await expect(assertWritable(at(name, true))).rejects.toMatchObject({ code: "output" });
      await expect(writeTarget(at(name, true), "new")).rejects.toMatchObject({ code: "output" });
    }
    expect(readdirSync(folder).sort()).toEqual(["file", "sub"]);
  });

  it("takes the longest name that the file system does, and says of a longer one that it cannot be", async () => {
    const longest = "x".repeat(255);
    await writeTarget(at(longest), "new");
    expect(readdirSync(folder)).toEqual([longest]);
    await expect(writeTarget(at(`${longest}x`), "new")).rejects.toMatchObject({ code: "output" });
    expect(readdirSync(folder)).toEqual([longest]);
  });
});

describe("a folder to write to", () => {
  it("may be there or not, as long as nothing on the way is a file", async () => {
    writeFileSync(join(folder, "file"), "");
    for (const name of [".", "new", "new/deep/er"]) await assertFolderWritable(join(folder, name));
    for (const name of ["file", "file/in/it"]) {
      await expect(assertFolderWritable(join(folder, name))).rejects.toMatchObject({
        code: "output",
        message: expect.stringContaining(`${join(folder, "file")} is a file`),
      });
    }
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});
