/** Bundles test/calibration/calibrate.ts and runs it: node scripts/calibrate.mjs [runs per class]. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
// Two folders deep, as the sources are: they find profiles/ from where they stand.
const bundle = "demo/calibrate/run.mjs";
await build({
  entryPoints: ["test/calibration/calibrate.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  outfile: bundle,
  logLevel: "error",
});
const { status } = spawnSync(process.execPath, [bundle, ...process.argv.slice(2)], { stdio: "inherit" });
process.exitCode = status ?? 1;
