/** Times what a user waits for, Node start included: the help, and the main job on the full-size sample. Prints a table. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { table } from "./measure.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const RUNS = 5;
const folder = mkdtempSync(join(tmpdir(), "postrun-bench-"));

const JOBS = [
  { name: "`postrun --help`", args: ["--help"], budgetS: 0.2 },
  {
    name: "`postrun analyze samples/277-investigations`",
    args: ["analyze", "samples/277-investigations", "-o", join(folder, "report.html")],
    budgetS: 3,
  },
];

/** @type {string[][]} */
const rows = [];
for (const { name, args, budgetS } of JOBS) {
  const seconds = Array.from({ length: RUNS }, () => timed(args)).sort((a, b) => a - b);
  rows.push([name, (seconds[(RUNS - 1) / 2] ?? Number.NaN).toFixed(2), (seconds[0] ?? Number.NaN).toFixed(2), String(budgetS)]);
}
rmSync(folder, { recursive: true });

process.stdout.write(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown"}\n\n`);
process.stdout.write(table(["job", `median of ${RUNS} [s]`, "fastest [s]", "budget [s]"], rows));

/** Wall time of one run of the command line [s]. @param {readonly string[]} args */
function timed(args) {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["dist/cli.cjs", ...args, ...(args[0] === "analyze" ? ["--force"] : [])], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`postrun ${args.join(" ")} ended with ${status}: ${stderr}`);
  return (performance.now() - from) / 1000;
}
