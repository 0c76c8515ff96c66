/**
 * Joins the modules of the command into two bundles under dist/bundle/, with its built-in profiles read and its templates compiled, and makes dist/cli.cjs
 * load those: starting means few files to find and nothing to work out that the build knows (docs/decisions/bundling.md). cli.cjs is what every start needs:
 * the command line; work.cjs is everything else, each module run when it is first asked for.
 */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { basename, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { compiledTemplates, drawingModules, parsedProfiles } from "./known-at-build.mjs";

/** Left as imports: what is native, what is large and rarely asked for, and what stands in a bundle of its own. */
const EXTERNAL = ["canvas", "@kubernetes/client-node", "yaml"];
const OWN_BUNDLES = ["table/data-frames.js", "report/charts/canvas.js"];
/** Run by threads, and by nobody else. Who starts a thread looks for its module beside himself. */
const THREADS = ["ingest/files/read-worker.js", "report/forms/picture-worker.js"];
const OWN = /^\.\.?\//;

/** @satisfies {import("esbuild").BuildOptions} */
const OPTIONS = {
  metafile: true,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minifySyntax: true,
  // No indentation, but lines that can be found and names that do not change, for stacks that can be read.
  minifyWhitespace: true,
  lineLimit: 120,
  legalComments: "none",
  logLevel: "error",
  define: { "import.meta.url": "postrunAddress" },
  banner: { js: 'const postrunAddress = require("node:url").pathToFileURL(__filename).href;\nconst postrunImport = require("./import");' },
};

/** Returns the files of packages that went in. */
export async function bundleCommand() {
  const { started, asked } = await modulesOfStart();
  const start = await build({
    ...OPTIONS,
    stdin: {
      contents: [
        'export { main } from "./dist/cli.js";',
        ...started.map((name, index) => `import * as m${index} from "./dist/${name}";`),
        `export const modules = { ${started.map((name, index) => `${JSON.stringify(name)}: m${index}`).join(", ")} };`,
      ].join("\n"),
      resolveDir: ".",
    },
    outfile: "dist/bundle/cli.cjs",
    external: ["./work.cjs"],
    plugins: [elsewhere("work.cjs", ({ name, kind }) => kind === "dynamic-import" && asked.has(name), "()")],
  });
  const work = await build({
    ...OPTIONS,
    stdin: {
      contents: `exports.modules = { ${[...asked, ...THREADS].map((name) => `${JSON.stringify(name)}: () => require("./dist/${name}")`).join(", ")} };`,
      resolveDir: ".",
    },
    outfile: "dist/bundle/work.cjs",
    external: [...EXTERNAL, "./cli.cjs"],
    plugins: [
      { name: "own-bundles", setup: ownBundlesStay },
      elsewhere("cli.cjs", ({ name }) => started.includes(name), ""),
      // Messages of its schemas are English; those in other languages are half of the package.
      await replaced(/\/zod\/v4\/locales\/index\.js$/, () => "export {};"),
      await replaced(/\/parsed-profiles\.js$/, parsedProfiles),
      await replaced(/\/compiled-templates\.js$/, compiledTemplates),
      await replaced(/\/drawing-modules\.js$/, drawingModules),
    ],
  });
  for (const file of ["dist/bundle/cli.cjs", "dist/bundle/work.cjs"])
    writeFileSync(file, inAscii(importFromStart(readFileSync(file, "utf8"))));
  copyFileSync("scripts/start/start.cjs", "dist/bundle/start.cjs");
  writeFileSync("dist/cli.cjs", '#!/usr/bin/env node\nrequire("./bundle/start.cjs");\n');
  // For whoever starts the command by the name of its module: what the compiler left there only exports.
  writeFileSync("dist/cli.js", 'import "./cli.cjs";\n');
  const inputs = [start, work].map(({ metafile }) => Object.keys(metafile.inputs));
  assertOnce(inputs);
  return inputs.flat();
}

/** A module of a package that stood in both bundles would be two modules: what the one throws is no instance of the other's classes. @param {string[][]} inputs */
function assertOnce([started = [], asked = []]) {
  const twice = asked.filter((name) => name.includes("node_modules/") && started.includes(name));
  if (twice.length > 0) throw new Error(`in both bundles of the command: ${twice.join(", ")}`);
}

/** The modules in which threads begin: they run the same bundles. Without them the command does everything in one thread. */
export function writeThreadModules() {
  for (const thread of THREADS) {
    writeFileSync(`dist/bundle/${basename(thread)}`, `import start from "./start.cjs";\nstart.load("work.cjs").modules["${thread}"]();\n`);
  }
}

/** Own modules that every start runs, and those that they ask for when they are needed, by their paths in dist/. */
async function modulesOfStart() {
  /** @type {Set<string>} */
  const asked = new Set();
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: ["dist/cli.js"],
    write: false,
    plugins: [
      {
        name: "asked-later",
        setup: (plugin) =>
          plugin.onResolve({ filter: OWN }, ({ kind, path, resolveDir }) => {
            if (kind !== "dynamic-import") return undefined;
            asked.add(nameOf(resolveDir, path));
            return { path, external: true };
          }),
      },
    ],
  });
  const started = Object.keys(metafile.inputs).filter((input) => input.startsWith("dist/") && input !== "dist/cli.js");
  return { started: started.map((input) => input.slice("dist/".length)), asked };
}

