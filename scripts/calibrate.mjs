/**
 * Holds the whole pipeline against simulated runs whose truth is known, and writes docs/calibration.md:
 * node scripts/calibrate.mjs [RUNS PER CLASS], 2,000 by default (about an hour and a half on two cores).
 */
import { spawn } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const runsPerClass = Number(process.argv[2] ?? 2000);
/** Cases of each class of predictions. */
const PREDICTIONS = 200;
const SIZES = [6, 12, 30, 100, 400];
/** So many runs a process: short enough for an even load, long enough that starting does not count. */
const PART = 100;

// Two folders deep, as the sources are: they find profiles/ from where they stand.
const folder = "demo/calibrate";
await build({
  entryPoints: ["test/calibration/count-part.ts", "test/calibration/write-measurements.ts", "test/calibration/predict-calibration.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  outdir: folder,
  logLevel: "error",
});

// The longest first, so that no core waits at the end.
const waiting = SIZES.toReversed().flatMap((n) =>
  Array.from({ length: Math.ceil(runsPerClass / PART) }, (_, part) => ({
    n,
    from: part * PART,
    to: Math.min((part + 1) * PART, runsPerClass),
  })),
);
const total = waiting.length;
/** @type {{ n: number, tally: unknown }[]} */
const parts = [];
await Promise.all(
  cpus().map(async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { n, from, to } = next;
      parts.push({ n, tally: JSON.parse(await output("count-part.js", [n, from, to].map(String), "")) });
      process.stderr.write(`${parts.length} of ${total} parts; last n = ${n}, runs ${from} to ${to}\n`);
    }
  }),
);
parts.sort((a, b) => a.n - b.n);
process.stderr.write(await output("write-measurements.js", [], JSON.stringify(parts)));
await output("predict-calibration.js", [String(PREDICTIONS)], "");

/** Standard output of a bundled script. @param {string} script @param {readonly string[]} args @param {string} input @returns {Promise<string>} */
function output(script, args, input) {
  return new Promise((resolve, reject) => {
    // Runs are made and thrown away: in a larger young generation little of them is ever copied.
    const child = spawn(process.execPath, ["--max-semi-space-size=64", `${folder}/${script}`, ...args], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ chunk) => {
      text += chunk;
    });
    child.on("close", (code) => (code === 0 ? resolve(text) : reject(new Error(`${script} ${args.join(" ")} ended with ${code}`))));
    child.stdin.end(input);
  });
}
