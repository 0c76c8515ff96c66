/** Takes the pictures of the README from the bundled sample, in both languages. Needs a build. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "postrun-screenshots-"));
try {
  const page = join(folder, "report.html");
  const args = ["dist/cli.cjs", "analyze", "samples/277-investigations", "-o", page, "--now", "2025-12-07T12:00:00Z"];
  if (spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] }).status !== 0) process.exit(1);
  // One folder deep, as test/ is: the launcher finds the fonts from where it stands.
  const launcher = "demo/browser.mjs";
  await build({
    entryPoints: ["test/browser.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile: launcher,
    logLevel: "error",
  });
  const { launchBrowser } = await import(pathToFileURL(launcher).href);
  const browser = await launchBrowser();
  mkdirSync("docs/images", { recursive: true });
  for (const language of ["en", "he"]) {
    const tab = await browser.newPage({ viewport: { width: 1180, height: 1000 }, colorScheme: "light" });
    await tab.goto(`${pathToFileURL(page).href}#${language}`);
    await tab.screenshot({ path: `docs/images/report-${language}.png` });
    await tab.close();
  }
  await browser.close();
} finally {
  rmSync(folder, { recursive: true });
}