/**
 * Modules that stand in the other bundle, so that each exists once: `instanceof` must hold across both.
 * @param {string} bundle @param {(module: { name: string, kind: string }) => boolean} isThere @param {string} call
 * @returns {import("esbuild").Plugin}
 */
function elsewhere(bundle, isThere, call) {
  return {
    name: `in-${bundle}`,
    setup(plugin) {
      plugin.onResolve({ filter: OWN }, ({ path, resolveDir, kind, namespace }) => {
        const name = namespace === "file" ? nameOf(resolveDir, path) : "";
        return isThere({ name, kind }) ? { path: name, namespace: bundle } : undefined;
      });
      plugin.onLoad({ filter: /./, namespace: bundle }, async ({ path }) => {
        const module = `require("./${bundle}").modules[${JSON.stringify(path)}]`;
        // Each export a variable: of a module as an object every call of a function would look it up by its name, through two getters.
        const names = Object.keys(await import(pathToFileURL(resolve("dist", path)).href));
        return {
          contents: call === "" ? `export const { ${names.join(", ")} } = ${module};` : `module.exports = ${module}${call};`,
          resolveDir: ".",
        };
      });
    },
  };
}

/** Path in dist/ of an own module. @param {string} folder @param {string} path */
function nameOf(folder, path) {
  return relative("dist", resolve(folder, path)).split(sep).join("/");
}

/** What build.mjs has bundled before. @param {import("esbuild").PluginBuild} plugin */
function ownBundlesStay(plugin) {
  plugin.onResolve({ filter: OWN }, ({ path, resolveDir }) => {
    const bundle = OWN_BUNDLES.find((own) => own === nameOf(resolveDir, path));
    return bundle === undefined ? undefined : { path: `../${bundle}`, external: true };
  });
}

/** A module of which the build knows more. @param {RegExp} module @param {() => string | Promise<string>} contents @returns {Promise<import("esbuild").Plugin>} */
async function replaced(module, contents) {
  const text = await contents();
  return { name: String(module), setup: (plugin) => plugin.onLoad({ filter: module }, () => ({ contents: text })) };
}

/** Code out of a cache cannot import (in Node 20): start.cjs does it instead. What stands in comments changes too. @param {string} source */
function importFromStart(source) {
  return source.replace(/(?<![\w.$])import\(/g, "postrunImport(");
}

/**
 * A text of one byte a letter is read several times as fast as UTF-8, and takes half of its memory. esbuild has written ASCII but for regular expressions
 * and comments, where these escapes stand for the same. @param {string} source
 */
function inAscii(source) {
  return source.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
