/** Compiles src/ into dist/, replaces the few modules with heavy imports by bundles of themselves, and bundles the command (docs/decisions/bundling.md). */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundleCommand, writeThreadModules } from "./bundle-command.mjs";
import { keepCompiledCode } from "./code-cache.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);

/** Compiled modules that carry their packages inside, what stays an import of an installed package, and what is left out for good. */
const BUNDLES = [
  // danfojs asks for plotly in browsers only; to read tables from addresses it loads two HTTP clients, and postrun never fetches anything.
  { file: "dist/table/data-frames.js", external: ["plotly.js-dist-min"], absent: /^(?:request|node-fetch)$/ },
  { file: "dist/report/charts/canvas.js", external: ["canvas"], absent: /^$/ },
];

// Files of sources that are gone must not linger in dist/.
rmSync("dist", { recursive: true, force: true });
const compiler = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], { stdio: "inherit" });
if (compiler.status !== 0) process.exit(compiler.status ?? 1);

/** Folders of the packages that went into a bundle. @type {Set<string>} */
const bundled = new Set();
for (const { file, external, absent } of BUNDLES) {
  if (!existsSync(file)) throw new Error(`${file}: expected from the compiler, to bundle it; see BUNDLES in scripts/build.mjs`);
  const { metafile } = await build({
    metafile: true,
    entryPoints: [file],
    outfile: file,
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    minify: true,
    legalComments: "inline",
    logLevel: "error",
    external,
    plugins: [
      { name: "own-modules-stay", setup: keepOwnModules },
      { name: "absent", setup: (plugin) => leaveOut(plugin, absent) },
    ],
    // Packages in CommonJS call require() for Node's own modules.
    banner: { js: 'import { createRequire as postrunRequire } from "node:module";\nconst require = postrunRequire(import.meta.url);' },
  });
  noteFolders(Object.keys(metafile.inputs));
}
noteFolders(await bundleCommand());
writeFileSync(
  "dist/THIRD-PARTY-LICENSES.txt",
  [...bundled]
    .sort()
    .map(notice)
    .join(`\n${"-".repeat(80)}\n\n`),
);

keepCompiledCode();
// Afterwards, so that what threads do is among what was compiled.
writeThreadModules();

/** @param {readonly string[]} inputs */
function noteFolders(inputs) {
  for (const input of inputs) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder !== undefined) bundled.add(folder);
  }
}

/** Name and licence of a bundled package, as its licence asks. @param {string} folder */
function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n\n${file === undefined ? "" : readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
}

/** Modules of postrun stay apart, so that each exists once and import.meta.url keeps its place. @param {import("esbuild").PluginBuild} plugin */
function keepOwnModules(plugin) {
  plugin.onResolve({ filter: /^\.\.?\// }, ({ importer, path }) =>
    importer.includes("node_modules") || importer === "" ? undefined : { path, external: true },
  );
}

/** Packages that are asked for and never called. @param {import("esbuild").PluginBuild} plugin @param {RegExp} absent */
function leaveOut(plugin, absent) {
  plugin.onResolve({ filter: absent }, ({ path, importer }) => (importer === "" ? undefined : { path, namespace: "absent" }));
  plugin.onLoad({ filter: /./, namespace: "absent" }, ({ path }) => ({
    contents: `module.exports = () => { throw new Error("${path} is not part of postrun"); };`,
  }));
}
