/**
 * Runs the command as it was built, with the arguments behind this file's name, and keeps beside the last bundle that it loaded what V8 compiled of it:
 * V8 takes that again only under the flags under which it was kept, and start.cjs changes them in between.
 */
"use strict";
const { renameSync, writeFileSync } = require("node:fs");
const { join, resolve } = require("node:path");

const bundle = resolve("dist/bundle");
process.argv[1] = resolve("dist/cli.cjs");
/** @type {{ loaded: Map<string, { script: import("node:vm").Script }> }} */
const { loaded } = require(join(bundle, "start.cjs"));
process.once("exit", () => {
  for (const [name, { script }] of [...loaded].slice(-1)) {
    const file = join(bundle, `${name}.cache`);
    writeFileSync(`${file}.new`, script.createCachedData());
    renameSync(`${file}.new`, file);
  }
});
