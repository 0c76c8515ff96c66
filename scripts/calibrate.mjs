/**
 * Holds the whole pipeline against simulated runs whose truth is known, and writes docs/calibration.md:
 * node scripts/calibrate.mjs [RUNS PER CLASS] [PROCESSES], by default 2,000 and one for each core. What was counted is kept as long as the code stays the
 * same: after an interruption, or with more runs, it goes on from there.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const runsPerClass = Number(process.argv[2] ?? 2000);
const processes = Number(process.argv[3] ?? cpus().length);
/** Cases of each class of predictions. */
const PREDICTIONS = 200;
const SIZES = [6, 12, 30, 100, 400];
/** So many runs a process: short enough for an even load, long enough that starting does not count. */
const PART = 100;

// Two folders deep, as the sources are: they find profiles/ from where they stand.
const folder = "demo/calibrate";
await build({
  entryPoints: [
    "test/calibration/count-part.ts",
    "test/calibration/write-measurements.ts",
    "test/calibration/predict-calibration.ts",
    "test/calibration/declared-clock.ts",
  ],
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  outdir: folder,
  logLevel: "error",
});

const hash = createHash("sha256");
for (const path of [`${folder}/count-part.js`, "profiles/focus-server/profile.yaml", "profiles/focus-server/claims.yaml"]) {
  hash.update(readFileSync(path));
}
const code = hash.digest("hex").slice(0, 16);
const counted = `${folder}/counted/${code}`;
mkdirSync(counted, { recursive: true });
/** @param {{ n: number, from: number, to: number }} part */
const fileOf = ({ n, from, to }) => `${counted}/${n}-${from}-${to}.json`;

// The longest first, so that no core waits at the end.
const all = SIZES.toReversed().flatMap((n) =>
  Array.from({ length: Math.ceil(runsPerClass / PART) }, (_, part) => ({
    n,
    from: part * PART,
    to: Math.min((part + 1) * PART, runsPerClass),
  })),
);
const waiting = all.filter((part) => !existsSync(fileOf(part)));
let done = all.length - waiting.length;
await Promise.all(
  Array.from({ length: processes }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { n, from, to } = next;
      writeFileSync(fileOf(next), await output("count-part.js", [n, from, to].map(String), ""));
      done += 1;
      process.stderr.write(`${done} of ${all.length} parts; last n = ${n}, runs ${from} to ${to}\n`);
    }
  }),
);
/** @type {{ n: number, tally: unknown }[]} */
const parts = all.map((part) => ({ n: part.n, tally: JSON.parse(readFileSync(fileOf(part), "utf8")) }));
parts.sort((a, b) => a.n - b.n);
process.stderr.write(await output("write-measurements.js", [], JSON.stringify(parts)));
await output("declared-clock.js", [runsPerClass, ...SIZES].map(String), "");
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
