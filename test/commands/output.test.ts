import { spawnSync } from "node:child_process";
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { assertOutputs, assertWritable, writeTarget } from "../../src/commands/output.js";
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

describe("writing behind a link", () => {
  it.each(["real.html", "not-yet.html"])("writes the file to which it leads: %s", async (name) => {
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(folder, "deep", "real.html"), OURS);
    symlinkSync(name, join(folder, "deep", "second"));
    symlinkSync("deep/second", join(folder, "first"));
    await writeTarget(at("first"), "new");
    expect(readFileSync(join(folder, "deep", name), "utf8")).toBe("new");
    expect(lstatSync(join(folder, "first")).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["deep", "first"]);
  });

  it("refuses links that lead to each other", async () => {
    symlinkSync("b", join(folder, "a"));
    symlinkSync("a", join(folder, "b"));
    await expect(assertWritable(at("a"))).rejects.toMatchObject({ code: "output", message: expect.stringContaining("ELOOP") });
  });
});

describe.runIf(process.platform === "linux")("writing to a pipe", () => {
  const pipe = (): string => {
    const path = join(folder, "pipe");
    spawnSync("mkfifo", [path]);
    return path;
  };

  it.each([
    ["text", (): string | Readable => "new"],
    ["a stream", (): string | Readable => Readable.from(["n", "ew"])],
  ] as const)("takes %s as it is", async (_, content) => {
    const path = pipe();
    const read = readFile(path, "utf8");
    await assertWritable({ path, force: false });
    await writeTarget({ path, force: false }, content());
    expect(await read).toBe("new");
    expect(lstatSync(path).isFIFO()).toBe(true);
    expect(readdirSync(folder)).toEqual(["pipe"]);
  });

  it("is no error where the reader has seen enough", async () => {
    const path = pipe();
    const reader: Promise<void> = open(path, "r").then((file) => file.close());
    await writeTarget({ path, force: false }, Readable.from(Array.from({ length: 40 }, () => "x".repeat(64 * 1024))));
    await reader;
  });
});

describe("several outputs", () => {
  const outputs = (...names: readonly string[]): Promise<void> =>
    assertOutputs(
      names.map((name) => at(name)),
      [join(folder, "in.ndjson"), "-"],
    );

  it("may each go to a file of its own, and to what holds nothing", async () => {
    await outputs("a", "b", "c");
    if (process.platform === "linux")
      await assertOutputs(
        [1, 2].map(() => ({ path: "/dev/null", force: false })),
        ["/dev/null"],
      );
  });

  it("are not written over each other, however the file is named", async () => {
    mkdirSync(join(folder, "sub"));
    symlinkSync("later", join(folder, "link"));
    symlinkSync("sub", join(folder, "other"));
    for (const names of [
      ["a", "a"],
      ["a", "sub/../a"],
      ["link", "later"],
      ["sub/x", "other/x"],
    ] as const)
      await expect(outputs(...names), names.join()).rejects.toMatchObject({ code: "usage", hint: expect.stringContaining("its own") });
    await expect(
      assertOutputs(
        [1, 2].map(() => ({ path: "-", force: true })),
        [],
      ),
    ).rejects.toMatchObject({ code: "usage" });
  });

  it("are not written over an input, with --force neither", async () => {
    writeFileSync(join(folder, "in.ndjson"), '{"postrun":"timeline"}');
    symlinkSync("in.ndjson", join(folder, "link"));
    for (const name of ["in.ndjson", "link"])
      await expect(assertOutputs([at(name, true)], [join(folder, "in.ndjson")])).rejects.toMatchObject({ code: "usage" });
    // Another name of the same bytes keeps them.
    linkSync(join(folder, "in.ndjson"), join(folder, "hard"));
    await assertOutputs([at("hard")], [join(folder, "in.ndjson")]);
  });

  it("need a name", async () => {
    await expect(assertWritable({ path: "", force: true })).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("empty"),
    });
  });
});

describe("a folder to write to", () => {
  const folders = (...paths: readonly string[]): Promise<void> => assertOutputs([], [], paths);

  it("may be there or not, as long as nothing on the way is a file", async () => {
    writeFileSync(join(folder, "file"), "");
    await folders(...[".", "new", "new/deep/er"].map((name) => join(folder, name)));
    for (const name of ["file", "file/in/it"]) {
      await expect(folders(join(folder, name))).rejects.toMatchObject({
        code: "output",
        message: expect.stringContaining(`${join(folder, "file")} is a file`),
      });
    }
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("has a name, is not standard output and no other output", async () => {
    await expect(folders("")).rejects.toMatchObject({ code: "usage", message: expect.stringContaining("empty") });
    await expect(folders("-")).rejects.toMatchObject({ code: "usage", message: expect.stringContaining("takes one") });
    await expect(assertOutputs([at("out")], [], [join(folder, "out")])).rejects.toMatchObject({
      code: "usage",
      hint: expect.stringContaining("its own"),
    });
    await assertOutputs([at("out")], [], [join(folder, "tables"), join(folder, "tables")]);
  });
});
