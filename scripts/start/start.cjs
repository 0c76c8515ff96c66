/**
 * Loads the bundles of the command with what V8 made of them at build time (scripts/code-cache.mjs): nothing is parsed or compiled that was before.
 * V8 refuses what another version of it, or one with other flags, has made; then it compiles as ever, and nothing but time is lost.
 */
"use strict";
const { readFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");
const { isMainThread } = require("node:worker_threads");

/** What the work asks of Node, in the order of need. */
const OF_THE_WORK = ["fs/promises", "os", "stream/promises", "zlib", "crypto"];

/**
 * V8 optimizes functions that have run for a while, in threads of its own, and takes for that a third of the processor time of a command that ends
 * within a second or two. So it waits until a function has run four times as long as usual [bytes of bytecode]; hot loops of long runs are optimized
 * all the same. Until then it need not interpret: its baseline compiler, which costs next to nothing, takes each function when it first runs, which
 * saves a tenth of the time of runs up to some thousand investigations. Only for the versions in which this was measured: a V8 that does not know a
 * flag would say so on the terminal.
 */
const INTERRUPT_BUDGET = 500_000;
function hasten() {
  // Once flags are set, V8 refuses the compiled code of Node's own modules as well, and compiles them anew: those that are needed come first.
  for (const module of OF_THE_WORK) ofNode(`node:${module}`);
  if (/^20\./.test(process.versions.node)) setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET} --always-sparkplug`);
}

/** By name of the file. @type {Map<string, { script: import("node:vm").Script, module: { exports: Record<string, () => unknown> } }>} */
const loaded = new Map();
const ofNode = createRequire(__filename);
/** Code out of a cache cannot import in Node 20. Paths are the same from here, since the bundles stand beside this file. @param {string} specifier */
const importFromHere = (specifier) => import(specifier);

/** @param {string} name @returns {Readonly<Record<string, () => unknown>>} */
function load(name) {
  const known = loaded.get(name);
  if (known !== undefined) return known.module.exports;
  if (name === "work.cjs" && isMainThread) hasten();
  const filename = join(__dirname, name);
  // ASCII, as the build has seen to.
  const source = wrap(readFileSync(filename, "latin1"));
  const script = new Script(source, { filename, cachedData: cacheOf(filename) });
  /** @type {{ exports: Record<string, () => unknown> }} */
  const module = { exports: {} };
  loaded.set(name, { script, module });
  script.runInThisContext().call(module.exports, module.exports, requireFor, module, filename, __dirname);
  return module.exports;
}

/** Bundles know each other as ./name.cjs. @param {string} id */
function requireFor(id) {
  if (id === "./import") return importFromHere;
  return id.startsWith("./") ? load(id.slice(2)) : ofNode(id);
}

/** @param {string} filename @returns {Buffer | undefined} */
function cacheOf(filename) {
  try {
    return readFileSync(`${filename}.cache`);
  } catch {
    return undefined;
  }
}

module.exports = { load, loaded };
// A thread has no command line to read.
if (isMainThread) load("cli.cjs").main?.();
