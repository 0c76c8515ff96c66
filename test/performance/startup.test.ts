import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Says on standard error for each bundle whether V8 took what the build had compiled of it. */
const NOTE_CACHES = `
const { loaded } = require("./dist/bundle/start.cjs");
process.on("exit", () => {
  for (const [name, { script }] of loaded) process.stderr.write("cache " + name + " " + script.cachedDataRejected + "\\n");
});`;

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly functionName: string; readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

describe("the built command", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "postrun-startup-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  /** Files that the command loads, and modules inside its bundles that it runs. Counted by V8, not timed: the same on every machine. */
  async function ranBy(name: string, args: readonly string[]): Promise<{ readonly files: string[]; readonly modules: string[] }> {
    const coverage = join(folder, name);
    await run(process.execPath, ["dist/cli.cjs", ...args], { cwd: ROOT, env: { ...process.env, NODE_V8_COVERAGE: coverage } });
    const [report = ""] = await readdir(coverage);
    const { result } = JSON.parse(await readFile(join(coverage, report), "utf8")) as Coverage;
    const own = result.filter(({ url }) => url.startsWith("file:"));
    const modules = own.flatMap(({ functions }) =>
      functions.filter(({ functionName, ranges }) => /\.[cm]?js$/.test(functionName) && (ranges[0]?.count ?? 0) > 0),
    );
    return { files: own.map(({ url }) => fileURLToPath(url).slice(ROOT.length)), modules: modules.map(({ functionName }) => functionName) };
  }

  const HEAVY = /node_modules\/(?:zod|yaml|ndjson|chart\.js|danfojs|@kubernetes)\//;

  test("says how it is used from three files, and runs none of the modules that do the work", async () => {
    const { files, modules } = await ranBy("help", ["--help"]);
    expect(files.toSorted()).toEqual(["dist/bundle/cli.cjs", "dist/bundle/start.cjs", "dist/cli.cjs"]);
    expect(modules.filter((name) => !/node_modules\/commander\//.test(name))).toEqual([]);
  });

  test("analyzes with the profile and the templates that the build has read: neither YAML nor schemas run", async () => {
    const { files, modules } = await ranBy("analyze", ["analyze", "samples/30-investigations", "-o", join(folder, "report.html")]);
    expect(files.length).toBeLessThan(10);
    expect(modules.length).toBeGreaterThan(100);
    expect(modules.filter((name) => HEAVY.test(name))).toEqual([]);
  });

  test("runs schemas where they are needed, so that the check above can fail", async () => {
    const page = join(folder, "again.html");
    await run(process.execPath, ["dist/cli.cjs", "analyze", "samples/30-investigations", "-o", page], { cwd: ROOT });
    const { modules } = await ranBy("render", ["render", page, "-o", join(folder, "rendered.html")]);
    expect(modules.some((name) => HEAVY.test(name))).toBe(true);
  });

  test("takes from the build what V8 compiled there", async () => {
    const { stderr } = await run(process.execPath, ["-e", NOTE_CACHES, "claims", "--profile", "focus-server"], { cwd: ROOT });
    expect(stderr.match(/^cache .*$/gm)).toEqual(["cache cli.cjs false", "cache work.cjs false"]);
  });

  test("reads bundles of one byte a letter", async () => {
    for (const name of ["cli", "work"]) expect(await readFile(join(ROOT, `dist/bundle/${name}.cjs`), "latin1")).not.toMatch(/[^\0-\x7f]/);
  });

  test("works without that too", async () => {
    const { stdout } = await run(process.execPath, ["--no-flush-bytecode", "dist/cli.cjs", "claims"], { cwd: ROOT });
    const plain = await run(process.execPath, ["dist/cli.cjs", "claims"], { cwd: ROOT });
    expect(stdout).toBe(plain.stdout);
  });
});
