import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { filesUnder, keptFiles, ROOT, text } from "./sources.js";

const names = z.record(z.string(), z.string());
const packageSchema = z.object({ dependencies: names, devDependencies: names, scripts: names, bin: names, engines: names });
const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ integrity: z.string().optional(), optionalDependencies: names.optional() })),
});
const manifest = packageSchema.parse(JSON.parse(text("package.json")));

/** The line of a decision that names its packages: "Packages: `a`, `b`". */
const decided = filesUnder("docs/decisions", ".md").flatMap((file) => {
  const line = /^Packages: (.+)$/m.exec(text(file))?.[1] ?? "";
  return [...line.matchAll(/`([^`]+)`/g)].map((match) => ({ file, name: match[1] ?? "" }));
});

describe("dependencies", () => {
  const present = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });

  test("each have a decision that says what for", () => {
    expect(present.filter((name) => !decided.some((decision) => decision.name === name))).toEqual([]);
  });

  test("are decided on once, and only those that exist", () => {
    expect(decided.filter(({ name }) => !present.includes(name))).toEqual([]);
    expect(decided.map(({ name }) => name).sort()).toEqual([...present].sort());
  });

  test("that need an override or are bundled are not asked of those who install the package", () => {
    const bundled = ["danfojs-node", "chart.js", "chartjs-node-canvas"];
    expect(bundled.filter((name) => name in manifest.dependencies)).toEqual([]);
  });
});

describe("the lock file", () => {
  test("names no registry, so that any can serve it", () => {
    expect(text("package-lock.json")).not.toMatch(/"resolved"/);
    expect(text(".npmrc")).toMatch(/^omit-lockfile-registry-resolved=true$/m);
  });

  test("knows every optional package of every platform: npm ci refuses one that misses some", () => {
    const { packages } = lockSchema.parse(JSON.parse(text("package-lock.json")));
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`${path}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages),
      ),
    );
    expect(missing).toEqual([]);
  });

  test("vouches for every package", () => {
    const { packages } = lockSchema.parse(JSON.parse(text("package-lock.json")));
    expect(Object.entries(packages).filter(([path, { integrity }]) => path !== "" && integrity === undefined)).toEqual([]);
  });
});

describe("the kept files", () => {
  const kept = keptFiles().filter((file) => !/\.(gz|png|ttf|tgz)$/.test(file));

  test("hold no path of the machine that they were made on", () => {
    const homes = /(?:\/(?:root|home\/\w+|Users\/\w+|private\/tmp)\/|[A-Z]:\\Users\\)/;
    // Tests may speak of homes that do not exist.
    expect(kept.filter((file) => !file.startsWith("test/") && homes.test(text(file)))).toEqual([]);
    const here = [ROOT, join(homedir(), "/")];
    expect(kept.filter((file) => here.some((path) => text(file).includes(path)))).toEqual([]);
  });

  test("silence neither compiler nor linter", () => {
    const silenced = kept
      .filter((file) => /\.(ts|mjs|js)$/.test(file) && !file.startsWith("test/house/"))
      .filter((file) => /@ts-(?:ignore|expect-error|nocheck)|biome-ignore|v8 ignore/.test(text(file)));
    expect(silenced).toEqual([]);
  });

  test("of src/ stay below 350 lines: past 300, a second idea is hiding inside", () => {
    const long = filesUnder("src", ".ts").filter((file) => text(file).split("\n").length > 350);
    expect(long).toEqual([]);
  });
});

describe("the scripts", () => {
  test("build before they run what was built, and before packing", () => {
    for (const name of ["demo", "test", "samples", "schemas", "golden", "bench", "prepack"]) {
      expect(manifest.scripts[name], name).toMatch(/^npm run build( && |$)/);
    }
  });

  test("of the continuous check are the README's own", () => {
    expect(text(".ci/run")).toContain("npm ci && npm test");
  });
});
