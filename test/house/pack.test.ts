import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { fixtureReport } from "../report/fixture.js";
import { ROOT } from "./sources.js";

const run = promisify(execFile);
const windows = process.platform === "win32";
const npm = (args: readonly string[]): Promise<{ stdout: string }> =>
  run(windows ? "npm.cmd" : "npm", [...args], { cwd: ROOT, shell: windows, maxBuffer: 64 * 1024 * 1024 });

const packedSchema = z.tuple([
  z.object({ filename: z.string(), size: z.number(), unpackedSize: z.number(), files: z.array(z.object({ path: z.string() })) }),
]);
const MEGABYTE = 1024 * 1024;

describe("the published package, installed into an empty prefix", () => {
  let folder = "";
  let packed: z.infer<typeof packedSchema>[0];
  let installed = "";

  const postrun = (args: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
    run(windows ? join(folder, "prefix", "postrun.cmd") : join(folder, "prefix", "bin", "postrun"), [...args], {
      cwd: folder,
      shell: windows,
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "postrun-pack-"));
    // Without scripts: `npm test` has just built dist/, and other tests are running it.
    const { stdout } = await npm(["pack", "--ignore-scripts", "--json", "--pack-destination", folder]);
    packed = packedSchema.parse(JSON.parse(stdout))[0];
    const prefix = join(folder, "prefix");
    await npm(["install", "--global", "--prefix", prefix, "--prefer-offline", "--no-audit", "--no-fund", join(folder, packed.filename)]);
    installed = join(prefix, ...(windows ? [] : ["lib"]), "node_modules", "postrun");
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test("holds what it needs to run and nothing of the workshop", () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "README.md",
        "CHANGELOG.md",
        "dist/cli.cjs",
        "dist/cli.js",
        "dist/index.js",
        "dist/index.d.ts",
        "profiles/focus-server/profile.yaml",
        "profiles/focus-server/claims.yaml",
        "schemas/profile.schema.json",
        "templates/fonts/Heebo_400Regular.ttf",
      ]),
    );
    expect(
      paths.filter((path) => !/^(dist|profiles|schemas|templates)\/|^(LICENSE|README\.md|CHANGELOG\.md|package\.json)$/.test(path)),
    ).toEqual([]);
    expect(paths.filter((path) => /^dist\/simulate\//.test(path))).toEqual([]);
  });

  test("is small", () => {
    expect(packed.size).toBeLessThan(3 * MEGABYTE);
    expect(packed.unpackedSize).toBeLessThan(10 * MEGABYTE);
  });

  test("brings no package that needs an override of its own", async () => {
    const { stdout } = await npm(["ls", "--global", "--prefix", join(folder, "prefix"), "--all", "--parseable"]);
    expect(stdout).not.toMatch(/tensorflow|danfojs|xlsx|[/\\]request$|chartjs/m);
  });

  test("says how it is used", async () => {
    const { stdout } = await postrun(["--help"]);
    expect(stdout).toContain("postrun");
    expect(stdout).toContain("analyze");
  });

  test("makes a report of a sample, and pictures of its charts", async () => {
    await postrun(["analyze", join(ROOT, "samples", "30-investigations"), "-o", "report.html", "--png", "pictures"]);
    const html = await readFile(join(folder, "report.html"), "utf8");
    expect(html).toContain('lang="he"');
    const pictures = (await readdir(join(folder, "pictures"))).filter((name) => name.endsWith(".png"));
    expect(pictures.length).toBeGreaterThan(4);
    const png = await readFile(join(folder, "pictures", pictures[0] ?? ""));
    expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  });

  test("gives library users tables without danfojs being installed", async () => {
    const table: typeof import("../../src/table/index.js") = await import(pathToFileURL(join(installed, "dist", "table", "index.js")).href);
    const report = fixtureReport();
    const { jobs } = await table.tablesOf(report);
    expect(jobs.shape[0]).toBe(report.jobs.length);
  });
});
