/** Analyzes the full-size sample and says where the report is. */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const report = "demo/postrun-277-investigations.html";
mkdirSync("demo", { recursive: true });
const { status } = spawnSync(process.execPath, ["dist/cli.cjs", "analyze", "samples/277-investigations", "-o", report, "--force"], {
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
process.stdout.write(`\nThe report: ${report}\nOpen it in a browser: ${pathToFileURL(report).href}\n`);
