import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const HOOK = pathToFileURL(join(ROOT, "test/performance/note-modules.mjs")).href;

/** Files that the built command loads, its own and those of packages. Counted, not timed: the same on every machine. */
async function loadedBy(args: readonly string[]): Promise<string[]> {
  const { stderr } = await run(process.execPath, ["--import", HOOK, join(ROOT, "dist/cli.js"), ...args], { cwd: ROOT });
  const urls = [...stderr.matchAll(/^loaded (\S+)$/gm)].map(([, url = ""]) => url);
  return urls.filter((url) => url !== HOOK);
}

/** What only zod's own code says. */
async function holdsZod(url: string): Promise<boolean> {
  return url.startsWith("file:") && (await readFile(fileURLToPath(url), "utf8")).includes("$ZodType.init");
}

describe("the built command", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "postrun-startup-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  test("loads a handful of files to say how it is used, and no engine", async () => {
    const loaded = await loadedBy(["--help"]);
    expect(loaded.length).toBeGreaterThan(1);
    expect(loaded.length).toBeLessThan(25);
    for (const url of loaded) expect(await holdsZod(url), url).toBe(false);
  });

  test("analyzes with the profile and the templates that the build has read: neither YAML nor schemas are loaded", async () => {
    const loaded = await loadedBy(["analyze", "samples/30-investigations", "-o", join(folder, "report.html")]);
    expect(loaded.length).toBeLessThan(120);
    expect(loaded.filter((url) => /node_modules\/(?:yaml|zod)\//.test(url))).toEqual([]);
    expect(loaded.map((url) => basename(url)).filter((name) => /^(?:canvas|data-frames|json-|kube-config)/.test(name))).toEqual([]);
    for (const url of loaded) expect(await holdsZod(url), url).toBe(false);
  });

  test("loads schemas where they are needed, so that the check above can fail", async () => {
    await run(process.execPath, [join(ROOT, "dist/cli.js"), "analyze", "samples/30-investigations", "-o", join(folder, "again.html")], {
      cwd: ROOT,
    });
    const loaded = await loadedBy(["render", join(folder, "again.html"), "-o", join(folder, "rendered.html")]);
    const held = await Promise.all(loaded.map(holdsZod));
    expect(held).toContain(true);
  });
});
