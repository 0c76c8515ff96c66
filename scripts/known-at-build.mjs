/** Texts of the modules of which the build knows more than their sources say: profiles read, templates compiled, drawing functions found. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import Handlebars from "handlebars";

/** Pages, and the parts that every page knows. */
const PAGES = ["page.hbs", "prediction.hbs"];
const PARTS = ["document.hbs", "part.hbs"];

/** The module src/profiles/parsed-profiles.ts with the built-in profiles in it. */
export async function parsedProfiles() {
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

/** The module src/report/templates/compiled-templates.ts with the package's templates in it. */
export async function compiledTemplates() {
  const { TEMPLATE_OPTIONS } = await import(address("dist/report/templates/template-engine.js"));
  const { PARTIALS } = await import(address("dist/report/template-files.js"));
  const files = [...PAGES, ...PARTS, ...PARTIALS.map((/** @type {string} */ name) => `partials/${name}.hbs`)];
  const entries = files.map((file) => {
    const text = readFileSync(`templates/${file}`, "utf8");
    const sha256 = createHash("sha256").update(text, "utf8").digest("hex");
    return `[${JSON.stringify(file)}, { sha256: "${sha256}", specification: ${Handlebars.precompile(text, TEMPLATE_OPTIONS)} }]`;
  });
  return `export const COMPILED_TEMPLATES = new Map([${entries.join(",\n")}]);`;
}

/** The module src/report/templates/drawing-modules.ts with those modules in it. */
export async function drawingModules() {
  const { DRAWING_MODULES } = await import(address("dist/report/templates/drawing-modules.js"));
  const modules = DRAWING_MODULES.map(
    (/** @type {string} */ name) => `require(${JSON.stringify(resolve(`templates/scripts/${name}.js`))})`,
  );
  return `export const drawingModules = async () => [${modules.join(", ")}];`;
}

/** @param {string} path */
function address(path) {
  return pathToFileURL(resolve(path)).href;
}
