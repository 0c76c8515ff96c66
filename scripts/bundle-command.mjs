/**
 * Joins the modules of the command into few files under dist/bundle/, with its built-in profiles read and its templates compiled, and makes dist/cli.js load
 * those: starting means few files to find and nothing to work out that the build knows (docs/decisions/bundling.md).
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { build } from "esbuild";
import Handlebars from "handlebars";

/** Left as imports: what is native, what is large and rarely asked for, and what stands in a bundle of its own. */
const EXTERNAL = ["canvas", "@kubernetes/client-node", "yaml"];
const OWN_BUNDLES = ["table/data-frames.js", "report/charts/canvas.js"];
/** Pages, and the parts that every page knows. */
const PAGES = ["page.hbs", "prediction.hbs"];
const PARTS = ["document.hbs", "part.hbs"];

/** Returns the files of packages that went in. */
export async function bundleCommand() {
  const { metafile } = await build({
    metafile: true,
    // The module of the reading threads stands beside the chunk that starts them.
    entryPoints: { cli: "dist/cli.js", "read-worker": "dist/ingest/read-worker.js" },
    outdir: "dist/bundle",
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    minifySyntax: true,
    // Neither names nor lines change, for stacks that can be read.
    legalComments: "none",
    logLevel: "error",
    external: EXTERNAL,
    plugins: [
      { name: "own-bundles", setup: ownBundlesStay },
      // Messages of its schemas are English; those in other languages are half of the package.
      await replaced(/\/zod\/v4\/locales\/index\.js$/, () => "export {};"),
      await replaced(/\/parsed-profiles\.js$/, parsedProfiles),
      await replaced(/\/compiled-templates\.js$/, compiledTemplates),
    ],
    // Packages in CommonJS call require() for Node's own modules.
    banner: { js: 'import { createRequire as postrunRequire } from "node:module";\nconst require = postrunRequire(import.meta.url);' },
  });
  writeFileSync("dist/cli.js", '#!/usr/bin/env node\nimport "./bundle/cli.js";\n');
  return Object.keys(metafile.inputs);
}

/** What build.mjs has bundled before. @param {import("esbuild").PluginBuild} plugin */
function ownBundlesStay(plugin) {
  plugin.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
    const bundle = OWN_BUNDLES.find((own) => resolve("dist", own) === resolve(resolveDir, path));
    return bundle === undefined ? undefined : { path: `../${bundle}`, external: true };
  });
}

/** A module of which the build knows more. @param {RegExp} module @param {() => string | Promise<string>} contents @returns {Promise<import("esbuild").Plugin>} */
async function replaced(module, contents) {
  const text = await contents();
  return { name: String(module), setup: (plugin) => plugin.onLoad({ filter: module }, () => ({ contents: text })) };
}

/** The module src/profiles/parsed-profiles.ts with the built-in profiles in it. */
async function parsedProfiles() {
  const { listProfiles, loadProfile, textsSha256 } = await import(address("dist/profiles/load-profile.js"));
  const entries = [];
  for (const name of await listProfiles()) {
    const { profile, claims, profilePath, claimsPath } = await loadProfile(name);
    const sha256 = textsSha256(readFileSync(profilePath, "utf8"), readFileSync(claimsPath, "utf8"));
    const text = JSON.stringify([name, { sha256, profile, claims }]);
    if (!isDeepStrictEqual(JSON.parse(text)[1], { sha256, profile, claims })) throw new Error(`${name}: JSON does not hold this profile`);
    entries.push(text);
  }
  return `export const PARSED_PROFILES = new Map(JSON.parse(${JSON.stringify(`[${entries.join(",")}]`)}));`;
}

/** The module src/report/compiled-templates.ts with the package's templates in it. */
async function compiledTemplates() {
  const { TEMPLATE_OPTIONS } = await import(address("dist/report/template-engine.js"));
  const { PARTIALS } = await import(address("dist/report/template-files.js"));
  const files = [...PAGES, ...PARTS, ...PARTIALS.map((/** @type {string} */ name) => `partials/${name}.hbs`)];
  const entries = files.map((file) => {
    const text = readFileSync(`templates/${file}`, "utf8");
    const sha256 = createHash("sha256").update(text, "utf8").digest("hex");
    return `[${JSON.stringify(file)}, { sha256: "${sha256}", specification: ${Handlebars.precompile(text, TEMPLATE_OPTIONS)} }]`;
  });
  return `export const COMPILED_TEMPLATES = new Map([${entries.join(",\n")}]);`;
}

/** @param {string} path */
function address(path) {
  return pathToFileURL(resolve(path)).href;
}
