import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { folderForEachTest } from "../folder-for-each-test.js";

const full = vi.hoisted(() => ({ from: Number.POSITIVE_INFINITY, written: 0 }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  /** A disk that takes so many texts, then no more. */
  const writeFile: typeof real.writeFile = async (file, data, options) => {
    if (data !== "" && ++full.written > full.from) {
      await real.writeFile(file, "half", options);
      throw Object.assign(new Error("no space"), { code: "ENOSPC" });
    }
    return real.writeFile(file, data, options);
  };
  return { ...real, writeFile };
});
const { initCommand } = await import("../../src/commands/init.js");

let folder = "";
folderForEachTest("init", (path) => {
  folder = path;
});

describe("init", () => {
  it("leaves nothing half-written on a full disk, so that it can be done again", async () => {
    const say = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const target = join(folder, "mine");
    full.from = 1;
    await expect(initCommand(target)).rejects.toMatchObject({ code: "output", message: expect.stringContaining("ENOSPC") });
    expect(readdirSync(target)).toEqual([]);
    full.from = Number.POSITIVE_INFINITY;
    await initCommand(target);
    expect(readdirSync(target)).toEqual(["claims.yaml", "postrun.yaml", "profile.yaml"]);
    say.mockRestore();
  });

  it("says that a file stands where the folder should be", async () => {
    writeFileSync(join(folder, "page.html"), "");
    await expect(initCommand(join(folder, "page.html"))).rejects.toMatchObject({
      message: expect.stringMatching(/is a file, not a folder$/),
    });
  });

  it("takes nothing away that was there before", async () => {
    const target = join(folder, "mine");
    mkdirSync(target);
    // Nothing by its target, yet a name that is taken.
    symlinkSync("nowhere", join(target, "claims.yaml"));
    await expect(initCommand(target)).rejects.toMatchObject({ code: "output" });
    expect(readdirSync(target)).toEqual(["claims.yaml"]);
  });
});
